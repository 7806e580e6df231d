import { StringPart, SymbolicString } from '../../../lib/engine';
import { intersectConditions } from '../../../lib/engine/intersect/conditions';
import { intersectActions, intersectResources } from '../../../lib/engine/intersect/patterns';
import { actionPattern, resourcePattern } from '../../../lib/engine/strings/pattern';
import { allow, BUCKET, condition, statement, UNLIMITED, variable } from '../make';

const shown = (patterns: ReadonlyArray<string | SymbolicString> | undefined) => patterns?.map(String).sort().join(' ')
  ?? 'no few patterns';

describe('what two patterns both match', () => {
  test.each<[string, string, string]>([
    ['s3:*', 's3:Get*', 's3:Get*'],
    ['s3:Get*', '*', 's3:Get*'],
    ['s3:GET*', 's3:getObject', 's3:getObject'],
    ['s3:Get*', 'sqs:*', ''],
    ['s3:Get*', 's3:*Object', 's3:Get*Object'],
    ['s3:Get?*', 's3:?et?', 's3:Get?'],
    ['s3:*a', 's3:*b', ''],
    ['s3:a*', 's3:*ab', 's3:a*ab s3:ab'],
    ['s3:*a*', 's3:*b*', 's3:*a*b* s3:*b*a*'],
    ['s3:?a', 's3:b?', 's3:ba'],
    ['s3:a*b*c*d*e*f', 's3:*1*2*3*4*5*6*', 'no few patterns'],
  ])('actions: %s and %s: %s', (a, b, expected) => {
    expect(shown(intersectActions(actionPattern(a), actionPattern(b), UNLIMITED))).toBe(expected);
    expect(shown(intersectActions(actionPattern(b), actionPattern(a), UNLIMITED)).toLowerCase()).toBe(
      expected.toLowerCase(),
    );
  });

  const [X, Y] = [variable('X'), variable('Y')];
  const arn = (...rest: StringPart[]) => SymbolicString.of('arn:aws:s3:::', ...rest);
  test.each<[string | SymbolicString, string | SymbolicString, string]>([
    ['arn:aws:s3:::*', 'arn:aws:s3:::b', 'arn:aws:s3:::b'],
    ['arn:aws:s3:::a*', 'arn:aws:s3:::*b', 'arn:aws:s3:::a*b'],
    ['arn:aws:s3:::a', 'arn:aws:s3:::b', ''],
    ['arn:aws:sqs:us-*:*:q*', 'arn:aws:sqs:*-1:111122223333:*',
      'arn:aws:sqs:us-*-1:111122223333:q* arn:aws:sqs:us-1:111122223333:q*'],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:*:1:q', 'no few patterns'], // the first has five fields
    ['arn:aws:s3:::a*b*c*d*', 'arn:aws:s3:::*1*2*3*4*', 'no few patterns'],
    ['arn:aws:s3:::a*/${*}', 'arn:aws:s3:::*b/?', 'arn:aws:s3:::a*b/${*}'],
    ['arn:aws:s3:::${aws:username}/a*', 'arn:aws:s3:::${aws:username}/*b', 'arn:aws:s3:::${aws:username}/a*b'],
    ['arn:aws:s3:::a*/${aws:username}', 'arn:aws:s3:::*b/${aws:userid}', 'no few patterns'],
    ['arn:aws:s3:::a*/${aws:username}', 'arn:aws:s3:::*b/tom', 'no few patterns'],
    ['arn:aws:s3:::a*/${', 'arn:aws:s3:::*b/?', 'no few patterns'],
    [arn(X, '/a*'), arn(X, '/*b'), 'arn:aws:s3:::${X}/a*b'],
    [arn(X, '/a*'), arn(Y, '/*b'), 'no few patterns'],
    [arn('a*', X), arn('*b', X), 'no few patterns'],
    [arn('a', X), arn('b', X), ''],
    [arn(variable('G', BUCKET)), arn(variable('H', BUCKET)), 'no few patterns'], // they may be the same after all
    [arn(variable('G', BUCKET)), 'arn:aws:s3:::data', 'no few patterns'],
    ['arn:aws:s3:::a*b${no variable!}', 'arn:aws:s3:::*b', 'no few patterns'],
    ['arn:aws:s3:::a*${*}?', 'arn:aws:s3:::*${?}', 'arn:aws:s3:::a*${*}${?}'],
    ['arn:aws:s3:::a*${?}', 'arn:aws:s3:::*b${?}', 'arn:aws:s3:::a*b${?}'],
    ['arn:aws:s3:::a*${$}', 'arn:aws:s3:::*b${$}', 'arn:aws:s3:::a*b${$}'],
  ])('resources: %s and %s: %s', (a, b, expected) => {
    const [x, y] = [a, b].map((source) => resourcePattern(source, true));
    expect([shown(intersectResources(x, y, UNLIMITED)), shown(intersectResources(y, x, UNLIMITED))]).toEqual([
      expected, expected,
    ]);
  });
});

