import { ActionCatalog, ActionsByService, AwsAction, splitArn } from '../engine';
import { Service, ServiceAction, serviceNamed, servicePrefixes, servicesAsOf } from './services';
import { lazy, memoize } from '../util/memo';

/** The requests that AWS makes, by the service authorization reference. A service is parsed when it is first looked up. */
export const actionCatalog = lazy((): ActionCatalog => ({ asOf: servicesAsOf(), services: servicesWith(actionsOf) }));

/**
 * The same, and requests that AWS may make though the reference does not say so: of actions that are authorised on `*` by the
 * reference, on ARNs. What is not even here is wrong, if the reference is not too old.
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

/** The resource parts of ARNs that the action may be authorised on, beyond those of its types. */
function endsBeyond({ name, types, accessLevel, withoutResource }: ServiceAction, prefix: string): readonly string[] {
  if (!withoutResource || ON_STAR_ONLY.has(prefix) || ON_STAR_ONLY.has(`${prefix}:${name}`)) { return []; }
  // The reference misses the types of some actions: of `eks:CreateCluster`, AccessDenied names the cluster. All that list is named by no one of the list.
  return types.length > 0 || accessLevel === 'List' ? ENDS_OF_LISTS : ['*'];
}

/**
 * Some services ask for all resources of a kind: AccessDenied names `…:table/*` for `dynamodb:ListTables`, `…:*` for
 * `ssm:DescribeParameters` and `…:role/` for `iam:ListRoles`, the asterisk being literal. Which ones do, is not documented.
 */
const ENDS_OF_LISTS = ['', '${*}', '${Kind}/', '${Kind}/${*}', '${Kind}/${*}/${*}', '${Kind}:', '${Kind}:${*}'];

/**
 * Services and actions that AWS documents to be authorised on `*` and nothing else, where the reference says `*`.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_service-with-iam.html
 */
const ON_STAR_ONLY: ReadonlySet<string> = new Set(['ec2', 'ecr:GetAuthorizationToken']);
