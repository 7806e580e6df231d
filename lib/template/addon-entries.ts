/**
 * Finds the entries of `PodIdentityAssociations` of EKS add-ons, which are associations, too: EKS makes one for each entry.
 * `associations.ts` reads them.
 *
 * Invariant: an entry that may be deployed is found, with the branches of `Fn::If` in which it is. An entry that cannot be read
 * is found as one whose names are not known.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-addon-podidentityassociation.html
 */
import { Unresolved } from '../engine';
import { Evaluator } from './evaluator';
import { intrinsicOf, isNoValue } from './intrinsics/intrinsic';
import { ADDON_TYPE } from './relevant-types';
import { ResourceRef, TemplateSet } from './template-set';
import { Value } from './value';
import { memoize } from '../util/memo';
import { memberOf } from '../util/records';

const ENTRIES = 'PodIdentityAssociations';

/** An entry of an add-on. */
export interface AddonEntry {
  /** Its place below the properties of the add-on, such as `PodIdentityAssociations.0`. */
  readonly at: string;
  readonly value: unknown;
  /** The branches of `Fn::If` that it is in. */
  readonly branches: ReadonlyArray<{ readonly condition: unknown; readonly holds: boolean }>;
}

/** An add-on, as the resource of one of its entries. */
export interface AddonEntryRef extends ResourceRef {
  readonly entry: AddonEntry;
}

/** The entries of all add-ons; the same objects each time. */
export const addonEntriesIn = memoize((templates: TemplateSet): readonly AddonEntryRef[] => (
  templates.resourcesOfType(ADDON_TYPE).flatMap((ref) => (
    entriesIn(ref.resource.Properties?.[ENTRIES], ENTRIES, []).map((entry) => ({ ...ref, entry }))))));

/** The entries of a list, of the branches of an `Fn::If`, or of lists in branches. */
function entriesIn(value: unknown, at: string, branches: AddonEntry['branches']): AddonEntry[] {
  if (value === undefined || value === null || isNoValue(value)) { return []; }
  if (Array.isArray(value)) { return value.flatMap((item, i) => entriesIn(item, `${at}.${i}`, branches)); }
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name !== 'Fn::If' || !Array.isArray(intrinsic.argument)) { return [{ at, value, branches }]; }
  const [condition, ...both] = intrinsic.argument;
  return both.slice(0, 2).flatMap((branch, i) => (
    entriesIn(branch, `${at}.Fn::If.${i + 1}`, [...branches, { condition, holds: i === 0 }])));
}

/** A property of an entry. */
export function propertyOfEntry({ entry: { value } }: AddonEntryRef, name: 'RoleArn' | 'ServiceAccount'): unknown {
  return intrinsicOf(value) ? new Unresolved(`an entry of ${ENTRIES} that could not be read`) : memberOf(value, name);
}

/**
 * The namespaces of add-ons without a `NamespaceConfig`, from the user guide. The namespace of any other add-on is not known: only
 * `aws eks describe-addon-versions` tells it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['amazon-cloudwatch-observability', 'amazon-cloudwatch'],
  ['aws-ebs-csi-driver', 'kube-system'],
  ['aws-efs-csi-driver', 'kube-system'],
  ['aws-fsx-csi-driver', 'kube-system'],
  ['aws-mountpoint-s3-csi-driver', 'kube-system'],
  ['vpc-cni', 'kube-system'],
]);

/** The namespace of the service accounts of an add-on. */
export function namespaceOfAddon({ stack, resource: { Properties: properties = {} } }: ResourceRef, evaluator: Evaluator): Value {
  if (!evaluator.isAbsent(properties.NamespaceConfig, stack)) {
    const config = evaluator.locate(properties.NamespaceConfig, stack);
    return evaluator.textOf(memberOf(config.value, 'Namespace'), config.stack);
  }
  const name = evaluator.textOf(properties.AddonName, stack);
  return (typeof name === 'string' ? NAMESPACES.get(name) : undefined)
    ?? new Unresolved(`the namespace of the add-on ${name}, which the template does not contain`);
}
