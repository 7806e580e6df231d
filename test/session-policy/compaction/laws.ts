/** The laws of compaction: what each mode must keep, for any session policy. */
import { CorpusEntry } from './corpus';
import { Difference, documentOf, sample } from './equality';
import { GrantedStatements } from './grant-statements';
import { layersOf } from './layers';
import { Budget } from '../../../lib/engine';
import { compact, Compacted, CompactionMode } from '../../../lib/session-policy/compaction/compact';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';
import { Dice } from '../../dice';

export const MODES = ['none', 'lossless', 'catalog', 'role'] as const;

/** A law that an entry of the corpus breaks. */
export interface Breach {
  readonly law: string;
  readonly mode: CompactionMode;
  readonly entry: CorpusEntry;
  readonly compacted: readonly ResolvedStatement[];
  readonly difference?: Difference;
  readonly expected?: readonly ResolvedStatement[];
}

export interface Tally {
  readonly breaches: readonly Breach[];
  readonly requests: number;
  readonly allowed: number;
}

export function lengthOf(statements: readonly ResolvedStatement[]): number {
  return JSON.stringify(documentOf(statements)).length;
}

/** The laws hold for a search that is not ended. */
const UNLIMITED = new Budget(Infinity);

export function compactEntry(
  { identity, boundary, written }: CorpusEntry, mode: CompactionMode, statements = written,
): Compacted {
  return compact(statements, mode, mode === 'role' ? { layers: layersOf(identity, boundary), budget: UNLIMITED } : {});
}

/** Tries every law with an entry in every mode; `requests` for each mode that changes something. */
export function tryLaws(
  entry: CorpusEntry, requests: number, seed: number, modes: readonly CompactionMode[] = MODES,
): Tally {
  const breaches: Breach[] = [];
  const total = { requests: 0, allowed: 0 };
  const dice = new Dice(seed);
  let before: readonly ResolvedStatement[] = entry.written;
  for (const mode of modes) {
    const { statements: compacted } = compactEntry(entry, mode);
    const breach = (law: string, more: Partial<Breach> = {}) => breaches.push({ law, mode, entry, compacted, ...more });
    if (lengthOf(compacted) > lengthOf(before)) { breach('not longer than the mode before', { expected: before }); }
    const again = compactEntry(entry, mode, compacted).statements;
    if (JSON.stringify(again) !== JSON.stringify(compacted)) { breach('idempotent', { expected: again }); }
    const reordered = compactEntry(entry, mode, shuffled(entry.written, dice)).statements;
    if (JSON.stringify(reordered) !== JSON.stringify(compacted)) {
      breach('order-independent', { expected: reordered });
    }
    // What is equal to the mode before has the effect that was tried there.
    if (JSON.stringify(compacted) !== JSON.stringify(before)) {
      const { difference, ...counted } = sample({ ...entry, compacted, mode }, requests, seed);
      total.requests += counted.requests;
      total.allowed += counted.allowed;
      if (difference) { breach('equal effect', { difference }); }
    }
    before = compacted;
  }
  return { breaches, ...total };
}

/**
 * Tries the laws with a policy that has CloudFormation's intrinsics. It is compacted before anyone knows their values, and compared
 * as deployed. Without the role: its policies have the same intrinsics only if they are in the same template.
 */
export function tryWithIntrinsics(granted: GrantedStatements, requests: number, seed: number): Tally {
  const { name, statements, deployed, deploy } = granted;
  const entry: CorpusEntry = { name, written: deployed, identity: [] };
  const breaches: Breach[] = [];
  const total = { requests: 0, allowed: 0 };
  let before = deployed;
  for (const mode of ['none', 'lossless', 'catalog'] as const) {
    const compacted = deploy(compact(statements, mode).statements);
    if (lengthOf(compacted) > lengthOf(before)) {
      breaches.push({ law: 'not longer than the mode before', mode, entry, compacted, expected: before });
    }
    const { difference, ...counted } = sample({ written: deployed, compacted, mode }, requests, seed);
    total.requests += counted.requests;
    total.allowed += counted.allowed;
    if (difference) { breaches.push({ law: 'equal effect', mode, entry, compacted, difference }); }
    before = compacted;
  }
  return { breaches, ...total };
}

/** The statements, and the values in their lists, in another order. */
function shuffled(statements: readonly ResolvedStatement[], dice: Dice): ResolvedStatement[] {
  const anyOrder = <T>(list: readonly T[]) => dice.sample(list, list.length);
  return anyOrder(statements).map((statement) => Object.fromEntries(
    Object.entries(statement).map(([element, value]) => [element, Array.isArray(value) ? anyOrder(value) : value]),
  ));
}
