/** Recognizes intrinsic functions in a template. The other files of this folder evaluate them. */
import { isRecord } from '../../util/records';

export interface Intrinsic {
  /** `Ref`, `Condition` or `Fn::…`. */
  readonly name: string;
  readonly argument: unknown;
}

/** The intrinsic that `value` is, if it is one. */
export function intrinsicOf(value: unknown): Intrinsic | undefined {
  if (!isRecord(value)) { return undefined; }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition' || keys[0].startsWith('Fn::'))
    ? { name: keys[0], argument: value[keys[0]] }
    : undefined;
}

/** Whether the value, or a part of it, is an intrinsic. */
export function hasIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  return intrinsicOf(value) !== undefined || Object.values(value).some(hasIntrinsic);
}

export function isNoValue(value: unknown): boolean {
  const intrinsic = intrinsicOf(value);
  return intrinsic?.name === 'Ref' && intrinsic.argument === 'AWS::NoValue';
}

/** `['Id', 'Attribute']` and `'Id.Attribute'`. */
export function getAttParts(argument: unknown): [string, string | undefined] {
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : textOf(argument).split('.');
  const rest = parts.slice(1);
  return [textOf(parts[0]), rest.length > 0 && rest.every((p) => typeof p === 'string') ? rest.join('.') : undefined];
}

/** The label of an intrinsic for people: `${Bucket.Arn}`. */
export function labelOf(intrinsic: unknown): string {
  const { name, argument } = intrinsicOf(intrinsic)!;
  if (name === 'Ref') { return `\${${textOf(argument)}}`; }
  if (name === 'Fn::GetAtt') { return `\${${getAttParts(argument).join('.')}}`; }
  return `\${${name} ${JSON.stringify(argument)}}`;
}

/** A name that is not text is wrong, and is shown as it stands. */
function textOf(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name) ?? '';
}
