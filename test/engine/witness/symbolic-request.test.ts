import { SymbolicString } from '../../../lib/engine';
import { actionPattern, resourcePattern } from '../../../lib/engine/strings/pattern';
import { certainlyMatches, mayMatch, SymbolicRequest } from '../../../lib/engine/witness/symbolic-request';
import { allow, condition, statement, UNLIMITED, variable } from '../make';

const X = SymbolicString.of(variable('X'));
const OBJECT = 'arn:aws:s3:::b/x';

function request(
  resource: string, context: Array<[string, string | SymbolicString | Array<string | SymbolicString>]>,
  action = 's3:Get', isAskedOnStar = false,
): SymbolicRequest {
  return {
    action: actionPattern(action),
    resource: resourcePattern(resource, true),
    context: new Map(context),
    isAskedOnStar,
  };
}

/** Whether the request is matched for all values of the symbolic variables, or for some. */
function match(matching: Parameters<typeof statement>[0], of: SymbolicRequest): string {
  const one = statement(matching);
  return certainlyMatches(one, of, UNLIMITED) ? 'yes' : mayMatch(one, of, 'distinct', UNLIMITED) ? 'perhaps' : 'no';
}

test.each<[string, string | SymbolicString | Array<string | SymbolicString> | undefined, string]>([
  // a condition, what the request has of its key, whether they match
  ['StringEquals k a', 'a', 'yes'],
  ['StringEquals k a', 'b', 'no'],
  ['StringEquals k a', X, 'perhaps'],
  ['StringEquals k a', undefined, 'no'],
  ['StringNotEquals k a', 'a', 'no'],
  ['StringNotEquals k a', 'b', 'yes'],
  ['StringNotEquals k a', X, 'perhaps'],
  ['StringNotEquals k a', undefined, 'yes'],
  ['StringEqualsIfExists k a', undefined, 'yes'],
  ['StringLike k *', X, 'yes'],
  ['StringLike k ${l}', 'a', 'no'],
  ['Null k true', undefined, 'yes'],
  ['Null k true', 'a', 'no'],
  ['Null k false', 'a', 'yes'],
  ['Null k false', undefined, 'no'],
  // IAM does not say what it means
  ['DateLessThan k 2020', '2019-01-01T00:00:00Z', 'perhaps'],
  ['DateLessThan k 2020', undefined, 'perhaps'],
  // One operator, several values
  ['StringEquals k a', ['a', 'a'], 'perhaps'],
  ['StringEquals k a', ['b', 'c'], 'perhaps'],
  ['StringEquals k a', ['a'], 'yes'],
  ['StringEquals k a', [], 'perhaps'],
  ['StringEquals k a', '', 'no'],
  // All of them, any of them
  ['ForAllValues:StringEquals k a|b', ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals k a|b', ['a', 'c'], 'no'],
  ['ForAllValues:StringEquals k a', ['a', X], 'perhaps'],
  ['ForAllValues:StringEquals k a', ['c', X], 'no'],
  ['ForAllValues:StringEquals k a', undefined, 'yes'],
  ['ForAllValues:StringNotEquals k a', ['b', 'c'], 'yes'],
  ['ForAllValues:StringNotEquals k a', ['b', 'a'], 'no'],
  ['ForAnyValue:StringEquals k a', ['a', 'c'], 'yes'],
  ['ForAnyValue:StringEquals k a', ['b', 'c'], 'no'],
  ['ForAnyValue:StringEquals k a', ['b', X], 'perhaps'],
  ['ForAnyValue:StringEquals k a', ['a', X], 'yes'],
  ['ForAnyValue:StringEquals k a', undefined, 'no'],
  ['ForAnyValue:StringEqualsIfExists k a', undefined, 'perhaps'],
  ['ForAnyValue:StringNotEquals k a', ['a', 'c'], 'yes'],
  // Whether the empty string is a value, nobody says
  ['ForAllValues:StringEquals k a', ['a', ''], 'perhaps'],
  ['ForAnyValue:StringEquals k a', ['a', ''], 'perhaps'],
  // Two conditions
  ['StringEquals k a & StringLike k a*', 'a', 'yes'],
  ['StringEquals k a & StringLike k b*', 'a', 'no'],
  ['StringEquals k a & StringEquals l ${m}', 'a', 'no'],
  ['StringLike k * & StringEquals k a', X, 'perhaps'],
])('%s, of %s: %s', (when, value, expected) => {
  const context: Parameters<typeof request>[1] = value === undefined ? [] : [['k', value]];
  expect(match(allow('s3:*', '*', condition(when)), request(OBJECT, context))).toBe(expected);
});

test.each<[string, string, string, string, string]>([
  // action and resource of the statement, action and resource of the request
  ['s3:G*', '*', 's3:Get', OBJECT, 'yes'],
  ['s3:P*', '*', 's3:Get', OBJECT, 'no'],
  ['s3:*', 'arn:aws:s3:::b/*', 's3:Get', OBJECT, 'yes'],
  ['s3:*', 'arn:aws:s3:::c/*', 's3:Get', OBJECT, 'no'],
  ['s3:*', '*', 's3:Get', '*', 'yes'],
  ['s3:*', 'arn:aws:s3:::c/*', 's3:Get', '*', 'perhaps'], // documented both ways
  ['s3:P*', 'arn:aws:s3:::c/*', 's3:Get', '*', 'no'],
  ['s3:*', 'arn:aws:s3:::${k}/*', 's3:Get', OBJECT, 'no'], // the variable has no value
])('%s on %s, of %s on %s: %s', (actions, resources, action, resource, expected) => {
  expect(match(allow(actions, resources), request(resource, [], action))).toBe(expected);
});

test.each<[string, Parameters<typeof statement>[0], string, string]>([
  // what it shows, a statement, whether it matches if AWS is known to compare `*` itself, and if not
  ['`*`', allow('s3:*', '*'), 'yes', 'yes'],
  ['a pattern of ARNs', allow('s3:*', 'arn:aws:s3:::*'), 'no', 'perhaps'],
  ['`*` among patterns of ARNs', allow('s3:*', ['arn:aws:s3:::*', '*']), 'yes', 'yes'],
  ['all but a pattern of ARNs', { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::*' }, 'yes', 'perhaps'],
  ['all but `*`', { Effect: 'Deny', Action: 's3:*', NotResource: '*' }, 'no', 'perhaps'],
  ['one character', allow('s3:*', '?'), 'perhaps', 'perhaps'],
  ['a literal asterisk', allow('s3:*', '${*}'), 'perhaps', 'perhaps'],
  ['a deploy-time value', allow('s3:*', X), 'perhaps', 'perhaps'],
  ['a deploy-time value in an ARN', allow('s3:*', SymbolicString.of('arn:aws:s3:::', variable('X'))), 'no', 'perhaps'],
  ['another action', allow('sqs:*', '*'), 'no', 'no'],
  ['a condition that does not hold', allow('s3:*', '*', condition('StringEquals k a')), 'no', 'no'],
])('of the resource `*`: %s', (_name, json, recorded, expected) => {
  expect([true, false].map((isAskedOnStar) => match(json, request('*', [], 's3:Get', isAskedOnStar))))
    .toEqual([recorded, expected]);
});

describe('policy variables have the values of the context', () => {
  test.each<[string, string, Array<[string, string | SymbolicString | string[]]>, string]>([
    // what it shows, a resource, the context, whether the statement matches b/x
    ['the value', '${k}', [['k', 'x']], 'yes'],
    ['a part of the value', '${k}*', [['k', 'x']], 'yes'],
    ['another value', '${k}', [['k', 'y']], 'no'],
    ['no value', '${k}', [], 'no'],
    ['a default', "${k, 'x'}", [], 'yes'],
    ['a default that does not count', "${k, 'x'}", [['k', 'y']], 'no'],
    ['another default', "${k, 'y'}", [], 'no'],
    ['a value with a wildcard', '${k}', [['k', '*']], 'perhaps'],
    ['several values', '${k}', [['k', ['x', 'y']]], 'perhaps'],
    ['a symbolic value', '${k}', [['k', X]], 'perhaps'],
    ['two variables, one of them without a value', '${k}${l}', [['k', 'x']], 'no'],
  ])('in a resource: %s', (_name, resource, context, expected) => {
    expect(match(allow('s3:*', `arn:aws:s3:::b/${resource}`), request(OBJECT, context))).toBe(expected);
  });

  test.each<[string, Array<[string, string]>, string]>([
    ['StringEquals k ${l}', [['k', 'a'], ['l', 'a']], 'yes'],
    ['StringEquals k ${l}', [['k', 'a'], ['l', 'b']], 'no'],
    ['StringEquals k ${l}', [['k', 'a']], 'no'],
    ['StringNotEquals k ${l}', [['k', 'a']], 'yes'],
    ['StringLike k ${l}*', [['k', 'ab'], ['l', 'a']], 'yes'],
    ["StringEquals k ${l,'a'}", [['k', 'a']], 'yes'],
    ['StringLike k ${l}', [['k', 'a'], ['l', '*']], 'perhaps'], // the value may be a pattern
  ])('in a condition: %s with %j: %s', (when, context, expected) => {
    expect(match(allow('s3:*', '*', condition(when)), request(OBJECT, context))).toBe(expected);
  });

  test('what a NotResource without a value excludes is not documented', () => {
    const json = { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b/${k}' };
    expect([match(json, request(OBJECT, [])), match(json, request(OBJECT, [['k', 'x']]))]).toEqual(['perhaps', 'no']);
    expect(match(json, request(OBJECT, [['k', 'y']]))).toBe('yes');
  });
});
