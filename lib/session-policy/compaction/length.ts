/**
 * Compares the lengths of policies whose deploy-time values are unknown: the characters that are written out, and how often each
 * value occurs. `isNeverLonger` holds whatever the values turn out to be.
 */
import { intrinsicOf } from '../../template/intrinsics/intrinsic';
import { isRecord } from '../../util/records';

/** The characters that a deploy-time value counts while the search compares alternatives: about those of the ARN of a generated name. */
const TYPICAL_LENGTH = 60;

export interface Length {
  readonly written: number;
  readonly values: ReadonlyMap<string, number>;
}

/** The length of the JSON. */
export function lengthOfJson(value: unknown): Length {
  const values = new Map<string, number>();
  return { written: measure(value, values), values };
}

/** The length with a typical value for each one that is unknown. */
export function typicalLength(value: unknown): number {
  const { written, values } = lengthOfJson(value);
  return [...values.values()].reduce((sum, count) => sum + count * TYPICAL_LENGTH, written);
}

export function isNeverLonger(a: Length, b: Length): boolean {
  return a.written <= b.written && [...a.values].every(([key, count]) => count <= (b.values.get(key) ?? 0));
}

/** Whether one is shorter, and never longer. */
export function isShorter(a: Length, b: Length): boolean {
  const total = ({ written, values }: Length) => [...values.values()].reduce((sum, count) => sum + count, written);
  return isNeverLonger(a, b) && total(a) < total(b);
}

function measure(value: unknown, values: Map<string, number>): number {
  if (Array.isArray(value)) { return value.reduce<number>((sum, item) => sum + measure(item, values), separators(value.length)); }
  if (!isRecord(value)) { return JSON.stringify(value)?.length ?? 0; }
  if (intrinsicOf(value)) { return 2 + measureText(value, values); }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return members.reduce((sum, [key, member]) => sum + JSON.stringify(key).length + 1 + measure(member, values), separators(members.length));
}

/** Brackets and commas. */
function separators(count: number): number {
  return 2 + Math.max(0, count - 1);
}

/** Text that is joined without a delimiter consists of its pieces. Anything else is a value of its own. */
function measureText(value: unknown, values: Map<string, number>): number {
  if (typeof value === 'string') { return JSON.stringify(value).length - 2; }
  const { name, argument } = intrinsicOf(value) ?? {};
  if (name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '' && Array.isArray(argument[1])) {
    return argument[1].reduce<number>((sum, piece) => sum + measureText(piece, values), 0);
  }
  const key = JSON.stringify(value);
  values.set(key, (values.get(key) ?? 0) + 1);
  return 0;
}
