/**
 * What decides the permissions of the pods of one association on one side, in one case of the conditions of the templates: the layers, or why
 * the pods get no credentials. Stands between read-side.ts and compare-permissions.ts.
 *
 * Each layer has two bounds: the least that it allows if all that is doubtful about resource policies turns out against the role, and the
 * most. A gain is a request that the least allows on one side and the most denies on the other, so it holds whatever is doubtful.
 */
import { Trust, trustIn } from './trust';
import { CheckContext } from '../../lib/analysis/check-context';
import { describeRole } from '../../lib/analysis/describe';
import { Bound, layersOfPods } from '../../lib/analysis/pod-permissions';
import { EKS_SERVICE } from '../../lib/analysis/trust-policy';
import { Layer, NarrowingOptions, NOTHING, parseStatement, Policy, textKey, Unresolved } from '../../lib/engine';
import { ROLE_TRUST_POLICY } from '../../lib/rules/role-trust-policy';
import { TARGET_ROLE_NOT_ASSUMABLE } from '../../lib/rules/target-role-not-assumable';
import { TARGET_ROLE_TRUST_POLICY } from '../../lib/rules/target-role-trust-policy';
import { Association, narrowedRole, RoleRef } from '../../lib/template/associations';
import { keyOf } from '../../lib/template/template-set';

/** One layer of the pods with its bounds: the same object, if nothing about it is doubtful. */
export interface BoundedLayer {
  readonly name: Layer['name'];
  /** Which of several layers with this name. */
  readonly source?: string;
  readonly least: Layer;
  readonly most: Layer;
}

/** Why the pods have no permissions at all. */
export interface NoCredentials {
  readonly cause: 'trust policy' | 'role' | 'no association';
  /** A sentence. */
  readonly why: string;
}

export interface PodAccess {
  readonly association?: Association;
  readonly none?: NoCredentials;
  /** Pods may do what all of them allow; none, if they have no credentials. */
  readonly layers: readonly BoundedLayer[];
  readonly options: NarrowingOptions;
  /** Equal keys: the same role, whose permissions may differ. */
  readonly role?: string;
  /** Whether EKS can assume the roles, and by which trust policies: equal texts mean the same. */
  readonly trust: Trust;
  /** What resource policies allow to the role without its own policies. */
  readonly grants: ReadonlySet<Policy>;
}

/** Without an association, pods have no permissions of EKS Pod Identity. */
export const NO_ASSOCIATION: PodAccess = {
  none: { cause: 'no association', why: 'there is no association' },
  layers: [{ name: NOTHING.name, least: NOTHING, most: NOTHING }],
  options: {},
  trust: { isCertain: true, text: '' },
  grants: new Set(),
};

export function accessOf(association: Association, context: CheckContext): PodAccess {
  const role = narrowedRole(association);
  const none = whyNoCredentials(association, context);
  return {
    association,
    role: keyOfRole(role, association),
    options: context.optionsFor(association),
    trust: trustIn(association, context),
    grants: new Set(context.resourceGrantsTo(role).map(({ policy }) => policy)),
    ...none && { none },
    layers: none ? NO_ASSOCIATION.layers : boundedLayers(association, context),
  };
}

function boundedLayers(association: Association, context: CheckContext): BoundedLayer[] {
  const at = (bound: Bound) => new Map(layersOfPods(association, context, bound, 'counted').map((layer) => [placeOf(layer), layer]));
  const [least, most] = [at('least'), at('most')];
  return [...new Set([...least.keys(), ...most.keys()])].map((place): BoundedLayer => {
    const { name, source } = (least.get(place) ?? most.get(place))!;
    const everything: Layer = { ...EVERYTHING, name };
    return { name, ...source !== undefined && { source }, least: least.get(place) ?? everything, most: most.get(place) ?? everything };
  });
}

/** Where a layer is among those of the pods: the two sides are compared place by place. */
export function placeOf({ name, source }: Pick<Layer, 'name' | 'source'>): string {
  return JSON.stringify([name, source]);
}

/** The bound of a layer that does not limit the pods. */
const EVERYTHING: Omit<Layer, 'name'> = {
  policies: [parseStatement({ Effect: 'Allow', Action: '*', Resource: '*' }, 'what no policy limits').policy], gaps: [],
};

/** A role whose ARN cannot be told is the same if it is written in the same way. */
function keyOfRole({ arn, defined, ofAccount }: RoleRef, { ref }: Association): string {
  if (defined) { return `defined ${keyOf(defined)}`; }
  return arn instanceof Unresolved ? `unresolved in ${ofAccount?.id}: ${JSON.stringify(ref.resource.Properties)} ${JSON.stringify(ref.stack.template.Conditions)}` : textKey(arn);
}

/** Only what is certain counts: trust that depends on something unknown is trust. */
function whyNoCredentials(association: Association, context: CheckContext): NoCredentials | undefined {
  const { role, targetRole } = association;
  const [refused] = ROLE_TRUST_POLICY.check(association, context);
  if (refused) { return { cause: 'trust policy', why: `the trust policy of ${describeRole(role)} does not let ${EKS_SERVICE} assume it (${refused.code})` }; }
  if (!targetRole) { return undefined; }
  const [ofTarget] = TARGET_ROLE_TRUST_POLICY.check(association, context);
  if (ofTarget) { return { cause: 'trust policy', why: `the trust policy of the target role, ${describeRole(targetRole)}, does not let ${describeRole(role)} assume it (${ofTarget.code})` }; }
  const [denied] = TARGET_ROLE_NOT_ASSUMABLE.check(association, context);
  return denied && { cause: 'role', why: `${describeRole(role)} may not assume the target role, ${describeRole(targetRole)} (${denied.code})` };
}
