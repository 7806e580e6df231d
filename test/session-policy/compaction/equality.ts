/**
 * Whether a compacted session policy has the effect of the written one, by the evaluator that shares no code with the engine
 * (test/oracle). Compaction proves its results with the engine; this is the second opinion.
 */
import { CompactionRequests, isAskedOnStar } from './requests';
import { actionFacts } from '../../../lib/reference/action-facts';
import { CompactionMode } from '../../../lib/session-policy/compaction/compact';
import { ResolvedStatement } from '../../../lib/session-policy/minimize';
import { Dice } from '../../dice';
import {
  DEFAULT_READING, evaluate, PolicyDocument, Reading, Request, roleAllows, StatementDocument,
} from '../../oracle/evaluate';
import { aboutAction, Compared, documentsOf, listOf, readingsFor, statementsOf } from '../../oracle/readings';

/** What must be equal, in which requests. */
export interface Comparison {
  readonly written: readonly ResolvedStatement[];
  readonly compacted: readonly ResolvedStatement[];
  readonly mode: CompactionMode;
  /** Only the mode `role` depends on it. */
  readonly identity?: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

export interface Difference {
  readonly request: Request;
  readonly reading: Reading;
  /** Whether each allows the request; together with the role if the mode is `role`. */
  readonly written: boolean;
  readonly compacted: boolean;
}

export interface Sample {
  readonly requests: number;
  /** How many of them the written policy allows. */
  readonly allowed: number;
  readonly difference?: Difference;
}

export function documentOf(statements: readonly ResolvedStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements as unknown as readonly StatementDocument[] };
}

/** Compares the answers of both policies to random requests. */
export function sample(comparison: Comparison, requests: number, seed: number): Sample {
  const { mode } = comparison;
  const [written, compacted] = [documentOf(comparison.written), documentOf(comparison.compacted)];
  const { identity = [], boundary }: Partial<Comparison> = mode === 'role' ? comparison : {};
  const role = [...identity, ...(boundary ? [boundary] : [])];
  const dice = new Dice(seed);
  const source = new CompactionRequests({ written, compacted, role }, dice);
  let allowed = 0;
  for (let i = 1; i <= requests; i++) {
    const request = mode === 'none' || mode === 'lossless' ? source.any() : source.ofAws();
    const both = aboutAction({ session: written, identity: [compacted] }, request.action);
    const layers = aboutAction({ session: written, identity, boundary }, request.action);
    const compared = { ...layers, identity: [...both.identity, ...layers.identity] };
    const reading = readingOf(compared, request, mode, dice);
    const allows = (session: PolicyDocument) => evaluate([session], request, reading) === 'allow'
      && (mode !== 'role' || roleAllows(layers.identity, layers.boundary, request, reading));
    const answers = { written: allows(both.session), compacted: allows(both.identity[0]) };
    if (answers.written) { allowed++; }
    if (answers.written !== answers.compacted) {
      return { requests: i, allowed, difference: { request, reading, ...answers } };
    }
  }
  return { requests, allowed };
}

/** Half of the time one of the ways to read what AWS leaves open, of those that make a difference to the request. */
function readingOf(about: Compared, request: Request, mode: CompactionMode, dice: Dice): Reading {
  if (dice.chance(50)) { return DEFAULT_READING; }
  const mayIgnore = mayIgnoreResource(about, request, mode);
  return dice.pick(readingsFor(about, request).filter(({ starResource }) => starResource === 'as text' || mayIgnore));
}

/** Whether Resource may be ignored for a request on `*`. */
function mayIgnoreResource(about: Compared, { action, resource }: Request, mode: CompactionMode): boolean {
  const statements = documentsOf(about).flatMap(statementsOf);
  // Otherwise a Deny statement of any resource would deny everything.
  if (resource !== '*' || statements.some(({ Effect }) => Effect !== 'Allow')) { return false; }
  if (mode === 'none' || mode === 'lossless') { return true; }
  // By the guide, this holds for actions without types, on resources of their service. For some, it is known what AWS asks about.
  const [service] = action.split(':');
  const resources = statements.flatMap(({ Resource, NotResource }) => [...listOf(Resource), ...listOf(NotResource)]);
  return isAskedOnStar(action) === undefined && actionFacts(action)?.types.length === 0
    && resources.every((pattern) => pattern === '*' || pattern.startsWith(`arn:aws:${service}:`));
}
