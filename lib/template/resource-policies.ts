/**
 * Finds what the policies of the app's resources (keys, buckets, secrets and so on) allow to a role by its ARN. `role-layers.ts` adds
 * it to the identity policies of a role of the same account, because there either of the two suffices.
 *
 * Rounds down: a statement counts only if it certainly names the role, is certainly deployed, and was understood completely. Deny
 * statements, and other principals than role ARNs, are not read.
 * For speed, the policies are read once for all roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { isJsonObject, itemsOf, Json, parsePolicy, partsOf, Policy, policyDocument, sameText, SymbolicString, textKey, Unresolved } from '../engine';
import { arnFieldsOf } from './arn-fields';
import { isDeployed, RoleRef } from './associations';
import { documentOf } from './document-of';
import { Evaluator } from './evaluator';
import { referencedResource } from './references';
import { RESOURCE_POLICY_TYPES } from './relevant-types';
import { pathOf, ResourceRef, StackTemplate } from './template-set';
import { LocatedValue, Value } from './value';
import { groupBy } from '../util/group-by';
import { isRecord } from '../util/records';

/** An Allow statement of a resource policy that names a role. */
export interface ResourceGrant {
  /** The resource that has the policy. */
  readonly resource: ResourceRef;
  /** The statement without its principal, on the resource that has the policy. */
  readonly policy: Policy;
  /** The same statement in IAM's JSON form. */
  readonly statement: Json;
}

/** Where a type of resource has its policy. */
interface PolicyPlace {
  /** The property, or the property of a property. */
  readonly document: readonly string[];
  /** The property that refers to the resources, if the policy is a resource of its own. */
  readonly resources?: string;
}

/** Where the ARN of a type is: an attribute, or `Ref`. A statement may also name what is inside some of them, such as objects of a bucket. */
interface ResourceArn {
  readonly attribute?: string;
  readonly inside?: string;
}

/** AWS requires that the statements of these policies name their own resource, so `inside` of it, what is written counts. */
const ARNS: { readonly [type: string]: ResourceArn } = {
  'AWS::DynamoDB::Table': { attribute: 'Arn', inside: '/index/*' },
  'AWS::ECR::Repository': { attribute: 'Arn' },
  'AWS::KMS::Key': { attribute: 'Arn' },
  'AWS::S3::Bucket': { attribute: 'Arn', inside: '/*' },
  'AWS::SecretsManager::Secret': {},
  'AWS::SNS::Topic': {},
  'AWS::SQS::Queue': { attribute: 'Arn' },
};

const PLACES: { readonly [type in typeof RESOURCE_POLICY_TYPES[number]]: PolicyPlace } = {
  'AWS::DynamoDB::Table': { document: ['ResourcePolicy', 'PolicyDocument'] },
  'AWS::ECR::Repository': { document: ['RepositoryPolicyText'] },
  'AWS::KMS::Key': { document: ['KeyPolicy'] },
  'AWS::S3::BucketPolicy': { document: ['PolicyDocument'], resources: 'Bucket' },
  'AWS::SecretsManager::ResourcePolicy': { document: ['ResourcePolicy'], resources: 'SecretId' },
  'AWS::SNS::TopicPolicy': { document: ['PolicyDocument'], resources: 'Topics' },
  'AWS::SQS::QueuePolicy': { document: ['PolicyDocument'], resources: 'Queues' },
};

/** What the resource policies of the templates allow to roles. */
export class ResourcePolicies {
  private readonly evaluator: Evaluator;
  private byRole?: ReadonlyMap<string, ReadonlyArray<ResourceGrant & { readonly key: string }>>;

  /** The conditions of resource policies are left open, so that they do not make cases for all associations. */
  public constructor({ leavingOpen }: Evaluator) {
    this.evaluator = leavingOpen;
  }

  /** The statements that name the role. */
  public to(role: RoleRef): readonly ResourceGrant[] {
    this.byRole ??= groupBy(this.all(), (grant) => grant.key);
    if (this.byRole.size === 0) { return []; }
    const key = keyOfArn(role.arn, role.defined?.stack ?? role.ofAccount);
    return (key !== undefined && this.byRole.get(key)) || [];
  }

