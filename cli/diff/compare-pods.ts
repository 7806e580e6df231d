/**
 * Compares the pods of one service account on both sides: in each case of the conditions of the templates, what they gain, lose and keep, and
 * why. difference-of.ts calls it for each pair; the other files of this folder answer its questions.
 *
 * The cases are those of both sides together: values of stacks that are the same on both sides have the same names, so a condition on a
 * parameter holds on both sides, or on neither.
 * Invariant: `unchanged` is a proof in every case. If two associations of one side may be deployed together, nothing is proven.
 */
import { changedValues } from './changed-values';
import { changesOf, mergeChanges, reasonsOf } from './changes';
import { Gains, gainsOf, shareNothing } from './compare-permissions';
import { deployedIn } from './deployed';
import { Effect, PermissionChange, PodDifference, Side, Undetermined } from './difference';
import { notesOn } from './notes';
import { PairedAssociations } from './pair-associations';
import { PodAccess } from './pod-access';
import { Listed, LoadedBatch, ReadSide } from './read-side';
import { hiddenOnlyIn, HidingPart, sameUnknowns } from './unexamined';
import { capitalize } from '../../lib/analysis/describe';
import { Assumptions } from '../../lib/template/assumptions';
import { inEveryCase } from '../../lib/template/cases';
import { groupBy } from '../../lib/util/group-by';
import { showValue } from '../show-value';

/** What one case shows. */
interface CaseDifference extends Pick<PodDifference, 'gained' | 'lost' | 'kept' | 'notes' | 'undetermined'> {
  readonly base?: Side;
  readonly head?: Side;
  /** Values that may differ between the two sides, in any case. */
  readonly changed: readonly Undetermined[];
}

export interface Sides {
  readonly base: ReadSide;
  readonly head: ReadSide;
}

export function comparePods(pair: PairedAssociations, sides: Sides): PodDifference {
  const batches = { base: batchOf(pair.base, sides.base), head: batchOf(pair.head, sides.head) };
  const hidden = hiddenFrom(pair, sides);
  const cases = inEveryCase((assumptions) => compareIn(assumptions, pair, batches));
  const different = groupBy(cases, ({ value }) => JSON.stringify(value)).size > 1;
  const found = cases.map(({ assumptions, value }) => (different ? under(assumptions.descriptions(), value) : value))
    .map((value) => (hidden.length === 0 ? value
      : { ...value, gained: [], lost: [], notes: [], undetermined: [mayBeHidden(pair, hidden)], changed: [] }));
  const [{ clusterName, namespace, serviceAccount }] = [...pair.head, ...pair.base];
  const all = <T>(select: (one: CaseDifference) => readonly T[]) => unique(found.flatMap(select), (item) => JSON.stringify(item));
  const gained = mergeChanges(all((one) => one.gained));
  const lost = mergeChanges(all((one) => one.lost));
  const undetermined = [...all((one) => one.undetermined), ...all((one) => one.changed)].map(inSentences);
  return {
    cluster: showValue(clusterName),
    namespace: showValue(namespace),
    serviceAccount: showValue(serviceAccount),
    ...sideIn(found, 'base'),
    ...sideIn(found, 'head'),
    effect: effectOf(gained, lost, undetermined),
    gained,
    lost,
    kept: lost.length === 0 ? 'all' : found.every(({ kept }) => kept === 'none') ? 'none' : 'some',
    notes: all((one) => one.notes),
    undetermined,
  };
}

/** What may have the association that one side lacks. */
function hiddenFrom({ base, head }: PairedAssociations, sides: Sides): HidingPart[] {
  if (head.length === 0) { return hiddenOnlyIn(sides.head.hiding, sides.base.hiding); }
  return base.length === 0 ? hiddenOnlyIn(sides.base.hiding, sides.head.hiding) : [];
}

/** Whether there is an association is not certain: it may be in what was not examined. */
function mayBeHidden({ head }: PairedAssociations, hidden: readonly HidingPart[]): Undetermined {
  const more = hidden.length > 1 ? `, and ${hidden.length - 1} more parts` : '';
  return {
    code: 'TemplateNotExamined',
    message: `the association was not found in the ${head.length === 0 ? 'head' : 'base'}, and may be in a part that was not examined: `
      + `${hidden[0].what}${more}`,
    resolution: 'give all templates, as they are deployed',
  };
}

