/**
 * Answers which condition keys exist, which types they have, and which actions have them, by the service authorization reference.
 * The rules ask it about the conditions of policies.
 *
 * Rounds up: a name that may be the key of an OpenID Connect provider counts as a key.
 * For speed, rows of the data are parsed lazily, and answers are memoized.
 */
import { DataFile, DataHeader } from './data-file';
import { nearest } from './edit-distance';
import { actionNamed, ResourceType, Service, ServiceAction, serviceNamed } from './services';
import { expressionOfForm, splitAction } from '../engine';
import { memoize, memoizePair } from '../util/memo';

/** A condition key, as the service authorization reference writes it. */
export interface ConditionKey {
  /** Such as `aws:PrincipalTag/${TagKey}`: `${…}` stands for text that the author chooses. */
  readonly name: string;
  /** Such as `String`, `ArrayOfString`, `Bool`, `Numeric`, `Date`, `ARN` or `IPAddress`. */
  readonly type: string;
}

type Pair = readonly [name: string, type: string];
type Row = readonly [
  keys: readonly Pair[], ofActions: ReadonlyArray<readonly number[]>, ofTypes: ReadonlyArray<readonly number[]>,
  byType: ReadonlyArray<readonly [action: number, ofAllRequests: readonly number[], ...onTypes: readonly KeysOnType[]]>,
];

type KeysOnType = readonly [type: number, keys: readonly number[]];

interface Header extends DataHeader {
  readonly globalKeys: readonly Pair[];
}

const FILE = new DataFile<Row, Header>('condition-keys');
/** All policies of an app contain the same few keys. */
const KEYS_KEPT = 1_000;

/** The global keys. Some of them are only in the requests of some services or callers. */
function globalConditionKeys(): readonly ConditionKey[] {
  return FILE.header.globalKeys.map(keyOf);
}

/**
 * The keys of an action beyond the global ones: its own and those of its resource types. `undefined`: no such action.
 * @param action in any letter case, without wildcards.
 */
export function conditionKeysOf(action: string): readonly ConditionKey[] | undefined {
  const [prefix, name = ''] = splitAction(action);
  const service = serviceNamed(prefix);
  const found = service && actionNamed(service, name);
  if (!found) { return undefined; }
  const [keys] = FILE.row(service.prefix)!;
  return [...new Set(indicesOf(service, found, found.types))].sort((a, b) => a - b).map((i) => keyOf(keys[i]));
}

/** The keys of an action and of resource types, as indices of the row of the service. */
function indicesOf(service: Service, action: ServiceAction, types: readonly ResourceType[]): readonly number[] {
  const [, ofActions, ofTypes] = FILE.row(service.prefix)!;
  return [...ofActions[service.actions.indexOf(action)], ...types.flatMap((type) => ofTypes[indexOfType(service, type)] ?? [])];
}

/** The global keys that the reference lists for each action: the tags of the resource and of the request. */
const LISTED_GLOBAL_KEYS = /^aws:(resourcetag\/|requesttag\/|tagkeys$)/;

/**
 * Whether the reference lists the key for the action on a resource of the type; without a type, on any. `undefined`: it does not
 * list such keys, or lists this one for no action.
 * @param key in lower case.
 */
export function hasKey(service: Service, action: ServiceAction, type: ResourceType | undefined, key: string): boolean | undefined {
  const isListed = LISTED_GLOBAL_KEYS.test(key) || (prefixOfKey(key) !== 'aws' && FILE.has(prefixOfKey(key)) && isListedForSomeAction(key));
  return isListed ? keysOn(service)(action)(type).some((listed) => matches(listed, key)) : undefined;
}

/** The reference defines keys that it lists for no action, such as `states:HTTPEndpoint`. Nothing tells which requests have them. */
const isListedForSomeAction = memoize((key: string): boolean => [prefixOfKey(key), ...FILE.names].some((service) => {
  const [keys, ofActions, ofTypes] = FILE.row(service)!;
  return keys.some(([name], i) => matches(name, key) && [...ofActions, ...ofTypes].some((listed) => listed.includes(i)));
}), KEYS_KEPT);

/** The keys that the reference lists, as it writes them. If it lists them by type, keys of other types are left out, but for tags. */
const keysOn = memoize((service: Service) => memoize((action: ServiceAction) => memoize((type: ResourceType | undefined): readonly string[] => {
  const [keys, , ofTypes, byType] = FILE.row(service.prefix)!;
  const index = service.actions.indexOf(action);
  const typeIndex = type === undefined ? -1 : indexOfType(service, type);
  const ofType = ofTypes[typeIndex];
  const [, ofAll, ...onTypes] = byType.find(([i]) => i === index) ?? [];
  if (ofType && ofAll) {
    const onType = onTypes.find(([i]) => i === typeIndex)?.[1] ?? [];
    return [...ofAll, ...onType, ...ofType.filter((i) => isTagKey(keys[i][0]))].map((i) => keys[i][0]);
  }
  return indicesOf(service, action, type && ofType ? [type] : action.types).map((i) => keys[i][0]);
})));

/** A correction may have changed the forms of the type, so its name counts. */
function indexOfType({ types }: Service, type: ResourceType): number {
  return types.findIndex(({ name }) => name === type.name);
}

