/**
 * Writes a difference as Markdown, for a comment on a pull request: the verdict, a short table from the worst change on, and the
 * details of each service account folded. The first line says all to who reads only that.
 * Invariants: the text of the input is never markup (markdown-text.ts). The whole fits in a comment; what is left out is counted.
 */
import { DiffReport, Group, groupsIn, isOpen } from './diff-report';
import { code, htmlOf, markdownOf, prose } from './markdown-text';
import { serviceAccountOf } from './text';
import { keptOf, nameOf, Part, permissionsIn, placeOf, pluralize, requestIn, roleOf, summaryOf, verdictOf } from './words';
import type { PermissionChange, PodDifference } from '../diff/difference';
import { visible } from '../visible';

/**
 * Maximum number of characters. GitHub rejects comments of more than 65,536, and pipelines may add a title or a marker.
 * @see https://github.com/google/go-github/pull/440
 */
export const MAX_COMMENT = 60_000;

/** Maximum number of rows of the table. */
const ROWS = 20;
/** Maximum number of service accounts that the details of a row name. */
const NAMED = 20;
/** Maximum number of gains, and of losses, in a cell of the table. */
const IN_CELL = 2;
/** Maximum number of characters of the statements of a gain or loss. */
const STATEMENTS = 4_000;
/** Maximum number of characters of a statement on one line. */
const ON_ONE_LINE = 110;
/** Maximum number of what was not examined or not read that is named. */
const UNEXAMINED = 10;

export function markdownDiff(report: DiffReport): string {
  const withCluster = new Set(report.pods.map(({ cluster }) => cluster)).size > 1;
  const groups = groupsIn(report);
  const changed = groups.filter(({ change }) => change !== 'unchanged');
  const unchanged = groups.filter(({ change }) => change === 'unchanged');
  const { base, head } = report.given;
  const start = visible([
    `**EKS Pod Identity: ${verdictOf(report)}** ${summaryOf(report)}.`,
    '',
    `Compared: ${code(base.name)} → ${code(head.name)}`,
    '',
    ...changed.length === 0 ? [] : [
      '| Service account | Role | Gains | Loses |',
      '|---|---|---|---|',
      ...changed.slice(0, ROWS).map((group) => rowOf(group, withCluster)),
      '',
      ...changed.length > ROWS ? [`And ${changed.length - ROWS} more with other changes. \`--format text\` shows all.`, ''] : [],
    ],
    ...unreadOf(report),
    '',
  ].join('\n').replace(/\n{3,9}$/, '\n\n'));
  const details = [
    ...changed.map((group) => visible(detailsOf(group, withCluster))),
    ...unchanged.length === 0 ? [] : [visible(unchangedOf(unchanged, withCluster))],
  ];
  let text = start;
  let shown = 0;
  for (const detail of details) {
    if (text.length + detail.length > MAX_COMMENT - LAST_LINE) { break; }
    text += `${detail}\n`;
    shown++;
  }
  const left = details.length - shown;
  return left === 0 ? `${text.trimEnd()}\n` : `${text}The details of ${left} more are left out here. \`--format text\` shows all.\n`;
}

/** Room for the sentence that says what is left out. */
const LAST_LINE = 200;

