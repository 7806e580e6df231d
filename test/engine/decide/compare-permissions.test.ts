import { A, B, GENERATED, not, OTHER, PERMITS_NOTHING, TAG, TAKES_NOTHING_AWAY } from './compare-permissions-cases';
import {
  coversRole, isUnsatisfiable, NarrowingOptions, NarrowingQuestion, statementsWithoutEffect,
} from '../../../lib/engine';
import { allow, ask, condition, deny } from '../make';

test.each(TAKES_NOTHING_AWAY)('takes nothing away: %s', (_name, question, expected, _steps, options = {}) => {
  expect(coversRole(question, options)).toBe(expected);
});

test.each(PERMITS_NOTHING)('permits nothing: %s', (_name, question, expected, _steps, options = {}) => {
  expect(isUnsatisfiable(question, options)).toBe(expected);
});

test.each<[string, NarrowingQuestion, string[], NarrowingOptions?]>([
  ['the later of three equal ones', ask([allow('s3:*'), allow('s3:*'), allow('s3:*')], [allow('*')]),
    ['1 repeated', '2 repeated']],
  ['one of two that repeat each other', ask([allow('s3:*', '*', TAG), allow('s3:*')], [allow('*')]), ['0 repeated']],
  ['one that others repeat together', ask([allow('s3:Get*'), not(['s3:Get*']), allow('s3:*')], [allow('*')]),
    ['2 repeated']],
  ['one that a denied one seems to repeat', ask([allow('s3:Get*'), allow('s3:*'), deny('s3:P*')], [allow('*')]),
    ['0 repeated']],
  ['an allowed one beside one that is denied', ask([allow('s3:*'), deny('s3:P*'), allow('s3:*')], [allow('*')]),
    ['2 repeated']],
  ['a deny beside no more than a deny', ask([deny('s3:*'), deny('s3:Put*')], [allow('*')]),
    ['0 denies nothing', '1 denies nothing']],
  ['a deny under a condition',
    ask([allow('s3:*', '*', TAG), deny('s3:*', '*', condition('StringEquals aws:PrincipalTag/t b'))], [allow('*')]),
    ['1 denies nothing']],
  ['a deny of a generated name, which may be the same',
    ask([allow('s3:*', GENERATED), deny('s3:*', OTHER)], [allow('*')]), []],
  ['a deny beside statements that go themselves',
    ask([allow('sqs:*'), allow('s3:*'), deny('sqs:Send')], [allow('s3:*')]), ['0 outside the role']],
  ['a deny of one of two resources', ask([allow('s3:*', [A, B]), deny('s3:Put*', B)], [allow('*')]), []],
  ['a deny of what each statement allows', ask([allow('s3:*', A), allow('s3:*', B), deny('s3:Put*', B)], [allow('*')]),
    []],
  ['of the boundary', ask([allow('s3:*'), allow('sqs:*')], [allow('*')], [allow('s3:*')]), ['1 outside the role']],
  ['an empty list of values', ask([allow('s3:*', '*', { StringEquals: { k: [] } })], [allow('*')]),
    ['0 matches nothing']],
  ['conditions that exclude each other, beside a deny', ask([
    allow('s3:*'), allow('sqs:*', '*', { StringEquals: { k: 'a' }, StringLike: { k: 'b*' } }), deny('sqs:Send'),
  ], [allow('*')]), ['1 matches nothing', '2 denies nothing']],
  ['a deny with such conditions', ask([
    allow('s3:*'), deny('s3:Put*', '*', { StringEquals: { k: 'a' }, StringLike: { k: 'b*' } }),
  ], [allow('*')]), ['1 matches nothing']],
  ['under a budget that does not suffice', ask([allow('s3:*'), allow('sqs:*'), deny('iam:*')], [allow('s3:*')]), [],
    { budget: 0 }],
])('without effect: %s', (_name, question, expected, options = {}) => {
  expect(statementsWithoutEffect(question, options).map(({ statement, why }) => `${statement.index} ${why}`))
    .toEqual(expected);
});
