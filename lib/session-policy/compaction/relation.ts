/**
 * Reads statements as relations: which written action applies to which resource. Statements with equal effects and equal conditions
 * are one relation, and may be divided into statements in any way.
 *
 * Invariant: a relation requires of its statements only what no other requirement implies. Statements that are more than a list of
 * actions on a list of resources (`NotAction`, `NotResource`, lists that are unknown) are `others`, and stay as they are.
 */
import { actionCovers, actionPattern, Budget, Json, Pattern, resourceCovers, resourcePattern, SymbolicString } from '../../engine';
import { intrinsicOf } from '../../template/intrinsics/intrinsic';
import { groupBy } from '../../util/group-by';
import { memoize, memoizeBy, memoizePair } from '../../util/memo';
import { isRecord } from '../../util/records';
import { ResolvedStatement } from '../minimize';
import { Read } from './readings';

/** An action, or a pattern of actions, as it is written. */
export interface WrittenAction {
  readonly key: string;
  readonly value: unknown;
  /** For comparison; `undefined` if it is a deploy-time value. */
  readonly pattern?: Pattern;
}

/** A resource, as it is written. */
export interface WrittenResource {
  readonly key: string;
  readonly value: unknown;
  /** What it stands for in each case of the template's conditions; `undefined` if it could not be read. */
  readonly cases: ReadonlyArray<readonly Pattern[] | undefined>;
}

/** A statement of a relation. */
export interface Part {
  readonly actions: readonly WrittenAction[];
  readonly resources: readonly WrittenResource[];
}

export interface Relation {
  readonly effect: 'Allow' | 'Deny';
  readonly condition?: unknown;
  readonly parts: readonly Part[];
  /** The statements as they are written. */
  readonly statements: readonly ResolvedStatement[];
}

export interface Relations {
  readonly relations: readonly Relation[];
  readonly others: readonly ResolvedStatement[];
}

/** @param isWhole whether a statement has to stay as it is */
export function relationsIn(
  statements: readonly ResolvedStatement[], readings: readonly Read[], isWhole: (statement: ResolvedStatement) => boolean,
): Relations {
  const [plain, others] = [statements.filter((s) => isPlain(s) && !isWhole(s)), statements.filter((s) => !isPlain(s) || isWhole(s))];
  const relations = [...groupBy(plain, ({ Effect, Condition }) => JSON.stringify([Effect, Condition])).values()].map((group): Relation => ({
    effect: group[0].Effect as Relation['effect'],
    condition: group[0].Condition,
    statements: group,
    parts: group.map(({ Action, Resource }) => ({
      actions: itemsOf(Action).map(readAction),
      resources: itemsOf(Resource).map((value) => readResource(value, readings)),
    })),
  }));
  return { relations, others };
}

const PLAIN_ELEMENTS = ['Effect', 'Action', 'Resource', 'Condition'];

function isPlain(statement: ResolvedStatement): boolean {
  const { Effect, Action, Resource } = statement;
  return (Effect === 'Allow' || Effect === 'Deny')
    && Object.keys(statement).every((element) => PLAIN_ELEMENTS.includes(element))
    && [Action, Resource].every((value) => itemsOf(value).length > 0 && itemsOf(value).every(isText));
}

/** Functions that may make a list. */
const LISTS: ReadonlySet<string> = new Set(['Fn::Split', 'Fn::Cidr', 'Fn::GetAZs']);

function isText(value: unknown): boolean {
  const intrinsic = isRecord(value) ? intrinsicOf(value) : undefined;
  return typeof value === 'string' || (intrinsic !== undefined && !LISTS.has(intrinsic.name));
}

export function itemsOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function readAction(value: unknown): WrittenAction {
  return typeof value === 'string'
    ? { key: JSON.stringify(value.toLowerCase()), value, pattern: actionPattern(value) }
    : { key: JSON.stringify(value), value };
}

/** Each resource is read once for one compaction: what is known of it is kept with it. */
function readResource(value: unknown, readings: readonly Read[]): WrittenResource {
  return resourcesRead(readings)({ key: JSON.stringify(value), value });
}

const resourcesRead = memoize((readings: readonly Read[]) => memoizeBy(keyOf, ({ key, value }): WrittenResource => ({
  key, value, cases: readings.map((read) => patternsIn(read([value]) as readonly Json[])),
})));

function keyOf({ key }: { readonly key: string; readonly value: unknown }): string {
  return key;
}

function patternsIn(items: readonly Json[]): readonly Pattern[] | undefined {
  const texts = items.flatMap((item) => (typeof item === 'string' || item instanceof SymbolicString ? [item] : []));
  return texts.length === items.length ? texts.map((text) => resourcePattern(text, true)) : undefined;
}

/** Whether one action certainly matches all that another does. */
export function coversAction(wide: WrittenAction, narrow: WrittenAction): boolean {
  if (wide.key === narrow.key) { return true; }
  return wide.pattern !== undefined && narrow.pattern !== undefined && patternCovers(wide.pattern, narrow.pattern);
}

const patternCovers = memoizePair((wide: Pattern, narrow: Pattern): boolean => actionCovers(wide, narrow, new Budget(Infinity)));

/** Whether one resource certainly matches all that another does, in every case. */
export const coversResource = memoizePair((wide: WrittenResource, narrow: WrittenResource): boolean => {
  if (wide.key === narrow.key) { return true; }
  return narrow.cases.every((patterns, i) => patterns?.every((one) => (
    wide.cases[i]?.some((other) => resourceCovers(other, one, new Budget(Infinity))))) === true);
});
