/**
 * Reads the values of conditions as numbers, dates and booleans, for the decisions and for the evaluator of single requests.
 * Invariant: text that IAM does not define, or that two readers could read differently, is `undefined`.
 */
import { SymbolicString } from '../strings/symbolic-string';

/** A number in a form that every reader reads as the same value. */
export function parseNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= MAX_DIGITS ? Number(text) : undefined;
}

/** A double holds numbers of this length exactly. */
const MAX_DIGITS = 15;

/**
 * Milliseconds since 1970. Four digits are `undefined`: they are a year in ISO 8601, and also a number of seconds.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | undefined {
  if (/^\d{5,12}$/.test(text)) { return Number(text) * 1000; }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) { return undefined; }
  const instant = Date.parse(text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`); // `Date` converts February 31 to a day of March
  return Number.isNaN(instant) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : instant;
}

export function parseBoolean(value: string | SymbolicString): boolean | undefined {
  const text = value.toString().toLowerCase();
  return typeof value !== 'string' || !/^(true|false)$/.test(text) ? undefined : text === 'true';
}
