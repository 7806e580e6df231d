import { ADVICE, Advice } from './advice';
import { AppUnderFix } from './app-under-fix';
import { followFix } from './check-fix';
import { APPS } from './inputs';
import { parseFix } from './parse-fix';
import { Reader } from '../../lib/analysis/reader';
import { RULES } from '../../lib/rules/run-rules';

const READERS: readonly Reader[] = ['CDK app', 'templates'];
const CASES = APPS.flatMap((app) => READERS.map((reader) => ({ ...app, reader })));
const used = new Set<Advice>();
const rules = new Set<string>();
const unproven: string[] = [];
let followed = 0;

describe.each(READERS)('the fixes that the reader of a %s is given', (reader) => {
  test.each(CASES.filter((one) => one.reader === reader))('$topic: $name', (input) => {
    const { name, stacks, declarations, organization } = input;
    const app = new AppUnderFix(name, stacks, declarations, reader, undefined, organization);
    for (const finding of app.findings()) {
      rules.add(finding.rule);
      for (const { advice } of parseFix(finding)) { used.add(advice); }
      for (const result of followFix(app, finding)) {
        expect({ rule: finding.rule, fix: finding.fix, advice: result.advice, wrong: result.wrong })
          .toEqual({ rule: finding.rule, fix: finding.fix, advice: result.advice, wrong: [] });
        if (!result.skipped) { followed++; }
        if (result.unproven) { unproven.push(`${name}: ${result.advice}`); }
      }
      expect(finding.fix).not.toMatch(reader === 'CDK app' ? /--(?:roles|role-arn|account|region|severity)\b/
        : /RolePermissions|GrantsTo|acknowledge this rule|\benv\b|disableSessionTags|PodIdentityRole/);
    }
  });
});

test('every rule is covered, and nearly every advice was followed', () => {
  expect([...rules].sort()).toEqual(RULES.map(({ id }) => id).sort());
  expect(followed).toBeGreaterThan(1000);
  expect(unproven).toEqual([]);
  const unused = ADVICE.filter((advice) => !used.has(advice)).map(({ says }) => says.source);
  expect(unused.length).toBeLessThan(16); // reasons that no app here has: test/engine/decide/reasons.test.ts makes them
});
