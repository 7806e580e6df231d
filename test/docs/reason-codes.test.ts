/** docs/cli.md lists the reason codes of each rule: all of them, and no others. */
import * as fs from 'fs';
import * as path from 'path';
import { DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { ALL_RULES, runRules, runTemplateRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import { TABLES } from '../end-to-end/tables';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'cli.md'), 'utf-8');
const [TABLE] = PAGE.split('### Reason codes')[1].split('\n## ');
const CODES = new Map([...TABLE.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(
  ([, rule, codes]) => [rule, [...codes.matchAll(/`([A-Z]\w+)`/g)].map(([, code]) => code)] as const,
));

/** The rules that are off by default, too. */
const ALL_ON = new Map(
  ALL_RULES.filter(({ severity }) => severity === 'off').map(({ id }) => [id, 'warning' as const]),
);

test('every rule has codes', () => {
  expect([...CODES.keys()]).toEqual(ALL_RULES.map(({ id }) => id).sort());
});

test('every finding has a code that the page lists for its rule', () => {
  const found = Object.values(TABLES).flat().flatMap(({ stacks, declarations, organization }) => {
    const settings = { ...DEFAULT_SETTINGS, organization, severities: ALL_ON };
    const templates = new TemplateSet(stacks);
    return [...runTemplateRules(templates, settings), ...runRules(templates, { declarations, settings })];
  });
  const missing = found.filter(({ rule, code }) => !CODES.get(rule)!.includes(code));
  expect(missing.map(({ rule, code }) => `${rule}: ${code}`)).toEqual([]);
  expect(new Set(found.map(({ rule }) => rule)).size).toBe(ALL_RULES.length);
  const undetermined = found.flatMap((finding) => ('reasons' in finding ? [finding] : []));
  undetermined.forEach(({ code, reasons }) => expect(reasons![0].code).toBe(code));
});

test('every code of the page is in the sources', () => {
  const files = fs.readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf-8' });
  const sources = files.filter((file) => file.endsWith('.ts'))
    .map((file) => fs.readFileSync(path.join(ROOT, 'lib', file), 'utf-8')).join('\n');
  const composed = (code: string) => /^(DeniedBy|NotAllowedBy)(Role|Boundary|ServiceControlPolicy|ResourceControlPolicy)$/.test(code);
  const codes = [...CODES.values()].flat().filter((code) => !composed(code));
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});
