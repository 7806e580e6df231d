/**
 * Entry point of this folder: compares two deployments. align-stacks.ts finds the stacks that are the same, read-side.ts lists the associations,
 * pair-associations.ts pairs them, and compare-pods.ts compares each pair.
 * For speed and memory, pairs are compared in the order of their templates, which are read batch by batch.
 */
import { alignStacks } from './align-stacks';
import { comparePods } from './compare-pods';
import { ComparedDeployment, Difference, PodDifference } from './difference';
import { PairedAssociations, pairAssociations } from './pair-associations';
import { ReadSide } from './read-side';

export function differenceOf(base: ComparedDeployment, head: ComparedDeployment): Difference {
  const sources = alignStacks(base.sources, head.sources);
  const sides = { base: new ReadSide('base', { ...base, sources: sources.base }), head: new ReadSide('head', { ...head, sources: sources.head }) };
  const pairs = pairAssociations(sides.base.listed, sides.head.listed);
  const inOrder = [...pairs].sort((a, b) => batchOf(a.head) - batchOf(b.head) || batchOf(a.base) - batchOf(b.base));
  return {
    base: sides.base.found,
    head: sides.head.found,
    pods: inOrder.map((pair) => comparePods(pair, sides)).sort(byName),
    unexamined: (['base', 'head'] as const).flatMap((side) => sides[side].hiding.map(({ what }) => ({ side, what }))),
  };
}

function batchOf([first]: PairedAssociations['base']): number {
  return first ? first.batch : -1;
}

function byName(a: PodDifference, b: PodDifference): number {
  const names = ({ cluster, namespace, serviceAccount, head, base }: PodDifference) => [cluster, namespace, serviceAccount, (head ?? base)?.path ?? ''];
  const [x, y] = [names(a), names(b)];
  const i = x.findIndex((name, at) => name !== y[at]);
  return i < 0 ? 0 : x[i] < y[i] ? -1 : 1;
}
