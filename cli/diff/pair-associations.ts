/**
 * Pairs the associations of the two deployments: those of one service account, wherever they are in the templates. EKS has one
 * association for each cluster, namespace and service account, so a renamed construct, or another stack, makes no other pods.
 * Stands between read-side.ts and compare-pods.ts.
 *
 * A cluster is the same if its name is the same text, or the same value of the same stack. If each side has one association of a service
 * account, and the names of their clusters may be equal, such as a parameter and a written name, they are paired, too.
 * Invariant: every association of both sides is in exactly one pair.
 */
import { Listed } from './read-side';
import { isText, mayBeEqual, textKey } from '../../lib/engine';
import { Value } from '../../lib/template/value';
import { groupBy } from '../../lib/util/group-by';

/** The associations of one service account. More than one on a side: their conditions exclude each other, or EKS rejects all but one. */
export interface PairedAssociations {
  readonly base: readonly Listed[];
  readonly head: readonly Listed[];
  /** The names of the clusters differ, and may be the same name. */
  readonly perhaps?: true;
}

export function pairAssociations(base: readonly Listed[], head: readonly Listed[]): PairedAssociations[] {
  const [own, others] = [groupBy(base, keyOf), groupBy(head, keyOf)];
  const keys = [...new Set([...own.keys(), ...others.keys()])];
  const pairs = keys.map((key): PairedAssociations => ({ base: own.get(key) ?? [], head: others.get(key) ?? [] }));
  const alone = groupBy(pairs.filter((pair) => pair.base.length === 0 || pair.head.length === 0), accountKeyOf);
  const joined = new Map<PairedAssociations, PairedAssociations | undefined>();
  for (const some of alone.values()) {
    const [removed, ...moreRemoved] = some.filter((pair) => pair.head.length === 0);
    const [added, ...moreAdded] = some.filter((pair) => pair.base.length === 0);
    const isOne = removed && added && moreRemoved.length === 0 && moreAdded.length === 0;
    if (!isOne || !mayBeSame(removed.base[0].clusterName, added.head[0].clusterName)) { continue; }
    joined.set(removed, { base: removed.base, head: added.head, perhaps: true }).set(added, undefined);
  }
  return pairs.flatMap((pair) => (joined.has(pair) ? joined.get(pair) ?? [] : [pair]));
}

/** A name that is not known is known by its place. */
function keyOf({ clusterName, namespace, serviceAccount, stack, logicalId, entry }: Listed): string {
  const names = [clusterName, namespace, serviceAccount];
  return JSON.stringify(names.every(isText) ? names.map(textKey) : [stack, logicalId, entry]);
}

function accountKeyOf({ base, head }: PairedAssociations): string | undefined {
  const { namespace, serviceAccount } = base[0] ?? head[0];
  return isText(namespace) && isText(serviceAccount) ? JSON.stringify([namespace, serviceAccount].map(textKey)) : undefined;
}

function mayBeSame(a: Value, b: Value): boolean {
  return isText(a) && isText(b) && mayBeEqual(a, b);
}
