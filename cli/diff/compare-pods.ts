/**
 * Compares the pods of one service account on both sides: in each case of the conditions of the templates, what they gain, lose and keep, and
 * why. difference-of.ts calls it for each pair; the other files of this folder answer its questions.
 *
 * The cases are those of both sides together: values of stacks that are the same on both sides have the same names, so a condition on a
 * parameter holds on both sides, or on neither.
 * Invariant: `unchanged` is a proof in every case. If two associations of one side may be deployed together, nothing is proven.
 */
import { Direction, causesOf } from './causes';
import { changedValues } from './changed-values';
import { Gain, Gains, gainsOf, shareNothing } from './compare-permissions';
import { Effect, Example, PermissionChange, PodDifference, Side, Undetermined } from './difference';
import { notesOn } from './notes';
import { PairedAssociations } from './pair-associations';
import { accessOf, NO_ASSOCIATION, PodAccess } from './pod-access';
import { Listed, LoadedBatch, ReadSide } from './read-side';
import { rejectionsOf } from './rejections';
import { hiddenOnlyIn, HidingPart, sameUnknowns } from './unexamined';
import { nameOfRole } from '../../lib/analysis/describe';
import { Statement, statementAsJson } from '../../lib/engine';
import { Association, isDeployed } from '../../lib/template/associations';
import { Assumptions } from '../../lib/template/assumptions';
import { inEveryCase } from '../../lib/template/cases';
import { groupBy } from '../../lib/util/group-by';
import { showValue } from '../show-value';

/** What one case shows. */
interface CaseDifference extends Pick<PodDifference, 'gained' | 'lost' | 'kept' | 'notes' | 'undetermined'> {
  readonly base?: Side;
  readonly head?: Side;
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
    .map((value) => (hidden.length > 0 ? { ...value, gained: [], lost: [], notes: [], undetermined: [mayBeHidden(pair, hidden)] } : value));
  const [{ clusterName, namespace, serviceAccount }] = [...pair.head, ...pair.base];
  const all = <T>(select: (one: CaseDifference) => readonly T[]) => unique(found.flatMap(select), (item) => JSON.stringify(item));
  const gained = merged(all((one) => one.gained));
  const lost = merged(all((one) => one.lost));
  const undetermined = all((one) => one.undetermined);
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
    message: `in what was read of the ${head.length === 0 ? 'head' : 'base'}, there is no such association, and it may be in what was not examined: `
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
  const isSameUnknown = sameUnknowns(base, head);
  const [lost, gained] = [gainsOf(after.access, before.access, isSameUnknown), gainsOf(before.access, after.access, isSameUnknown)];
  const isChanged = [gained, lost].some(({ gains, reasons }) => gains.length + reasons.length > 0);
  const undetermined = [
    ...before.undetermined,
    ...after.undetermined,
    ...inTrust(before.access, after.access),
    ...reasonsOf('gained', gained),
    ...reasonsOf('lost', lost),
    ...changedValues(before.access, after.access, base?.templates, head?.templates),
    ...isChanged ? after.rejections : [],
  ];
  const result = {
    ...before.side && { base: before.side },
    ...after.side && { head: after.side },
    gained: changesOf(gained, 'gained', before.access, after.access),
    lost: changesOf(lost, 'lost', after.access, before.access),
    kept: keptOf(lost, before.access, after.access),
    undetermined,
  };
  return { ...result, notes: notesOn(before, after, result, pair) };
}

/** The association of one side that is deployed in a case. */
export interface Deployed {
  readonly side?: Side;
  readonly access: PodAccess;
  readonly undetermined: readonly Undetermined[];
  readonly rejections: readonly Undetermined[];
}

function deployedIn(assumptions: Assumptions, listed: readonly Listed[], batch: LoadedBatch | undefined): Deployed {
  const nothing: Deployed = { access: NO_ASSOCIATION, undetermined: [], rejections: [] };
  if (!batch) { return nothing; }
  const context = batch.contexts.in(assumptions);
  const found = listed.flatMap((one) => {
    const ref = batch.refOf(one);
    const deployed = isDeployed(ref, context.evaluator);
    return deployed === false ? [] : [{ one, deployed, association: context.association(ref) }];
  });
  if (found.length === 0) { return nothing; }
  const [{ one, association }] = found;
  return {
    side: sideOf(one, association),
    access: accessOf(association, context),
    rejections: rejectionsOf(association, context),
    undetermined: [
      ...found.length > 1 ? [duplicate(found.map((each) => each.association.path))] : [],
      ...found.some(({ deployed }) => deployed === undefined) ? [conditional(association.path)] : [],
    ],
  };
}

