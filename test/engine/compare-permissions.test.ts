import { allow, atom, BUCKET, condition, deny, policy, StatementJson, stepsOf } from './make';
import { Layer, NarrowingOptions, NarrowingQuestion, permitsNothing, statementsWithoutEffect, takesNothingAway, Text } from '../../lib/engine';

const A = 'arn:aws:s3:::a/*';
const B = 'arn:aws:s3:::b/*';
const GENERATED = Text.of('arn:aws:s3:::', atom('Bucket', BUCKET), '/*');
const OTHER = Text.of('arn:aws:s3:::', atom('Other', BUCKET), '/*');
const TAG = condition('StringEquals aws:PrincipalTag/t a');
const not = (NotAction: string[], rest: StatementJson = { Resource: '*' }): StatementJson => ({ Effect: 'Allow', NotAction, ...rest });
const missing = [{ code: 'IncompleteRole' as const, message: 'a policy is missing', resolution: 'add it' }];

function ask(session: StatementJson[], role: StatementJson[], boundary?: StatementJson[], unknown: Layer['unknown'] = []): NarrowingQuestion {
  const layers: Layer[] = [{ name: 'identity policies', policies: [policy(role, 'the role')], unknown }];
  if (boundary) { layers.push({ name: 'permissions boundary', policies: [policy(boundary, 'the boundary')], unknown: [] }); }
  return { session: policy(session, 'the session policy'), layers };
}

