/**
 * Builds the catalogs of the requests that AWS makes, for the engine, from the service authorization reference.
 *
 * Rounding: `requestCatalog` rules out only what the reference knows. An action without a resource type may be authorized on any
 * ARN of its service, unless it is recorded what AWS asks about. `likelyRequests` is for warnings, and rules out more.
 * For speed, a service is parsed when it is first looked up.
 */
import { ActionsByService, AwsAction, Presence, RequestCatalog, splitArn } from '../engine';
import { conditionKey, hasKey, sharedKey } from './condition-keys';
import { RECORDED_REQUESTS } from './requests-without-type';
import { ResourceType, Service, ServiceAction, serviceNamed, servicePrefixes, servicesAsOf } from './services';
import { endpointRegion } from './single-endpoints';
import { untiedKeys } from './untied-keys';
import { groupBy } from '../util/group-by';
import { lazy, memoize, memoizePair } from '../util/memo';

/** The requests that AWS makes, by the service authorization reference and what is recorded beyond it. */
export const requestCatalog = lazy((): RequestCatalog => ({
  asOf: servicesAsOf(),
  services: servicesWith((service) => service.actions.map((action) => readAction(service, action))),
  kindOfKey: memoize(kindOfKey),
}));

/**
 * The requests of the reference, and requests on ARNs of actions that it authorizes on `*`, as far as they are likely. A permission
 * that matches nothing here is wrong, unless the reference is too old.
 */
export const likelyRequests = lazy((): RequestCatalog => ({ asOf: servicesAsOf(), services: servicesWith(likelyActions) }));

function servicesWith(readActions: (service: Service) => readonly AwsAction[]): ActionsByService {
  const prefixes = new Set(servicePrefixes());
  return {
    keys: () => prefixes,
    get: memoize((prefix) => (prefixes.has(prefix) ? readActions(serviceNamed(prefix)!) : undefined)),
  };
}

function readAction(service: Service, action: ServiceAction): AwsAction {
  const { name, types, withoutResource } = action;
  const isUntyped = types.length === 0;
  const recorded = recordedOf(service.prefix, name, isUntyped);
  const forms = isUntyped && recorded ? recorded.forms : types.flatMap((type) => type.forms).map((form) => withFlatNames(form, service));
  const isUnrecorded = isUntyped && !recorded;
  return {
    name,
    resources: forms,
    alsoWithoutResource: withoutResource,
    isAskedOnStar: recorded?.onStar && (!isUntyped || forms.length === 0),
    doubtfulResources: [
      ...types.flatMap(({ doubtfulForms = [] }) => doubtfulForms),
      ...(isUnrecorded ? formsIn(service, ANY_END) : withoutResource && !isUntyped && !isOnStar(service) ? formsIn(service, ENDS_OF_LISTS) : []),
    ],
    presenceOf: presenceIn(service, action),
    sharedKey: (key, form) => sharedKey(service, action, typeOf(action, form), key),
    needsNoPermission: NEEDS_NO_PERMISSION.has(`${service.prefix}:${name}`),
    untiedKeys: untiedKeys(`${service.prefix}:${name}`),
    endpointRegion: endpointRegion(`${service.prefix}:${name}`),
  };
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const NEEDS_NO_PERMISSION: ReadonlySet<string> = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken']);

interface Recorded {
  readonly onStar: boolean;
  readonly forms: readonly string[];
}

/** A record of all actions of a service is of those without a resource type. */
function recordedOf(prefix: string, name: string, isUntyped: boolean): Recorded | undefined {
  const records = [...recordsByAction().get(`${prefix}:${name}`) ?? [], ...(isUntyped ? recordsByAction().get(`${prefix}:*`) ?? [] : [])];
  return records.length === 0 ? undefined : {
    onStar: records.some(({ on }) => on === '*'), forms: records.flatMap(({ on }) => (on === '*' ? [] : on)),
  };
}

/** Any ARN. */
const ANY_END = ['*'];

/** Whether it is recorded that all actions of the service without a resource are on `*` alone. */
function isOnStar({ prefix }: Service): boolean {
  return recordsByAction().get(`${prefix}:*`)?.some(({ on }) => on === '*') ?? false;
}

const recordsByAction = lazy(() => groupBy(
  RECORDED_REQUESTS.flatMap((record) => record.actions.map((action) => ({ action, on: record.on }))), ({ action }) => action));

/** Requests of these have the key: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const ALWAYS: { readonly [action: string]: readonly string[] } = { 'iam:PassRole': ['iam:passedtoservice'] };

function presenceIn(service: Service, action: ServiceAction): AwsAction['presenceOf'] {
  const always = ALWAYS[`${service.prefix}:${action.name}`] ?? [];
  return (key, form): Presence | undefined => {
    if (always.includes(key)) { return 'always'; }
    if (form === undefined && action.types.length > 0 && key.includes(':resourcetag/')) { return 'never'; } // `*` has no tags
    const isListed = hasKey(service, action, typeOf(action, form), key);
    return isListed === undefined ? undefined : isListed ? 'sometimes' : 'never';
  };
}

/** Services whose names have no slash. The names of other services may have one, unless a form continues them with it. */
const FLAT_NAMES: ReadonlySet<string> = new Set([
  'deadline', 'dynamodb', 'ec2', 'ecs', 'eks', 'elasticache', 'firehose', 'kinesis', 'lambda', 'sns', 'sqs', 'states',
]);

/** Any ASCII text, or a name of IAM with a path. */
const MAY_HAVE_SLASH: ReadonlySet<string> = new Set(['KeyPairName', 'PlacementGroupName', 'IamIdentityName']);

function withFlatNames(form: string, { prefix }: Service): string {
  const { 2: serviceOfForm, 5: part } = splitArn(form);
  if (serviceOfForm !== prefix || part === undefined || !FLAT_NAMES.has(prefix)) { return form; }
  const flat = part.replace(/\$\{(\w+)\}/g, (written, name: string) => (MAY_HAVE_SLASH.has(name) ? written : `\${${name}^/}`));
  return `${form.slice(0, form.length - part.length)}${flat}`;
}

/** The resource type that has the form. */
function typeOf({ types }: ServiceAction, form: string | undefined): ResourceType | undefined {
  const written = form?.replace(/\^\/\}/g, '}');
  return written === undefined ? undefined : types.find(({ forms }) => forms.includes(written));
}

