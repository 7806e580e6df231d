/**
 * Builds the catalogs of the requests that AWS makes, for the engine, from the service authorization reference.
 *
 * Rounding: `actionCatalog` contains what the reference and its corrections document. `widestCatalog` rounds up: it also contains
 * requests that AWS may make although the reference does not list them.
 * For speed, a service is parsed when it is first looked up.
 */
import { ActionCatalog, ActionsByService, AwsAction, splitArn } from '../engine';
import { Service, ServiceAction, serviceNamed, servicePrefixes, servicesAsOf } from './services';
import { lazy, memoize } from '../util/memo';

/** The requests that AWS makes, by the service authorization reference. */
export const actionCatalog = lazy((): ActionCatalog => ({ asOf: servicesAsOf(), services: servicesWith(actionsOf) }));

/**
 * The same, and requests on ARNs of actions that the reference authorizes on `*`. AWS may make some of them. A permission that
 * matches nothing here is wrong, unless the reference is too old.
 */
export const widestCatalog = lazy((): ActionCatalog => ({ asOf: servicesAsOf(), services: servicesWith(actionsOnMore) }));

function servicesWith(readActions: (service: Service) => readonly AwsAction[]): ActionsByService {
  const prefixes = new Set(servicePrefixes());
  return {
    keys: () => prefixes,
    get: memoize((prefix) => (prefixes.has(prefix) ? readActions(serviceNamed(prefix)!) : undefined)),
  };
}

function actionsOf({ actions }: Service): readonly AwsAction[] {
  return actions.map(({ name, types, withoutResource }) => ({
    name, resources: types.flatMap((type) => type.forms), alsoWithoutResource: withoutResource,
  }));
}

function actionsOnMore(service: Service): readonly AwsAction[] {
  const names = [...new Set([service.prefix, ...service.types.flatMap((type) => type.forms.map((form) => splitArn(form)[2]))])];
  return actionsOf(service).map((action, i) => {
    const ends = endsBeyond(service.actions[i], service.prefix);
    return { ...action, resources: [...action.resources, ...names.flatMap((name) => ends.map((end) => `arn:\${Partition}:${name}:\${AnyRegion}:\${AnyAccount}:${end}`))] };
  });
}

/** The resource parts of ARNs that the action may be authorized on, beyond those of its types. */
function endsBeyond({ name, types, accessLevel, withoutResource }: ServiceAction, prefix: string): readonly string[] {
  if (!withoutResource || ON_STAR_ONLY.has(prefix) || ON_STAR_ONLY.has(`${prefix}:${name}`)) { return []; }
  // The reference lacks the types of some actions: AccessDenied for `eks:CreateCluster` names the cluster. It never names an item of a list.
  return types.length > 0 || accessLevel === 'List' ? ENDS_OF_LISTS : ['*'];
}

/**
 * Some services authorize a list action on all resources of a kind: AccessDenied names `…:table/*` for `dynamodb:ListTables`,
 * `…:*` for `ssm:DescribeParameters` and `…:role/` for `iam:ListRoles`. The asterisk is literal. AWS does not document which
 * services do.
 */
const ENDS_OF_LISTS = ['', '${*}', '${Kind}/', '${Kind}/${*}', '${Kind}/${*}/${*}', '${Kind}:', '${Kind}:${*}'];

/**
 * Services and actions that the reference authorizes on `*`, and that AWS documents to be authorized on nothing else.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_service-with-iam.html
 */
const ON_STAR_ONLY: ReadonlySet<string> = new Set(['ec2', 'ecr:GetAuthorizationToken']);
