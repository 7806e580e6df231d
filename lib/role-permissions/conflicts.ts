/**
 * Finds declarations of resource policies that cannot all be right. The plugin and the command line call it with the declarations of a
 * check, before anything is checked.
 *
 * Invariant: no error for declarations that may say the same. Those with values of different stacks are compared later, when the values
 * are known: `DeclaredResourcePolicy.conflict`.
 */
import { Json } from '../engine';
import { isSame } from '../template/declared-resource-policies';
import { hasIntrinsic } from '../template/intrinsics/intrinsic';
import { PermissionsDeclaration, ResourceDeclaration } from '../template/known-permissions';
import { groupBy } from '../util/group-by';

/** The sentences about the first conflict, if there is one. */
export function conflictingResources(declarations: readonly PermissionsDeclaration[]): string | undefined {
  const byArn = groupBy(declarations.filter(({ resource }) => resource), ({ arn }) => String(arn));
  for (const [arn, [first, ...others]] of byArn) {
    const other = others.find((one) => isComparable(one, first) && !isSame(jsonOf(one.resource!), jsonOf(first.resource!)));
    if (other) {
      return `${first.source} and ${other.source} declare ${arn} differently. A resource has one policy and one owner, so the checks cannot use both. `
        + 'Remove the one that is wrong or out of date.';
    }
  }
  return undefined;
}

/** Values of the same stack, or literal ones, can be compared as they are written. */
function isComparable(a: PermissionsDeclaration, b: PermissionsDeclaration): boolean {
  return a.stackId === b.stackId || isLiteral(a) && isLiteral(b);
}

function isLiteral({ resource }: PermissionsDeclaration): boolean {
  return !hasIntrinsic(resource);
}

function jsonOf({ policy, account }: ResourceDeclaration): Json {
  return [policy === undefined ? null : policy as Json, account === undefined ? null : account as Json];
}
