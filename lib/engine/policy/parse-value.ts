/** The values of conditions: what a text stands for as a number, a date or a boolean. `undefined`: IAM does not define it. */
import { SymbolicString } from '../strings/symbolic-string';

/** Only what every reader of numbers takes for the same one. */
export function parseNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= MAX_DIGITS ? Number(text) : undefined;
}

/** What a double holds exactly. */
const MAX_DIGITS = 15;

/**
 * In milliseconds since 1970. Not four digits: they are a year of ISO 8601, and a number of seconds too.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | undefined {
  if (/^\d{5,12}$/.test(text)) { return Number(text) * 1000; }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)) { return undefined; }
  const instant = Date.parse(text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`); // `Date` takes the 31st of February for a day of March
  return Number.isNaN(instant) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : instant;
}

export function parseBoolean(value: string | SymbolicString): boolean | undefined {
  const text = value.toString().toLowerCase();
  return typeof value !== 'string' || !/^(true|false)$/.test(text) ? undefined : text === 'true';
}
