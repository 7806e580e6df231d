/**
 * Expands the loops (`Fn::ForEach`) of a template, before `template-set.ts` indexes its resources: loops that make resources,
 * outputs and conditions, and loops inside the resources that this library reads.
 *
 * Invariant: a loop that cannot be expanded is reported, because it may make anything; so is one whose items a deployment may
 * replace. Its key stays in the section, where nothing treats it as a resource.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
import { Unresolved } from '../engine';
import { memoize } from '../util/memo';
import { isRecord } from '../util/records';

export const LOOP = 'Fn::ForEach::';

/** CloudFormation accepts 500 resources in a template, so one whose loops make more than this is not deployed. */
export const MAX_LOOP_RESOURCES = 1_000;

/** Maximum number of values that loops make of one template: a template of 1 MB, which is the most that CloudFormation takes, has fewer. */
export const MAX_LOOP_VALUES = 1_000_000;

/** Maximum depth of loops in loops. CloudFormation accepts two. */
const MAX_DEPTH = 5;

/** The items of a loop. */
export interface LoopItems {
  readonly items: readonly string[];
  /** The parameters whose defaults the items are: a deployment may have other items. */
  readonly parameters: readonly string[];
}

/** Why a loop has no items. */
export interface NoItems {
  readonly why: string;
}

/** A loop that was not expanded, or not certainly as the deployment does it. */
export interface DoubtfulLoop {
  readonly key: string;
  /** What it makes, with the identifiers of the loops as they are written. */
  readonly body: unknown;
  /** Why it was not expanded. */
  readonly why?: string;
  /** It was expanded for the defaults of these parameters. */
  readonly parameters?: readonly string[];
}

export interface LoopExpansion {
  /** The section with what the loops make; the same object if it has no loops. */
  readonly section: unknown;
  readonly doubtful: readonly DoubtfulLoop[];
}

export type ReadItems = (collection: unknown) => LoopItems | NoItems;

/** The number of resources and values that the loops of one template may still make. */
export class LoopBudget {
  public resources = MAX_LOOP_RESOURCES;
  public values = MAX_LOOP_VALUES;
}

/** Expands the loops among the members of a section. */
export function expandLoops(section: unknown, itemsOf: ReadItems, budget = new LoopBudget()): LoopExpansion {
  if (!isRecord(section) || !Object.keys(section).some(isLoop)) { return { section, doubtful: [] }; }
  const expander = new Expander(itemsOf, budget);
  return { section: Object.fromEntries(expander.membersOf(section, 0)), doubtful: expander.doubtful };
}

/** Expands the loops anywhere inside a value. A loop that is not certainly expanded as the deployment does it stays as it is. */
export function expandLoopsInside<T>(value: T, itemsOf: ReadItems, budget: LoopBudget): T {
  const certainItems: ReadItems = (collection) => {
    const found = itemsOf(collection);
    return 'items' in found && found.parameters.length > 0 ? { why: 'a deployment may give its parameter another value' } : found;
  };
  const inside = (one: unknown): unknown => (typeof one === 'object' && one !== null && !(one instanceof Unresolved) ? insideOf(one) : one);
  const insideOf = memoize((one: object): unknown => { // a value may have many places
    if (Array.isArray(one)) { return sameIfEqual(one, one.map(inside)); }
    const { section } = expandLoops(one, certainItems, budget);
    const members = Object.entries(section as object);
    const changed = members.map(([key, member]) => [key, inside(member)] as const);
    return section === one && changed.every(([, member], i) => member === members[i][1]) ? one : Object.fromEntries(changed);
  });
  return inside(value) as T;
}

export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

function sameIfEqual(before: unknown[], after: unknown[]): unknown[] {
  return after.every((item, i) => item === before[i]) ? before : after;
}

/** Thrown inside of this file: the loops make more than a template may have. */
class TooMuch extends Error {}

class Expander {
  public readonly doubtful: DoubtfulLoop[] = [];

  public constructor(private readonly itemsOf: ReadItems, private readonly budget: LoopBudget) {}

  public membersOf(map: unknown, depth: number): Array<readonly [string, unknown]> {
    const members = isRecord(map) ? Object.entries(map) : [];
    return members.flatMap(([key, value]) => (isLoop(key) ? this.expand(key, value, depth) : [[key, value] as const]));
  }

  private expand(key: string, loop: unknown, depth: number): ReadonlyArray<readonly [string, unknown]> {
    const [identifier, collection, body] = Array.isArray(loop) ? loop : [];
    const found = typeof identifier !== 'string' || !isRecord(body) ? { why: 'it is not a list of an identifier, a collection and an object' }
      : depth >= MAX_DEPTH ? { why: `it is inside more than ${MAX_DEPTH} loops` }
        : this.itemsOf(collection);
    if ('why' in found) { return this.keep(key, loop, body ?? loop, found.why); }
    const before = this.doubtful.length;
    try {
      const members = found.items.flatMap((item) => this.made(body, identifier, item, depth));
      if (found.parameters.length > 0) { this.doubtful.push({ key, body, parameters: found.parameters }); }
      return members;
    } catch (e) {
      if (!(e instanceof TooMuch)) { throw e; }
      this.doubtful.length = before;
      return this.keep(key, loop, body, e.message);
    }
  }

  private keep(key: string, loop: unknown, body: unknown, why: string): ReadonlyArray<readonly [string, unknown]> {
    this.doubtful.push({ key, body, why });
    return [[key, loop]];
  }

  private made(body: unknown, identifier: string, item: string, depth: number): Array<readonly [string, unknown]> {
    const members = this.membersOf(this.substitute(body, identifier, item), depth + 1);
    this.budget.resources -= members.filter(([key]) => !isLoop(key)).length;
    if (this.budget.resources < 0) {
      throw new TooMuch(`the loops of the template make more than ${MAX_LOOP_RESOURCES} resources, and CloudFormation accepts 500`);
    }
    return members;
  }

  /** `${Identifier}` is the item; `&{Identifier}` is the item without the characters that a logical id may not contain. */
  private substitute(value: unknown, identifier: string, item: string): unknown {
    if (this.budget.values-- <= 0) { throw new TooMuch(`the loops of the template make more than ${MAX_LOOP_VALUES} values`); }
    if (typeof value === 'string') {
      return value.split(`\${${identifier}}`).join(item).split(`&{${identifier}}`).join(item.replace(/[^A-Za-z0-9]/g, ''));
    }
    const substitute = (one: unknown) => this.substitute(one, identifier, item);
    if (Array.isArray(value)) { return value.map(substitute); }
    if (!isRecord(value) || value instanceof Unresolved) { return value; }
    if (Object.keys(value).length === 1 && value.Ref === identifier) { return item; }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [substitute(key), substitute(one)]));
  }
}