function duplicate(paths: readonly string[]): Undetermined {
  return {
    code: 'DuplicateAssociation',
    message: `${paths.join(' and ')} are associations of the same service account; EKS accepts one of them, and which one is not certain`,
    resolution: 'remove all of them but one',
  };
}

function conditional(path: string): Undetermined {
  return {
    code: 'UnknownValue',
    message: `whether ${path} is deployed depends on a condition that could not be told`,
    resolution: 'write the condition with parameters and literal values only',
  };
}

function sideOf({ path, logicalId, entry, file, stack }: Listed, { role, targetRole, policy }: Association): Side {
  return {
    path,
    logicalId,
    ...entry !== undefined && { entry },
    file,
    stack,
    role: nameOfRole(role),
    ...targetRole && { targetRole: nameOfRole(targetRole) },
    hasSessionPolicy: policy !== undefined,
  };
}

function inTrust(before: PodAccess, after: PodAccess): Undetermined[] {
  if (before.none || after.none || before.trust.text === after.trust.text || (before.trust.isCertain && after.trust.isCertain)) { return []; }
  return [{
    code: 'TrustPolicy',
    message: 'the trust policies of the roles differ, and whether EKS can assume them depends on conditions that are decided at run time',
    resolution: 'review the trust policies',
  }];
}

function reasonsOf(direction: Direction, { reasons }: Gains): Undetermined[] {
  const what = direction === 'gained' ? 'whether the pods gain permissions is not certain' : 'whether the pods lose permissions is not certain';
  return reasons.map(({ code, message, resolution }) => ({ code, message: `${what}: ${message}`, resolution: RESOLUTIONS[code] ?? resolution }));
}

/** What resolves it, where the engine speaks of a session policy and a role: here they are the two sides. */
const RESOLUTIONS: Readonly<Record<string, string>> = {
  Budget: 'split the statement, or list fewer actions and resources',
  Condition: 'review the conditions, or write them alike in base and head',
  Deny: 'review the Deny statement, or write it alike in base and head',
  PartialOverlap: 'review the statements, or write their resources alike in base and head',
  UndocumentedRequest: 'review the statements',
  UnknownValue: 'write the value out, or use the same value in base and head',
};

function changesOf({ gains }: Gains, direction: Direction, lacking: PodAccess, having: PodAccess): PermissionChange[] {
  return merged(gains.map((gain): PermissionChange => ({
    statements: gain.statements.map(asJson),
    isExact: gain.isExact,
    example: exampleOf(gain),
    ...causesOf(gain, direction, lacking, having),
  })));
}

function asJson(statement: Statement): ReturnType<typeof statementAsJson> {
  // Values print as their labels.
  return JSON.parse(JSON.stringify(statementAsJson({ ...statement, sid: undefined }))) as ReturnType<typeof statementAsJson>;
}

/** One change for each cause, with the statements of all. The first example is enough. */
function merged(changes: readonly PermissionChange[]): PermissionChange[] {
  return [...groupBy(changes, ({ causes }) => causes).values()].map((same) => {
    const statements = unique(same.flatMap((one) => one.statements), (one) => JSON.stringify(one));
    const ofEffect = (effect: string) => statements.filter(({ Effect: of }) => of === effect);
    return { ...same[0], statements: [...ofEffect('Allow'), ...ofEffect('Deny')], isExact: same.every(({ isExact }) => isExact) };
  });
}

function exampleOf({ witness: { action, resource, context, missing, keyNames, assumed } }: Gain): Example {
  const named = (key: string) => keyNames.get(key) ?? key;
  return {
    action,
    resource,
    context: [...context].map(([key, value]) => [named(key), [value].flat().join(', ')] as const),
    ...missing.length > 0 && { missing: missing.map(named) },
    ...assumed.size > 0 && { assumed: [...assumed] },
  };
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

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item] as const)).values()];
}
