/**
 * Reports two associations for one service account of one cluster.
 *
 * Invariant: only names that are certainly equal count, and only associations that may be deployed together.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { textKey, Unresolved } from '../engine';
import { Association, isOfAddon } from '../template/associations';
import { environmentOf } from '../template/clusters';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

export const DUPLICATE_ASSOCIATION: Rule = {
  id: 'DuplicateAssociation',
  severity: 'error',
  check: (association, context) => {
    const key = serviceAccountKey(association);
    const first = key === undefined ? undefined : byServiceAccount(context).get(key)?.find((other) => mayExistTogether(other, association));
    if (!first || first.ref === association.ref) { return []; }
    const ofAddon = [association, first].find(isOfAddon);
    return [{
      code: 'SameServiceAccount',
      property: 'ServiceAccount',
      message: `${namesOf(association, first)} are both for service account '${association.serviceAccount}' in namespace `
        + `'${association.namespace}' of cluster '${association.clusterName}'. The deployment of the second fails`
        + (ofAddon ? ', because the association already exists.' : ': ResourceInUseException, "Association already exists" (409).'),
      fix: ofAddon
        ? `Remove one of the two. EKS creates the association of each entry of PodIdentityAssociations of the add-on ${ofAddon.path} itself.`
        : `Remove one of the two, or give ${association.path} another ${context.reader === 'CDK app' ? 'serviceAccount or namespace' : 'ServiceAccount or Namespace'}.`,
    }];
  },
};

/** Resources of two templates may have the same logical id. */
function namesOf(...two: readonly Association[]): string {
  const names = two.map(nameOf);
  return names.map((name, i) => (names[0] === names[1] ? `${name} (${two[i].ref.stack.id})` : name)).join(' and ');
}

/** Two entries of one add-on have the same path. */
function nameOf(association: Association): string {
  const { path, ref: { entry } } = association;
  return entry ? `${entry.at.replace(/\.(\d+)/g, '[$1]')} of the add-on ${path}` : path;
}

/** The associations for each service account; grouped once for all associations. */
const byServiceAccount = memoize((context: CheckContext) => groupBy(context.associations, serviceAccountKey));

/** Two different conditions may exclude each other. */
function mayExistTogether(a: Association, b: Association): boolean {
  const [own, other] = [a, b].map(({ ref: { resource, entry } }) => [
    ...(resource.Condition === undefined ? [] : [{ condition: resource.Condition, holds: true }]), ...entry?.branches ?? [],
  ]);
  return own.length === 0 || other.length === 0 || (a.ref.stack === b.ref.stack && JSON.stringify(own) === JSON.stringify(other));
}

/** `undefined` if a name is unresolved at synth. */
function serviceAccountKey({ ref, clusterName, namespace, serviceAccount }: Association): string | undefined {
  const names = [clusterName, namespace, serviceAccount].map((name) =>
    (name instanceof Unresolved ? undefined : textKey(name)));
  return names.includes(undefined) ? undefined : JSON.stringify([environmentOf(ref.stack), names]);
}
