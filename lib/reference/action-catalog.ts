import { ActionCatalog, AwsAction } from '../engine';
import { Service, ServiceAction, serviceNamed, servicePrefixes, servicesAsOf } from './services';

let read: ActionCatalog | undefined;
let widest: ActionCatalog | undefined;

/** The requests that AWS makes, by the service authorization reference. A service is parsed when it is first looked up. */
export function actionCatalog(): ActionCatalog {
  return read ??= { asOf: servicesAsOf(), services: new ServiceActions(servicePrefixes(), actionsOf) };
}

/**
 * The same, and requests that AWS may make though the reference does not say so: of actions that are authorised on `*` by the
 * reference, on ARNs. What is not even here is wrong, if the reference is not too old.
 */
export function widestCatalog(): ActionCatalog {
  return widest ??= { asOf: servicesAsOf(), services: new ServiceActions(servicePrefixes(), actionsOnMore) };
}

class ServiceActions implements ReadonlyMap<string, readonly AwsAction[]> {
  private readonly parsed = new Map<string, readonly AwsAction[]>();
  private readonly prefixes: ReadonlySet<string>;

  public constructor(prefixes: readonly string[], private readonly readActions: (service: Service) => readonly AwsAction[]) {
    this.prefixes = new Set(prefixes);
  }

  public get size(): number {
    return this.prefixes.size;
  }

  public has(prefix: string): boolean {
    return this.prefixes.has(prefix);
  }

  public get(prefix: string): readonly AwsAction[] | undefined {
    const known = this.parsed.get(prefix);
    if (known || !this.has(prefix)) { return known; }
    const actions = this.readActions(serviceNamed(prefix)!);
    this.parsed.set(prefix, actions);
    return actions;
  }

  public keys() { return this.prefixes.keys(); }
  public values() { return this.all().values(); }
  public entries() { return this.all().entries(); }
  public [Symbol.iterator]() { return this.entries(); }

  public forEach(visit: (actions: readonly AwsAction[], prefix: string, map: ReadonlyMap<string, readonly AwsAction[]>) => void): void {
    this.all().forEach((actions, prefix) => visit(actions, prefix, this));
  }

  private all(): ReadonlyMap<string, readonly AwsAction[]> {
    return new Map([...this.prefixes].map((prefix) => [prefix, this.get(prefix)!]));
  }
}

function actionsOf({ actions }: Service): readonly AwsAction[] {
  return actions.map(({ name, types, withoutResource }) => ({
    name, resources: types.flatMap((type) => type.forms), alsoWithoutResource: withoutResource,
  }));
}

function actionsOnMore(service: Service): readonly AwsAction[] {
  const names = [...new Set([service.prefix, ...service.types.flatMap((type) => type.forms.map((form) => form.split(':')[2]))])];
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
