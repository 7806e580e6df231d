/**
 * No rule contradicts another about the same association: over the apps of the end-to-end tables, and over all pairs of the session
 * policies and roles below.
 */
import { Finding, RuleId } from '../../lib/analysis/finding';
import { runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';
import { one } from '../end-to-end/app-case';
import { TABLES } from '../end-to-end/tables';
import { allow, association, deny, role, trust } from '../rules/app';

const DATA = 'arn:aws:s3:::data/*';
const PART = 'arn:aws:s3:::data/a/*';
const OWN = 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*';
const TAG = { 'aws:PrincipalTag/kubernetes-namespace': 'ns' };
const when = (statement: object, Condition: object) => ({ ...statement, Condition });
/** Too long for EKS, and of few resources: what is offered for it takes as long as it has parts. */
const LONG = Array.from({ length: 12 }, (_, i) => `arn:aws:s3:::data/${'prefix/'.repeat(30)}${i}/*`);

const SESSIONS: ReadonlyArray<readonly unknown[] | undefined> = [
  undefined,
  [],
  [allow('s3:GetObject', PART)],
  [allow('s3:GetObject', PART), allow('s3:DeleteObject', PART)],
  [allow('s3:GetObject', DATA), allow('s3:GetObject', PART)],
  [allow('s3:GetObject', PART), deny('s3:DeleteObject', '*')],
  [allow('s3:GetObject', '*'), deny('s3:*', '*')],
  [allow('s3:GetObject', OWN)],
  [allow('s3:GetObject', PART), allow('s3:GetObject', OWN)],
  [when(allow('s3:GetObject', DATA), { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
  [when(allow('s3:GetObject', DATA), { StringEquals: { 'ec2:Vpc': 'vpc-1' } })],
  [allow(['s3:GetObject', 's3:Foo'], DATA)],
  [allow('s3:Foo', DATA)],
  [allow('s3:GetObject', 'arn:aws:s3:::data')],
  [allow('*', '*')],
  [allow('sts:AssumeRole', '*'), allow('s3:GetObject', DATA)],
  [{ ...allow('s3:GetObject', DATA), Principal: '*' }],
  [allow('s3:GetObject', LONG)],
];

const ROLES: ReadonlyArray<readonly unknown[]> = [
  [],
  [allow('*', '*')],
  [allow('s3:GetObject', PART)],
  [allow(['s3:GetObject', 's3:PutObject'], DATA)],
  [allow('s3:*', '*'), deny('s3:DeleteObject', '*')],
  [allow('s3:*', '*'), deny('*', '*')],
  [when(allow('s3:*', '*'), { StringEquals: TAG })],
  [allow('s3:*', '*'), when(deny('s3:*', '*'), { StringNotEquals: TAG })],
  [allow('s3:*', '*'), when(deny('s3:DeleteObject', '*'), { StringEquals: TAG })],
  [when(allow('s3:GetObject', DATA), { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })],
  [allow('s3:GetObject', OWN)],
];

/** Properties of the association and of the role. */
const PROPERTIES: ReadonlyArray<readonly [pods: object, role: object]> = [
  [{}, {}],
  [{ DisableSessionTags: false }, {}],
  [{}, { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust({ Service: 'ec2.amazonaws.com' })] } }],
];

/** What is found of each association. */
const FOUND: ReadonlyArray<readonly [name: string, findings: readonly Finding[]]> = [
  ...Object.values(TABLES).flat().map(({ name, stacks, declarations }) => (
    [name, runRules(new TemplateSet(stacks), { declarations })] as const)),
  ...SESSIONS.flatMap((session, s) => ROLES.flatMap((statements, r) => PROPERTIES.map(([pods, ofRole], p) => [
    `session ${s}, role ${r}, properties ${p}`,
    runRules(new TemplateSet(one({
      Role: role(statements, { ...ofRole }),
      Pods: association(session, { ...pods }),
      Other: association([allow('s3:GetObject', PART)], { ServiceAccount: 'other' }),
    }))),
  ] as const))),
].flatMap(([name, findings]) => [...new Set(findings.map((finding) => finding.association.path))].map((path) => (
  [`${name}: ${path}`, findings.filter((finding) => finding.association.path === path)] as const)));

/** What cannot be true together in one case of the conditions. The first one speaks. */
const NEVER_TOGETHER: ReadonlyArray<readonly [speaks: RuleId, silent: readonly RuleId[]]> = [
  // A proof that the pods can do nothing leaves nothing to report for single requests or statements.
  ['NoEffectivePermissions', [
    'NarrowingUndetermined', 'SessionPolicyDoesNotNarrow', 'SessionPolicyExceedsRole', 'StatementHasNoEffect',
    'SessionPolicyEscape',
  ]],
  ['SessionPolicyExceedsRole', ['NarrowingUndetermined']],
  // Without the session policy, the pods would have the tags: it does take something away.
  ['SessionTagDependency', ['SessionPolicyDoesNotNarrow']],
  // EKS rejects it, so what it allows does not matter.
  ['InvalidSessionPolicy', [
    'NarrowingUndetermined', 'NoEffectivePermissions', 'SessionPolicyDoesNotNarrow', 'SessionPolicyExceedsRole',
    'SessionPolicyEscape', 'StatementHasNoEffect',
  ]],
  ['SessionPolicyTooLarge', ['SessionPolicyMayBeTooLarge']],
  // It has no session policy.
  ['UnscopedAssociation', [
    'NarrowingUndetermined', 'NoEffectivePermissions', 'SessionPolicyDoesNotNarrow', 'SessionPolicyExceedsRole',
    'SessionPolicyEscape', 'SessionPolicyMayBeTooLarge', 'SessionPolicyTooLarge', 'SessionTagsMustBeDisabled',
    'StatementHasNoEffect', 'InvalidSessionPolicy',
  ]],
];

const caseOf = ({ message }: Finding) => /This applies if (.*)\.$/.exec(message)?.[1];
const inOneCase = (a: Finding, b: Finding) => (
  caseOf(a) === undefined || caseOf(b) === undefined || caseOf(a) === caseOf(b));

/** A few contradictions of one kind are enough to see it. */
const SHOWN = 3;

/** The pairs of findings on one association for which `isContradiction` holds. */
function contradictions(isContradiction: (a: Finding, b: Finding) => boolean): string[] {
  return FOUND.flatMap(([name, findings]) => findings.flatMap((a) => findings
    .filter((b) => a !== b && isContradiction(a, b))
    .map((b) => `${name}: ${a.rule}: ${a.message} | ${b.rule}: ${b.message}`))).slice(0, SHOWN);
}

test('the apps have many associations with several findings, of every pair of rules that is not ruled out below', () => {
  const several = FOUND.filter(([, findings]) => findings.length > 1);
  expect(several.length).toBeGreaterThan(300);
  const fired = new Set(FOUND.flatMap(([, findings]) => findings.map(({ rule }) => rule)));
  expect(NEVER_TOGETHER.flatMap(([a, others]) => [a, ...others]).filter((rule) => !fired.has(rule))).toEqual([]);
});

test.each(NEVER_TOGETHER)('beside %s, others are silent', (speaks, silent) => {
  expect(contradictions((a, b) => a.rule === speaks && silent.includes(b.rule) && inOneCase(a, b))).toEqual([]);
});

test('nothing is said to be deployed of what EKS rejects', () => {
  const fails = /[Dd]eployment .*fails|deployed fails/;
  const deploys = /AWS (deploys|accepts) this|deploys? without/;
  expect(contradictions((a, b) => fails.test(a.message) && deploys.test(b.message))).toEqual([]);
});

test('a request with a session tag is not a witness for pods that have none', () => {
  const withTag = /\(with [^;)]*aws:principaltag\/(eks|kubernetes)-[\w-]+ = /i;
  expect(contradictions((a, b) => a.rule === 'SessionTagDependency' && withTag.test(b.message))).toEqual([]);
});

test('a statement that exceeds the role is not said to have no effect, too', () => {
  const statementOf = ({ fix }: Finding) => /\{"[^]*?\}(?=,? |\.$)/.exec(fix)?.[0];
  expect(contradictions((a, b) => a.rule === 'SessionPolicyExceedsRole' && b.rule === 'StatementHasNoEffect'
    && statementOf(a) === statementOf(b))).toEqual([]);
});

test('no finding advises what another one forbids: to keep the tags, and to disable them', () => {
  const keeps = (fix: string) => /keep the tags/.test(fix) && !/keep the tags: remove the session policy/.test(fix);
  expect(contradictions((a, b) => a.rule === 'SessionTagsMustBeDisabled' && keeps(b.fix))).toEqual([]);
});
