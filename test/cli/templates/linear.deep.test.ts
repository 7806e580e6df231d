/** The time to parse a template grows with its size and not with the square of it, whatever the template repeats. */
import * as fc from 'fast-check';
import { parse } from '../../../cli/templates/parse';
import { runs } from '../../runs';

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

/** Returns how much longer 4n repetitions take than n, at the size that shows the least: others may be noise. */
function growthOf(text: (n: number) => string): number {
  let n = 4000;
  while (timeOf(text(n)) < 40 && n < 60_000) { n *= 2; }
  const best = (size: number) => Math.min(...[1, 2, 3].map(() => timeOf(text(size))));
  const ratio = (size: number) => best(4 * size) / Math.max(best(size), 5);
  return [n, n, 2 * n].reduce((least, size) => (least < LINEAR ? least : Math.min(least, ratio(size))), Infinity);
}

const repeated = (before: string, unit: string, after: string) => (n: number) => before + unit.repeat(n) + after;
const numbered = (before: string, unit: (i: number) => string, after: string) => (n: number) => (
  before + Array.from({ length: n }, (_, i) => unit(i)).join('') + after);

test.each<[string, (n: number) => string]>([
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
])('%s', (_, text) => expect(growthOf(text)).toBeLessThan(LINEAR));

test('generated units', () => {
  const piece = fc.constantFrom(
    ...'ab: -#\n"\'[]{},|>!&*?1%@\t\r', '\n  ', '\n\n', ': ', '- ', '&x ', '*x', '<<: ', '!Ref ', '? ', ' # c', '"a"',
    '---\n',
  );
  const part = (maxLength: number) => fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
  fc.assert(fc.property(part(4), part(6), part(3), (before, unit, after) => {
    expect(growthOf(repeated(before, unit === '' ? ' ' : unit, after))).toBeLessThan(LINEAR);
  }), { numRuns: runs(30, 150), seed: 1, endOnFailure: false });
}, 600_000);
