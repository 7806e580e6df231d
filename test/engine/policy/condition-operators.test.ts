import { parseOperator } from '../../../lib/engine/policy/condition-operators';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike',
  'StringNotLike',
  'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals',
  'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike',
];

test.each(OPERATORS)('%s, with and without what may stand around it', (base) => {
  expect(parseOperator(base)).toEqual({ base, ifExists: false });
  expect(parseOperator(`${base}IfExists`)).toEqual({ base, ifExists: true });
  expect(parseOperator(`ForAllValues:${base}`)).toEqual({ set: 'ForAllValues', base, ifExists: false });
  expect(parseOperator(`ForAnyValue:${base}IfExists`)).toEqual({ set: 'ForAnyValue', base, ifExists: true });
});

test('Null stands alone', () => {
  expect(parseOperator('Null')).toEqual({ base: 'Null', ifExists: false });
});

test.each([
  '', 'String', 'StringEqual', 'stringequals', 'STRINGEQUALS', 'StringEquals ', 'StringNotEqualsNot', 'NotStringEquals',
  'NullIfExists', 'ForAllValues:Null', 'IfExists', 'StringEqualsIfExistsIfExists', 'StringEqualsifexists',
  'ForAllValues', 'ForAllValues:', 'forallvalues:StringEquals', 'ForEachValue:StringEquals',
  'ForAnyValue:ForAllValues:StringEquals',
  'StringEquals:ForAnyValue', 'ArnIgnoreCase', 'IpAddressLike', 'toString', '__proto__',
])('IAM has no operator %j', (name) => {
  expect(parseOperator(name)).toBeUndefined();
});
