import * as fc from 'fast-check';
import { OpenValues, StringPart, SymbolicString } from '../../../lib/engine';
import { evaluate } from '../../../lib/engine/evaluate/evaluate';
import { Match } from '../../../lib/engine/evaluate/match';
import { openEquals, openGlobMatches } from '../../../lib/engine/evaluate/open-values';
import { parsePolicy } from '../../../lib/engine/policy/parse-policy';
import { runs } from '../../runs';
import { BUCKET, variable } from '../make';

const RUNS = runs(1000, 5000);

const VARIABLES = [variable('A'), variable('B'), variable('Name', BUCKET)];
const part: fc.Arbitrary<StringPart> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', ':', '/') }, fc.constantFrom(...VARIABLES),
);
const parts = fc.array(part, { maxLength: 6 });
const globs = fc.array(fc.oneof({ weight: 4, arbitrary: part }, fc.constantFrom('*', '?')), { maxLength: 6 });
const values = fc.tuple(
  fc.constantFrom('', 'a', 'b', 'ab', 'a:b', 'b/a', ':'),
  fc.constantFrom('', 'a', 'b:', '/'),
  fc.constantFrom('a', 'b', 'ab', 'bba'),
);

const valueIn = (given: readonly string[]) => (one: StringPart) => (typeof one === 'string'
  ? one
  : given[VARIABLES.indexOf(one)]);
const regex = (glob: string) => new RegExp(`^${glob.replace(/[*?]/g, (one) => (one === '*' ? '[^]*' : '[^]'))}$`);

function agrees(said: Match, really: boolean): boolean {
  return said === 'unclear' || (said === 'yes') === really;
}

test('the answer for a pattern holds for every value', () => {
  fc.assert(fc.property(globs, parts, values, (glob, text, given) => {
    const open = new OpenValues();
    const said = openGlobMatches(
      open.textOf(SymbolicString.of(...glob)), open.textOf(SymbolicString.of(...text)), String,
    );
    const [pattern, whole] = [glob, text].map((some) => some.map(valueIn(given)).join(''));
    expect(agrees(said, regex(pattern).test(whole))).toBe(true);
  }), { numRuns: RUNS });
});

test('the answer for two texts holds for every value', () => {
  fc.assert(fc.property(parts, parts, values, (left, right, given) => {
    const open = new OpenValues();
    const said = openEquals(open.textOf(SymbolicString.of(...left)), open.textOf(SymbolicString.of(...right)));
    const [a, b] = [left, right].map((some) => some.map(valueIn(given)).join(''));
    expect(agrees(said, a === b)).toBe(true);
  }), { numRuns: RUNS });
});

test.each([
  'crosses', 'stays',
] as const)('the answer for an ARN holds for every value, if a wildcard %s', (reading) => {
  const fields = fc.array(
    fc.oneof(fc.constantFrom<StringPart>('a', 'b', '*'), fc.constantFrom(...VARIABLES)), { maxLength: 2 },
  );
  const arns = fc.tuple(fields, fields, fields).map(([x, y, z]) => ['arn:aws:', ...x, ':', ...y, ':1:', ...z]);
  fc.assert(fc.property(arns, arns, values, (pattern, text, given) => {
    const resource = text.map((one) => (one === '*' ? 'a' : one));
    const open = new OpenValues();
    const { policy } = parsePolicy({
      Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: SymbolicString.of(...pattern) },
    }, 'P');
    const ask = (about: string, valueOf: (one: typeof VARIABLES[number]) => string) =>
      evaluate([policy], { action: 's3:GetObject', resource: about, context: new Map() }, valueOf, reading);
    const said = ask(open.textOf(SymbolicString.of(...resource)), open.valueOf);
    const really = ask(resource.map(valueIn(given)).join(''), valueIn(given));
    expect(said === 'unclear' || really === 'unclear' || said === really).toBe(true);
  }), { numRuns: RUNS });
});

test('each value has a label', () => {
  const open = new OpenValues();
  const text = open.textOf(SymbolicString.of('x', VARIABLES[0], '/', VARIABLES[2], VARIABLES[0]));
  expect([open.shown(text), open.labelsIn(text)]).toEqual(['x${A}/${Name}${A}', ['${A}', '${Name}']]);
});
