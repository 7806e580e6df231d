/** docs/rules.md lists every rule with its severity, and its examples run one after the other without a finding. */
import * as fs from 'fs';
import * as path from 'path';
import { runSnippets } from './run-snippets';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT } from '../../lib/validation/app-rules';

const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf-8');

test('the tables have every rule once, with its severity', () => {
  const rows = PAGE.matchAll(/^\| \[`(\w+)`\]\(rules\/(\w+)\.md\) \| (\w+) \| /gm);
  const listed = [...rows].map(([, id, page, severity]) => ({ id, page, severity }));
  const rules = [...ALL_RULES, { id: ACKNOWLEDGEMENT_HAS_NO_EFFECT, severity: 'warning' }];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(listed.sort(byId)).toEqual(rules.map(({ id, severity }) => ({ id, page: id, severity })).sort(byId));
});

test('the examples run, and the acknowledgement suppresses what it names', () => {
  const snippets = [...PAGE.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text]) => text);
  expect(snippets).toHaveLength(3);
  const { findings, suppressed, failed } = runSnippets(...snippets);
  expect({ findings, failed }).toEqual({ findings: [], failed: false });
  expect(suppressed.map(({ ruleName }) => ruleName)).toEqual(['SessionPolicyExceedsRole']);
});
