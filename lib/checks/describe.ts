import { Unknown } from '../engine';
import { RoleRef } from '../template/associations';
import { pathOf } from '../template/template-set';

/** How people refer to a role. */
export function describeRole(role: RoleRef): string {
  if (role.defined) { return `the role ${pathOf(role.defined)}`; }
  return `the role ${role.arn instanceof Unknown ? `(${role.arn.reason})` : role.arn}`;
}
