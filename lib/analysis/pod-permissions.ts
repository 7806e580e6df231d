/**
 * Answers what the pods of an association may do: the effective permissions, and whether they may make certain requests. The
 * assertions and the command line ask it; the rules do not.
 *
 * Invariant: a layer with gaps may allow or deny anything. `mayMake` counts it as one that may deny, `mayMakeNone` as one that
 * may allow.
 */
import { AskedRequests, needsNoPermission, policyAllowing } from './asked-requests';
import { CheckContext, OPTIONS } from './check-context';
import { OrganizationOfPods } from './organization-of-pods';
import {
  allowsNoAwsRequest, decideNarrowing, EffectivePermissions, intersectPermissions, isUnsatisfiable, Layer, NarrowingOptions, NarrowingQuestion,
  NOTHING, Reason, Verdict,
} from '../engine';
import { requestCatalog } from '../reference/request-catalog';
import { Association, narrowedRole } from '../template/associations';

/**
 * The pods may do what all of these layers allow.
 * @param denying which policies of the organization count: all that may apply to a resource, or those that certainly do
 */
export function layersOfPods(association: Association, context: CheckContext, denying: keyof OrganizationOfPods = 'layers'): readonly Layer[] {
  const role = narrowedRole(association);
  const others = [...context.layersOf(role), ...[context.resourceLayerOf(role) ?? []].flat(), ...context.organizationOf(association)[denying]];
  return association.policy === undefined ? others : [sessionLayer(association, context), ...others];
}

/**
 * `narrows`: the pods may make all of the requests. `exceeds`: they may not make the witness. If policies treat requests alike only
 * as far as AWS makes them, what AWS makes counts. If it makes none of them, the pods may not make them.
 */
export function mayMake(requests: AskedRequests, association: Association, context: CheckContext): Verdict {
  if (needsNoPermission(requests.action)) { return { kind: 'narrows' }; }
  const session = policyAllowing(requests);
  const question: NarrowingQuestion = { session, layers: layersOfPods(association, context) };
  const ofAny = decideNarrowing(question, OPTIONS);
  if (ofAny.kind === 'narrows') { return ofAny; }
  const options = context.optionsFor(association);
  const ofAws = decideNarrowing(question, options);
  return ofAws.kind !== 'narrows' || isEverMade(question, options) ? ofAws : ofAny;
}

/** Whether AWS may make one of the requests. It makes none if they are inside a layer that allows nothing, too. */
function isEverMade({ session, layers }: NarrowingQuestion, options: NarrowingOptions): boolean {
  return decideNarrowing({ session, layers: [...layers, NOTHING] }, options).kind !== 'narrows';
}

/** Whether it is proven that the pods may make none of the requests. */
export function mayMakeNone(requests: AskedRequests, association: Association, context: CheckContext): boolean {
  if (needsNoPermission(requests.action)) { return false; }
  const question = { session: policyAllowing(requests), layers: completeLayers(association, context) };
  return isUnsatisfiable(question, OPTIONS) || allowsNoAwsRequest(question, { ...context.optionsFor(association), catalog: requestCatalog() });
}

/** All that the pods may do. */
export function effectivePermissionsOf(association: Association, context: CheckContext): EffectivePermissions {
  return intersectPermissions(layersOfPods(association, context).map((layer) => layer.policies));
}

/** Why the permissions of the pods are not known completely. */
export function gapsIn(association: Association, context: CheckContext): readonly Reason[] {
  return layersOfPods(association, context).flatMap((layer) => layer.gaps);
}

function completeLayers(association: Association, context: CheckContext): readonly Layer[] {
  return layersOfPods(association, context, 'certain').filter((layer) => layer.gaps.length === 0);
}

function sessionLayer(association: Association, context: CheckContext): Layer {
  const policy = context.readableSession(association);
  return policy ? { name: 'session policy', policies: [policy], gaps: [] } : {
    name: 'session policy',
    policies: [],
    gaps: [{ code: 'UnclearPolicy', message: 'the session policy could not be read', resolution: 'fix what the findings say about it' }],
  };
}
