/** Compares what the rules report for the table and for random resource policies with what AWS does with them. */
import * as fc from 'fast-check';
import { accessOf, Universe } from './access';
import { Access } from './case';
import { resourcePolicyQuestions } from './generate';
import { ACCOUNT, REGION, RESOURCE_POLICY_CASES } from './table';
import { Finding, RuleId } from '../../lib/analysis/finding';
import { Template } from '../../lib/template/template-set';
import { statementsOf } from '../oracle/readings';
import { findingsIn, stackOf } from '../rules/app';
import { LONG_SEARCH, runs, SEED } from '../runs';

/** Rules that ask another question than what AWS allows. */
const OTHER_QUESTIONS: readonly RuleId[] = [
  'ActionResourceMismatch', 'ResourcePolicyHasNoEffect', 'SessionPolicyDoesNotNarrow', 'StatementHasNoEffect',
];

function findingsOf(template: object): readonly Finding[] {
  const stack = stackOf({}, { account: ACCOUNT, region: REGION, template: template as Template });
  return findingsIn(stack).filter(({ rule }) => !OTHER_QUESTIONS.includes(rule));
}

const said = (findings: readonly Finding[]) => findings.map(
  ({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
const errorsIn = (findings: readonly Finding[]) => (
  [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))]);
const EXCEEDS: readonly RuleId[] = ['NoEffectivePermissions', 'SessionPolicyExceedsRole'];

/** Cases that stay open, with the reason. */
const UNDECIDED: ReadonlyMap<string, string> = new Map([
  ...[
    'allows the role, the bucket delegates', 'allows the role, the bucket allows it too',
    'allows the role, the bucket does not',
  ].map((id): [string, string] => (
    [`access point: ${id}`, 'access through an access point also needs the policy of its bucket'])),
]);

describe('the table', () => {
  test.each(RESOURCE_POLICY_CASES.map((row) => [row.id, row] as const))('%s', (id, { access, template }) => {
    const findings = findingsOf(template);
    if (UNDECIDED.has(id)) {
      expect(findings.map(({ rule }) => rule)).toEqual(['NarrowingUndetermined']);
      return;
    }
    const errors = errorsIn(findings);
    const expected: { readonly [one in Access]: () => void } = {
      'allowed': () => expect(said(findings)).toEqual([]),
      'not allowed': () => expect(errors.filter((rule) => EXCEEDS.includes(rule))).toEqual(errors),
      'denied': () => expect(errors).toEqual(['DeniedByResourcePolicy']),
      'depends': () => expect(errors).toEqual([]),
      'unknown': () => expect(errors).toEqual([]),
    };
    expected[access]();
    if (access === 'not allowed') { expect(errors).not.toEqual([]); }
  });
});

/** The errors that AWS's behavior bears out. */
const TRUE_ERRORS: { readonly [one in ReturnType<typeof accessOf>]: readonly RuleId[] } = {
  'allowed': [],
  'not allowed': [...EXCEEDS, 'DeniedByResourcePolicy'], // one request may be denied and another not allowed
  'denied': ['DeniedByResourcePolicy'],
  'partly denied': ['DeniedByResourcePolicy'],
  'depends': ['DeniedByResourcePolicy'], // of one of several requests
  'unknown': ['DeniedByResourcePolicy'],
};

/** An organization that policies name is assumed to be that of the role. */
const inOwnOrganization = (universe: Universe): Universe => (
  Object.keys(universe.worlds).length === 0 ? universe
    : { ...universe, worlds: { 'aws:principalorgid': ['o-exampleorg1'] } });

/** The question about each statement of the session policy that allows something, with all that it denies. */
function perStatement(universe: Universe): Universe[] {
  const { caller } = universe;
  const statements = statementsOf(caller.session!);
  const denies = statements.filter(({ Effect }) => Effect === 'Deny');
  return statements.filter(({ Effect }) => Effect === 'Allow').map(
    (one) => ({ ...universe, caller: { ...caller, session: { ...caller.session!, Statement: [one, ...denies] } } }));
}

test('random policies: no error that AWS does not bear out, and no silence about what it never allows', () => {
  fc.assert(fc.property(resourcePolicyQuestions, ({ universe, template }) => {
    const asked = inOwnOrganization(universe);
    const answers = perStatement(asked).map(accessOf);
    const findings = findingsOf(template);
    const wrong = findings.filter(({ severity, rule }) => (
      severity === 'error' && !answers.some((access) => TRUE_ERRORS[access].includes(rule))));
    expect([answers, said(wrong)]).toEqual([answers, []]);
    const isNamed = answers.some((access) => access === 'not allowed' || access === 'denied');
    expect([answers, isNamed && findings.length === 0]).toEqual([answers, false]);
  }), { numRuns: runs(300, 5000), seed: SEED, endOnFailure: false });
}, LONG_SEARCH);
