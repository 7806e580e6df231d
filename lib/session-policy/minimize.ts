import { canonicalJson } from './canonical-json';
import { withoutCovered } from './subsumption';
import { isRecord } from '../template/intrinsics';

/** A policy statement with its tokens resolved: strings, and CloudFormation intrinsics as objects. */
export interface ResolvedStatement {
  readonly [element: string]: unknown;
}

/**
 * Set on a statement of which an intrinsic makes a whole list (`Fn::Split`, a list parameter). Joined with another, it
 * would be a list inside a list.
 */
export const LIST_VALUED = 'cdk-eks-pod-identity:list-valued';

type TargetElement = 'Action' | 'Resource';

/**
 * The shortest equivalent list of statements that these rules give, and the same list whatever order the statements
 * came in:
 * - lists are sorted, and lose what is there twice or is taken in by another entry;
 * - statements alike but for their actions, or alike but for their resources, are joined.
 *
 * A statement with a Sid stays on its own, as its author named it. `NotAction` and `NotResource` are left alone.
 */
export function minimize(statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  let current = sortedUnique(statements.map(normalize));
  for (;;) {
    const merged = mergeBy('Resource', mergeBy('Action', current));
    if (merged.length === current.length) { return current.map(inWritingOrder); }
    current = sortedUnique(merged);
  }
}

/** Joins the statements that differ in `element` only. */
function mergeBy(element: TargetElement, statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  const groups = new Map<string, ResolvedStatement[]>();
  statements.forEach((statement, index) => {
    const { [element]: own, ...rest } = statement;
    const apart = own === undefined || statement.Sid !== undefined || LIST_VALUED in statement;
    const key = apart ? `#${index}` : canonicalJson(rest);
    groups.set(key, [...groups.get(key) ?? [], statement]);
  });
  return [...groups.values()].map((group) => (group.length === 1
    ? group[0]
    : normalize({ ...group[0], [element]: group.flatMap((s) => s[element] as readonly unknown[]) })));
}

function normalize(statement: ResolvedStatement): ResolvedStatement {
  const kept = ([element, value]: [string, unknown]) => value !== undefined && (element !== LIST_VALUED || hasIntrinsicList(statement));
  return Object.fromEntries(Object.entries(statement).filter(kept).map(([element, value]) => {
    switch (element) {
      case 'Action':
      case 'Resource':
        return [element, withoutCovered(sortedUnique(listOf(value)), element)];
      case 'NotAction':
      case 'NotResource':
        return [element, sortedUnique(listOf(value))];
      case 'Condition':
        return [element, sortedConditions(value)];
      default:
        return [element, value];
    }
  }));
}

/** The values of a condition key are joined by OR: their order says nothing. */
function sortedConditions(condition: unknown): unknown {
  if (!isRecord(condition)) { return condition; }
  return mapValues(condition, (keys) => (isRecord(keys)
    ? mapValues(keys, (values) => (Array.isArray(values) ? oneOrMany(sortedUnique(values.filter(isValue))) : values))
    : keys));
}

/** A lazy list may also have turned out to be a plain one. */
function hasIntrinsicList(statement: ResolvedStatement): boolean {
  return ['Action', 'NotAction', 'Resource', 'NotResource'].some((element) => {
    const value = statement[element];
    return isRecord(value) || (Array.isArray(value) && value.length === 1 && isRecord(value[0]));
  });
}

function listOf(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter(isValue);
}

/** `AWS::NoValue` removes a list entry in a template, and would be text inside a JSON string. */
function isValue(value: unknown): boolean {
  return !(isRecord(value) && value.Ref === 'AWS::NoValue');
}

const WRITING_ORDER = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function inWritingOrder(statement: ResolvedStatement): ResolvedStatement {
  const elements = Object.keys(statement).filter((element) => element !== LIST_VALUED).sort((a, b) => rank(a) - rank(b) || compare(a, b));
  return Object.fromEntries(elements.map((element) => {
    const value = statement[element];
    return [element, Array.isArray(value) ? oneOrMany(value) : value];
  }));
}

/** What has no place in the order comes last. */
function rank(element: string): number {
  const place = WRITING_ORDER.indexOf(element);
  return place < 0 ? WRITING_ORDER.length : place;
}

function oneOrMany(list: readonly unknown[]): unknown {
  return list.length === 1 ? list[0] : list;
}

function sortedUnique<T>(items: readonly T[]): T[] {
  if (items.length < 2) { return [...items]; }
  const byKey = new Map(items.map((item) => [canonicalJson(item), item]));
  return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, item]) => item);
}

/** By code unit: no locale, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function mapValues(record: Record<string, unknown>, f: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.keys(record).sort(compare).map((key) => [key, f(record[key])]));
}
