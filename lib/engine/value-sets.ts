import { Requirement } from './automaton';
import { Budget } from './budget';
import { Comparison, readBoolean, readDate, readNumber, ValueTest } from './condition-meaning';
import { contains, endsOf, Ip, readIp, showIp } from './ip-range';
import { literalElements, literalText } from './pattern';
import { Text } from './text';
import { findWord, isMetBy } from './words';

/** A test that a value has to pass, or (`passes: false`) to fail. */
export interface Demand {
  readonly test: ValueTest;
  readonly passes: boolean;
}

export interface FoundValue {
  readonly value: string | Text;
  /** Whether it is a value that the key could have: a number where it is compared as a number, and so on. */
  readonly plausible: boolean;
}

/**
 * A value that meets all demands; `undefined` is a proof that there is none. Where a key is tested as a number and as text,
 * say, the two are taken apart, so the value may fail one of them; then it is not `plausible`.
 */
export function findValue(demands: readonly Demand[], budget: Budget): FoundValue | undefined {
  const families = [...new Set(demands.map((d) => d.test.family))];
  if (families.length === 0) { return { value: 'example', plausible: true }; }
  const found: FoundValue[] = [];
  for (const family of families) {
    const value = FAMILIES[family](demands.filter((d) => d.test.family === family), budget);
    if (!value) { return undefined; }
    found.push(value);
  }
  return families.length === 1 ? found[0] : { ...found[0], plausible: false };
}

type Family = (demands: readonly Demand[], budget: Budget) => FoundValue | undefined;

const FAMILIES: { readonly [family in ValueTest['family']]: Family } = {
  text: findText,
  number: (demands) => findPoint(demands, String, 'number'),
  date: (demands) => findPoint(demands, (ms) => new Date(ms).toISOString(), 'date'),
  boolean: findBoolean,
  address: findAddress,
};

/** A value of no number, date, truth or address; all comparisons with it fail, as far as anybody knows. */
const NOT_OF_FAMILY = 'example';

const SAMPLE = literalElements('example');
const TEXT_SAMPLES = [SAMPLE, literalElements('another-example')];

const NOT_EMPTY: Requirement = { negated: false, patterns: [[{ type: 'one' }, { type: 'many' }]] };

function findText(demands: readonly Demand[], budget: Budget): FoundValue | undefined {
  const requirements = demands.map(({ test, passes }) => ({ negated: !passes, patterns: (test as ValueTest & { family: 'text' }).patterns }));
  const filled = requirements.filter((r) => !r.negated).flatMap((r) => r.patterns).map((pattern) => pattern.flatMap((e) => (
    e.type === 'many' ? SAMPLE : e.type === 'one' ? SAMPLE.slice(0, 1) : [e])));
  const sample = [...filled, ...TEXT_SAMPLES].find((elements) => isMetBy(requirements, elements, budget));
  if (sample && sample.length > 0) { return { value: literalText(sample), plausible: true }; }
  const value = findWord(requirements, budget);
  if (value === undefined) { return undefined; }
  if (value !== '') { return { value, plausible: true }; }
  const longer = findWord([...requirements, NOT_EMPTY], budget); // whether an empty value is one is not clear
  return longer === undefined ? { value, plausible: false } : { value: longer, plausible: true };
}

/** Comparisons with the same points cannot tell apart what lies between two of them. */
function findPoint(demands: readonly Demand[], show: (point: number) => string, family: 'number' | 'date'): FoundValue | undefined {
  const tests = demands.map((d) => ({ ...(d.test as ValueTest & { family: 'number' }), passes: d.passes }));
  const points = [...new Set(tests.flatMap((t) => t.wanted))].sort((a, b) => a - b);
  const whole = [...points, ...points.flatMap((p) => [p + 1, p - 1]), 0];
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

function findBoolean(demands: readonly Demand[]): FoundValue | undefined {
  const meets = (value: boolean | undefined) => demands.every(({ test, passes }) =>
    (test as ValueTest & { family: 'boolean' }).wanted.some((w) => w === value) === passes);
  const found = [true, false, undefined].find(meets);
  if (found !== undefined) { return { value: String(found), plausible: true }; }
  return meets(undefined) ? { value: NOT_OF_FAMILY, plausible: false } : undefined;
}

/** The ranges cannot tell apart addresses between the same ends. */
function findAddress(demands: readonly Demand[]): FoundValue | undefined {
  const tests = demands.map((d) => ({ ranges: (d.test as ValueTest & { family: 'address' }).wanted, passes: d.passes }));
  const candidates: Ip[] = [...tests.flatMap((t) => t.ranges).flatMap(endsOf), readIp('0.0.0.0')!, readIp('::')!];
  const meets = (ip: Ip | undefined) => tests.every((t) => t.ranges.some((range) => ip !== undefined && contains(range, ip)) === t.passes);
  const found = candidates.find(meets);
  if (found) { return { value: showIp(found), plausible: true }; }
  return meets(undefined) ? { value: NOT_OF_FAMILY, plausible: false } : undefined;
}

/** Whether the value passes the test, where that is certain. */
export function passesTest(test: ValueTest, value: string | Text, budget: Budget): boolean | undefined {
  if (test.family === 'text') {
    const elements = literalElements(value);
    if (isMetBy([{ negated: false, patterns: test.patterns }], elements, budget)) { return true; }
    return isMetBy([{ negated: true, patterns: test.patterns }], elements, budget) ? false : undefined;
  }
  if (typeof value !== 'string') { return undefined; }
  if (test.family === 'boolean') {
    const actual = readBoolean(value);
    return test.wanted.some((wanted) => wanted === actual);
  }
  if (test.family === 'address') {
    const ip = readIp(value);
    return test.wanted.some((range) => ip !== undefined && contains(range, ip));
  }
  const actual = (test.family === 'number' ? readNumber : readDate)(value) ?? NaN;
  return test.wanted.some((wanted) => COMPARISONS[test.comparison](actual, wanted));
}
