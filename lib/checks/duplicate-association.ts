import { partsOf, Unknown } from '../engine';
import { CheckContext } from './check-context';
import { Check } from './finding';
import { Association } from '../template/associations';

/**
 * A service account has one association in a cluster.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export const DUPLICATE_ASSOCIATION: Check<CheckContext> = {
  id: 'DuplicateAssociation',
  severity: 'error',
  check: (association, context) => {
    const key = serviceAccountKey(association);
    const first = key === undefined ? association : firstOfEach(context).get(key)!;
    if (first === association) { return []; }
    return [{
      property: 'ServiceAccount',
      message: `${association.path} and ${first.path} are both for service account '${association.serviceAccount}' in namespace `
        + `'${association.namespace}' of cluster '${association.clusterName}'. The second to be deployed fails: `
        + 'ResourceInUseException, "Association already exists" (409).',
      fix: `Remove one of the two, or give ${association.path} another serviceAccount or namespace.`,
    }];
  },
};

const FIRSTS = new WeakMap<CheckContext, Map<string, Association>>();

/** The first association for each service account; looked up once for all associations. */
function firstOfEach(context: CheckContext): Map<string, Association> {
  const known = FIRSTS.get(context);
  if (known) { return known; }
  const firsts = new Map<string, Association>();
  for (const association of context.associations) {
    const key = serviceAccountKey(association);
    if (key !== undefined && !firsts.has(key)) { firsts.set(key, association); }
  }
  FIRSTS.set(context, firsts);
  return firsts;
}

/** `undefined` where it may exist only sometimes, or where two different names may hide behind the same text. */
function serviceAccountKey({ ref, clusterName, namespace, serviceAccount }: Association): string | undefined {
  if (ref.resource.Condition !== undefined) { return undefined; }
  const names = [clusterName, namespace, serviceAccount].map((name) =>
    (name instanceof Unknown ? undefined : partsOf(name).map((part) => (typeof part === 'string' ? part : { atom: part.id }))));
  const { account, region, assembly } = ref.stack;
  // Stages are often deployed to accounts of their own, each with a cluster of the same name.
  const environment = account !== undefined && region !== undefined ? [account, region] : [account, region, assembly];
  return names.includes(undefined) ? undefined : JSON.stringify([environment, names]);
}
