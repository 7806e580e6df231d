import { SymbolicString } from '../../../lib/engine';
import { actionPattern, resourcePattern } from '../../../lib/engine/strings/pattern';
import { certainlyMatches, mayMatch, SymbolicRequest } from '../../../lib/engine/witness/symbolic-request';
import { allow, condition, statement, UNLIMITED, variable } from '../make';

const X = SymbolicString.of(variable('X'));
const OBJECT = 'arn:aws:s3:::b/x';

function request(
  resource: string, context: Array<[string, string | SymbolicString | Array<string | SymbolicString>]>,
  action = 's3:Get',
): SymbolicRequest {
  return {
    action: actionPattern(action),
    resource: resourcePattern(resource, true),
    context: new Map(context),
    isAskedOnStar: false,
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
