import * as fs from 'fs';
import * as path from 'path';
import { runSnippets } from './run-snippets';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'guides');

/**
 * A snippet of TypeScript, and what the word after its `ts` tells: nothing, or `test`: it goes on where the one before it
 * ended; `fails <rule>`: it does too, and nothing goes on from it; `before`: of a program of its own; `no-run`.
 */
interface Snippet {
  readonly kind: string;
  readonly text: string;
}

function snippetsOf(page: string): Snippet[] {
  return [...page.matchAll(/```ts ?(.*)\n([^]*?)```/g)].map(([, kind, text]) => ({ kind, text }));
}

describe.each(fs.readdirSync(FOLDER))('%s', (file) => {
  const snippets = snippetsOf(fs.readFileSync(path.join(FOLDER, file), 'utf-8'));
  const story = snippets.filter(({ kind }) => kind === '' || kind === 'test');
  const failing = snippets.filter(({ kind }) => kind.startsWith('fails '));
  const before = snippets.filter(({ kind }) => kind === 'before');

  test('has snippets of known kinds', () => {
    expect(story).not.toEqual([]);
    expect(snippets.filter((s) => ![...story, ...failing, ...before].includes(s) && s.kind !== 'no-run')).toEqual([]);
  });

  test('its story passes the check', () => {
    expect(runSnippets(...story.map(({ text }) => text))).toMatchObject({ findings: [], failed: false });
  });

  if (before.length > 0) {
    test('what was there before passes it, too', () => {
      expect(runSnippets(...before.map(({ text }) => text))).toMatchObject({ findings: [], failed: false });
    });
  }

  for (const snippet of failing) {
    test(`what ${snippet.kind} does so alone`, () => {
      const earlier = story.filter((s) => snippets.indexOf(s) < snippets.indexOf(snippet));
      const { findings, failed } = runSnippets(...earlier.map(({ text }) => text), snippet.text);
      expect(new Set(findings.map(({ ruleName }) => ruleName))).toEqual(new Set([snippet.kind.slice('fails '.length)]));
      expect(failed).toBe(true);
    });
  }
});