describe('what two conditions ask together', () => {
  const entries = (text: string) => (text === '' ? [] : statement(allow('s3:*', '*', condition(text))).conditions);
  test.each<[string, string, string]>([
    ['', 'StringEquals k a', 'StringEquals k a'],
    ['StringEquals k a', '', 'StringEquals k a'],
    ['StringEquals k a', 'StringEquals l b', 'StringEquals k a & StringEquals l b'],
    ['StringEquals k a', 'StringLike k a*', 'StringEquals k a & StringLike k a*'], // both are to hold
    ['StringEquals k a|b', 'StringEquals k b|a', 'StringEquals k b|a'],
    ['StringEquals k a|b|c', 'StringEquals k b|c|d', 'StringEquals k b|c'],
    ['StringEquals k a', 'StringEquals k b', 'none'],
    ['StringEquals k a', 'StringEquals k A', 'none'],
    ['StringEqualsIgnoreCase k Tom|Jim', 'StringEqualsIgnoreCase k tom', 'StringEqualsIgnoreCase k tom'],
    ['StringLike k a*|b*', 'StringLike k *c', 'StringLike k a*c|b*c'],
    ['StringLike k a*', 'StringLike k ab?', 'StringLike k ab?'],
    ['StringLike k a${*}', 'StringLike k *', 'StringLike k a${*}'],
    ['StringLike k a*1*2*3*4', 'StringLike k *b*c*d*e*',
      'both say StringLike of k, and one condition cannot say what the two do'],
    ['StringEquals k ${l}|b', 'StringEquals k b',
      'both say StringEquals of k, and one condition cannot say what the two do'],
    ['StringEquals k ${l}', 'StringEquals k a',
      'both say StringEquals of k, and one condition cannot say what the two do'],
    ['StringNotEquals k a|b', 'StringNotEquals k b|c', 'StringNotEquals k a|b|c'],
    ['StringEqualsIfExists k a', 'StringEqualsIfExists k b', 'Null k true'],
    ['ForAllValues:StringEquals k a|b', 'ForAllValues:StringEquals k b|c', 'ForAllValues:StringEquals k b'],
    ['ForAllValues:StringEquals k a', 'ForAllValues:StringEquals k b', 'Null k true'],
    ['ForAnyValue:StringEquals k a', 'ForAnyValue:StringEquals k a', 'ForAnyValue:StringEquals k a'],
    ['ForAnyValue:StringEquals k a', 'ForAnyValue:StringEquals k a|b',
      'both say ForAnyValue:StringEquals of k, and one condition cannot say what the two do'],
    ['Null k true', 'StringEqualsIfExists k a & StringEqualsIfExists l b',
      'Null k true & StringEqualsIfExists k a & StringEqualsIfExists l b'],
    ['StringEqualsIfExists k a & Null k false', 'StringEqualsIfExists k b',
      'both speak of k in ways that one condition cannot combine'],
    ['Null k true|false', 'Null k true', 'Null k true'],
    ['Null k true', 'Null k false', 'none'],
    ['NumericEquals k 1|2|3', 'NumericEquals k 2.0|3|4', 'NumericEquals k 2|3'],
    ['NumericLessThan k 1|9', 'NumericLessThan k 5', 'NumericLessThan k 5'],
    ['NumericLessThan k 3', 'NumericLessThan k 5|1', 'NumericLessThan k 3'],
    ['NumericLessThanEquals k 5', 'NumericLessThanEquals k 5.0', 'NumericLessThanEquals k 5'],
    ['NumericGreaterThan k 1|9', 'NumericGreaterThan k 5', 'NumericGreaterThan k 5'],
    ['NumericGreaterThanEquals k 7', 'NumericGreaterThanEquals k 5', 'NumericGreaterThanEquals k 7'],
    ['NumericLessThan k 1e3', 'NumericLessThan k 5',
      'both say NumericLessThan of k, and one condition cannot say what the two do'],
    ['DateLessThan k 2020-01-01', 'DateLessThan k 1577836799', 'DateLessThan k 1577836799'],
    ['DateGreaterThan k 2020-01-01', 'DateGreaterThan k 2021-01-01', 'DateGreaterThan k 2021-01-01'],
    ['Bool k true|false', 'Bool k TRUE', 'Bool k true'],
    ['Bool k true', 'Bool k false', 'none'],
    ['IpAddress k 10.0.0.0/8|11.0.0.1', 'IpAddress k 10.1.0.0/16|11.0.0.0/8', 'IpAddress k 11.0.0.1|10.1.0.0/16'],
    ['IpAddress k 10.0.0.0/8', 'IpAddress k ::/0', 'none'],
    ['NotIpAddress k 10.0.0.0/8', 'NotIpAddress k 11.0.0.0/8', 'NotIpAddress k 10.0.0.0/8|11.0.0.0/8'],
    ['ArnLike k arn:aws:s3:::a*', 'ArnLike k arn:*:s3:::*b', 'ArnLike k arn:aws:s3:::a*b'],
    ['ArnLike k arn:aws:s3:::a', 'ArnLike k arn:aws:s3:::b', 'none'],
    ['BinaryEquals k QUJD|QUJE', 'BinaryEquals k QUJE', 'BinaryEquals k QUJE'],
  ])('%s and %s: %s', (a, b, expected) => {
    const common = intersectConditions(entries(a), entries(b), UNLIMITED);
    const text = common === 'none' ? common : 'inexpressible' in common ? common.inexpressible
      : common.map(({ operator, keyName, values }) => `${operator} ${keyName} ${values.join('|')}`).join(' & ');
    expect(text).toBe(expected);
  });

  test('a key in another case is the same key', () => {
    expect(intersectConditions(entries('StringEquals K a|b'), entries('StringEquals k b'), UNLIMITED)).toMatchObject([
      { keyName: 'K', values: ['b'] },
    ]);
  });
});
