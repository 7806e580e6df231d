import { SymbolicString } from '../../../lib/engine';
import { meaningOf } from '../../../lib/engine/policy/condition-meaning';
import { parseOperator } from '../../../lib/engine/policy/condition-operators';
import { parseBoolean, parseDate, parseNumber } from '../../../lib/engine/policy/parse-value';
import { PARTITION } from '../../../lib/template/value-kinds';
import { variable } from '../make';

describe('an operator', () => {
  test.each<[string, string | undefined]>([
    ['StringEquals', 'StringEquals'],
    ['StringEqualsIfExists', 'StringEquals, if the key exists'],
    ['ForAllValues:StringLike', 'StringLike for all values'],
    ['ForAnyValue:StringNotLikeIfExists', 'StringNotLike for any value, if the key exists'],
    ['Null', 'Null'],
    ['NullIfExists', undefined],
    ['ForAllValues:Null', undefined],
    ['NotIpAddress', 'NotIpAddress'],
    ['stringequals', undefined],
    ['StringEquals2', undefined],
    ['ForSomeValues:StringEquals', undefined],
    ['xForAllValues:StringEquals', undefined],
    ['StringEqualsIfExistsx', undefined],
    ['BoolNotEquals', undefined],
    ['', undefined],
  ])('%s is %s', (name, expected) => {
    const operator = parseOperator(name);
    const sets = { ForAllValues: ' for all values', ForAnyValue: ' for any value' };
    expect(
      operator
        && `${operator.base}${operator.set ? sets[operator.set] : ''}${operator.ifExists ? ', if the key exists' : ''}`,
    ).toBe(expected);
  });
});

