/**
 * What an app tells the checks about the policies of resources that it does not define. Nothing of it is deployed.
 *
 * Invariant: as for `RolePermissions`, tokens stay unresolved until the templates have been written.
 */
import { Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { onDemand } from './on-demand';
import { LazyDeclaration, pathOf, resourceDeclaration } from './role-permissions/declared';
import { KnownResourcePermissions } from './role-permissions/known-resource';
import { accountInArn, declarableResource } from './template/declarable-resources';
import { readText } from './util/read-json';

const RESOURCE_PERMISSIONS = Symbol.for('cdk-eks-pod-identity.ResourcePermissions');

/**
 * What an app cannot see of resources that it does not define, told by its author: their resource-based policies, such as the policy of
 * a bucket or of a KMS key of another app. They may allow to a role what its own policies do not, and deny what they allow.
 *
 * Give it to an association (`resourcePermissions`) or, for the whole app, to `PodIdentityValidation`. Nothing of it is deployed.
 */
export class ResourcePermissions {
  /**
   * The policy of a resource that the app does not define.
   *
   * The types are S3 buckets and access points, KMS keys, SQS queues, SNS topics, Secrets Manager secrets, Lambda functions, ECR
   * repositories, DynamoDB tables, EventBridge event buses, Kinesis streams, EFS file systems, OpenSearch domains and backup vaults.
   *
   * @param scope the stack, or a construct in it, whose values the policy may have. Messages name it
   * @param resourceArn the ARN of the resource as text: whole, without wildcards and deploy-time values
   * @param permissions all that its policy says
   * @throws if the ARN is not the ARN of one resource of these types
   */
  public static ofResource(scope: IConstruct, resourceArn: string, permissions: KnownResourcePermissions): ResourcePermissions {
    if (!Construct.isConstruct(scope)) {
      throw new Error('ResourcePermissions.ofResource: scope is not a construct. Give the stack that declares the policy, such as `this`.');
    }
    const fail = (what: string, fix: string): never => {
      throw new Error(`ResourcePermissions.ofResource (${pathOf(scope)}): ${what}. ${fix}`);
    };
    if (typeof resourceArn === 'string' && Token.isUnresolved(resourceArn)) {
      fail('resourceArn is a deploy-time value', 'Write the ARN as text, such as arn:aws:s3:::reports, so that it can be compared with what policies name.');
    }
    const found = declarableResource(resourceArn);
    if ('problem' in found) { return fail(`resourceArn ${JSON.stringify(resourceArn) ?? typeof resourceArn} ${found.problem}`, found.fix); }
    const { policy, account } = permissions ?? {};
    if (policy !== undefined && typeof policy?.validateForResourcePolicy !== 'function') {
      fail('policy is not a policy document', 'Give an iam.PolicyDocument, such as iam.PolicyDocument.fromJson(…).');
    }
    if (policy === undefined && found.type === 'AWS::KMS::Key') {
      fail(`there is no policy of ${resourceArn}`, 'Every KMS key has a key policy. Give it as policy, such as iam.PolicyDocument.fromJson(…).');
    }
    const isAccount = account === undefined || Token.isUnresolved(account) || /^\d{12}$/.test(account);
    if (!isAccount) { fail(`account ${JSON.stringify(account)} is not an account`, 'Give the 12 digits of its id.'); }
    const own = accountInArn(resourceArn);
    if (own !== undefined && account !== undefined && account !== own) {
      fail(`account is not ${own}, the account in ${resourceArn}`, 'Leave account out.');
    }
    return new ResourcePermissions([resourceDeclaration(scope, resourceArn, found.type, { policy, account })]);
  }

  /**
   * The resources of a snapshot file. `RolePermissions.fromSnapshot` knows them, too: of one file, one of the two is enough. The format
   * is described at https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/snapshot-format.md
   *
   * @param path the file; a relative path starts at the working directory of the app
   * @throws if the file cannot be read, is not JSON, or is not a snapshot; the message says where
   */
  public static fromSnapshot(path: string): ResourcePermissions {
    const text = readText(path, ({ code }) => (
      new Error(`ResourcePermissions.fromSnapshot: cannot read '${path}' (${code}). Give the path of a snapshot file.`)));
    const declared = onDemand().readSnapshot(text, path);
    return new ResourcePermissions(declared.filter((one) => one().resource !== undefined));
  }

  /**
   * Whether `x` is a `ResourcePermissions`, of this or another copy of this library.
   *
   * @param x anything
   */
  public static isResourcePermissions(x: any): boolean {
    return typeof x === 'object' && x !== null && RESOURCE_PERMISSIONS in x;
  }

  /**
   * Why a value is not a list of what an app tells the checks; `undefined` if it is. JavaScript lets a single one through.
   * @internal
   */
  public static _listProblem(list: any): string | undefined {
    if (list === undefined || list === null) { return undefined; }
    if (!Array.isArray(list)) {
      return `resourcePermissions is ${ResourcePermissions.isResourcePermissions(list) ? 'one ResourcePermissions and not' : 'not'} a list`;
    }
    return list.every((item) => ResourcePermissions.isResourcePermissions(item)) ? undefined
      : 'resourcePermissions has something else than ResourcePermissions';
  }

  private constructor(private readonly declared: readonly LazyDeclaration[]) {
    Object.defineProperty(this, RESOURCE_PERMISSIONS, { value: true });
  }

  /** @internal */
  public _declared(): readonly LazyDeclaration[] {
    return this.declared;
  }
}
