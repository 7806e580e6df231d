import * as fs from 'fs';
import * as path from 'path';
import { runSnippets } from './run-snippets';
import { RULES } from '../../lib/rules/run-rules';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'rules');

function snippet(page: string, kind: string): string {
  const match = new RegExp(`\`\`\`ts ${kind}\\n([^]*?)\`\`\``).exec(page);
  if (!match) { throw new Error(`no snippet '${kind}'`); }
  return match[1];
}

test('every rule has a page, and every page a rule', () => {
  expect(fs.readdirSync(FOLDER).sort()).toEqual(RULES.map(({ id }) => `${id}.md`).sort());
});

describe.each(RULES.map((rule) => [rule.id, rule.severity]))('%s', (id, severity) => {
  const page = fs.readFileSync(path.join(FOLDER, `${id}.md`), 'utf-8');

  test('has its id and severity on its page', () => {
    expect(page).toContain(`# PodIdentity::${id}\n\nSeverity: ${severity}.`);
  });

  test('fires on the first example, alone', () => {
    const { findings, failed } = runSnippets(snippet(page, 'fails'));
    expect(new Set(findings.map((f) => f.ruleName))).toEqual(new Set([id]));
    expect(findings[0].severity).toBe(severity === 'off' ? 'warning' : severity);
    expect(failed).toBe(severity === 'error');
  });

  test('does not fire on the second, nor does another', () => {
    expect(runSnippets(snippet(page, 'passes'))).toMatchObject({ findings: [], failed: false });
  });

  test('is acknowledged as the page says', () => {
    const { findings, suppressed, failed } = runSnippets(snippet(page, 'fails'), snippet(page, 'acknowledge'));
    expect({ findings, failed }).toEqual({ findings: [], failed: false });
    expect(suppressed[0].reason).toMatch(/^[A-Z]/);
  });
});
