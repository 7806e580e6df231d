/**
 * The layers of the organization that limit the pods of an association. `check-context.ts` asks the engine with them.
 *
 * Invariant: they apply to the account of the association only. A target role of another account is in another part of the
 * organization, or in none, so that the policies that are given say nothing about it.
 */
import { deniedBy, DeniedStatement, Layer, NarrowingOptions, NarrowingQuestion, sameText, SymbolicString } from '../engine';
import { ofOwnResources, OrganizationLayers } from '../organization-policies/organization-layers';
import { arnFieldsOf } from '../template/arn-fields';
import { Association, RoleRef } from '../template/associations';
import { pseudoParameter } from '../template/intrinsics/pseudo-parameters';

/** Layers that limit the pods beside those of their role. */
export interface OrganizationOfPods {
  /** What they deny if each resource is in an account that the resource control policies apply to. */
  readonly layers: readonly Layer[];
  /** What they deny for certain. */
  readonly certain: readonly Layer[];
}

/** What policies of the organization deny of one statement of the session policy. */
export interface DeniedByOrganization extends DeniedStatement {
  /** Whether the dead pairs are dead for certain, and not only if their resources are in an account that the policies apply to. */
  readonly isCertain: boolean;
}

/** Dead pairs that are certain and dead pairs that are not are listed apart. */
export function deniedByOrganization(
  { layers, certain }: OrganizationOfPods, question: NarrowingQuestion, options: NarrowingOptions,
): DeniedByOrganization[] {
  const surely = new Map(deniedBy(certain, question, options).map(({ statement, dead }) => [statement, dead]));
  return deniedBy(layers, question, options).flatMap((denied): DeniedByOrganization[] => {
    const sure = new Set(surely.get(denied.statement)?.map(({ index }) => index));
    const parts = [true, false].map((isCertain) => ({ isCertain, dead: denied.dead.filter(({ index }) => sure.has(index) === isCertain) }))
      .filter(({ dead }) => dead.length > 0);
    return parts.length === 0 ? [{ ...denied, isCertain: false }] : parts.map((part) => ({ ...denied, ...part, ...part.dead[0].example }));
  });
}

const NONE: OrganizationOfPods = { layers: [], certain: [] };

export function organizationOfPods(association: Association, organization: OrganizationLayers | undefined): OrganizationOfPods {
  if (!organization || mayBeOfAnotherAccount(association)) { return NONE; }
  const { serviceControl, resourceControl } = organization;
  return { layers: [...serviceControl, ...resourceControl], certain: [...serviceControl, ...resourceControl.map(ofOwnResources)] };
}

/** EKS accepts only roles of the cluster's account, but for target roles. What is not known of the account of a target role may be another one. */
function mayBeOfAnotherAccount({ role, targetRole, ref }: Association): boolean {
  if (!targetRole) { return false; }
  const account = accountOf(targetRole);
  const own = [pseudoParameter('AWS::AccountId', ref.stack), accountOf(role)];
  return account === undefined || !own.some((one) => one !== undefined && sameText(one, account));
}

function accountOf({ defined, arn }: RoleRef): string | SymbolicString | undefined {
  return defined ? pseudoParameter('AWS::AccountId', defined.stack) : arnFieldsOf(arn)?.[4];
}
