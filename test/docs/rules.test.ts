import * as fs from 'fs';
import * as path from 'path';
import { runSnippets } from './run-snippets';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT } from '../../lib/validation/app-rules';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'rules');

function snippets(page: string, kind: string): string[] {
  const matches = [...page.matchAll(new RegExp(`\`\`\`ts ${kind}\\n([^]*?)\`\`\``, 'g'))];
  if (matches.length === 0) { throw new Error(`no snippet '${kind}'`); }
  return matches.map(([, text]) => text);
}

/** The rules of associations and templates, and those of the plugin. */
const PAGES = [...ALL_RULES, { id: ACKNOWLEDGEMENT_HAS_NO_EFFECT, severity: 'warning' }];

test('every rule has a page, and every page a rule', () => {
  expect(fs.readdirSync(FOLDER).sort()).toEqual(PAGES.map(({ id }) => `${id}.md`).sort());
});

describe.each(PAGES.map((rule) => [rule.id, rule.severity]))('%s', (id, severity) => {
  const page = fs.readFileSync(path.join(FOLDER, `${id}.md`), 'utf-8');

  test('has its id and severity on its page', () => {
    expect(page).toContain(`# PodIdentity::${id}\n\nSeverity: ${severity}.`);
  });

  test.each(snippets(page, 'fails'))('fires on the failing example, alone:\n%s', (snippet) => {
    const { findings, failed } = runSnippets(snippet);
    expect(new Set(findings.map((f) => f.ruleName))).toEqual(new Set([id]));
    expect(findings[0].severity).toBe(severity === 'off' ? 'warning' : severity);
    expect(failed).toBe(severity === 'error');
  });

  test.each(snippets(page, 'passes'))('does not fire on the passing example, nor does another:\n%s', (snippet) => {
    expect(runSnippets(snippet)).toMatchObject({ findings: [], failed: false });
  });

  test('is acknowledged as the page says', () => {
    const { findings, suppressed, failed } = runSnippets(snippets(page, 'fails')[0], ...snippets(page, 'acknowledge'));
    expect({ findings, failed }).toEqual({ findings: [], failed: false });
    expect(suppressed[0].reason).toMatch(/^[A-Z]/);
  });
});
