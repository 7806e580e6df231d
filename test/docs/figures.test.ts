/** Numbers of the pages that count what tests contain. What commands measure is on the pages with the command. */
import * as fs from 'fs';
import * as path from 'path';
import { BEYOND_THE_EVALUATOR } from '../resource-policies/beyond-the-evaluator';
import { RESOURCE_POLICY_CASES } from '../resource-policies/table';
import { SERVICE_GRANTS } from '../service-grants';
import { targetRoles, trustPolicies } from '../trust/table';

const ROOT = path.join(__dirname, '..', '..');
const read = (...names: string[]) => fs.readFileSync(path.join(ROOT, ...names), 'utf-8').replace(/\s+/g, ' ');
const VERIFICATION = read('docs', 'verification.md');

test('the README and verification.md count the grants of the CDK', () => {
  const names = Object.keys(SERVICE_GRANTS);
  const figure = `${names.length} grants of ${new Set(names.map((name) => name.split(' ')[0])).size} services`;
  expect(read('README.md')).toContain(`[${figure}](`);
  expect(VERIFICATION).toContain(`**What.** ${figure}`);
});

describe('verification.md counts the templates with resource policies', () => {
  const count = (access: string) => RESOURCE_POLICY_CASES.filter((row) => row.access === access).length;

  test('all, and those that the evaluator decides, too', () => {
    const beyond = RESOURCE_POLICY_CASES.filter(
      ({ id }) => BEYOND_THE_EVALUATOR.some((pattern) => pattern.test(id)),
    ).length;
    expect(VERIFICATION).toContain(`**What.** ${RESOURCE_POLICY_CASES.length} small templates`);
    expect(VERIFICATION).toContain(
      `agree on ${RESOURCE_POLICY_CASES.length - beyond} of the templates. The other ${beyond} need`);
  });

  test.each([
    ['allows all of them', 'allowed'],
    ['denies at least one: neither the role', 'not allowed'],
    ['denies what is named on the resource', 'denied'],
    ['depends on how the request is made', 'depends'],
    ['depends on something that neither the template nor an AWS page states', 'unknown'],
  ])('%s', (row, access) => {
    expect(new RegExp(`\\| ${row}[^|]*\\| ([\\d,]+) \\|`).exec(VERIFICATION)?.[1]).toBe(`${count(access)}`);
  });
});

test('verification.md counts the trust policies and the verdicts on them', () => {
  const [roles, targets] = [trustPolicies, targetRoles].map((cases) => ({
    policies: cases.length, verdicts: cases.reduce((sum, { associations }) => sum + associations.length, 0),
  }));
  expect(VERIFICATION).toContain(
    `${roles.policies} trust policies of association roles and ${targets.policies} of target roles`);
  expect(VERIFICATION).toContain(`${roles.verdicts} and ${targets.verdicts} verdicts`);
});

test('the README counts what verification.md counts', () => {
  const [, policies] = /, ([\d,]+) policies with/.exec(VERIFICATION)!;
  const number = (text: string) => Number(text.replace(/,/g, ''));
  const [, ...counts] = /\| all together \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|/.exec(VERIFICATION)!;
  const [narrows, exceeds, undetermined] = counts.map(number);
  expect(undetermined).toBe(0);
  const all = narrows + exceeds;
  expect(all).toBe(5 * number(policies));
  expect(read('README.md')).toContain(`Each of the ${policies} policies that AWS manages`);
  expect(read('README.md')).toContain(`None of the ${all.toLocaleString('en-US')} verdicts is undetermined`);
});
