/**
 * Reads the items of a loop before any case of the conditions is known: written lists, lists of mappings, and parameters.
 * `template-set.ts` expands the loops with them (`for-each.ts`).
 *
 * Invariant: items that a deployment may replace come with the parameter that has them. A default is certain only in a nested stack
 * whose parent gives the parameter no value.
 */
import { LoopItems, NoItems, ReadItems } from './for-each';
import { intrinsicOf } from './intrinsics/intrinsic';
import { isRecord, memberOf } from '../util/records';

/** What is known of a stack before its resources are. */
export interface LoopScope {
  readonly template: { readonly Parameters?: unknown; readonly Mappings?: unknown };
  readonly account?: string;
  readonly region?: string;
  /** The values that the parent of a nested stack gives to the parameters. */
  readonly given?: unknown;
}

const UNREADABLE = 'its collection is neither a written list nor a parameter';

export function itemsIn(scope: LoopScope): ReadItems {
  return (collection) => readItems(collection, scope);
}

function readItems(collection: unknown, scope: LoopScope): LoopItems | NoItems {
  if (Array.isArray(collection)) { return joined(collection.map((item) => itemsAt(item, scope, false))); }
  return itemsAt(collection, scope, true);
}

function itemsAt(written: unknown, scope: LoopScope, isWhole: boolean): LoopItems | NoItems {
  if (!isWhole && isText(written)) { return certain([String(written)]); }
  const intrinsic = intrinsicOf(written);
  switch (intrinsic?.name) {
    case 'Ref': return typeof intrinsic.argument === 'string' ? parameterItems(intrinsic.argument, scope) : { why: UNREADABLE };
    case 'Fn::FindInMap': return mappedItems(intrinsic.argument, scope);
    default: return { why: UNREADABLE };
  }
}

function parameterItems(name: string, scope: LoopScope): LoopItems | NoItems {
  if (name === 'AWS::Region' || name === 'AWS::AccountId') {
    const value = name === 'AWS::Region' ? scope.region : scope.account;
    return value === undefined ? { why: `${name} is a deploy-time value` } : certain([value]);
  }
  const parameter = memberOf(scope.template.Parameters, name);
  const type = memberOf(parameter, 'Type');
  if (typeof type !== 'string') { return { why: `the template has no parameter ${name}` }; }
  if (type.startsWith('AWS::SSM::')) { return { why: `the value of its parameter ${name} is in Systems Manager` }; }
  const isOfList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const given = memberOf(scope.given, name);
  const written = given ?? memberOf(parameter, 'Default');
  if (written === undefined) { return { why: `its parameter ${name} has no default` }; }
  const values = [written].flat();
  if (!values.every(isText)) { return { why: `the value of its parameter ${name} is a deploy-time value` }; }
  // CloudFormation drops the blanks around the items of a list
  const items = isOfList ? values.flatMap((value) => String(value).split(',')).map((item) => item.trim()).filter((item) => item !== '') : values.map(String);
  return { items, parameters: scope.given === undefined ? [name] : [] };
}

function mappedItems(argument: unknown, scope: LoopScope): LoopItems | NoItems {
  const keys = Array.isArray(argument) ? argument.slice(0, 3).map((key) => itemsAt(key, scope, false)) : [];
  let found: unknown = scope.template.Mappings;
  for (const key of keys) {
    if ('why' in key) { return key; }
    found = key.items.length === 1 ? memberOf(found, key.items[0]) : undefined;
  }
  const values = [found].flat();
  if (keys.length < 3 || !values.every(isText)) { return { why: 'the list of its mapping was not found' }; }
  const parameters = keys.flatMap((key) => ('parameters' in key ? key.parameters : []));
  return { items: values.map(String), parameters };
}

function joined(all: ReadonlyArray<LoopItems | NoItems>): LoopItems | NoItems {
  const failed = all.find((one): one is NoItems => 'why' in one);
  if (failed) { return failed; }
  const found = all as readonly LoopItems[];
  return { items: found.flatMap(({ items }) => items), parameters: [...new Set(found.flatMap(({ parameters }) => parameters))] };
}

function certain(items: readonly string[]): LoopItems {
  return { items, parameters: [] };
}

/** YAML reads some items as numbers or booleans. */
function isText(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The values that a parent gives to the parameters of a nested stack: `{}` if it gives none, `undefined` if they cannot be read. */
export function givenParameters(nestedStack: unknown): unknown {
  const given = memberOf(memberOf(nestedStack, 'Properties'), 'Parameters');
  return given === undefined ? {} : isRecord(given) && !intrinsicOf(given) ? given : undefined;
}
