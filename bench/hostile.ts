/**
 * How long the worst policies take that anybody came up with, each read and decided.
 *
 *   npx ts-node --transpileOnly --preferTsExts bench/hostile.ts            about 50,000 inputs
 *   npx ts-node --transpileOnly --preferTsExts bench/hostile.ts numbers    only of the sources with that in their name
 *
 * FC_SEED and FUZZ_RUNS choose other inputs, and how many. Exits with 1 if an input takes too long twice in a row: once may
 * be the machine.
 */
import { answer, HostileInput, inputOf, Source } from '../test/engine/hostile/input';
import { countOf, SOURCES } from '../test/engine/hostile/sources';
import { deepRuns, SEED } from '../test/runs';

const RUNS = deepRuns(50_000, 'FUZZ_RUNS');
/** Milliseconds, as all times here. */
const LIMIT = 100;
const WARM_UP_INPUTS = 20;

function timeOf(input: HostileInput): number {
  const start = process.hrtime.bigint();
  answer(input);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

interface Slow {
  readonly index: number;
  readonly time: number;
  readonly again: number;
}

function measure(source: Source): Slow[] {
  const times: number[] = [];
  const slow: Slow[] = [];
  for (let index = 0; index < countOf(source, RUNS); index++) {
    const input = inputOf(source, SEED, index);
    const time = timeOf(input);
    times.push(time);
    if (time <= LIMIT) { continue; }
    const again = timeOf(input);
    if (again > LIMIT) { slow.push({ index, time, again }); }
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(2).padStart(9);
  console.log(`${source.name.padEnd(38)}${String(times.length).padStart(6)}${quantile(0.5)}${quantile(0.99)}${quantile(1)}`);
  return slow;
}

function show(source: Source, { index, time, again }: Slow): void {
  console.error(`  slow: input ${index} of '${source.name}' took ${time.toFixed(0)} ms, and ${again.toFixed(0)} ms again`);
  console.error(`    ${shortened(inputOf(source, SEED, index))}`);
}

function shortened(input: HostileInput): string {
  const text = JSON.stringify(input);
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text;
}

function main(words: readonly string[]): void {
  const chosen = SOURCES.filter(({ name }) => words.every((word) => name.includes(word)));
  for (const source of SOURCES) {
    for (let index = 0; index < Math.min(WARM_UP_INPUTS, countOf(source, RUNS)); index++) { answer(inputOf(source, SEED + 1, index)); }
  }
  console.log(`Seed ${SEED}, read and decided, in ms`);
  console.log(`${' '.repeat(38)}${['count', ' median', 'p99', 'max'].map((title, i) => title.padStart(i === 0 ? 6 : 9)).join('')}`);
  for (const source of chosen) {
    const slow = measure(source);
    if (slow.length > 0) { process.exitCode = 1; }
    for (const one of slow) { show(source, one); }
  }
}

main(process.argv.slice(2));
