/**
 * Answers what the pods of an association may do: the effective permissions, and whether they may make certain requests. The
 * assertions and the command line ask it; the rules do not.
 *
 * Invariant: a layer with gaps may allow or deny anything. `mayMake` counts it as one that may deny, `mayMakeNone` as one that
 * may allow.
 */
import { AskedRequests, needsNoPermission, policyAllowing } from './asked-requests';
import { CheckContext, OPTIONS } from './check-context';
import { concerns, reasonOf } from './decide-with-grants';
import {
  allowsNoAwsRequest, decideNarrowing, describeStatement, EffectivePermissions, intersectPermissions, isUnsatisfiable, Layer, NarrowingOptions,
  NarrowingQuestion, NOTHING, Policy, Reason, Verdict,
} from '../engine';
import { requestCatalog } from '../reference/request-catalog';
import { Association, narrowedRole } from '../template/associations';
import { Guardrails } from '../template/resource-policies/resource-policies';

/** What counts of that which is not certain. */
export type Bound =
  /** All that may be for the pods. */
  | 'most'
  /** What resource policies may allow to the role. */
  | 'granted'
  /** Nothing of what resource policies may allow or deny. */
  | 'usual'
  /** All that resource policies may deny. */
  | 'least';

/**
 * The pods may do what all of these layers allow.
 * @param guardrails counted for one request, and left out for all that pods may do
 */
export function layersOfPods(
  association: Association, context: CheckContext, bound: Bound = 'usual', guardrails: Guardrails = 'left out',
): readonly Layer[] {
  const role = narrowedRole(association);
  const { most, least } = context.resourceLayersOf(role, guardrails);
  const ofResources = bound === 'least' ? least : most;
  const others = [
    ...bound === 'most' || bound === 'granted' ? context.widestLayersOf(association) : context.layersOf(role),
    ...ofResources ? [ofResources] : [],
    // Resource control policies apply to resources of accounts of the organization only.
    ...context.organizationOf(association)[bound === 'most' ? 'certain' : 'layers'],
  ];
  return association.policy === undefined ? others : [sessionLayer(association, context), ...others];
}

/** The same layers with the session policy as it was written, to name the statements that people know. It may differ in what AWS does not have yet. */
export function asWritten(layers: readonly Layer[], association: Association, context: CheckContext): readonly Layer[] {
  const compacted = context.compacted(association);
  if (compacted.kind !== 'equal') { return layers; }
  return layers.map((layer) => (layer.name === 'session policy' ? { ...layer, policies: [compacted.written] } : layer));
}

/**
 * `narrows`: the pods may make all of the requests. `exceeds`: they may not make the witness. If policies treat requests alike only
 * as far as AWS makes them, what AWS makes counts. If it makes none of them, the pods may not make them.
 */
export function mayMake(requests: AskedRequests, association: Association, context: CheckContext): Verdict {
  if (needsNoPermission(requests.action)) { return { kind: 'narrows' }; }
  const session = policyAllowing(requests);
  const options = context.optionsFor(association);
  const verdictOf = (bound: Bound) => decide({ session, layers: layersOfPods(association, context, bound) }, options);
  const least = verdictOf('least');
  if (least.kind === 'narrows') { return least; }
  const usual = verdictOf('usual');
  if (usual.kind === 'narrows') { return least.kind === 'undetermined' ? least : { kind: 'undetermined', reasons: [whyDoubtful(least)] }; }
  const doubtful = doubtfulGrants(session, association, context);
  if (usual.kind === 'undetermined' || doubtful.length === 0) { return usual; }
  const granted = verdictOf('granted');
  return granted.kind === 'exceeds' ? granted : { kind: 'undetermined', reasons: doubtful };
}

/** Why it is not certain that the pods are denied the requests: resource policies that may allow some of them. */
export function doubtfulGrants(requests: Policy, association: Association, context: CheckContext): readonly Reason[] {
  const concerning = context.resourceGrantsTo(narrowedRole(association)).filter((grant) => !grant.isCertain && concerns(grant, requests, OPTIONS));
  return [...new Set(concerning.map(({ path }) => path))].map(reasonOf);
}

function whyDoubtful({ excesses: [{ denial: { statement } }] }: Verdict & { readonly kind: 'exceeds' }): Reason {
  return {
    code: 'ResourcePolicy',
    message: `${statement ? `${describeStatement(statement)} may deny it` : 'a resource policy has to allow it'}, and whether it does is not certain`,
    resolution: 'name the ARN of the role in that policy',
  };
}

function decide(question: NarrowingQuestion, options: NarrowingOptions): Verdict {
  const ofAny = decideNarrowing(question, OPTIONS);
  if (ofAny.kind === 'narrows') { return ofAny; }
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
  return layersOfPods(association, context, 'most').filter((layer) => layer.gaps.length === 0);
}

function sessionLayer(association: Association, context: CheckContext): Layer {
  const policy = context.deployedSession(association);
  return policy ? { name: 'session policy', policies: [policy], gaps: [] } : {
    name: 'session policy',
    policies: [],
    gaps: [{ code: 'UnclearPolicy', message: 'the session policy could not be read', resolution: 'fix what the findings say about it' }],
  };
}
