/**
 * Minimizes the resolved statements of a session policy before they are printed; see docs/adr/0003-own-minimization.md.
 *
 * Invariant: the result allows exactly the same requests, is never longer, and does not depend on the order of the statements.
 */
import { dropCovered } from './subsumption';
import { intrinsicOf } from '../template/intrinsics/intrinsic';
import { groupBy } from '../util/group-by';
import { isRecord } from '../util/records';

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
 *
 * Values are compared as JSON: intrinsics that are alike but for the order of their members stay apart. `JSON.stringify` is
 * many times faster than anything that walks through them.
 */
export function minimize(statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  let current = sortedUnique(statements.map(normalize));
  while (current.length > 1) {
    const merged = mergeBy('Resource', mergeBy('Action', current));
    if (merged.length === current.length) { break; }
    current = sortedUnique(merged);
  }
  return current.map(inWritingOrder);
}

/** The statements in the order and the form of `minimize`, without joining any. */
export function arrange(statements: readonly ResolvedStatement[]): ResolvedStatement[] {
  return sortedUnique(statements.map(normalize)).map(inWritingOrder);
}

/** Joins the statements that differ in `element` only. */
function mergeBy(element: TargetElement, statements: ResolvedStatement[]): ResolvedStatement[] {
  const groups = groupBy(statements, (statement) => {
    const apart = statement[element] === undefined || statement.Sid !== undefined || LIST_VALUED in statement;
    return apart ? statement : JSON.stringify({ ...statement, [element]: undefined });
  });
  if (groups.size === statements.length) { return statements; }
  return [...groups.values()].map((group) => (group.length === 1
    ? group[0]
    : normalize({ ...group[0], [element]: group.flatMap((s) => s[element] as readonly unknown[]) })));
}

/** Elements in alphabetical order, and their values sorted: equal statements have equal JSON. */
function normalize(statement: ResolvedStatement): ResolvedStatement {
  const kept = (element: string) => statement[element] !== undefined && (element !== LIST_VALUED || hasIntrinsicList(statement));
  return Object.fromEntries(Object.keys(statement).filter(kept).sort().map((element) => [element, normalizedValue(element, statement[element])]));
}

function normalizedValue(element: string, value: unknown): unknown {
  switch (element) {
    case 'Action':
    case 'Resource':
      return dropCovered(sortedUnique(listOf(value)), element);
    case 'NotAction':
    case 'NotResource':
      return sortedUnique(listOf(value));
    case 'Condition':
      return sortedConditions(value);
    default:
      return value;
  }
}

/** The values of a condition key are joined by OR: their order says nothing. */
function sortedConditions(condition: unknown): unknown {
  return sortedMembers(condition, (keys) => sortedMembers(keys, (values) => (
    Array.isArray(values) ? oneOrMany(sortedUnique(values.filter(isValue))) : values)));
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

/** What has no place in the order comes last. */
function inWritingOrder(statement: ResolvedStatement): ResolvedStatement {
  const elements = new Set([...WRITING_ORDER, ...Object.keys(statement)]);
  elements.delete(LIST_VALUED);
  return Object.fromEntries([...elements].filter((element) => Object.hasOwn(statement, element)).map((element) => {
    const value = statement[element];
    return [element, Array.isArray(value) ? oneOrMany(value) : value];
  }));
}

function oneOrMany(list: readonly unknown[]): unknown {
  return list.length === 1 ? list[0] : list;
}

/** In the order of their JSON by code units: no locale, the same on every machine. */
function sortedUnique<T>(items: T[]): T[] {
  if (items.length < 2) { return items; }
  const byJson = new Map<string, T>();
  for (const item of items) { byJson.set(JSON.stringify(item), item); }
  return [...byJson.keys()].sort().map((json) => byJson.get(json)!);
}

/** Conditions that are an intrinsic, such as text that is joined, stay as they are. */
function sortedMembers(record: unknown, f: (value: unknown) => unknown): unknown {
  return isRecord(record) && !intrinsicOf(record) ? Object.fromEntries(Object.keys(record).sort().map((key) => [key, f(record[key])])) : record;
}