describe('what is read in one way only', () => {
  test.each<[string, number | undefined]>([
    ['10', 10],
    ['-1', -1],
    ['1.50', 1.5],
    ['007', 7],
    ['123456789012345', 123456789012345],
    ['1234567890123456', undefined], // more digits than a double holds
    ['12345678.90123456', undefined],
    ['1e3', undefined],
    ['+1', undefined],
    ['1.', undefined],
    ['.5', undefined],
    ['1.5.0', undefined],
    ['0x10', undefined],
    [' 1', undefined],
    ['1 ', undefined],
    ['', undefined],
    ['ten', undefined],
  ])('the number %p is %p', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  test.each<[string, string | undefined]>([
    ['2020-02-29', '2020-02-29T00:00:00.000Z'],
    ['2020-01-01T12:30Z', '2020-01-01T12:30:00.000Z'],
    ['2020-01-01T12:30:15Z', '2020-01-01T12:30:15.000Z'],
    ['2020-01-01T12:30:15.5Z', '2020-01-01T12:30:15.500Z'],
    ['2020-01-01T12:30:15.123Z', '2020-01-01T12:30:15.123Z'],
    ['2020-01-01T00:30:00+01:00', '2019-12-31T23:30:00.000Z'],
    ['2020-01-01T00:30:00-01:00', '2020-01-01T01:30:00.000Z'],
    ['1577836800', '2020-01-01T00:00:00.000Z'], // seconds since 1970
    ['10000', '1970-01-01T02:46:40.000Z'],
    ['999999999999', '+033658-09-27T01:46:39.000Z'],
    ['2020', undefined], // a year, or seconds
    ['1577836800000', undefined], // milliseconds, perhaps
    ['-10000', undefined],
    ['15778368x', undefined],
    ['x15778368', undefined],
    ['2020-02', undefined],
    ['2020-2-1', undefined],
    ['2019-02-29', undefined],
    ['2019-02-31T00:00:00Z', undefined],
    ['2020-13-01', undefined],
    ['2020-01-01T25:00:00Z', undefined],
    ['2020-01-01T12:30:15', undefined], // in which time zone?
    ['2020-01-01 12:30:15Z', undefined],
    ['2020-01-01T12Z', undefined],
    ['2020-01-01T12:30:15.1234Z', undefined],
    ['2020-01-01Z', undefined],
    ['x2020-01-01', undefined],
    ['2020-01-01x', undefined],
    ['', undefined],
  ])('the date %p is %p', (text, expected) => {
    const ms = parseDate(text);
    expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(expected);
  });

  test.each<[string | SymbolicString, boolean | undefined]>([
    ['true', true],
    ['TRUE', true],
    ['False', false],
    ['', undefined],
    ['1', undefined],
    ['untrue', undefined],
    ['falsey', undefined],
    [SymbolicString.of(variable('X')), undefined],
    [SymbolicString.of({ ...variable('X'), label: 'true' }), undefined],
  ])('the truth %p is %p', (text, expected) => {
    expect(parseBoolean(text)).toBe(expected);
  });
});

describe('is understood', () => {
  const X = variable('X');
  const P = variable('P', PARTITION);
  test.each<[string, string | SymbolicString, boolean]>([
    ['StringEquals', '', true],
    ['StringEquals', 'é', true],
    ['StringEqualsIgnoreCase', 'Tom', true],
    ['StringEqualsIgnoreCase', 'é', false], // the case of which language?
    ['StringEqualsIgnoreCase', 'né', false],
    ['StringEqualsIgnoreCase', '\u007f', true],
    ['StringEquals', 'a${aws:username}b', true],
    ['StringEquals', "${aws:username, 'nobody'}", true],
    ['StringEquals', '${*}${?}${$}', true],
    ['StringEquals', '${no variable!}', false],
    ['StringEquals', '${aws:username', false],
    ['StringEquals', SymbolicString.of('a', X), true],
    ['StringLike', 'a*?', true],
    ['StringLike', SymbolicString.of(X, '}'), false], // the end of a variable, perhaps
    ['Bool', 'true', true],
    ['Bool', 'True', true],
    ['Bool', 'yes', false],
    ['Bool', '${aws:SecureTransport}', false],
    ['Null', 'false', true],
    ['Null', 'no', false],
    ['NumericLessThan', '10', true],
    ['NumericLessThan', '1e3', false],
    ['NumericLessThan', '${s3:max-keys}', false],
    ['NumericLessThan', SymbolicString.of(X), false],
    ['DateGreaterThan', '2020-01-01', true],
    ['DateGreaterThan', '2020', false],
    ['DateGreaterThan', '10', false],
    ['NumericGreaterThan', '2020-01-01', false],
    ['IpAddress', '10.0.0.0/8', true],
    ['NotIpAddress', '::/0', true],
    ['IpAddress', '10.0.0.0/99', false],
    ['IpAddress', SymbolicString.of(X), false],
    ['BinaryEquals', '', true],
    ['BinaryEquals', 'QUJD', true],
    ['BinaryEquals', 'QUJDQUI=', true],
    ['BinaryEquals', 'QUJDQQ==', true],
    ['BinaryEquals', 'QQ', false],
    ['BinaryEquals', 'QR==', false], // the same byte as QQ==, in another spelling
    ['BinaryEquals', 'QUJ=', false],
    ['BinaryEquals', 'Q Q=', false],
    ['BinaryEquals', '-QQ==', false],
    ['BinaryEquals', 'QQ==-', false],
    ['BinaryEquals', SymbolicString.of(X), false],
    ['ArnEquals', 'arn:aws:s3:::b', true],
    ['ArnLike', 'arn:aws:s3:::b/*', true],
    ['ArnLike', 'arn:*:*:*:*:*', true],
    ['ArnLike', 'arn:aws:s3', false], // what fewer than six fields mean, nobody says
    ['ArnLike', 'arn:*', false],
    ['ArnLike', '*', false],
    ['ArnLike', 'arn:aws:s3:::${aws:username}', true],
    ['ArnLike', 'arn:aws:s3:::${', false],
    ['ArnLike', SymbolicString.of('arn:', P, ':s3:::b'), true],
    ['ArnLike', SymbolicString.of('arn:', X, ':s3:::b'), false], // it may have any number of colons
    ['ArnLike', SymbolicString.of(X), false],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(meaningOf(parseOperator(operator)!, [value], true) !== undefined).toBe(expected);
  });

  test('every value has to be', () => {
    expect(meaningOf(parseOperator('NumericEquals')!, ['1', 'one'], true)).toBeUndefined();
  });

  test('without variables, ${…} is text', () => {
    expect(meaningOf(parseOperator('StringEquals')!, ['${no variable!}'], false)).toBeDefined();
  });

  test.each<[string, object]>([
    ['StringLike', { negated: false, ifExists: false, set: undefined }],
    ['StringNotLike', { negated: true, ifExists: false, set: undefined }],
    ['NotIpAddress', { negated: true }],
    ['NumericNotEqualsIfExists',
      { negated: true, ifExists: true, test: { family: 'number', comparison: 'Equals', wanted: [1] } }],
    ['ForAnyValue:DateNotEquals', { negated: true, set: 'ForAnyValue' }],
  ])('%s says more than its test', (operator, expected) => {
    const value = /Ip/.test(operator) ? '10.0.0.1' : /Date/.test(operator) ? '2020-01-01' : '1';
    expect(meaningOf(parseOperator(operator)!, [value], true)).toMatchObject(expected);
  });
});
