/**
 * Reads the names of IAM's condition operators. Both the decisions and the evaluator of single requests read them here.
 */

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const BASE = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike',
  'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals',
  'DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals',
  'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress',
  'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike',
];

export type SetOperator = 'ForAllValues' | 'ForAnyValue';

export interface Operator {
  readonly set?: SetOperator;
  readonly base: string;
  readonly ifExists: boolean;
}

/** Splits the name of an operator into its parts; `undefined` if IAM does not have it. */
export function parseOperator(name: string): Operator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name);
  if (!match) { return undefined; }
  const [, set, base, ifExists] = match;
  const known = BASE.includes(base) || (base === 'Null' && !ifExists && !set);
  return known ? { set: set as SetOperator | undefined, base, ifExists: ifExists !== undefined } : undefined;
}
