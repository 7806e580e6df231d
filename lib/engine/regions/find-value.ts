/**
 * Finds a value of a condition key that passes some tests and fails others. `key-states.ts` asks it for each key of a request set.
 *
 * Rounds up: `undefined` is a proof that no such value exists. A value may fail a test if the key is tested as several types, or if
 * symbolic variables are involved; only a `plausible` value makes a witness.
 * Comparisons with finitely many constants distinguish finitely many classes of values, so one value of each class is tried.
 */
import { memoize } from '../../util/memo';
import { Comparison, ValueTest } from '../policy/condition-meaning';
import { boundariesOf, contains, formatIp, Ip, parseIp } from '../policy/ip-range';
import { parseBoolean, parseDate, parseNumber } from '../policy/parse-value';
import { Requirement } from '../strings/automaton';
import { Budget } from '../strings/budget';
import { findString, isMetBy } from '../strings/find-string';
import { Element, literalElements, literalText } from '../strings/pattern';
import { SymbolicString } from '../strings/symbolic-string';

/** A test that a value must pass, or (`passes: false`) fail. */
export interface ValueConstraint {
  readonly test: ValueTest;
  readonly passes: boolean;
}

export interface FoundValue {
  readonly value: string | SymbolicString;
  /** Whether the key could have this value: a number if it is compared as a number, and so on. */
  readonly plausible: boolean;
}

/**
 * A value that meets all constraints; `undefined` proves that none does. If a key is tested as several types, such as number and
 * text, each type is searched alone. The value may then fail the others, so it is not `plausible`. `samples` are texts to try first.
 */
export function findValue(constraints: readonly ValueConstraint[], budget: Budget, samples: readonly string[] = []): FoundValue | undefined {
  const families = [...new Set(constraints.map((d) => d.test.family))];
  if (families.length === 0) { return { value: samples[0] ?? 'example', plausible: true }; }
  const found: FoundValue[] = [];
  for (const family of families) {
    const value = FAMILIES[family](constraints.filter((d) => d.test.family === family), budget, samples);
    if (!value) { return undefined; }
    found.push(value);
  }
  return families.length === 1 ? found[0] : { ...found[0], plausible: false };
}

type Family = (constraints: readonly ValueConstraint[], budget: Budget, samples: readonly string[]) => FoundValue | undefined;

const FAMILIES: { readonly [family in ValueTest['family']]: Family } = {
  text: findText,
  number: (constraints) => findPoint(constraints, String, 'number'),
  date: (constraints) => findPoint(constraints, (ms) => new Date(ms).toISOString(), 'date'),
  boolean: findBoolean,
  address: findAddress,
};

/** A value that is not a number, date, boolean or address. All comparisons with it are expected to fail, but IAM does not document it. */
const NOT_OF_FAMILY = 'example';

const SAMPLE = literalElements('example');
const TEXT_SAMPLES = [SAMPLE, literalElements('another-example')];

const NOT_EMPTY: Requirement = { negated: false, patterns: [[{ type: 'one' }, { type: 'many' }]] };

/** A decision tries the same patterns again and again. */
const filledWithSample = memoize((pattern: readonly Element[]) => pattern.flatMap((e) => (
  e.type === 'many' ? SAMPLE : e.type === 'one' ? SAMPLE.slice(0, 1) : [e])));

/** The same few lists of samples are tried for each decision. */
const elementsOf = memoize((samples: readonly string[]) => samples.map(literalElements));

function findText(constraints: readonly ValueConstraint[], budget: Budget, samples: readonly string[]): FoundValue | undefined {
  const requirements = constraints.map(({ test, passes }) => ({ negated: !passes, patterns: (test as ValueTest & { family: 'text' }).patterns }));
  const filled = requirements.filter((r) => !r.negated).flatMap((r) => r.patterns).map(filledWithSample);
  const sample = [...elementsOf(samples), ...filled, ...TEXT_SAMPLES].find((elements) => isMetBy(requirements, elements, budget));
  if (sample && sample.length > 0) { return { value: literalText(sample), plausible: true }; }
  const value = findString(requirements, budget);
  if (value === undefined) { return undefined; }
  if (value !== '') { return { value, plausible: true }; }
  const longer = findString([...requirements, NOT_EMPTY], budget); // IAM does not document whether an empty value is a value
  return longer === undefined ? { value, plausible: false } : { value: longer, plausible: true };
}

