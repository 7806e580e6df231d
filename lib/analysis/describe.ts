import { Unresolved } from '../engine';
import { RoleRef } from '../template/associations';
import { pathOf } from '../template/template-set';
import { Value } from '../template/value';

/** How people refer to a role. */
export function describeRole(role: RoleRef): string {
  return `the role ${nameOfRole(role)}`;
}

/** The construct path of a role that the app defines; the ARN of any other role. */
export function nameOfRole({ defined, arn }: RoleRef): string {
  return defined ? pathOf(defined) : describeValue(arn);
}

/** A value as people read it. An unknown value is the reason in parentheses. */
export function describeValue(value: Value): string {
  return value instanceof Unresolved ? `(${value.reason})` : value.toString();
}
