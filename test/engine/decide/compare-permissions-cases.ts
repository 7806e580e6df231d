/** What compares a session policy with a role as a whole: questions, their answers, and the work that they take. */
import { NarrowingOptions, NarrowingQuestion, SymbolicString } from '../../../lib/engine';
import { allow, ask, BUCKET, condition, deny, StatementJson, variable } from '../make';

export const A = 'arn:aws:s3:::a/*';
export const B = 'arn:aws:s3:::b/*';
export const GENERATED = SymbolicString.of('arn:aws:s3:::', variable('Bucket', BUCKET), '/*');
export const OTHER = SymbolicString.of('arn:aws:s3:::', variable('Other', BUCKET), '/*');
export const TAG = condition('StringEquals aws:PrincipalTag/t a');
export const not = (NotAction: string[], rest: StatementJson = { Resource: '*' }): StatementJson => ({
  Effect: 'Allow', NotAction, ...rest,
});
export const missing = [{ code: 'IncompleteRole' as const, message: 'a policy is missing', resolution: 'add it' }];

/** The most steps that are allowed, about a fifth more than today's number, which stands beside it. */
type Steps = readonly [most: number, today: number];
type Case = [name: string, question: NarrowingQuestion, answer: boolean, steps: Steps, options?: NarrowingOptions];

// Steps show which way an answer was found: most are plain to see, and that is quicker.
export const TAKES_NOTHING_AWAY: readonly Case[] = [
  ['the same', ask([allow('s3:*')], [allow('s3:*')]), true, [2, 1]],
  ['more', ask([allow(['s3:*', 'sqs:*'])], [allow('s3:*')]), true, [3, 2]],
  ['an action less', ask([allow('s3:Get*')], [allow('s3:*')]), false, [2, 1]],
  ['a resource less', ask([allow('s3:*', A)], [allow('s3:*', [A, B])]), false, [10, 8]],
  ['a statement less', ask([allow('s3:*')], [allow('s3:*'), allow('sqs:*')]), false, [3, 2]],
  ['each action by a statement of its own', ask([allow('s3:*'), allow('sqs:*')], [allow(['s3:*', 'sqs:*'])]),
    true, [9, 7]],
  ['parts that make the whole', ask([allow('s3:Get*'), not(['s3:Get*'])], [allow('s3:*')]), true, [546, 455]],
  ['parts by ? that make the whole', ask([allow(['s3:G?*', 's3:G'])], [allow('s3:G*')]), true, [1498, 1248]],
  ['parts by ? in resources',
    ask([allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::a?*'])], [allow('s3:*', 'arn:aws:s3:::a*')]), true, [676, 563]],
  ['a role of all but some', ask([allow('s3:*')], [not(['iam:*'])]), false, [185, 154]],
  ['a role on all but some', ask([allow('s3:*', A)], [{ Effect: 'Allow', Action: 's3:*', NotResource: B }]),
    false, [856, 713]],
  ['a role under a condition', ask([allow('s3:Get*')], [allow('s3:*', '*', TAG)]), false, [272, 227]],
  ['the same condition', ask([allow('s3:*', '*', TAG)], [allow('s3:*', '*', TAG)]), true, [0, 0]],
  ['a condition more', ask([allow('s3:*', '*', TAG)], [allow('s3:*')]), false, [188, 157]],
  ['what the role denies', ask([allow('s3:Get*')], [allow('s3:*'), deny('s3:P*'), deny('s3:*', B)]),
    false, [2022, 1685]],
  ['what the role denies all of', ask([allow('s3:Get*')], [allow('s3:Get*'), allow('sqs:*'), deny('sqs:*')]),
    true, [5, 4]],
  ['what it denies itself', ask([allow('s3:*'), deny('s3:Put*')], [allow('s3:*')]), false, [32, 26]],
  ['what it denies beside the role', ask([allow('s3:*'), deny('sqs:*')], [allow('s3:*')]), true, [3, 2]],
  ['a boundary that leaves as much', ask([allow('s3:Get*')], [allow('s3:*')], [allow(['s3:Get*', 'sqs:*'])]),
    true, [6, 5]],
  ['a boundary that leaves more', ask([allow('s3:GetObject')], [allow('s3:*')], [allow('s3:Get*')]), false, [122, 101]],
  ['a boundary of all but some', ask([allow('s3:*')], [allow('*')], [not(['iam:*'])]), false, [185, 154]],
  ['a role that no policy can say', ask([allow('*')], [allow('s3:*')], [not(['s3:Get*'])]), false, [5, 4]],
  ['an incomplete role', ask([allow('*')], [allow('s3:*')], undefined, missing), false, [0, 0]],
  ['an incomplete role within a boundary', ask([allow('s3:*')], [allow('s3:*')], [allow('s3:*')], missing),
    false, [0, 0]],
  ['an action less, which it denies', ask([allow('s3:Get*'), deny('iam:*')], [allow(['s3:Get*', 'iam:*'])]),
    false, [4, 3]],
  ['a budget that does not suffice', ask([allow('s3:*'), allow('sqs:*')], [allow(['s3:*', 'sqs:*'])]), false, [7, 6],
    { budget: 1 }],
  ['a budget that does not suffice for a boundary',
    ask([allow('s3:Get*')], [allow('s3:*')], [allow(['s3:Get*', 'sqs:*'])]), false, [4, 3], { budget: 2 }],
];

export const PERMITS_NOTHING: readonly Case[] = [
  ['another service', ask([allow('s3:*')], [allow('sqs:*')]), true, [2, 1]],
  ['another resource', ask([allow('s3:*', A)], [allow('s3:*', B)]), true, [3, 2]],
  ['a resource that may be the same', ask([allow('s3:*', GENERATED)], [allow('s3:*', OTHER)]), false, [186, 155]],
  ['a part', ask([allow('s3:*')], [allow('s3:Get*')]), false, [12, 10]],
  ['one of two statements', ask([allow('s3:*'), allow('sqs:*')], [allow('sqs:Send')]), false, [14, 11]],
  ['a condition that cannot hold',
    ask([allow('s3:*', '*', TAG)], [allow('s3:*', '*', condition('StringEquals aws:PrincipalTag/t b'))]),
    true, [273, 227]],
  ['what the role denies', ask([allow('s3:*')], [allow('*'), deny('s3:*')]), true, [60, 50]],
  ['what the role denies in part', ask([allow('s3:*')], [allow('*'), deny('s3:G*')]), false, [111, 92]],
  ['what the session policy denies', ask([allow('s3:*'), deny('s3:*')], [allow('*')]), true, [60, 50]],
  ['what both deny together', ask([allow('s3:*'), deny('s3:*', A)], [allow('s3:*', [A, B]), deny('s3:*', B)]),
    true, [623, 519]],
  ['what the boundary leaves nothing of', ask([allow('s3:*')], [allow('*')], [allow('sqs:*')]), true, [6, 5]],
  ['role and boundary apart', ask([allow('*')], [allow('s3:*')], [allow('sqs:*')]), true, [10, 8]],
  ['an incomplete role', ask([allow('s3:*')], [allow('sqs:*')], undefined, missing), false, [0, 0]],
  ['an incomplete role within a boundary', ask([allow('s3:*')], [allow('sqs:*')], [allow('sqs:*')], missing),
    false, [0, 0]],
  ['denials only', ask([deny('s3:*')], [allow('*')]), true, [0, 0]],
  ['a budget that does not suffice', ask([allow('s3:*')], [allow('sqs:*')]), false, [2, 1], { budget: 0 }],
];