function kindOfKey(key: string): 'list' | 'boolean' | undefined {
  const type = conditionKey(key)?.type;
  return type === 'Bool' ? 'boolean' : type?.startsWith('ArrayOf') ? 'list' : undefined;
}

/** ARNs of the service, and of the other services that its own ARNs name. */
const formsIn = memoizePair((service: Service, ends: readonly string[]): readonly string[] => {
  const names = [...new Set([service.prefix, ...service.types.flatMap((type) => type.forms.map((form) => splitArn(form)[2]))])];
  return names.flatMap((name) => ends.map((end) => `arn:\${Partition}:${name}:\${AnyRegion}:\${AnyAccount}:${end}`));
});

function likelyActions(service: Service): readonly AwsAction[] {
  return service.actions.map((action): AwsAction => {
    const { name, types, withoutResource } = action;
    return {
      name,
      resources: [...types.flatMap((type) => type.forms), ...formsIn(service, endsBeyond(action, service.prefix))],
      alsoWithoutResource: withoutResource,
    };
  });
}

/** The resource parts of ARNs that the action may be authorized on, beyond those of its types. */
function endsBeyond({ name, types, accessLevel, withoutResource }: ServiceAction, prefix: string): readonly string[] {
  const recorded = types.length === 0 ? recordedOf(prefix, name, true) : undefined;
  if (!withoutResource || (recorded?.onStar && recorded.forms.length === 0)) { return []; }
  // The reference lacks the types of some actions: AccessDenied for `eks:CreateCluster` names the cluster. It never names an item of a list.
  return types.length > 0 || accessLevel === 'List' ? LIKELY_ENDS_OF_LISTS : ANY_END;
}

/**
 * Some services authorize a list action on all resources of a kind: AccessDenied names `…:table/*` for `dynamodb:ListTables`,
 * `…:*` for `ssm:DescribeParameters` and `…:role/` for `iam:ListRoles`. The asterisk is literal. AWS does not document which
 * services do.
 */
const ENDS_OF_LISTS = ['', '${*}', '${Kind}/', '${Kind}/${*}', '${Kind}/${*}/${*}', '${Kind}:', '${Kind}:${*}'];
const LIKELY_ENDS_OF_LISTS = [...ENDS_OF_LISTS, '${Kind}:${Name}:${*}'];
