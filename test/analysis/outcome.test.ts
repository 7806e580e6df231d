import { CheckContext } from '../../lib/analysis/check-context';
import { RuleId } from '../../lib/analysis/finding';
import { Outcome, outcomeOf } from '../../lib/analysis/outcome';
import { Evaluator } from '../../lib/template/evaluator';
import { TemplateSet } from '../../lib/template/template-set';
import { allow, association, deny, findingsIn, role, stackOf, US } from '../rules/app';

const DATA = allow('s3:*', 'arn:aws:s3:::data/*');
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const LOGS = allow('s3:GetObject', 'arn:aws:s3:::logs/*');
/** The engine cannot tell what meets it. */
const UNCLEAR = { ArnLike: { 'aws:SourceArn': 'not-an-arn' } };
const UNKNOWN_ROLE = { RoleArn: 'arn:aws:iam::111122223333:role/imported' };
const long = (count: number) => allow(
  's3:GetObject', Array.from({ length: count }, (_, i) => `arn:aws:s3:::data/${i}/*`),
);

/** The rules that follow the outcome. */
const FOLLOWERS: readonly RuleId[] = [
  'InvalidSessionPolicy', 'NarrowingUndetermined', 'NoEffectivePermissions', 'SessionPolicyDoesNotNarrow',
  'SessionPolicyExceedsRole', 'SessionPolicyTooLarge',
  'StatementHasNoEffect',
];

test.each<[kind: Outcome['kind'], what: string, pods: ReturnType<typeof association>, ...followers: RuleId[]]>([
  ['no session policy', 'none', association(undefined)],
  ['invalid', 'no JSON', association(undefined, { Policy: '{', DisableSessionTags: true }), 'InvalidSessionPolicy'],
  ['invalid', 'an element that EKS rejects', association([{ ...READ, Principal: '*' }]), 'InvalidSessionPolicy'],
  ['far too large', 'over ten times the limit', association([long(1000)]), 'SessionPolicyTooLarge'],
  ['narrows', 'over the limit', association([long(100)]), 'SessionPolicyTooLarge'],
  ['unreadable',
    'a value of the deployment', association(undefined, { Policy: { Ref: 'Name' }, DisableSessionTags: true }),
    'NarrowingUndetermined'],
  ['allows nothing', 'a Deny statement alone', association([deny('s3:GetObject')]), 'NoEffectivePermissions'],
  ['denies everything', 'a Deny statement for everything', association([deny('*', '*')])],
  ['narrows',
    'everything but a part', association([allow('*', '*'), deny('s3:GetObject', 'arn:aws:s3:::data/secret')])],
  ['does not narrow', 'everything but what the role does not allow', association([allow('*', '*'), deny('sqs:*', '*')]),
    'SessionPolicyDoesNotNarrow'],
  ['no effective permissions', 'outside the role', association([LOGS]), 'NoEffectivePermissions'],
  ['no effective permissions', 'denied by itself', association([READ, deny('s3:*')]), 'NoEffectivePermissions'],
  ['no effective permissions',
    'outside the role, with an unclear condition', association([{ ...LOGS, Condition: UNCLEAR }]),
    'NoEffectivePermissions'],
  ['exceeds', 'partly outside the role', association([READ, LOGS]), 'SessionPolicyExceedsRole'],
  ['exceeds',
    'partly outside the role, and repeated', association([READ, READ, LOGS]), 'SessionPolicyExceedsRole',
    'StatementHasNoEffect'],
  ['undetermined', 'a role that is not known', association([READ], UNKNOWN_ROLE), 'NarrowingUndetermined'],
  ['undetermined',
    'a role that is not known, and repeated', association([READ, READ], UNKNOWN_ROLE), 'NarrowingUndetermined',
    'StatementHasNoEffect'],
  ['does not narrow', 'the statement of the role', association([DATA]), 'SessionPolicyDoesNotNarrow'],
  ['does not narrow',
    'the statement of the role, and repeated', association([DATA, READ]), 'SessionPolicyDoesNotNarrow',
    'StatementHasNoEffect'],
  ['does not narrow',
    'the statement of the role, and an unclear condition', association([DATA, { ...LOGS, Condition: UNCLEAR }]),
    'NarrowingUndetermined', 'SessionPolicyDoesNotNarrow', 'StatementHasNoEffect'],
  ['narrows', 'a part of the role', association([READ])],
  ['narrows', 'a part of the role, repeated', association([READ, READ]), 'StatementHasNoEffect'],
])('%s: %s', (kind, _what, pods, ...followers) => {
  const stack = stackOf({ Role: role([DATA]), Pods: pods }, US);
  const context = new CheckContext(new Evaluator(new TemplateSet([stack])));
  const [own] = context.associations;
  expect(outcomeOf(own, context).kind).toBe(kind);
  expect(outcomeOf(own, context)).toBe(outcomeOf(own, context));
  expect([...new Set(findingsIn(stack).map(({ rule }) => rule))].filter((rule) => FOLLOWERS.includes(rule)))
    .toEqual(followers);
});
