/**
 * Checks a verdict on a hostile input against the evaluator: each witness has to exceed, and if the verdict is that
 * nothing exceeds, no sampled request may.
 */
import { HostileInput } from './input';
import { Verdict } from '../../../lib/engine';
import { BoundaryRequests } from '../../boundary-requests';
import { Dice } from '../../dice';
import { PolicyDocument, Reading, Request } from '../../oracle/evaluate';
import { aboutAction, Compared, exceedsFor, isRequestResource, readingsFor, statementsOf } from '../../oracle/readings';

/** The number of requests near the boundaries of two policies that are sampled if the verdict is that nothing exceeds. */
const SAMPLES = 20;

export interface Counts {
  unreadable: number;
  narrows: number;
  exceeds: number;
  undetermined: number;
  /** Witnesses that were replayed. */
  witnesses: number;
  /** Sampled requests, and those of them that the session policy allows. */
  sampled: number;
  /** Requests about which the evaluator has no answer: a range that is none, say. */
  unanswered: number;
}

/** The documents as the evaluator takes them. */
function comparedIn({ session, identity }: HostileInput): Compared {
  return { session: session as unknown as PolicyDocument, identity: identity as unknown as readonly PolicyDocument[] };
}

/** Whether the request exceeds; `undefined` if the evaluator has no answer. */
function exceeds(compared: Compared, request: Request, reading: Reading): boolean | undefined {
  try {
    return exceedsFor(compared, request, reading);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) { return undefined; } // of `BigInt`: no address, or no range
    throw error;
  }
}

/** What is wrong with the verdict, if anything is. */
export function wrongIn(input: HostileInput, verdict: Verdict, dice: Dice, counts: Counts): unknown {
  const compared = comparedIn(input);
  if (verdict.kind === 'exceeds') {
    return verdict.excesses.length === 0
      ? 'no excess'
      : firstOf(verdict.excesses, ({ witness }) => wrongWitness(compared, witness, counts));
  }
  return verdict.kind === 'narrows' ? sampledExcess(compared, dice, counts) : undefined;
}

function wrongWitness(compared: Compared, { action, resource, context }: Request, counts: Counts): unknown {
  const request: Request = { action, resource, context };
  counts.witnesses++;
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9][A-Za-z0-9-]*$/.test(action) || !isRequestResource(resource)) {
    return { request: shown(request), wrong: 'no request' };
  }
  const about = aboutAction(compared, action);
  const results = readingsFor(about, request).map((reading) => ({ reading, result: exceeds(about, request, reading) }));
  if (results.some(({ result }) => result === undefined)) { counts.unanswered++; }
  const failing = results.find(({ result }) => result === false);
  return failing && { request: shown(request), failing: failing.reading };
}

/** A request that exceeds although nothing should. */
function sampledExcess(compared: Compared, dice: Dice, counts: Counts): unknown {
  if (!statementsOf(compared.session).some(({ Effect }) => Effect === 'Allow')) { return undefined; }
  const near = new BoundaryRequests(compared, dice);
  const severalValues = keysWithSeveralValues(compared);
  for (let i = 0; i < SAMPLES; i++) {
    const request = withSingleValues(near.request(), severalValues);
    const about = aboutAction(compared, request.action);
    const reading = dice.pick(readingsFor(about, request).filter((r) => isPlausible(r, about)));
    counts.sampled++;
    const result = exceeds(about, request, reading);
    if (result === undefined) { counts.unanswered++; }
    if (result) { return { request: shown(request), reading }; }
  }
  return undefined;
}

/** Set operators are for keys that have several values, and only they are. */
function keysWithSeveralValues({ session, identity }: Compared): ReadonlySet<string> {
  return new Set([
    'aws:tagkeys',
    ...[session, ...identity].flatMap(statementsOf).flatMap((s) => Object.entries(s.Condition ?? {}))
      .flatMap(([operator, keys]) => (operator.includes(':') ? Object.keys(keys).map((key) => key.toLowerCase()) : [])),
  ]);
}

function withSingleValues(request: Request, severalValues: ReadonlySet<string>): Request {
  const context = [...request.context].flatMap(([key, value]): Array<[string, string | readonly string[]]> => (
    typeof value === 'string' || severalValues.has(key) ? [[key, value]] : value.slice(0, 1).map((one) => [key, one])));
  return { ...request, context: new Map(context) };
}

/** If Resource were ignored for a Deny as well, one denial of any resource would make every comparison fail. */
function isPlausible(reading: Reading, { session, identity }: Compared): boolean {
  return reading.starResource === 'as text'
    || [session, ...identity].flatMap(statementsOf).every(({ Effect }) => Effect === 'Allow');
}

function firstOf<T>(items: readonly T[], of: (item: T) => unknown): unknown {
  for (const item of items) {
    const result = of(item);
    if (result !== undefined) { return result; }
  }
  return undefined;
}

function shown({ action, resource, context }: Request): unknown {
  return { action, resource, context: [...context] };
}
