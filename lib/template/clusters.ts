/**
 * Finds the EKS clusters that the templates define, by the names that associations, add-ons and nodes give them.
 *
 * Invariant: `clusterNamed` finds a cluster only if the name certainly is its own, and `mayBeOf` rules one out only if the name
 * certainly is not. Questions that a case of the conditions does not decide are left open, so that what is said about clusters makes
 * no cases for what is said about permissions.
 */
import { mayBeEqual, textKey, Unresolved } from '../engine';
import { Evaluator } from './evaluator';
import { intrinsicOf } from './intrinsics/intrinsic';
import { CLUSTER_TYPES } from './relevant-types';
import { keyOf, ResourceRef, StackTemplate } from './template-set';
import { rewriterOf } from './unexamined-parts';
import { Value } from './value';
import { memoize } from '../util/memo';
import { isRecord, memberOf } from '../util/records';

/** A cluster that the templates define. */
export interface Cluster {
  readonly ref: ResourceRef;
  /** Its `Ref`, and the name that it is given. */
  readonly names: readonly Value[];
}

/** The cluster of the templates that certainly has this name. */
export function clusterNamed(name: Value, from: StackTemplate, evaluator: Evaluator): Cluster | undefined {
  if (name instanceof Unresolved) { return undefined; }
  const environment = environmentOf(from);
  const key = textKey(name);
  const found = clustersIn(evaluator.leavingOpen).filter(({ ref, names }) => (
    environmentOf(ref.stack) === environment && names.some((own) => !(own instanceof Unresolved) && textKey(own) === key)));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a resource with this cluster name may be one of the cluster. */
export function mayBeOf(cluster: Cluster, name: Value, from: StackTemplate, evaluator: Evaluator): boolean {
  const named = clusterNamed(name, from, evaluator);
  if (named) { return keyOf(named.ref) === keyOf(cluster.ref); }
  if (!mayBeSameEnvironment(cluster.ref.stack, from)) { return false; }
  return name instanceof Unresolved || cluster.names.some((own) => own instanceof Unresolved || mayBeEqual(own, name));
}

/** Equal for stacks that are certainly deployed to one account and region. */
export function environmentOf({ account, region, assembly }: StackTemplate): string {
  // Stages often have accounts of their own, each with a cluster of the same name.
  return JSON.stringify(account !== undefined && region !== undefined ? [account, region] : [account, region, assembly]);
}

function mayBeSameEnvironment(a: StackTemplate, b: StackTemplate): boolean {
  const differs = (one: string | undefined, other: string | undefined) => one !== undefined && other !== undefined && one !== other;
  return !differs(a.account, b.account) && !differs(a.region, b.region);
}

/** Whether the cluster is in Auto Mode; `undefined` if that is not certain. */
export function isAutoMode({ ref }: Cluster, { leavingOpen: evaluator }: Evaluator): boolean | undefined {
  const { value, stack, isKnown } = memberAt(memberAt(configOf(ref, evaluator), 'ComputeConfig', evaluator), 'Enabled', evaluator);
  if (value === true || value === 'true') { return true; }
  return isKnown && (evaluator.isAbsent(value, stack) || value === false || value === 'false') ? false : undefined;
}

/** Whether the cluster may have hybrid nodes: machines outside of AWS. */
export function mayHaveHybridNodes({ ref }: Cluster, { leavingOpen: evaluator }: Evaluator): boolean {
  const { value, stack, isKnown } = memberAt(configOf(ref, evaluator), 'RemoteNetworkConfig', evaluator);
  return !isKnown || !evaluator.isAbsent(value, stack);
}

/** The clusters of the templates; the same objects each time. */
const clustersIn = memoize((evaluator: Evaluator): readonly Cluster[] => (
  evaluator.templates.resourcesOfType(...CLUSTER_TYPES).map((ref) => {
    const given = memberAt(configOf(ref, evaluator), 'Name', evaluator);
    return {
      ref,
      names: [
        evaluator.textOf({ Ref: ref.logicalId }, ref.stack),
        ...given.isKnown && evaluator.isAbsent(given.value, given.stack) ? [] : [evaluator.textOf(given.value, given.stack)],
      ],
    };
  })));

/** A value of a cluster, and where it is. */
interface Setting {
  readonly value: unknown;
  readonly stack: StackTemplate;
  /** Whether everything above it could be read. */
  readonly isKnown: boolean;
}

/** The properties of the cluster: those of the custom resource of `aws-eks` are the input of `CreateCluster`. */
function configOf({ stack, resource }: ResourceRef, evaluator: Evaluator): Setting {
  const all: Setting = { value: resource.Properties ?? {}, stack, isKnown: rewriterOf(resource) === undefined };
  return resource.Type === 'AWS::EKS::Cluster' ? all : memberAt(all, 'Config', evaluator);
}

/** A member of an object. Its name begins with a small letter in the input of an API. */
function memberAt({ value: parent, stack: from, isKnown }: Setting, name: string, evaluator: Evaluator): Setting {
  const written = memberOf(parent, name) ?? memberOf(parent, name[0].toLowerCase() + name.slice(1));
  const isObject = isRecord(parent) && !(parent instanceof Unresolved) && !intrinsicOf(parent);
  return { ...evaluator.locate(written, from), isKnown: isKnown && (isObject || evaluator.isAbsent(parent, from)) };
}
