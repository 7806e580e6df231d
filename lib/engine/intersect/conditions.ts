/**
 * Intersects the conditions of two statements and writes the result as conditions of one statement.
 *
 * Invariant: the written conditions hold exactly for the requests that meet both lists. If no condition of IAM can express that, the
 * result is `inexpressible`, never an approximation.
 */
import { intersectArns, intersectTexts } from './patterns';
import { keyOfCondition } from '../policy/condition-entry';
import { parseOperator } from '../policy/condition-operators';
import { contains, IpRange } from '../policy/ip-range';
import { ConditionEntry } from '../policy/policy';
import { WrittenCondition } from '../policy/print-statement';
import { Budget } from '../strings/budget';
import { sameText, SymbolicString } from '../strings/symbolic-string';

export type Conditions =
  /** No key has a value that meets both. */
  | 'none'
  /** IAM cannot express the intersection in one statement. */
  | { readonly inexpressible: string }
  | readonly WrittenCondition[];

/** Joins two lists of conditions by AND. Only conditions with the same operator on the same key need to be combined. */
export function intersectConditions(a: readonly ConditionEntry[], b: readonly ConditionEntry[], budget: Budget): Conditions {
  const result: WrittenCondition[] = a.filter((x) => !b.some((y) => collide(x, y)));
  for (const entry of b) {
    const other = a.find((x) => collide(x, entry));
    const both = !other || other.id === entry.id ? [entry] : intersectEntries(other, entry, budget);
    if (both === 'none') { return 'none'; }
    if (!both) { return { inexpressible: `both say ${entry.operator} of ${entry.keyName}, and one condition cannot say what the two do` }; }
    result.push(...both);
  }
  const isAgain = (c: WrittenCondition, d: WrittenCondition) => d.operator === c.operator && keyOfCondition(d.keyName) === keyOfCondition(c.keyName);
  const again = result.find((c, i) => result.findIndex((d) => isAgain(c, d)) < i);
  return again ? { inexpressible: `both speak of ${again.keyName} in ways that one condition cannot combine` } : result;
}

function collide(a: ConditionEntry, b: ConditionEntry): boolean {
  return a.key === b.key && a.operator === b.operator;
}

function intersectEntries(a: ConditionEntry, b: ConditionEntry, budget: Budget): WrittenCondition[] | 'none' | undefined {
  const { base, set, ifExists } = parseOperator(a.operator)!;
  const { operator, keyName } = a;
  if (!a.meaning || !b.meaning || set === 'ForAnyValue') { return undefined; }
  // Under a negated operator, several values are NOR.
  if (base.includes('Not')) { return [{ operator, keyName, values: distinct([...a.values, ...b.values]) }]; }
  const values = intersectValues(a, b, budget);
  if (!values) { return undefined; }
  if (values.length > 0) { return [{ operator, keyName, values }]; }
  // No value meets both, but a request without the key may.
  return ifExists || set === 'ForAllValues' ? [{ operator: 'Null', keyName, values: ['true'] }] : 'none';
}

function intersectValues(a: ConditionEntry, b: ConditionEntry, budget: Budget): Array<string | SymbolicString> | undefined {
  const [x, y] = [a.meaning!, b.meaning!];
  if (x.type === 'presence' || y.type === 'presence') { return a.values.filter((v) => b.values.some((w) => sameText(v, w))); }
  if (x.test.family === 'text' && y.test.family === 'text') {
    const inCommon = a.operator.includes('Arn') ? intersectArns : intersectTexts;
    const theirs = y.test.patterns;
    const common = x.test.patterns.flatMap((p) => theirs.map((q) => inCommon(p, q, budget)));
    return common.includes(undefined) ? undefined : distinct(common.flatMap((patterns) => patterns!));
  }
  if (x.test.family === 'address' && y.test.family === 'address') {
    const [ours, theirs] = [x.test.wanted, y.test.wanted];
    return distinct([
      ...a.values.filter((_, i) => theirs.some((t) => isInside(ours[i], t))),
      ...b.values.filter((_, i) => ours.some((o) => isInside(theirs[i], o))),
    ]);
  }
  if (x.test.family === 'boolean' && y.test.family === 'boolean') {
    const [ours, theirs] = [x.test.wanted, y.test.wanted];
    return a.values.filter((_, i) => theirs.includes(ours[i]));
  }
  return intersectPoints(a, b);
}

/** A condition is met if one of its values is, so only its widest value matters. Keeps the narrower of the two widest values. */
function intersectPoints(a: ConditionEntry, b: ConditionEntry): Array<string | SymbolicString> | undefined {
  const [x, y] = [a, b].map(({ meaning, values }) => {
    const test = meaning?.type === 'value' && (meaning.test.family === 'number' || meaning.test.family === 'date') ? meaning.test : undefined;
    return { comparison: test?.comparison, points: (test?.wanted ?? []).map((point, i) => ({ point, value: values[i] })) };
  });
  if (!x.comparison || !y.comparison) { return undefined; }
  if (x.comparison === 'Equals') { return x.points.filter((p) => y.points.some((q) => q.point === p.point)).map((p) => p.value); }
  if (x.points.length === 0 || y.points.length === 0) { return []; }
  const upwards = x.comparison.startsWith('Less') ? 1 : -1;
  const widest = [x, y].map(({ points }) => points.reduce((p, q) => ((q.point - p.point) * upwards > 0 ? q : p)));
  return [((widest[0].point - widest[1].point) * upwards > 0 ? widest[1] : widest[0]).value];
}

function isInside(inner: IpRange, outer: IpRange): boolean {
  return contains(outer, { version: inner.version, bits: inner.first }) && contains(outer, { version: inner.version, bits: inner.last });
}

function distinct(values: ReadonlyArray<string | SymbolicString>): Array<string | SymbolicString> {
  return values.filter((v, i) => values.findIndex((w) => sameText(v, w)) === i);
}
