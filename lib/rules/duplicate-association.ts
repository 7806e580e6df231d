/**
 * Reports two associations for one service account of one cluster.
 *
 * Invariant: only names that are certainly equal count, and only associations that may be deployed together.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { textKey, Unresolved } from '../engine';
import { Association } from '../template/associations';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

export const DUPLICATE_ASSOCIATION: Rule = {
  id: 'DuplicateAssociation',
  severity: 'error',
  check: (association, context) => {
    const key = serviceAccountKey(association);
    const first = key === undefined ? undefined : byServiceAccount(context).get(key)?.find((other) => mayExistTogether(other, association));
    if (!first || first.ref === association.ref) { return []; }
    return [{
      property: 'ServiceAccount',
      message: `${association.path} and ${first.path} are both for service account '${association.serviceAccount}' in namespace `
        + `'${association.namespace}' of cluster '${association.clusterName}'. The second to be deployed fails: `
        + 'ResourceInUseException, "Association already exists" (409).',
      fix: `Remove one of the two, or give ${association.path} another serviceAccount or namespace.`,
    }];
  },
};

/** The associations for each service account; grouped once for all associations. */
const byServiceAccount = memoize((context: CheckContext) => groupBy(context.associations, serviceAccountKey));

/** Two different conditions may exclude each other. */
function mayExistTogether(a: Association, b: Association): boolean {
  const [own, other] = [a.ref.resource.Condition, b.ref.resource.Condition];
  return own === undefined || other === undefined || (own === other && a.ref.stack === b.ref.stack);
}

/** `undefined` if a name is unresolved at synth. */
function serviceAccountKey({ ref, clusterName, namespace, serviceAccount }: Association): string | undefined {
  const names = [clusterName, namespace, serviceAccount].map((name) =>
    (name instanceof Unresolved ? undefined : textKey(name)));
  const { account, region, assembly } = ref.stack;
  // Stages often have accounts of their own, each with a cluster of the same name.
  const environment = account !== undefined && region !== undefined ? [account, region] : [account, region, assembly];
  return names.includes(undefined) ? undefined : JSON.stringify([environment, names]);
}