  /** The statements that suffice without a policy of the role: those of its own account. */
  public inAccountOf(role: RoleRef): readonly ResourceGrant[] {
    const grants = this.to(role);
    const account = grants.length === 0 ? undefined : arnFieldsOf(role.arn)?.[4];
    return account === undefined ? [] : grants.filter(({ resource: { stack } }) => {
      const own = this.evaluator.textOf({ Ref: 'AWS::AccountId' }, stack);
      return !(own instanceof Unresolved) && sameText(own, account);
    });
  }

  private all(): Array<ResourceGrant & { readonly key: string }> {
    return this.evaluator.templates.resourcesOfType(...RESOURCE_POLICY_TYPES).flatMap((ref) => {
      const { document, resources } = PLACES[ref.resource.Type as typeof RESOURCE_POLICY_TYPES[number]];
      const written = document.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), ref.resource.Properties);
      if (written === undefined || isDeployed(ref, this.evaluator) !== true) { return []; }
      const statements = statementsOf(documentOf(written, ref.stack, this.evaluator));
      return (resources === undefined ? [ref] : this.resourcesAt(ref.resource.Properties?.[resources], ref.stack))
        .flatMap((resource) => statements.flatMap((statement, index) => this.grantsOf(statement, index, resource)));
    });
  }

  private resourcesAt(written: unknown, stack: StackTemplate): ResourceRef[] {
    const items: readonly LocatedValue[] = Array.isArray(written) ? this.evaluator.listAt(written, stack) ?? [] : [{ value: written, stack }];
    return items.flatMap((item) => {
      const ref = referencedResource(item.value, item.stack, this.evaluator)?.ref;
      return ref && Object.hasOwn(ARNS, ref.resource.Type) && isDeployed(ref, this.evaluator) === true ? [ref] : [];
    });
  }

  private grantsOf(written: Json, index: number, resource: ResourceRef): Array<ResourceGrant & { readonly key: string }> {
    if (!isJsonObject(written) || written.Effect !== 'Allow' || !isJsonObject(written.Principal) || written.NotResource !== undefined) { return []; }
    const { Principal: principal, Resource: named, ...rest } = written;
    const keys = itemsOf(principal.AWS ?? []).flatMap((arn) => keyOfArn(arn as Value, resource.stack) ?? []);
    if (keys.length === 0) { return []; }
    const own = this.arnsOf(resource);
    const resources = own && (named === undefined ? own : itemsOf(named).flatMap((pattern) => withinOwn(pattern, own)));
    if (!resources || resources.length === 0) { return []; }
    const statement: Json = { ...rest, Resource: resources };
    const { policy, problems } = parsePolicy(policyDocument(statement), `the policy of ${pathOf(resource)} (statement ${index})`);
    return problems.length > 0 ? [] : keys.map((key) => ({ key, resource, policy, statement }));
  }

  /** The ARN of a resource, and what is inside. */
  private arnsOf(resource: ResourceRef): Array<string | SymbolicString> | undefined {
    const { attribute, inside } = ARNS[resource.resource.Type];
    const { logicalId, stack } = resource;
    const arn = this.evaluator.textOf(attribute === undefined ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] }, stack);
    if (arn instanceof Unresolved || arnFieldsOf(arn) === undefined) { return undefined; }
    return inside === undefined ? [arn] : [arn, SymbolicString.from([...partsOf(arn), inside])];
  }
}

/** The part of a resource pattern that is on the resource itself: in its own policy, `*` is the resource. */
function withinOwn(pattern: Json, own: ReadonlyArray<string | SymbolicString>): ReadonlyArray<string | SymbolicString> {
  if (pattern === '*') { return own; }
  if (!isText(pattern)) { return []; }
  return own.length > 1 || sameText(pattern, own[0]) ? [pattern] : [];
}

/** Equal keys mean the same role; `undefined` if it is not the ARN of a role, or is not known. */
function keyOfArn(arn: Value, stack: StackTemplate | undefined): string | undefined {
  const fields = isText(arn) ? arnFieldsOf(arn) : undefined;
  if (fields?.[2] !== 'iam' || !String(partsOf(fields[5])[0]).startsWith('role/')) { return undefined; }
  if (typeof arn === 'string') { return arn; }
  // A text with symbolic variables may mean another role in another stage.
  return stack && JSON.stringify([stack.assembly, textKey(arn as SymbolicString)]);
}

function statementsOf(document: Json): readonly Json[] {
  const statement = isJsonObject(document) ? document.Statement : undefined;
  return statement === undefined ? [] : itemsOf(statement);
}

function isText(value: unknown): value is string | SymbolicString {
  return typeof value === 'string' || value instanceof SymbolicString;
}
