import {
  coversRole, effectivePermissions, isUnsatisfiable, NarrowingQuestion, statementsWithoutEffect, suggestFix,
} from '../../../lib/engine';
import { allow, condition, deny, policy, StatementJson } from '../make';

const OLD = '2008-10-17';
const LITERAL = '`${` is literal text in a policy without Version 2012-10-17, and a variable in this document';
const BUCKETS = 'arn:aws:s3:::';
const notActions = (...actions: string[]): StatementJson => ({ Effect: 'Allow', NotAction: actions, Resource: '*' });

describe('the document says everything once', () => {
  test.each<[string, StatementJson[], StatementJson[], StatementJson[]]>([
    ['the same of two statements', [allow('s3:*')], [allow('s3:Get*'), allow('s3:Get*')], [allow('s3:Get*')]],
    ['a part of what another statement says', [allow('s3:*')],
      [allow('s3:Get*'), allow('s3:GetObject*')], [allow('s3:Get*')]],
    ['a part that comes first', [allow('s3:*')], [allow('s3:GetObject*'), allow('s3:Get*')], [allow('s3:Get*')]],
    ['what two statements of the session policy say', [allow('s3:Get*'), allow('s3:*')], [allow('*')], [allow('s3:*')]],
    ['an equal statement under a condition', [allow('s3:*')],
      [allow('s3:*'), allow('s3:*', '*', condition('Bool k true'))], [allow('s3:*')]],
    ['a wider statement under a condition is another', [allow('s3:Get'), allow('s3:*', '*', condition('Bool k true'))],
      [allow('*')], [allow('s3:Get'), allow('s3:*', '*', condition('Bool k true'))]],
    ['statements apart', [allow('s3:*')], [allow('s3:Get*'), allow('s3:Put*')], [allow('s3:Get*'), allow('s3:Put*')]],
    ['a deny of both', [allow('s3:*'), deny('s3:Put*')], [allow('*'), deny('s3:Put*'), deny('s3:PutObject')],
      [allow('s3:*'), deny('s3:Put*')]],
    ['actions among which is *', [allow(['s3:*', '*'])], [notActions('iam:*')], [notActions('iam:*')]],
    ['all but some of each policy', [notActions('iam:*', 's3:*')], [notActions('s3:*', 'sqs:*')],
      [notActions('iam:*', 's3:*', 'sqs:*')]],
    ['Sids, which would not be unique', [{ ...allow('s3:*'), Sid: 'A' }],
      [{ ...allow('*'), Sid: 'A' }], [allow('s3:*')]],
  ])('%s', (_name, session, role, expected) => {
    const { document, omitted } = effectivePermissions(policy(session), [policy(role)]);
    const oneOrMany = (_key: string, value: unknown) => (Array.isArray(value) && value.length === 1 ? value[0] : value);
    const written = (statements: readonly object[]) => statements.map((s) => JSON.parse(JSON.stringify(s, oneOrMany)));
    expect([written(document.Statement), omitted]).toEqual([written(expected), []]);
  });
});

describe('what no document can say', () => {
  test.each<[string, StatementJson[], StatementJson[], string]>([
    ['a resource that is not a variable', [allow('s3:*', `${BUCKETS}\${k}`)], [], `statement 0 of old: ${LITERAL}`],
    ['a value that is not a variable', [allow('s3:*', '*', condition('StringEquals k ${l}'))], [],
      `statement 0 of old: ${LITERAL}`],
    ['nothing of the sort', [allow('s3:*', `${BUCKETS}b`, condition('StringEquals k a'))],
      [allow('s3:*', `${BUCKETS}b`, condition('StringEquals k a'))], ''],
    ['one statement of two', [allow('s3:*', `${BUCKETS}\${k}`), allow('s3:Get*')], [allow('s3:Get*')],
      `statement 0 of old: ${LITERAL}`],
    ['a deny: nothing may be allowed then', [allow('s3:*'), deny('s3:*', `${BUCKETS}\${k}`)], [],
      `statement 1 of old: ${LITERAL}`],
  ])('%s', (_name, role, expected, omission) => {
    const { document, omitted } = effectivePermissions(policy([allow('*')]), [policy(role, 'old', OLD)]);
    expect(document.Statement.length).toBe(expected.length);
    expect(omitted.map((o) => `${o.statements.join(', ')}: ${o.why}`).join('; ')).toBe(omission);
  });

  test('what is too large', () => {
    const session = policy([allow('s3:Get*')]);
    expect(effectivePermissions(session, [policy([allow('s3:*')])], undefined, { budget: 0 })).toEqual({
      document: { Version: '2012-10-17', Statement: [] },
      omitted: [{ statements: [], why: 'the policies are too large to intersect' }],
    });
    const layers = [{ name: 'identity policies' as const, policies: [policy([allow('s3:*')])], gaps: [] }];
    expect(suggestFix(session.statements[0], { session, layers }, { budget: 0 })).toEqual([]);
  });
});

describe('what changes nothing is claimed only if it is proven', () => {
  const unknown = [{ code: 'IncompleteRole' as const, message: 'a policy is missing', resolution: 'add it' }];
  const ask = (
    session: StatementJson[], role: StatementJson[], complete = true, boundary?: StatementJson[],
  ): NarrowingQuestion => ({
    session: policy(session),
    layers: [
      ...(boundary ? [{ name: 'permissions boundary' as const, policies: [policy(boundary)], gaps: [] }] : []),
      { name: 'identity policies', policies: [policy(role)], gaps: complete ? [] : unknown },
    ],
  });
  const BOTH = [allow('s3:*'), deny('sqs:*')];
  test.each<[string, NarrowingQuestion, number | undefined, string]>([
    ['nothing of it is in the role', ask(BOTH, [allow('iam:*')]), undefined,
      '0 outside the role, 1 denies nothing; permits nothing'],
    ['not all is known of the role', ask(BOTH, [allow('iam:*')], false), undefined, '1 denies nothing'],
    ['not all is known of the role, but of its boundary', ask(BOTH, [allow('iam:*')], false, [allow('iam:*')]),
      undefined, '1 denies nothing'],
    ['the same as the role', ask(BOTH, [allow('s3:*')]), undefined, '1 denies nothing; takes nothing away'],
    ['the same as the known part of the role', ask(BOTH, [allow('s3:*')], false), undefined, '1 denies nothing'],
    ['too large', ask(BOTH, [allow('s3:*')]), 0, ''],
    ['a role that denies, too', ask([allow('s3:Get*')], [allow('s3:*'), deny('s3:Put*')]), undefined, ''],
    ['a deny that repeats an allow is not a repetition', ask([allow('s3:*'), deny('s3:*')], [allow('s3:*')]), undefined,
      '0 denied by the session policy; permits nothing'],
  ])('%s', (_name, question, budget, expected) => {
    const options = budget === undefined ? {} : { budget };
    const idle = statementsWithoutEffect(question, options)
      .map(({ statement, why }) => `${statement.index} ${why}`)
      .join(', ');
    const claims = [
      isUnsatisfiable(question, options) && 'permits nothing', coversRole(question, options) && 'takes nothing away',
    ];
    expect([idle, ...claims].filter((c) => c).join('; ')).toBe(expected);
  });
});
