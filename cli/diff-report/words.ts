/**
 * The words of a difference, as parts: plain words, and names of other people. Each format shows a name in its own way: as it is, as
 * code, or as an element. So all formats say the same, and no format has to look for names in a sentence.
 * Invariant: a part of plain words contains nothing of the input.
 */
import { changeOf, countsOf, DiffReport, isOpen, isPartial, worstOf } from './diff-report';
import type { StatementJson } from '../../lib/engine';
import type { Example, PermissionChange, PodDifference, Side } from '../diff/difference';

/** Plain words, or a name of the input. */
export type Part = string | { readonly name: string };

export function nameOf(name: string): Part {
  return { name };
}

/** Shows the parts as text. */
export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

export function pluralize(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}

/** The verdict, as a sentence. */
export function verdictOf(report: DiffReport): string {
  const open = report.pods.filter((pod) => changeOf(pod) === 'undetermined');
  const mayGain = open.filter((pod) => isOpen(pod, 'gained'));
  const none = isPartial(report) ? 'none that were examined' : 'none';
  switch (worstOf(report)) {
    case 'broadened': return 'Pods gain permissions.';
    case 'undetermined': return mayGain.length > 0
      ? `It could not be determined whether the pods of ${pluralize(mayGain.length, 'service account')} gain permissions.`
      : `It could not be determined whether the pods of ${pluralize(open.length, 'service account')} lose permissions; ${none} gain any.`;
    case 'narrowed': return `Pods lose permissions, and ${none} gain any.`;
    case 'unchanged': return isPartial(report) ? 'No pods that were examined gain or lose permissions.' : 'No pods gain or lose permissions.';
  }
}

/** The counts, as a sentence without its period. */
export function summaryOf(report: DiffReport): string {
  const { all, gain, lose, undetermined, unchanged } = countsOf(report);
  const parts = [
    ...gain > 0 ? [`${gain} gain${gain === 1 ? 's' : ''} permissions`] : [],
    ...lose > 0 ? [`${lose} lose${lose === 1 ? 's' : ''} permissions`] : [],
    ...undetermined > 0 ? [`${undetermined} undetermined`] : [],
    ...unchanged > 0 ? [`${unchanged} unchanged`] : [],
  ];
  const files = report.base.unreadable.length + report.head.unreadable.length;
  return `${pluralize(all, 'service account')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${files > 0 ? `; ${files} could not be read` : ''}`;
}

/** The role that the pods have, on both sides if it is another one. */
export function roleOf({ base, head }: PodDifference): Part[] {
  const roles = [base, head].flatMap((side) => (side ? [chainOf(side)] : []));
  const isSame = roles.length < 2 || textOf(roles[0]) === textOf(roles[1]);
  return isSame ? roles[0] ?? [] : [...roles[0], ' → ', ...roles[1]];
}

/** A role, and the target role that it assumes. */
function chainOf({ role, targetRole }: Side): Part[] {
  return targetRole === undefined ? [nameOf(role)] : [nameOf(role), ', then ', nameOf(targetRole)];
}

/** Maximum numbers of what is written out of a gain or loss in one line. The statements have all. */
const SHOWN = { statements: 2, actions: 3, resources: 2 };

/** What is gained or lost, in one line. */
export function permissionsIn({ statements, isExact, example, cause }: PermissionChange): Part[] {
  const allows = statements.filter(({ Effect }) => Effect === 'Allow');
  const because: Part[] = [` (${cause})`];
  if (allows.length === 0) { return ['requests such as ', nameOf(example.action), ' on ', nameOf(example.resource), ...because]; }
  const more = allows.length - SHOWN.statements;
  return [
    ...isExact ? [] : ['a part of '],
    ...allows.slice(0, SHOWN.statements).flatMap((one, i) => [...i === 0 ? [] : ['; '], ...permissionsOf(one)]),
    ...more > 0 ? [`; and ${pluralize(more, 'more statement')}`] : [],
    ...allows.length < statements.length ? [', with exceptions'] : [],
    ...because,
  ];
}

function permissionsOf(statement: StatementJson): Part[] {
  return [
    ...listOf(statement, 'Action', 'action', SHOWN.actions),
    ' on ',
    ...listOf(statement, 'Resource', 'resource', SHOWN.resources),
    ...statement.Condition === undefined ? [] : [', with conditions'],
  ];
}

function listOf(statement: StatementJson, element: 'Action' | 'Resource', thing: string, shown: number): Part[] {
  const written = statement[element];
  const excepted = statement[`Not${element}`];
  const values = [written ?? excepted].flat().map(textOfValue);
  const more = values.length - shown;
  return [
    ...written === undefined && excepted !== undefined ? [`all ${thing}s except `] : [],
    ...values.slice(0, shown).flatMap((value, i) => [...i === 0 ? [] : [', '], nameOf(value)]),
    ...more > 0 ? [` and ${pluralize(more, `more ${thing}`)}`] : [],
  ];
}

/** A value may contain deploy-time values: its JSON form is what a policy would have. */
function textOfValue(value: unknown): string {
  const json: unknown = JSON.parse(JSON.stringify(value) ?? '""');
  return typeof json === 'string' ? json : JSON.stringify(json);
}

/** The request of an example. */
export function requestIn({ action, resource, context, missing = [], assumed = [] }: Example): Part[] {
  const pairs = (word: string, list: Example['context']) => list.flatMap(([name, value], i): Part[] => [i === 0 ? word : ', ', nameOf(name), ' = ', nameOf(value)]);
  return [
    nameOf(action), ' on ', nameOf(resource),
    ...pairs(' with ', context),
    ...missing.flatMap((key, i): Part[] => [i === 0 ? ' without ' : ', ', nameOf(key)]),
    ...pairs(', if ', assumed),
  ];
}

/** How much of what the pods had remains. */
export function keptOf({ base, head, kept, undetermined, lost }: PodDifference): string | undefined {
  if (!base || !head || lost.length === 0) { return undefined; }
  const known = undetermined.length > 0 ? ', as far as that is known' : '';
  switch (kept) {
    case 'all': return undefined;
    case 'some': return `The rest of what they had remains${known}.`;
    case 'none': return `Nothing of what they had remains${known}.`;
  }
}

/** Where the association is, on the side that has it. */
export function placeOf({ base, head }: PodDifference): Part[] {
  const side = (head ?? base)!;
  return [nameOf(side.path), ' (', nameOf(side.file === '' ? side.stack : side.file), ')'];
}
