import { withoutCovered } from './subsumption';
import { grouped } from '../template/grouped';
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

/** Joins the statements that differ in `element` only. */
function mergeBy(element: TargetElement, statements: ResolvedStatement[]): ResolvedStatement[] {
  const groups = grouped(statements, (statement) => {
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
  const normalized: Record<string, unknown> = {};
  for (const element of Object.keys(statement).sort()) {
    const value = statement[element];
    if (value === undefined) { continue; }
    if (element === 'Action' || element === 'Resource') {
      normalized[element] = withoutCovered(sortedUnique(listOf(value)), element);
    } else if (element === 'NotAction' || element === 'NotResource') {
      normalized[element] = sortedUnique(listOf(value));
    } else if (element === 'Condition') {
      normalized[element] = sortedConditions(value);
    } else if (element !== LIST_VALUED || hasIntrinsicList(statement)) {
      normalized[element] = value;
    }
  }
  return normalized;
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
  const written: Record<string, unknown> = {};
  for (const element of [...WRITING_ORDER, ...Object.keys(statement)]) {
    const value = statement[element];
    if (value === undefined || element === LIST_VALUED) { continue; }
    written[element] = Array.isArray(value) ? oneOrMany(value) : value;
  }
  return written;
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

function sortedMembers(record: unknown, f: (value: unknown) => unknown): unknown {
  if (!isRecord(record)) { return record; }
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(record).sort()) { sorted[key] = f(record[key]); }
  return sorted;
}