/** Comparisons cannot distinguish numbers that lie between the same two points, so one of each interval is tried. */
function findPoint(constraints: readonly ValueConstraint[], show: (point: number) => string, family: 'number' | 'date'): FoundValue | undefined {
  const tests = constraints.map((d) => ({ ...(d.test as ValueTest & { family: 'number' }), passes: d.passes }));
  const points = [...new Set(tests.flatMap((t) => t.wanted))].sort((a, b) => a - b);
  const whole = [...points, ...points.flatMap((p) => [Math.floor(p) + 1, Math.ceil(p) - 1]), 0];
  const between = points.slice(1).map((p, i) => (p + points[i]) / 2);
  const meets = (point: number) => tests.every((t) => t.wanted.some((w) => COMPARISONS[t.comparison](point, w)) === t.passes);
  const found = whole.find(meets);
  if (found !== undefined) { return { value: show(found), plausible: true }; }
  const fraction = between.find(meets);
  if (fraction !== undefined) { return { value: show(fraction), plausible: family === 'number' && points.some((p) => !Number.isInteger(p)) }; }
  return meets(NaN) ? { value: NOT_OF_FAMILY, plausible: false } : undefined;
}

const COMPARISONS: { readonly [comparison in Comparison]: (actual: number, wanted: number) => boolean } = {
  Equals: (actual, wanted) => actual === wanted,
  LessThan: (actual, wanted) => actual < wanted,
  LessThanEquals: (actual, wanted) => actual <= wanted,
  GreaterThan: (actual, wanted) => actual > wanted,
  GreaterThanEquals: (actual, wanted) => actual >= wanted,
};

function findBoolean(constraints: readonly ValueConstraint[]): FoundValue | undefined {
  const meets = (value: boolean | undefined) => constraints.every(({ test, passes }) =>
    (test as ValueTest & { family: 'boolean' }).wanted.some((w) => w === value) === passes);
  const found = [true, false, undefined].find(meets);
  if (found !== undefined) { return { value: String(found), plausible: true }; }
  return meets(undefined) ? { value: NOT_OF_FAMILY, plausible: false } : undefined;
}

/** The ranges cannot distinguish addresses between the same two boundaries, so each boundary is tried. */
function findAddress(constraints: readonly ValueConstraint[]): FoundValue | undefined {
  const tests = constraints.map((d) => ({ ranges: (d.test as ValueTest & { family: 'address' }).wanted, passes: d.passes }));
  const candidates: Ip[] = [...tests.flatMap((t) => t.ranges).flatMap(boundariesOf), parseIp('0.0.0.0')!, parseIp('::')!];
  const meets = (ip: Ip | undefined) => tests.every((t) => t.ranges.some((range) => ip !== undefined && contains(range, ip)) === t.passes);
  const found = candidates.find(meets);
  if (found) { return { value: formatIp(found), plausible: true }; }
  return meets(undefined) ? { value: NOT_OF_FAMILY, plausible: false } : undefined;
}

/** Whether the value passes the test; `undefined` if that is not certain. */
export function passesTest(test: ValueTest, value: string | SymbolicString, budget: Budget): boolean | undefined {
  if (test.family === 'text') {
    const elements = literalElements(value);
    if (isMetBy([{ negated: false, patterns: test.patterns }], elements, budget)) { return true; }
    return isMetBy([{ negated: true, patterns: test.patterns }], elements, budget) ? false : undefined;
  }
  if (typeof value !== 'string') { return undefined; }
  if (test.family === 'boolean') {
    const actual = parseBoolean(value);
    return test.wanted.some((wanted) => wanted === actual);
  }
  if (test.family === 'address') {
    const ip = parseIp(value);
    return test.wanted.some((range) => ip !== undefined && contains(range, ip));
  }
  const actual = (test.family === 'number' ? parseNumber : parseDate)(value) ?? NaN;
  return test.wanted.some((wanted) => COMPARISONS[test.comparison](actual, wanted));
}
