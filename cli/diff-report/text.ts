/**
 * Writes a difference as text, for people: each group of service accounts with what its pods gain and lose, why, and a request as
 * example; then what was not examined; then the verdict and the counts.
 * Invariant: all text of the input passes through `oneLine`, so it cannot forge lines or control the terminal.
 */
import { createColors } from 'picocolors';
import { DiffReport, Group, groupsIn } from './diff-report';
import { keptOf, permissionsIn, placeOf, requestIn, roleOf, summaryOf, textOf, verdictOf } from './words';
import { shorten } from '../../lib/analysis/shorten';
import type { PermissionChange, PodDifference } from '../diff/difference';
import type { TextOptions } from '../report/text';
import { oneLine } from '../visible';
import { wrap } from '../wrap';

/** Maximum number of service accounts of a group that are named. */
const NAMED = 20;

/** Maximum number of characters of the statements of a gain or loss. A longer policy is in the other formats. */
const JSON_SHOWN = 2_000;

export function textDiff(report: DiffReport, { colors, width }: TextOptions): string {
  const color = createColors(colors);
  const lines: string[] = [];
  const add = (indent: string, text: string) => lines.push(...wrap(oneLine(text), indent, indent, width));
  const labels = { broadened: color.red, undetermined: color.yellow, narrowed: color.green, unchanged: color.dim };
  const clusters = new Set(report.pods.map(({ cluster }) => cluster));

  const addChanges = (verb: string, changes: readonly PermissionChange[]) => changes.forEach((change) => {
    const [first, ...others] = wrap(oneLine(`${verb} ${textOf(permissionsIn(change))}`), '    ', '      ', width);
    lines.push(first.replace(verb, color.bold(verb)), ...others);
    add('      ', shorten(change.causes));
    add('      ', `Example: ${textOf(requestIn(change.example))}`);
    const json = oneLine(JSON.stringify(change.statements));
    if (change.statements.length > 0) { lines.push(`      ${json.length > JSON_SHOWN ? '(--format json has the statements)' : json}`); }
  });

  const addGroup = ({ change, pods }: Group) => {
    const [pod, ...others] = pods;
    lines.push(`${labels[change](change)}  ${color.bold(oneLine(serviceAccountOf(pod, clusters.size > 1)))}  ${color.dim(oneLine(textOf(placeOf(pod))))}`);
    if (pod.head || pod.base) { add('    ', `role ${textOf(roleOf(pod))}`); }
    addChanges('gains', pod.gained);
    addChanges('loses', pod.lost);
    const kept = keptOf(pod);
    if (kept !== undefined) { add('    ', kept); }
    pod.undetermined.forEach(({ code, message, resolution }) => add('    ', `undetermined (${code}): ${shorten(message)} ${shorten(resolution)}`.trimEnd()));
    pod.notes.forEach((note) => add('    ', note));
    if (others.length > 0) { add('    ', `The same for ${namesOf(others.map((one) => serviceAccountOf(one, clusters.size > 1)))}.`); }
    lines.push('');
  };

  groupsIn(report).forEach(addGroup);
  report.notRead.forEach((sentence) => add('', `not read: ${sentence}`));
  report.unexamined.forEach(({ side, what }) => add('', `not examined in the ${side}: ${what}`));
  if (report.unexamined.length + report.notRead.length > 0) { lines.push(''); }
  return `${[...lines, oneLine(verdictOf(report)), oneLine(summaryOf(report))].join('\n')}\n`;
}

/** Names a service account; the cluster only if there are several. */
export function serviceAccountOf({ cluster, namespace, serviceAccount }: PodDifference, withCluster: boolean): string {
  return `${withCluster ? `${cluster}: ` : ''}${namespace}/${serviceAccount}`;
}

function namesOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more (--format json lists all)` : ''}`;
}

