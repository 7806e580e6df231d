/**
 * The service authorization reference with its corrections: services, actions, and the resource types that they are authorized on.
 * The other files of this folder, and the catalogs of the engine, read it.
 *
 * Rounds up: corrections add forms of ARNs. An action without a required resource type counts as authorized on `*`, unless a
 * correction says otherwise.
 * For speed, a service is parsed when it is first looked up.
 */
import { Correction, CORRECTIONS } from './corrections';
import { DataFile, DatedHeader } from './data-file';
import { memoize, memoizeBy } from '../util/memo';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

/** A type of resources that an action is authorized on, as the service authorization reference names it. */
export interface ResourceType {
  /** Such as `object`. */
  readonly name: string;
  /** The forms of its ARNs, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
  readonly forms: readonly string[];
  /** Forms of the type that AWS documents for other actions, and that the action may be asked about all the same. */
  readonly doubtfulForms?: readonly string[];
}

export interface ServiceAction {
  /** Without the service prefix, such as `GetObject`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  readonly types: readonly ResourceType[];
  /** Whether it may be authorized on `*`: it has no resource types, or none of them is known to be required. */
  readonly withoutResource: boolean;
}

/** A service of the service authorization reference. */
export interface Service {
  /** In lower case, such as `s3`. */
  readonly prefix: string;
  readonly types: readonly ResourceType[];
  /** The actions, in the order of the reference. */
  readonly actions: readonly ServiceAction[];
}

type Row = readonly [
  types: ReadonlyArray<readonly [name: string, ...forms: string[]]>,
  actions: ReadonlyArray<readonly [name: string, level: keyof typeof LEVELS, types: readonly number[], optional?: 1]>,
];

const LEVELS = { L: 'List', R: 'Read', W: 'Write', T: 'Tagging', P: 'Permissions management' } as const;

const FILE = new DataFile<Row, DatedHeader>('actions');

/** The date of the reference, such as `2026-09-26`. */
export function servicesAsOf(): string {
  return FILE.header.asOf;
}

/** The prefixes of all services, in lower case. */
export function servicePrefixes(): readonly string[] {
  return [...FILE.names];
}

/** @param prefix in any case. */
export function isServicePrefix(prefix: string): boolean {
  return FILE.has(prefix.toLowerCase());
}

/** @param prefix in any case. */
export const serviceNamed = memoizeBy((prefix: string) => prefix.toLowerCase(), (prefix): Service | undefined => {
  const name = prefix.toLowerCase();
  const row = FILE.row(name);
  return row && readService(name, row);
});

/** @param name in any case, without the prefix. */
export function actionNamed(service: Service, name: string): ServiceAction | undefined {
  return actionsByName(service).get(name.toLowerCase());
}

const actionsByName = memoize(({ actions }: Service) => new Map(actions.map((action) => [action.name.toLowerCase(), action])));

function readService(prefix: string, [typeRows, actionRows]: Row): Service {
  const correction = CORRECTIONS[prefix];
  const types = typeRows.map(([name, ...forms]): ResourceType => ({ name, forms: [...forms, ...correction?.types?.[name] ?? []] }));
  const actions = actionRows.map(([name, level, indices, optional]): ServiceAction => ({
    name,
    accessLevel: LEVELS[level],
    types: indices.map((i) => types[i]),
    withoutResource: optional === 1 || indices.length === 0,
  }));
  return { prefix, types, actions: correction ? actions.map((action) => applyCorrection(action, correction)) : actions };
}

function applyCorrection(action: ServiceAction, correction: Correction): ServiceAction {
  const { name, types } = action;
  return {
    ...action,
    types: [...types.map((type) => withoutFormsOfOthers(type, name, correction)), ...typesBeyond(name, types.length > 0, correction)],
    withoutResource: types.length === 0
      || correction.alsoWithoutResource?.includes(name) === true
      || (action.withoutResource && !isAlwaysOnResource(name, correction)),
  };
}

/** The type without the forms that only other actions are authorized on, or with those that only this one is. */
function withoutFormsOfOthers(type: ResourceType, action: string, { onlyFor = {} }: Correction): ResourceType {
  const limited = type.forms.filter((form) => form in onlyFor);
  if (limited.length === 0) { return type; }
  const own = limited.filter((form) => onlyFor[form].includes(action));
  return own.length > 0 ? { ...type, forms: own } : { ...type, forms: type.forms.filter((form) => !limited.includes(form)), doubtfulForms: limited };
}

/** The resource types that only a correction lists. */
function typesBeyond(action: string, isTyped: boolean, { actions, untyped }: Correction): readonly ResourceType[] {
  const forms = actions?.[action] ?? (isTyped ? undefined : untyped);
  return forms ? [{ name: 'not in the reference', forms }] : [];
}

function isAlwaysOnResource(action: string, { alwaysOnResource }: Correction): boolean {
  return typeof alwaysOnResource === 'string' || alwaysOnResource?.includes(action) === true;
}