function rowOf({ pods }: Group, withCluster: boolean): string {
  const [pod, ...others] = pods;
  const who = `${code(serviceAccountOf(pod, withCluster))}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const cells = (['gained', 'lost'] as const).map((direction) => cellOf(pod[direction], isOpen(pod, direction) ? 'undetermined' : 'nothing'));
  return `| ${[who, markdownOf(roleOf(pod)), ...cells].join(' | ')} |`;
}

function cellOf(changes: readonly PermissionChange[], none: string): string {
  const more = changes.length - IN_CELL;
  return [
    ...changes.slice(0, IN_CELL).map((change) => markdownOf(permissionsIn(change))),
    ...more > 0 ? [`and ${more} more`] : [],
  ].join('<br>') || none;
}

function detailsOf({ pods }: Group, withCluster: boolean): string {
  const [pod, ...others] = pods;
  const kept = keptOf(pod);
  return folded(
    [nameOf(serviceAccountOf(pod, withCluster)), others.length > 0 ? ` and ${others.length} more ${wordOf(pod)}` : ` ${wordOf(pod)}`],
    [
      `Association ${markdownOf(placeOf(pod))}${withCluster ? '' : ` of cluster ${code(pod.cluster)}`}.`,
      ...pod.gained.flatMap((change) => changeOf('Gains', change)),
      ...pod.lost.flatMap((change) => changeOf('Loses', change)),
      ...kept === undefined ? [] : ['', kept],
      ...pod.undetermined.flatMap(({ code: reason, message, resolution }) => ['', `**Undetermined** (${prose(reason)}): ${prose(`${message} ${resolution}`.trimEnd())}`]),
      ...pod.notes.flatMap((note) => ['', prose(note)]),
      ...others.length === 0 ? [] : ['', `The same for ${someOf(others.map((one) => code(serviceAccountOf(one, withCluster))), NAMED)}.`],
    ],
  );
}

function wordOf({ gained, lost, undetermined }: PodDifference): string {
  const words = [...gained.length > 0 ? ['gain'] : [], ...lost.length > 0 ? ['lose'] : [], ...undetermined.length > 0 ? ['undetermined'] : []];
  return `(${words.join(', ')})`;
}

function changeOf(verb: string, change: PermissionChange): string[] {
  const json = jsonOf(change.statements);
  return [
    '',
    `**${verb}** ${markdownOf(permissionsIn(change))}. ${prose(change.causes)}`,
    '',
    `Example: ${markdownOf(requestIn(change.example))}`,
    ...change.statements.length === 0 ? [] : json.length > STATEMENTS
      ? ['', `The statements have ${json.length.toLocaleString('en-US')} characters. \`--format json\` has them.`]
      : ['', '```json', json, '```'],
  ];
}

/** Short statements on one line each. A line never begins with a backtick, which could end the block. */
function jsonOf(statements: PermissionChange['statements']): string {
  const lines = statements.map((one) => {
    const line = JSON.stringify(one);
    return line.length <= ON_ONE_LINE ? line : JSON.stringify(one, undefined, 2);
  });
  return lines.length === 1 ? lines[0] : `[\n${lines.join(',\n')}\n]`;
}

/** Service accounts whose templates differ, and whose permissions do not. */
function unchangedOf(groups: readonly Group[], withCluster: boolean): string {
  const pods = groups.flatMap((group) => group.pods);
  const lines = pods.slice(0, NAMED).map((pod) => `- ${code(serviceAccountOf(pod, withCluster))}: ${prose(pod.notes.join(' '))}`);
  return folded(
    [`${pluralize(pods.length, 'service account')} with a changed template and the same permissions`],
    [...lines, ...pods.length > NAMED ? [`- and ${pods.length - NAMED} more`] : []],
  );
}

function unreadOf({ base, head, unexamined, notRead }: DiffReport): string[] {
  const unreadable = [...[...base.unreadable, ...head.unreadable].map(({ message }) => message), ...notRead].map(prose);
  const parts = unexamined.map(({ side, what }) => `${prose(what)} (${side})`);
  return [
    ...unreadable.length > 0 ? [`**Could not be read:** ${someOf(unreadable, UNEXAMINED)}`, ''] : [],
    ...parts.length > 0 ? [`Not examined, so there may be more service accounts: ${someOf(parts, UNEXAMINED)}.`, ''] : [],
  ];
}

/** GitHub shows Markdown in it if blank lines are around it. */
function folded(title: readonly Part[], lines: readonly string[]): string {
  return ['<details>', `<summary>${htmlOf(title)}</summary>`, '', ...lines, '', '</details>', ''].join('\n');
}

function someOf(items: readonly string[], shown: number): string {
  const more = items.length - shown;
  return `${items.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
