import * as fs from 'fs';
import { Counts, wrongIn } from './check-verdict';
import { KINDS } from './decide';
import { answer, diceOf, HostileInput, inputOf, Source } from './input';
import { countOf, SOURCES } from './sources';
import { LONG_SEARCH, runs, SEED, VERBOSE } from '../../runs';

// Whatever a policy says, a decision ends, ends without an exception, and is right. No test here looks at a clock: what takes
// too long takes too many steps, and the engine counts those. bench/hostile.ts measures hostile inputs.

const RUNS = runs(500, 50_000, 'FUZZ_RUNS');

jest.setTimeout(LONG_SEARCH);

/** The number of failures of a source that are shown. */
const SHOWN = 3;

interface Timed {
  readonly source: string;
  readonly index: number;
  readonly milliseconds: number;
}

const tally = new Map<string, Counts>();
let slowest: readonly Timed[] = [];

function shortened(input: HostileInput): string {
  const text = JSON.stringify(input);
  return text.length > 3000 ? `${text.slice(0, 3000)}…` : text;
}

/** What goes wrong with the input, if anything does. */
function failureOf(source: Source, index: number, counts: Counts): unknown {
  const input = inputOf(source, SEED, index);
  try {
    const start = performance.now();
    const { verdict, readable } = answer(input);
    noteTime({ source: source.name, index, milliseconds: performance.now() - start });
    if (!KINDS.includes(verdict.kind)) { return { index, verdict, input: shortened(input) }; }
    if (readable) { counts[verdict.kind]++; } else { counts.unreadable++; }
    const wrong = readable && !source.symbolic
      ? wrongIn(input, verdict, diceOf(index, SEED, 'requests', source.name), counts) ?? wrongAboutItself(input)
      : undefined;
    return wrong && { index, kind: verdict.kind, wrong, input: shortened(input) };
  } catch (error) {
    return { index, thrown: error instanceof Error ? error.stack : error, input: shortened(input) };
  }
}

/** A policy never exceeds itself. */
function wrongAboutItself({ session }: HostileInput): unknown {
  return answer({ session, identity: [session] }).verdict.kind === 'exceeds' ? 'exceeds itself' : undefined;
}

function noteTime(timed: Timed): void {
  if (slowest.length < 5 || timed.milliseconds > slowest[4].milliseconds) {
    slowest = [...slowest, timed].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  }
}

/** Past jest, which would show where it was written from as well. */
function print(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

describe('Inputs at random', () => {
  const prototypes = [Object, Array, String, Number, Boolean, Function, Map, Set, RegExp].map(
    (type) => type.prototype as object,
  );
  const own = () => prototypes.map((prototype) => Reflect.ownKeys(prototype));
  const before = own();

  test.each(SOURCES.map((source): [string, Source] => [source.name, source]))('%s', (name, source) => {
    const counts: Counts = {
      unreadable: 0, narrows: 0, exceeds: 0, undetermined: 0, witnesses: 0, sampled: 0, unanswered: 0,
    };
    tally.set(name, counts);
    const failures: unknown[] = [];
    for (let index = 0; index < countOf(source, RUNS) && failures.length < SHOWN; index++) {
      const failure = failureOf(source, index, counts);
      if (failure !== undefined) { failures.push(failure); }
    }
    expect(failures).toEqual([]);
  });

  test('leave the prototypes as they were', () => {
    expect(own()).toEqual(before);
    expect(Object.keys({}).length + Object.keys([]).length).toBe(0);
  });

  test('meet each verdict, and documents that cannot be read', () => {
    const total = (of: keyof Counts) => [...tally.values()].reduce((sum, counts) => sum + counts[of], 0);
    const parts = (['unreadable', 'narrows', 'exceeds', 'undetermined'] as const).map((of) => total(of));
    const inputs = parts.reduce((a, b) => a + b);
    expect(parts.filter((count) => count / inputs < 0.05)).toEqual([]);
  });

  afterAll(() => {
    print(`hostile inputs with FC_SEED=${SEED}:`);
    for (const [name, counts] of tally) { print(`  ${name}: ${JSON.stringify(counts)}`); }
    if (VERBOSE) {
      for (const { source, index, milliseconds } of slowest) {
        print(`  slow: ${milliseconds.toFixed(1)} ms, input ${index} of '${source}'`);
      }
    }
  });
});
