/**
 * Main file of this folder: the difference of two deployments with what every format reports: which service accounts count for the
 * exit code, the verdict, the counts, and the groups of service accounts to which the same happens. Each format has a writer (text.ts,
 * json.ts, markdown.ts, sarif.ts; cli/html for HTML).
 * Invariant: what is undetermined is never counted as unchanged, and never as a loss only.
 */
import type { FailOn } from './options';
import { groupBy } from '../../lib/util/group-by';
import type { Cause, Difference, PermissionChange, PodDifference, Side } from '../diff/difference';
import type { Region } from '../templates/positions';

/** One of the two that were compared. */
export interface GivenSide {
  /** The name that the user gave. */
  readonly name: string;
  /** What precedes the paths of files in messages: the revision that they are of. Empty for files of the working directory. */
  readonly prefix: string;
}

export interface DiffReport extends Difference {
  readonly given: { readonly base: GivenSide; readonly head: GivenSide };
  readonly failOn: FailOn;
  /** What could not be read of a cluster, and why: one sentence each. */
  readonly notRead: readonly string[];
  /** Finds a property of an association in the files of the head; the association itself if it has none. */
  readonly positionOf?: (side: Side, property: string) => Region | undefined;
}

/** What happens to the permissions of pods, from the worst on. */
export const CHANGES = ['broadened', 'undetermined', 'narrowed', 'unchanged'] as const;
export type Change = (typeof CHANGES)[number];

/** A pod that gains something is broadened, whatever it loses. One that only loses may still gain if that is not determined. */
export function changeOf(pod: PodDifference): Change {
  const { gained, lost, effect, undetermined } = pod;
  if (gained.length > 0 || effect === 'broadened' || effect === 'broadened and narrowed') { return 'broadened'; }
  const isNarrowed = lost.length > 0 || effect === 'narrowed';
  if (isNarrowed && !isOpen(pod, 'gained')) { return 'narrowed'; }
  if (undetermined.length > 0 || effect === 'undetermined') { return 'undetermined'; }
  return isNarrowed ? 'narrowed' : 'unchanged';
}

/** Whether it is undetermined what the pods gain, or what they lose. */
export function isOpen({ effect, undetermined }: PodDifference, asked: 'gained' | 'lost'): boolean {
  return undetermined.length === 0 ? effect === 'undetermined' : undetermined.some(({ direction = asked }) => direction === asked);
}

/** Whether the command fails on it. */
export function counts(pod: PodDifference, failOn: FailOn): boolean {
  const change = changeOf(pod);
  if (failOn !== 'broadening') { return failOn === 'change' && change !== 'unchanged'; }
  return change === 'broadened' || (change === 'undetermined' && isOpen(pod, 'gained'));
}

export interface Counts {
  readonly all: number;
  readonly gain: number;
  readonly lose: number;
  readonly undetermined: number;
  readonly unchanged: number;
}

/** A service account can gain, lose and be undetermined. */
export function countsOf({ pods }: Pick<DiffReport, 'pods'>): Counts {
  const number = (is: (pod: PodDifference) => boolean) => pods.filter(is).length;
  return {
    all: pods.length,
    gain: number(({ gained, effect }) => gained.length > 0 || effect.startsWith('broadened')),
    lose: number(({ lost, effect }) => lost.length > 0 || effect.endsWith('narrowed')),
    undetermined: number(({ undetermined, effect }) => undetermined.length > 0 || effect === 'undetermined'),
    unchanged: number((pod) => changeOf(pod) === 'unchanged'),
  };
}

/** The worst change. */
export function worstOf({ pods }: Pick<DiffReport, 'pods'>): Change {
  const found = new Set(pods.map(changeOf));
  return CHANGES.find((change) => found.has(change)) ?? 'unchanged';
}

/** Whether something could not be read, or was not examined: there may be more service accounts. */
export function isPartial({ base, head, unexamined, notRead }: DiffReport): boolean {
  return base.unreadable.length + head.unreadable.length + unexamined.length + notRead.length > 0;
}

/** Service accounts to which the same happens. */
export interface Group {
  readonly change: Change;
  readonly pods: readonly [PodDifference, ...PodDifference[]];
}

/** The groups, from the worst change on; within a change in the order of the difference. Unchanged ones only if there is a note. */
export function groupsIn({ pods }: Pick<DiffReport, 'pods'>): Group[] {
  const shown = pods.filter((pod) => changeOf(pod) !== 'unchanged' || pod.notes.length > 0);
  const groups = [...groupBy(shown, sameness).values()].map((same) => (
    { change: changeOf(same[0]), pods: same as [PodDifference, ...PodDifference[]] }));
  return CHANGES.flatMap((change) => groups.filter((group) => group.change === change));
}

/** What service accounts of a group have in common. Requests that are examples, and the names of constructs, may differ. */
function sameness({ base, head, effect, gained, lost, kept, notes, undetermined }: PodDifference): string {
  const roles = [base, head].map((side) => side && [side.role, side.targetRole, side.hasSessionPolicy]);
  const changes = [gained, lost].map((list) => list.map(({ statements, isExact, cause, causes }) => [statements, isExact, cause, causes]));
  return JSON.stringify([roles, effect, changes, kept, notes, undetermined]);
}

const PROPERTIES: { readonly [cause in Cause]?: string } = { 'session policy': 'Policy', 'session tags': 'DisableSessionTags', 'another role': 'RoleArn' };

/** The position of what changed in the head: the property of the association if that is what changed, or the association. */
export function positionIn({ positionOf }: Pick<DiffReport, 'positionOf'>, { head }: PodDifference, change?: PermissionChange): Region | undefined {
  return head && positionOf?.(head, (change && PROPERTIES[change.cause]) ?? '');
}
