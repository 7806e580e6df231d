import { decideNarrowing, SymbolicString } from '../../../lib/engine';
import { PARTITION } from '../../../lib/template/value-kinds';
import { allow, condition, decide, deny, policy, StatementJson, variable } from '../make';

const UNCLEAR = condition('NumericLessThan k 1e3');
const X = SymbolicString.of(variable('X'));
const B = (rest: string) => SymbolicString.of('arn:', variable('P', PARTITION), ':s3:::b', rest);

describe('what is in doubt, and what resolves it', () => {
  test.each<[string, StatementJson[], StatementJson[], string, string, string]>([
    ['a condition', [{ ...allow('s3:GetObject'), Sid: 'Read' }], [allow('s3:PutObject'), allow('s3:*', '*', UNCLEAR)],
      'Condition',
      "statement 1 of the role allows s3:GetObject on * under conditions that statement 0 (Sid 'Read') of the session "
        + 'policy may not keep', 'repeat the conditions of that statement in the session policy'],
    ['a deny', [allow('s3:GetObject')], [allow('*'), { ...deny('s3:*', '*', UNCLEAR), Sid: 'No' }], 'Deny',
      "statement 1 (Sid 'No') of the role denies requests that may be among those that statement 0 of the session "
        + 'policy allows (s3:GetObject on *)',
      'name in the session policy only what that statement leaves alone, or repeat the deny statement in the session '
        + 'policy'],
    ['values', [allow('s3:GetObject', B('/x'))], [allow('s3:*', [X, 'arn:aws:s3:::b/*'])], 'UnknownValue',
      'whether the identity policies allow s3:GetObject on arn:${P}:s3:::b/x depends on '
        + 'the deploy-time values ${P}, ${X}',
      'name the resource in the session policy and in the role in the same way'],
    ['values of an action', [allow(X, 'arn:aws:s3:::b')], [allow('s3:*')], 'UnknownValue',
      'whether the identity policies allow ${X} on arn:aws:s3:::b depends on the deploy-time value ${X}',
      'name the resource in the session policy and in the role in the same way'],
    ['a part', [allow('s3:GetObject', 'arn:aws:s3:*:*:b/*')],
      [allow('s3:*', 'arn:aws:s3:::b/a*'), allow('s3:*', 'arn:aws:s3:::b/b*'), allow('sqs:*'),
        allow('s3:*', 'arn:aws:s3:::b/c*'), allow('s3:*', 'arn:aws:s3:::b/*')], 'PartialOverlap',
      'the identity policies allow a part of s3:GetObject on arn:aws:s3:*:*:b/* (statement 0 of the role, statement 1 '
        + 'of the role, statement 3 of the role),' + ' and for the rest no request was found that AWS would make',
      'name in the session policy only what these statements name'],
    ['nothing that is known', [allow('iam:PassRole', 'arn:aws:iam:us-east-1:*:role/r')], [allow('sqs:*')],
      'PartialOverlap',
      'no statement of the identity policies allows iam:PassRole on arn:aws:iam:us-east-1:*:role/r, but no request '
        + 'was found that AWS would make and the role would not allow',
      'leave that action or resource out of the session policy, or allow it in the role'],
    ['all but', [{ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
      [allow('*', '*', UNCLEAR)], 'Condition',
      'statement 0 of the role allows NotAction s3:*, iam:* on NotResource arn:aws:s3:::a, arn:aws:s3:::b'
        + ' under conditions that statement 0 of the session policy may not keep',
      'repeat the conditions of that statement in the session policy'],
  ])('%s', (_name, session, role, code, message, resolution) => {
    expect(decide(session, role)).toEqual({ kind: 'undetermined', reasons: [{ code, message, resolution }] });
  });

  test('a budget', () => {
    expect(decide([allow('s3:Get*')], [allow('s3:*', '*', UNCLEAR)], undefined, { budget: 0 })).toEqual({
      kind: 'undetermined',
      reasons: [{
        code: 'Budget',
        message: 'the policies are too large to compare completely',
        resolution: 'split the session policy, or write broader patterns in it',
      }],
    });
  });

  test('a role of which not all is known may deny anything, and allow anything', () => {
    const unknown = [{ code: 'IncompleteRole' as const, message: 'a policy is missing', resolution: 'add it' }];
    const session = policy([allow('s3:Get', 'arn:aws:s3:::a')]);
    for (const role of [[allow('s3:Get', 'arn:aws:s3:::a')], [allow('s3:*')], [allow('sqs:*')], []]) {
      const layers = [{ name: 'identity policies' as const, policies: [policy(role)], gaps: unknown }];
      expect(decideNarrowing({ session, layers })).toEqual({ kind: 'undetermined', reasons: unknown });
    }
  });

  test('the same reason is said once', () => {
    const verdict = decide([allow(['s3:Get*', 's3:Put*']), allow(['s3:Get*'])], [allow('s3:*', '*', UNCLEAR)]);
    expect(verdict.kind === 'undetermined' && verdict.reasons.map((r) => /allows (\S+)/.exec(r.message)?.[1])).toEqual([
      's3:Get*', 's3:Put*', 's3:Get*',
    ]);
    const boundary = decide([allow('s3:Get*')], [allow('s3:*', '*', UNCLEAR)], [allow('s3:*', '*', UNCLEAR)]);
    expect(boundary.kind === 'undetermined' && boundary.reasons.length).toBe(2);
  });
});