function effectOf(gained: readonly unknown[], lost: readonly unknown[], undetermined: readonly unknown[]): Effect {
  if (gained.length > 0) { return lost.length > 0 ? 'broadened and narrowed' : 'broadened'; }
  if (lost.length > 0) { return 'narrowed'; }
  return undetermined.length > 0 ? 'undetermined' : 'unchanged';
}

function sideIn(cases: readonly CaseDifference[], side: 'base' | 'head'): Partial<Pick<PodDifference, 'base' | 'head'>> {
  const found = cases.map((one) => one[side]).find((one) => one !== undefined);
  return found ? { [side]: found } : {};
}

/** The batch of the associations of one side: those of one service account are in one family. */
function batchOf([first]: readonly Listed[], side: ReadSide): LoadedBatch | undefined {
  return first && side.load(first.batch);
}

interface Batches {
  readonly base?: LoadedBatch;
  readonly head?: LoadedBatch;
}

function compareIn(assumptions: Assumptions, pair: PairedAssociations, { base, head }: Batches): CaseDifference {
  const [before, after] = [deployedIn(assumptions, pair.base, base), deployedIn(assumptions, pair.head, head)];
  const isSameUnknown = sameUnknowns(base?.templates, head?.templates, propertiesOf(before.access) === propertiesOf(after.access));
  const [lost, gained] = [gainsOf(after.access, before.access, isSameUnknown), gainsOf(before.access, after.access, isSameUnknown)];
  const isChanged = [gained, lost].some(({ gains, reasons }) => gains.length + reasons.length > 0);
  const changed = changedValues(before.access, after.access, assumptions, base?.templates, head?.templates);
  const undetermined = [
    ...before.undetermined,
    ...after.undetermined,
    ...inTrust(before.access, after.access),
    ...reasonsOf('gained', gained),
    ...reasonsOf('lost', lost),
    ...isChanged ? after.rejections : [],
  ];
  const result = {
    ...before.side && { base: before.side },
    ...after.side && { head: after.side },
    gained: changesOf(gained, 'gained', before.access, after.access),
    lost: changesOf(lost, 'lost', after.access, before.access),
    kept: keptOf(lost, before.access, after.access),
    undetermined,
    changed,
  };
  return { ...result, notes: notesOn(before, after, { ...result, undetermined: [...undetermined, ...changed] }, pair) };
}

function propertiesOf({ association }: PodAccess): string | undefined {
  return association && JSON.stringify(association.ref.resource.Properties);
}

function inTrust(before: PodAccess, after: PodAccess): Undetermined[] {
  if (before.none || after.none || before.trust.text === after.trust.text || (before.trust.isCertain && after.trust.isCertain)) { return []; }
  return [{
    code: 'TrustPolicy',
    message: 'the trust policies of the roles differ, and whether EKS can assume them depends on conditions that are decided at run time',
    resolution: 'review the trust policies',
  }];
}

function keptOf({ gains }: Gains, before: PodAccess, after: PodAccess): PodDifference['kept'] {
  return gains.length === 0 ? 'all' : shareNothing(before, after) ? 'none' : 'some';
}

function under(descriptions: readonly string[], value: CaseDifference): CaseDifference {
  if (descriptions.length === 0) { return value; }
  const where = `If ${descriptions.join(' and ')}: `;
  const inCase = (changes: readonly PermissionChange[]) => changes.map((change) => ({ ...change, causes: `${where}${change.causes}` }));
  return {
    ...value,
    gained: inCase(value.gained),
    lost: inCase(value.lost),
    notes: value.notes.map((note) => `${where}${note}`),
    undetermined: value.undetermined.map((one) => ({ ...one, message: `${where}${one.message}` })),
  };
}

/** Formats write the message and the resolution one after the other. */
function inSentences(one: Undetermined): Undetermined {
  return { ...one, message: sentence(one.message), resolution: sentence(one.resolution) };
}

/** Names at the beginning keep their case. */
function sentence(text: string): string {
  const whole = /^[a-z]+,? /.test(text) ? capitalize(text) : text;
  return whole === '' || /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item] as const)).values()];
}
