import { Json, parsePolicy, Policy, SymbolicString } from '../../../lib/engine';
import { evaluate, Request } from '../../../lib/engine/evaluate/evaluate';
import { allow, BUCKET, condition, deny, policy, StatementJson, variable } from '../make';

const BOTH = ['crosses', 'stays'] as const;

/** `s3:GetObject arn:aws:s3:::b/x k=a l=[b c]` */
function request(text: string): Request {
  const [action, resource, ...keys] = text.split(/ (?![^[]*\])/);
  const context = new Map(keys.map((pair): [string, string | string[]] => {
    const [key, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    return [key, value.startsWith('[') ? value.slice(1, -1).split(' ').map((v) => (v === "''" ? '' : v)) : value];
  }));
  return { action, resource, context };
}

const outcomes = (policies: readonly Policy[], text: string) =>
  [...new Set(BOTH.map((reading) => evaluate(policies, request(text), (a) => `value-of-${a.id}`, reading)))].join(
    ' or ',
  );

describe('actions and resources', () => {
  const X = 's3:GetObject arn:aws:s3:::b/x';
  const not = (json: StatementJson): StatementJson => json;
  test.each<[string, StatementJson[], string, string]>([
    ['nothing is said', [], X, 'implicitDeny'],
    ['everything is allowed', [allow('*')], X, 'allowed'],
    ['a deny wins, wherever it stands', [allow('*'), deny('s3:*'), allow('s3:GetObject')], X, 'explicitDeny'],
    ['a deny of something else', [allow('*'), deny('s3:Put*')], X, 'allowed'],
    ['a deny alone', [deny('s3:*')], X, 'explicitDeny'],
    ['actions have no case', [allow('S3:getobject')], X, 'allowed'],
    ['actions have no case, in wildcards neither', [allow('s3:GETO*')], X, 'allowed'],
    ['* takes nothing, too', [allow('s3:GetObject*')], X, 'allowed'],
    ['? takes one character', [allow('s3:GetObjec?')], X, 'allowed'],
    ['? does not take nothing', [allow('s3:GetObject?')], X, 'implicitDeny'],
    ['* inside', [allow('s3:*Obj*')], X, 'allowed'],
    ['the end does not match', [allow('s3:*Obj')], X, 'implicitDeny'],
    ['a part of the name is not the name', [allow('s3:Get')], X, 'implicitDeny'],
    ['one of several actions', [allow(['sqs:*', 's3:GetObject'])], X, 'allowed'],
    ['NotAction: all others', [not({ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' })], X, 'allowed'],
    ['NotAction: not these', [not({ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' })],
      X, 'implicitDeny'],
    ['NotResource: all others', [not({ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::c/*' })],
      X, 'explicitDeny'],
    ['NotResource: not these', [allow('*'), not({ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::b/*' })],
      X, 'allowed'],
    ['the resource has case', [allow('*', 'arn:aws:s3:::b/X')], X, 'implicitDeny'],
    ['* of a resource takes slashes', [allow('*', 'arn:aws:s3:::b*')], X, 'allowed'],
    ['one of several resources', [allow('*', ['arn:aws:s3:::c', 'arn:aws:s3:::b/?'])], X, 'allowed'],
    ['in the last field * takes colons', [allow('*', 'arn:aws:s3:::b*')], 's3:GetObject arn:aws:s3:::b:c:d', 'allowed'],
    ['in others it is not agreed', [allow('*', 'arn:aws:sqs:*:q')], 'sqs:X arn:aws:sqs:us-east-1:111122223333:q',
      'allowed or unclear'], // five fields
    ['across colons', [allow('*', 'arn:aws:a*:::b:c')], 'a:X arn:aws:a::::b:c', 'allowed or implicitDeny'],
    ['several stars are one', [allow('*', '**')], X, 'allowed'],
    ['without six fields', [allow('*', 'arn:aws:s3*')], X, 'allowed or unclear'],
    ['a request without a resource', [allow('*', '*')], 's3:ListAllMyBuckets *', 'allowed'],
    ['whether a pattern of ARNs takes it in is documented both ways', [allow('*', 'arn:aws:s3:::*')],
      's3:ListAllMyBuckets *', 'unclear'],
    ['* among others', [allow('*', ['arn:aws:s3:::*', '**'])], 's3:ListAllMyBuckets *', 'allowed'],
    ['* with something behind it', [allow('*', '*s')], 's3:ListAllMyBuckets *', 'unclear'],
    ['* with something behind it, for an ARN', [allow('*', '*x')], X, 'allowed or unclear'],
    ['so for NotResource', [not({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' })],
      's3:ListAllMyBuckets *', 'unclear'],
    ['NotResource * is nothing', [not({ Effect: 'Allow', Action: 's3:*', NotResource: '*' })], X, 'implicitDeny'],
    ['an action that does not match decides', [allow('sqs:*', 'arn:aws:s3:::*')],
      's3:ListAllMyBuckets *', 'implicitDeny'],
    ['an unclear deny', [allow('*'), deny('*', 'arn:aws:s3:::*')], 's3:ListAllMyBuckets *', 'unclear'],
    ['an unclear allow beside a clear one', [allow('*', 'arn:aws:s3:::*'), allow('*')],
      's3:ListAllMyBuckets *', 'allowed'],
    ['an unclear deny beside a clear one', [deny('*', 'arn:aws:s3:::*'), deny('*')],
      's3:ListAllMyBuckets *', 'explicitDeny'],
  ])('%s', (_name, statements, asked, expected) => {
    expect(outcomes([policy(statements)], asked)).toBe(expected);
  });

  test('any policy may allow, any may deny', () => {
    const [reading, all, none] = [policy([allow('s3:Get*')]), policy([allow('*')]), policy([deny('s3:GetObject')])];
    expect([[reading, policy([])], [policy([]), all], [all, none], [none, all]].map((p) => outcomes(p, X))).toEqual([
      'allowed', 'allowed', 'explicitDeny', 'explicitDeny',
    ]);
  });

  test('intrinsics have the value of the assignment', () => {
    const statements = [allow('*', SymbolicString.of('arn:aws:s3:::', variable('Bucket', BUCKET), '/*'))];
    expect(outcomes([policy(statements)], 's3:GetObject arn:aws:s3:::value-of-Bucket/x')).toBe('allowed');
    expect(outcomes([policy(statements)], X)).toBe('implicitDeny');
  });
});

describe('the resource `*`, of which it is recorded that AWS compares just that', () => {
  const outcome = (statements: StatementJson[], isAskedOnStar: boolean) => {
    const asked: Request = { action: 'ec2:DescribeVpcs', resource: '*', context: new Map([['k', '*']]), isAskedOnStar };
    return evaluate([policy(statements)], asked, (a) => `value-of-${a.id}`, 'stays');
  };
  const not = (Effect: string, NotResource: string | string[]): StatementJson => ({ Effect, Action: '*', NotResource });
  const ARN = 'arn:aws:ec2:*:*:vpc/*';
  const KEY = SymbolicString.of('arn:aws:kms:us-east-1:111122223333:key/', variable('Key', BUCKET));
  test.each<[string, StatementJson[], string, string]>([
    // what it shows, statements, the outcome, the outcome if it is not recorded
    ['`*`', [allow('*', '*')], 'allowed', 'allowed'],
    ['several stars', [allow('*', '***')], 'allowed', 'allowed'],
    ['a pattern of ARNs', [allow('*', ARN)], 'implicitDeny', 'unclear'],
    ['`*` among patterns of ARNs', [allow('*', [ARN, '*'])], 'allowed', 'allowed'],
    ['a denied pattern of ARNs', [allow('*'), deny('*', ARN)], 'allowed', 'unclear'],
    ['all but a pattern of ARNs', [not('Allow', ARN)], 'allowed', 'unclear'],
    ['a denial of all but a pattern of ARNs', [allow('*'), not('Deny', ARN)], 'explicitDeny', 'unclear'],
    ['all but an ARN with a deploy-time value', [not('Allow', KEY as never)], 'allowed', 'unclear'],
    ['an ARN with a deploy-time value', [allow('*', KEY)], 'implicitDeny', 'unclear'],
    ['a deploy-time value alone', [allow('*', SymbolicString.of(variable('Any', BUCKET)))], 'unclear', 'unclear'],
    ['all but `*`', [not('Allow', [ARN, '*'])], 'implicitDeny', 'unclear'],
    ['an end that `*` does not have', [allow('*', '*vpc')], 'implicitDeny', 'unclear'],
    ['one character, which `*` is, too', [allow('*', '?')], 'unclear', 'unclear'],
    ['a literal asterisk', [allow('*', '${*}')], 'unclear', 'unclear'],
    ['a variable that may be an asterisk', [allow('*', '${k}')], 'unclear', 'unclear'],
    ['a variable inside of an ARN', [allow('*', 'arn:aws:ec2:*:*:vpc/${k}')], 'implicitDeny', 'unclear'],
    ['a deploy-time value', [allow('*', SymbolicString.of(variable('X')))], 'unclear', 'unclear'],
    ['a deploy-time value beside `*`', [allow('*', [SymbolicString.of(variable('X')), '*'])], 'allowed', 'allowed'],
    ['another action', [allow('s3:*', ARN)], 'implicitDeny', 'implicitDeny'],
  ])('%s', (_name, statements, recorded, expected) => {
    expect([outcome(statements, true), outcome(statements, false)]).toEqual([recorded, expected]);
  });
});

test.each<[string, string, string]>([
  ['arn:aws:sqs', 'arn:aws:sqs:eu-west-1:111122223333:q', 'allowed'],
  ['arn:aws:sqs:eu-*', 'arn:aws:sqs:eu-west-1:111122223333:q', 'allowed'],
  ['arn:aws:sqs:us-*', 'arn:aws:sqs:eu-west-1:111122223333:q', 'implicitDeny'],
  ['arn:aws:sqs:eu-west-1:4444*', 'arn:aws:sqs:eu-west-1:111122223333:q', 'implicitDeny'],
  ['arn:aws:s3', 'arn:aws:s3:::b/a:b', 'allowed'],
  ['arn:aws:s3', 'arn:aws:s3tables:::b', 'implicitDeny'],
])('AWS completes %s, for %s: %s', (resource, arn, expected) => {
  expect(outcomes([policy([allow('*', resource)])], `a:X ${arn}`)).toBe(expected);
});

describe('policy variables', () => {
  const on = (resource: string, version?: string) => [policy([allow('*', `arn:aws:s3:::b/${resource}`)], 'P', version)];
  test.each<[string, Policy[], string, string]>([
    ['the value of the key', on('${aws:username}'), 'arn:aws:s3:::b/tom aws:username=tom', 'allowed'],
    ['the name of the key has no case', on('${AWS:UserName}'), 'arn:aws:s3:::b/tom aws:username=tom', 'allowed'],
    ['another value', on('${aws:username}'), 'arn:aws:s3:::b/tom aws:username=jim', 'implicitDeny'],
    ['a missing key matches nothing', on('${aws:username}'), 'arn:aws:s3:::b/tom', 'implicitDeny'],
    ['a default value', on("${aws:username, 'nobody'}"), 'arn:aws:s3:::b/nobody', 'allowed'],
    ['a default value with a comma', on("${aws:username, 'a,b'}"), 'arn:aws:s3:::b/a,b', 'allowed'],
    ['a default value if the key has another', on("${aws:username, 'nobody'}"),
      'arn:aws:s3:::b/nobody aws:username=tom', 'implicitDeny'],
    ['spaces where IAM does not write them', on("${ aws:username , 'nobody' }"),
      'arn:aws:s3:::b/tom aws:username=tom', 'unclear'],
    ['a wildcard in the value is literal', on('${aws:username}'), 'arn:aws:s3:::b/tom aws:username=t*', 'implicitDeny'],
    ['a literal wildcard', on('${*}${?}'), 'arn:aws:s3:::b/*?', 'allowed'],
    ['a literal wildcard is not a wildcard', on('${*}'), 'arn:aws:s3:::b/x', 'implicitDeny'],
    ['a literal dollar', on('${$}{x}'), 'arn:aws:s3:::b/${x}', 'allowed'],
    ['a variable that does not end', on('${aws:username'), 'arn:aws:s3:::b/tom aws:username=tom', 'unclear'],
    ['a key with several values', on('${k}'), 'arn:aws:s3:::b/a k=[a b]', 'unclear'],
    ['two variables, one of them missing', on('${k}${l}'), 'arn:aws:s3:::b/a k=a', 'implicitDeny'],
    ['in the old version it is text', on('${k}', '2008-10-17'), 'arn:aws:s3:::b/${k} k=a', 'allowed'],
    ['in the old version it is text only', on('${k}', '2008-10-17'), 'arn:aws:s3:::b/a k=a', 'implicitDeny'],
  ])('%s', (_name, policies, asked, expected) => {
    expect(outcomes(policies, `s3:GetObject ${asked}`)).toBe(expected);
  });
});

describe('conditions', () => {
  const YES = 'allowed';
  const NO = 'implicitDeny';
  test.each<[string, string, string]>([
    // condition, keys of the request
    ['StringEquals k a', 'k=a', YES],
    ['StringEquals k a', 'k=b', NO],
    ['StringEquals k a', 'k=A', NO],
    ['StringEquals k a', '', NO],
    ['StringEquals K a', 'k=a', YES],
    ['StringEquals k a|b', 'k=b', YES],
    ['StringEquals k a & StringEquals l b', 'k=a l=b', YES],
    ['StringEquals k a & StringEquals l b', 'k=a l=c', NO],
    ['StringEquals k a & StringLike k *', 'k=a', YES],
    ['StringEquals k a*', 'k=ab', NO],
    ['StringEquals k a*', 'k=a*', YES],
    ['StringEquals k ${*}', 'k=*', YES],
    ['StringEquals k ${l}', 'k=a l=a', YES],
    ['StringEquals k ${l}', 'k=a', NO],
    ['StringNotEquals k ${l}', 'k=a', YES], // no value is equal to nothing
    ['StringEquals k ${l}|a', 'k=a', YES],
    ['StringEquals k ${l', 'k=a', 'unclear'],
    ['StringNotEquals k a|b', 'k=b', NO],
    ['StringNotEquals k a|b', 'k=c', YES],
    ['StringNotEquals k a', '', YES],
    ['StringEqualsIgnoreCase k Tom', 'k=tOM', YES],
    ['StringEqualsIgnoreCase k Tom', 'k=tim', NO],
    ['StringEqualsIgnoreCase k ${*}a', 'k=*A', YES],
    ['StringNotEqualsIgnoreCase k Tom', 'k=tOM', NO],
    ['StringLike k a*c', 'k=abbc', YES],
    ['StringLike k a?c', 'k=ac', NO],
    ['StringLike k ${*}', 'k=a', NO],
    ['StringNotLike k a*', 'k=ab', NO],
    ['NumericEquals k 5', 'k=5.0', YES],
    ['NumericNotEquals k 5', 'k=5.0', NO],
    ['NumericLessThan k 5', 'k=4', YES],
    ['NumericLessThan k 5', 'k=5', NO],
    ['NumericLessThanEquals k 5', 'k=5', YES],
    ['NumericLessThanEquals k 5', 'k=6', NO],
    ['NumericGreaterThan k 5', 'k=6', YES],
    ['NumericGreaterThan k 5', 'k=5', NO],
    ['NumericGreaterThanEquals k 5', 'k=5', YES],
    ['NumericGreaterThanEquals k 5', 'k=4', NO],
    ['NumericEquals k 5', 'k=five', 'unclear'],
    ['NumericEquals k five', 'k=5', 'unclear'],
    ['NumericEquals k five|5', 'k=5', YES],
    ['DateLessThan k 2020-01-01', 'k=2019-12-31T23:59:59Z', YES],
    ['DateGreaterThan k 2020-01-01', 'k=2019-12-31T23:59:59Z', NO],
    ['DateEquals k 2020-01-01', 'k=1577836800', YES],
    ['DateEquals k 2020', 'k=2020-01-01', 'unclear'],
    ['Bool k true', 'k=TRUE', YES],
    ['Bool k True', 'k=true', YES],
    ['Bool k true', 'k=false', NO],
    ['BinaryEquals k QUJD', 'k=QUJD', YES],
    ['BinaryEquals k QUJD', 'k=qujd', NO],
    ['IpAddress k 10.0.0.0/8', 'k=10.1.2.3', YES],
    ['IpAddress k 10.0.0.0/8', 'k=11.0.0.0', NO],
    ['IpAddress k 10.0.0.0/8', 'k=example', 'unclear'],
    ['IpAddress k example', 'k=10.0.0.0', 'unclear'],
    ['NotIpAddress k 10.0.0.0/8', 'k=11.0.0.0', YES],
    ['ArnLike k arn:aws:s3:::*', 'k=arn:aws:s3:::b', YES],
    ['ArnEquals k arn:aws:s3:::*', 'k=arn:aws:s3:::b:c', YES],
    ['ArnLike k arn:aws:*:::b', 'k=arn:aws:s3:::b', YES],
    ['ArnLike k arn:aws:*:*:*:b', 'k=arn:aws:s3:x:y:z:b', NO], // * stays in its field
    ['ArnLike k arn:aws:s3:::*', 'k=arn:aws:s3', NO],
    ['ArnLike k arn:aws:s3*', 'k=arn:aws:s3:::b', 'unclear'],
    ['ArnNotEquals k arn:aws:s3:::b', 'k=arn:aws:s3:::c', YES],
    ['Null k true', '', YES],
    ['Null k true', 'k=a', NO],
    ['Null k false', 'k=a', YES],
    ['Null k FALSE', '', NO],
    ['Null k perhaps', '', 'unclear'],
    ['Null k perhaps|true', '', YES],
    ['StringEqualsIfExists k a', '', YES],
    ['StringEqualsIfExists k a', 'k=b', NO],
    ['StringNotEqualsIfExists k a', 'k=a', NO],
    ['ForAllValues:StringEquals k a|b', 'k=[a b]', YES],
    ['ForAllValues:StringEquals k a|b', 'k=[a c]', NO],
    ['ForAllValues:StringEquals k a', 'k=a', YES],
    ['ForAllValues:StringEquals k a', '', YES],
    ['ForAllValues:StringNotEquals k a', 'k=[b a]', NO],
    ['ForAnyValue:StringEquals k a', 'k=[b a]', YES],
    ['ForAnyValue:StringEquals k a', 'k=[b c]', NO],
    ['ForAnyValue:StringEquals k a', '', NO],
    ['ForAnyValue:StringNotEquals k a', '', NO],
    ['ForAnyValue:StringNotEquals k a', 'k=[a b]', YES],
    ['ForAnyValue:StringEqualsIfExists k a', '', 'unclear'],
    ['ForAllValues:StringEqualsIfExists k a', '', YES],
    ['ForAllValues:StringEquals k a', "k=['']", 'unclear'],
    ['ForAnyValue:StringEquals k a', "k=[a '']", 'unclear'],
    ['StringEquals k a', 'k=[a b]', 'unclear'],
    ['StringEquals k a', 'k=[a]', YES],
    ['ForAllValues:NumericEquals k 5', 'k=[five 6]', NO], // one that certainly fails decides
    ['ForAllValues:NumericEquals k 5', 'k=[five 5]', 'unclear'],
    ['ForAnyValue:NumericEquals k 5', 'k=[five 5]', YES],
    ['ForAnyValue:NumericEquals k 5', 'k=[five 6]', 'unclear'],
    ['NumericNotEquals k 5', 'k=five', 'unclear'],
  ])('%s with %s: %s', (when, keys, expected) => {
    expect(outcomes([policy([allow('*', '*', condition(when))])], `s3:GetObject arn:aws:s3:::b/x ${keys}`.trim()))
      .toBe(expected);
  });

  test('without variables, ${…} is text', () => {
    const statements = [allow('*', '*', condition('StringEquals k ${l}'))];
    expect(outcomes([policy(statements, 'P', '2008-10-17')], 's3:GetObject arn:aws:s3:::b/x k=${l} l=a'))
      .toBe('allowed');
  });

  test('an operator that IAM does not have', () => {
    const { policy: read } = parsePolicy({ Version: '2012-10-17', Statement: [allow('*')] as Json }, 'P');
    const statements = read.statements.map(
      (s) => ({ ...s, conditions: [{ operator: 'StringIs', keyName: 'k', key: 'k', values: ['a'], id: 'x' }] }),
    );
    expect(outcomes([{ ...read, statements }], 's3:GetObject arn:aws:s3:::b/x k=a')).toBe('unclear');
  });
});
