/**
 * How the time to parse a template grows with its size, whatever the template repeats: four times the size in about four times
 * as long. Ratios within one run.
 *
 *   npm run bench:parse              the table and 150 generated repetitions
 *   npm run bench:parse -- --smoke   only the table
 *
 * Exits with 1 if one grows faster at each of three sizes: once may be the machine, or the collector of garbage.
 */
import * as fc from 'fast-check';
import { parse } from '../cli/templates/parse';
import { SEED } from '../test/runs';

/** Returns the milliseconds of the processor, which other programs disturb less than the clock. */
function timeOf(text: string): number {
  const start = process.cpuUsage();
  try {
    parse(text, 'f');
  } catch { /* most of it is not YAML */ }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Four times the size takes 16 times as long if the time grows with the square. Some linear ones also collect garbage. */
const LINEAR = 8;
/** Below so many milliseconds, one collection of garbage is a multiple of what is measured. */
const LEAST_TIME = 20;
const GENERATED = 150;

/** Returns how much longer 4n repetitions take than n, at the size that shows the least: others may be noise. */
function growthOf(text: (n: number) => string): number {
  let n = 4000;
  while (timeOf(text(n)) < 40 && n < 60_000) { n *= 2; }
  const best = (size: number) => Math.min(...[1, 2, 3].map(() => timeOf(text(size))));
  const ratio = (size: number) => best(4 * size) / Math.max(best(size), LEAST_TIME);
  return [n, 2 * n, 4 * n].reduce((least, size) => (least < LINEAR ? least : Math.min(least, ratio(size))), Infinity);
}

const repeated = (before: string, unit: string, after: string) => (n: number) => before + unit.repeat(n) + after;
const numbered = (before: string, unit: (i: number) => string, after: string) => (n: number) => (
  before + Array.from({ length: n }, (_, i) => unit(i)).join('') + after);

const REPEATED: ReadonlyArray<[string, (n: number) => string]> = [
  ['empty lines', repeated('', '\n', 'a: &a 1')],
  ['empty lines of Windows', repeated('', '\r\n', 'a: &a 1')],
  ['empty lines in a string', repeated('a: "b\n', '\n', '  c"')],
  ['comments', repeated('a: &a 1\n', '# c\n', 'b: 1')],
  ['comments in a map', repeated('a: &a 1\nb:\n', '  # c\n', '  c: 1')],
  ['names', numbered('a: &a 1\n', (i) => `k${i}: 1\n`, '')],
  ['names of a flow map', numbered('a: &a {', (i) => `k${i}: 1, `, '}')],
  ['anchors', numbered('a: [', (i) => `&a${i} 1, `, ']')],
  ['aliases', repeated('a: &a 1\nb: [', '*a, ', ']')],
  ['anchors and aliases', numbered('a: [', (i) => `&a${i} 1, *a${i}, `, ']')],
  ['tags', repeated('a: ', '!a ', '')],
  ['items', repeated('a: &a [', 'b, ', ']')],
  ['items in lines', repeated('a: &a\n', '- b\n', '')],
  ['lines of a block', repeated('a: &a |\n', '  b\n', '')],
  ['lines of a string', repeated('a: &a b\n', '  c\n', '')],
  ['keys', repeated('a: &a 1\nb:\n', '  ? c\n', '')],
  ['brackets', repeated('a: ', '] ', '')],
  ['directives', repeated('', '%YAML 1.2\n', '---\na: 1')],
  ['documents', repeated('', '---\n', 'a: 1')],
  ['errors', repeated('a: [', '@ ', ']')],
  ['JSON', repeated('{"a": [', '{"b": [1]}, ', '1]}')],
  ['JSON with an error at its end', repeated('{"a": [', '{"b": [1]}, ', ']}')],
  ['lines of JSON', repeated('{"a": 1', '\n', ',}')],
  ['escapes of JSON', repeated('{"a": "', '\\"', '"}')],
];

const PIECE = fc.constantFrom(
  ...'ab: -#\n"\'[]{},|>!&*?1%@\t\r', '\n  ', '\n\n', ': ', '- ', '&x ', '*x', '<<: ', '!Ref ', '? ', ' # c', '"a"', '---\n',
);
const part = (minLength: number, maxLength: number) => fc.array(PIECE, { minLength, maxLength }).map((pieces) => pieces.join(''));

function generated(): Array<[string, (n: number) => string]> {
  const parts = fc.sample(fc.tuple(part(0, 4), part(1, 6), part(0, 3)), { numRuns: GENERATED, seed: SEED });
  return parts.map((all) => [JSON.stringify(all), repeated(...all)]);
}

function main(options: readonly string[]): void {
  const smoke = options.includes('--smoke');
  for (const [name, text] of [...REPEATED, ...(smoke ? [] : generated())]) {
    const growth = growthOf(text);
    console.log(`${name.padEnd(40)} four times the size: ${growth.toFixed(1)} times as long`);
    if (growth < LINEAR) { continue; }
    console.error(`  too slow: the limit is ${LINEAR}`);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2));
