/**
 * Writes a difference as JSON, for programs. The format is public, and docs/cli-diff.md describes it.
 * Invariant: within a version of the format, members are only added.
 */
import { changeOf, counts, countsOf, DiffReport, GivenSide, positionIn, worstOf } from './diff-report';
import type { PodDifference, ReadDeployment } from '../diff/difference';

/** Unchanged by additions; any other change needs a new version. */
const FORMAT_VERSION = 1;

export function jsonDiff(report: DiffReport): string {
  const { given, base, head, pods, failOn, unexamined, notRead } = report;
  const { all, ...numbers } = countsOf(report);
  return `${JSON.stringify({
    version: FORMAT_VERSION,
    base: sideOf(given.base, base),
    head: sideOf(given.head, head),
    verdict: worstOf(report),
    failOn,
    fails: pods.some((pod) => counts(pod, failOn)),
    summary: { serviceAccounts: all, ...numbers },
    serviceAccounts: pods.map((pod) => podOf(report, pod)),
    unexamined,
    ...notRead.length > 0 && { notRead },
    unreadable: [['base', base] as const, ['head', head] as const].flatMap(([side, { unreadable }]) => (
      unreadable.map(({ file, reason, line, column }) => ({ side, file, reason, line, column })))),
  }, undefined, 2)}\n`;
}

function sideOf({ name }: GivenSide, { templates }: ReadDeployment): object {
  return { given: name, templates };
}

function podOf(report: DiffReport, pod: PodDifference): object {
  const { cluster, namespace, serviceAccount, effect, base, head, gained, lost, kept, notes, undetermined } = pod;
  const isChanged = changeOf(pod) !== 'unchanged';
  return {
    cluster,
    namespace,
    serviceAccount,
    effect,
    fails: counts(pod, report.failOn),
    base,
    head: head && { ...head, ...isChanged && positionIn(report, pod, gained[0] ?? lost[0]) },
    gained,
    lost,
    kept,
    notes,
    undetermined,
  };
}