// Steps show which way an answer was found: most are plain to see, and that is quicker.
test.each<[string, NarrowingQuestion, boolean, number, NarrowingOptions?]>([
  ['the same', ask([allow('s3:*')], [allow('s3:*')]), true, 1],
  ['more', ask([allow(['s3:*', 'sqs:*'])], [allow('s3:*')]), true, 2],
  ['an action less', ask([allow('s3:Get*')], [allow('s3:*')]), false, 1],
  ['a resource less', ask([allow('s3:*', A)], [allow('s3:*', [A, B])]), false, 8],
  ['a statement less', ask([allow('s3:*')], [allow('s3:*'), allow('sqs:*')]), false, 2],
  ['each action by a statement of its own', ask([allow('s3:*'), allow('sqs:*')], [allow(['s3:*', 'sqs:*'])]), true, 7],
  ['parts that make the whole', ask([allow('s3:Get*'), not(['s3:Get*'])], [allow('s3:*')]), true, 455],
  ['parts by ? that make the whole', ask([allow(['s3:G?*', 's3:G'])], [allow('s3:G*')]), true, 1248],
  ['parts by ? in resources', ask([allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::a?*'])], [allow('s3:*', 'arn:aws:s3:::a*')]), true, 563],
  ['a role of all but some', ask([allow('s3:*')], [not(['iam:*'])]), false, 154],
  ['a role on all but some', ask([allow('s3:*', A)], [{ Effect: 'Allow', Action: 's3:*', NotResource: B }]), false, 713],
  ['a role under a condition', ask([allow('s3:Get*')], [allow('s3:*', '*', TAG)]), false, 185],
  ['the same condition', ask([allow('s3:*', '*', TAG)], [allow('s3:*', '*', TAG)]), true, 0],
  ['a condition more', ask([allow('s3:*', '*', TAG)], [allow('s3:*')]), false, 116],
  ['what the role denies', ask([allow('s3:Get*')], [allow('s3:*'), deny('s3:P*'), deny('s3:*', B)]), false, 1685],
  ['what the role denies all of', ask([allow('s3:Get*')], [allow('s3:Get*'), allow('sqs:*'), deny('sqs:*')]), true, 4],
  ['what it denies itself', ask([allow('s3:*'), deny('s3:Put*')], [allow('s3:*')]), false, 26],
  ['what it denies beside the role', ask([allow('s3:*'), deny('sqs:*')], [allow('s3:*')]), true, 2],
  ['a boundary that leaves as much', ask([allow('s3:Get*')], [allow('s3:*')], [allow(['s3:Get*', 'sqs:*'])]), true, 5],
  ['a boundary that leaves more', ask([allow('s3:GetObject')], [allow('s3:*')], [allow('s3:Get*')]), false, 101],
  ['a boundary of all but some', ask([allow('s3:*')], [allow('*')], [not(['iam:*'])]), false, 154],
  ['a role that no policy can say', ask([allow('*')], [allow('s3:*')], [not(['s3:Get*'])]), false, 4],
  ['an incomplete role', ask([allow('*')], [allow('s3:*')], undefined, missing), false, 0],
  ['an incomplete role within a boundary', ask([allow('s3:*')], [allow('s3:*')], [allow('s3:*')], missing), false, 0],
  ['an action less, which it denies', ask([allow('s3:Get*'), deny('iam:*')], [allow(['s3:Get*', 'iam:*'])]), false, 3],
  ['a budget that does not suffice', ask([allow('s3:*'), allow('sqs:*')], [allow(['s3:*', 'sqs:*'])]), false, 4, { budget: 1 }],
  ['a budget that does not suffice for a boundary', ask([allow('s3:Get*')], [allow('s3:*')], [allow(['s3:Get*', 'sqs:*'])]), false, 3, { budget: 2 }],
])('takes nothing away: %s', (_name, question, expected, steps, options = {}) => {
  let found: boolean | undefined;
  const taken = stepsOf(() => { found = takesNothingAway(question, options); });
  expect([found, taken]).toEqual([expected, steps]);
});

test.each<[string, NarrowingQuestion, boolean, number, NarrowingOptions?]>([
  ['another service', ask([allow('s3:*')], [allow('sqs:*')]), true, 1],
  ['another resource', ask([allow('s3:*', A)], [allow('s3:*', B)]), true, 2],
  ['a resource that may be the same', ask([allow('s3:*', GENERATED)], [allow('s3:*', OTHER)]), false, 155],
  ['a part', ask([allow('s3:*')], [allow('s3:Get*')]), false, 10],
  ['one of two statements', ask([allow('s3:*'), allow('sqs:*')], [allow('sqs:Send')]), false, 11],
  ['a condition that cannot hold', ask([allow('s3:*', '*', TAG)], [allow('s3:*', '*', condition('StringEquals aws:PrincipalTag/t b'))]), true, 227],
  ['what the role denies', ask([allow('s3:*')], [allow('*'), deny('s3:*')]), true, 50],
  ['what the role denies in part', ask([allow('s3:*')], [allow('*'), deny('s3:G*')]), false, 92],
  ['what the session policy denies', ask([allow('s3:*'), deny('s3:*')], [allow('*')]), true, 50],
  ['what both deny together', ask([allow('s3:*'), deny('s3:*', A)], [allow('s3:*', [A, B]), deny('s3:*', B)]), true, 519],
  ['what the boundary leaves nothing of', ask([allow('s3:*')], [allow('*')], [allow('sqs:*')]), true, 5],
  ['role and boundary apart', ask([allow('*')], [allow('s3:*')], [allow('sqs:*')]), true, 8],
  ['an incomplete role', ask([allow('s3:*')], [allow('sqs:*')], undefined, missing), false, 0],
  ['an incomplete role within a boundary', ask([allow('s3:*')], [allow('sqs:*')], [allow('sqs:*')], missing), false, 0],
  ['denials only', ask([deny('s3:*')], [allow('*')]), true, 0],
  ['a budget that does not suffice', ask([allow('s3:*')], [allow('sqs:*')]), false, 1, { budget: 0 }],
])('permits nothing: %s', (_name, question, expected, steps, options = {}) => {
  let found: boolean | undefined;
  const taken = stepsOf(() => { found = permitsNothing(question, options); });
  expect([found, taken]).toEqual([expected, steps]);
});

test.each<[string, NarrowingQuestion, string[], NarrowingOptions?]>([
  ['the later of three equal ones', ask([allow('s3:*'), allow('s3:*'), allow('s3:*')], [allow('*')]), ['1 repeated', '2 repeated']],
  ['one of two that repeat each other', ask([allow('s3:*', '*', TAG), allow('s3:*')], [allow('*')]), ['0 repeated']],
  ['one that others repeat together', ask([allow('s3:Get*'), not(['s3:Get*']), allow('s3:*')], [allow('*')]), ['2 repeated']],
  ['one that a denied one seems to repeat', ask([allow('s3:Get*'), allow('s3:*'), deny('s3:P*')], [allow('*')]), ['0 repeated']],
  ['an allowed one beside one that is denied', ask([allow('s3:*'), deny('s3:P*'), allow('s3:*')], [allow('*')]), ['2 repeated']],
  ['a deny beside no more than a deny', ask([deny('s3:*'), deny('s3:Put*')], [allow('*')]), ['0 denies nothing', '1 denies nothing']],
  ['a deny under a condition', ask([allow('s3:*', '*', TAG), deny('s3:*', '*', condition('StringEquals aws:PrincipalTag/t b'))], [allow('*')]), ['1 denies nothing']],
  ['a deny of a generated name, which may be the same', ask([allow('s3:*', GENERATED), deny('s3:*', OTHER)], [allow('*')]), []],
  ['a deny beside statements that go themselves', ask([allow('sqs:*'), allow('s3:*'), deny('sqs:Send')], [allow('s3:*')]), ['0 outside the role']],
  ['a deny of one of two resources', ask([allow('s3:*', [A, B]), deny('s3:Put*', B)], [allow('*')]), []],
  ['a deny of what each statement allows', ask([allow('s3:*', A), allow('s3:*', B), deny('s3:Put*', B)], [allow('*')]), []],
  ['of the boundary', ask([allow('s3:*'), allow('sqs:*')], [allow('*')], [allow('s3:*')]), ['1 outside the role']],
  ['under a budget that does not suffice', ask([allow('s3:*'), allow('sqs:*'), deny('iam:*')], [allow('s3:*')]), [], { budget: 0 }],
])('without effect: %s', (_name, question, expected, options = {}) => {
  expect(statementsWithoutEffect(question, options).map(({ statement, why }) => `${statement.index} ${why}`)).toEqual(expected);
});