function isTagKey(name: string): boolean {
  return name.toLowerCase().includes(':resourcetag/');
}

/**
 * Keys of a service that always have the value of a key that all services share.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policy-structure.html#amazon-ec2-keys
 */
const SAME_AS: { readonly [key: string]: string | undefined } = {
  's3:resourceaccount': 'aws:resourceaccount', 'kms:calleraccount': 'aws:principalaccount', 'ec2:region': 'aws:requestedregion',
};

/**
 * The name that a key shares with other services, if the reference lists both names for the action on a resource of the type:
 * `ec2:ResourceTag/team` and `rds:db-tag/team` are the tag `aws:ResourceTag/team`.
 * @param key in lower case.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policy-structure.html#amazon-ec2-keys
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_service-with-iam.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export function sharedKey(service: Service, action: ServiceAction, type: ResourceType | undefined, key: string): string {
  const [, prefix, rest] = /^([^:]+):(.+)$/.exec(key) ?? [];
  if (prefix === undefined || prefix === 'aws') { return key; }
  const same = SAME_AS[key];
  if (same !== undefined) { return (prefix === 's3' ? service.prefix === 's3' : hasKey(service, action, type, key)) ? same : key; } // S3: all requests have it
  // Keys such as `rds:db-tag/team` are of one resource type, but the reference lists some of them for a whole action.
  const beginning = ['resourcetag/', ...(prefix === 'rds' && type ? [`${type.name}-tag/`] : [])].find((name) => rest.startsWith(name));
  if (beginning === undefined) { return key; }
  const shared = `aws:resourcetag/${rest.slice(beginning.length)}`;
  return [key, shared].every((name) => hasKey(service, action, type, name)) ? shared : key;
}

/**
 * The key with this name, global or of any service. Names of keys are case-insensitive, and text that the author chooses is
 * ignored.
 * @param key such as `aws:PrincipalTag/team`.
 */
export const conditionKey = memoize(findConditionKey, KEYS_KEPT);

function findConditionKey(key: string): ConditionKey | undefined {
  const likely = keysNear(key).find(({ name }) => matches(name, key));
  if (likely) { return likely; }
  for (const service of FILE.names) { // other services list some keys, such as STS `saml:sub`
    const found = FILE.row(service)![0].find(([name]) => matches(name, key));
    if (found) { return keyOf(found); }
  }
  return undefined;
}

/**
 * Whether a condition key with this name exists. The keys of OpenID Connect providers begin with their hosts, such as
 * `oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub`, so any such name may be a key.
 */
export function isConditionKey(key: string): boolean {
  return conditionKey(key) !== undefined || isAfterHost(key);
}

/** Whether text with a dot inside stands before the first colon. */
function isAfterHost(key: string): boolean {
  const dot = key.indexOf('.', 1);
  return dot > 0 && dot < key.indexOf(':') - 1;
}

/** Whether it is a global key. */
export function isGlobalConditionKey(key: string): boolean {
  return FILE.header.globalKeys.some(([name]) => matches(name, key));
}

/** The actions of the service, as the reference writes them, whose requests may have the key beyond the global ones. */
export function actionsWithKey(servicePrefix: string, key: string): ReadonlySet<string> {
  return findActionsWithKey(servicePrefix.toLowerCase(), key.toLowerCase());
}

const findActionsWithKey = memoizePair((servicePrefix: string, key: string): ReadonlySet<string> => {
  const service = serviceNamed(servicePrefix);
  const row = service && FILE.row(service.prefix);
  if (!row) { return new Set(); }
  const [keys, ofActions, ofTypes] = row;
  const is = keys.map(([name]) => matches(name, key));
  const typesWith = new Set(service.types.filter((_, i) => ofTypes[i]?.some((k) => is[k])));
  return new Set(service.actions
    .filter(({ types }, i) => ofActions[i].some((k) => is[k]) || types.some((type) => typesWith.has(type)))
    .map(({ name }) => `${service.prefix}:${name}`));
}, KEYS_KEPT);

/** The key that a name that does not exist probably means. */
export function nearestConditionKey(key: string): string | undefined {
  const names = keysNear(key).map(({ name }) => name);
  const withoutEnd = new RegExp(`^${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[/:]\\$\\{[^}]*\\}$`, 'i');
  return names.find((name) => withoutEnd.test(name)) ?? nearest(key, names);
}

/** The prefix of a condition key in lower case, such as `aws` or that of a service; empty if it has none. */
export function prefixOfKey(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(':'))).toLowerCase();
}

/** The keys of the service of the key's prefix, and the global ones. */
function keysNear(key: string): readonly ConditionKey[] {
  return [...FILE.row(prefixOfKey(key))?.[0].map(keyOf) ?? [], ...globalConditionKeys()];
}

function matches(name: string, key: string): boolean {
  if (!name.includes('${')) { return name.length === key.length && name.toLowerCase() === key.toLowerCase(); }
  return patternOf(name).test(key);
}

const patternOf = memoize((name: string) => expressionOfForm(name, () => '.+', 'i'));

function keyOf([name, type]: Pair): ConditionKey {
  return { name, type };
}
