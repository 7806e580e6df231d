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
 * The resource-based policies of resources that the app does not define.
 *
 * An example is the policy of a bucket or of a KMS key of another app. Such a policy can allow requests that the policies of a role do not
 * allow, and deny requests that they allow. The checks cannot read it from the templates of the app.
 *
 * Give the declaration to an association or to `PodIdentityValidation`, as `resourcePermissions`. Both apply to the whole app. Nothing of it
 * is deployed.
 *
 * @example
 * const reports = ResourcePermissions.ofResource(this, 'arn:aws:s3:::reports', {
 *   policy: new iam.PolicyDocument({
 *     statements: [new iam.PolicyStatement({
 *       principals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/reports')],
 *       actions: ['s3:GetObject'],
 *       resources: ['arn:aws:s3:::reports/*'],
 *     })],
 *   }),
 *   account: '111122223333',
 * });
 * Validations.of(app).addPlugins(new PodIdentityValidation({ resourcePermissions: [reports] }));
 */
export class ResourcePermissions {
  /**
   * Declares the policy of a resource that the app does not define.
   *
   * The resource types are S3 buckets and access points, KMS keys, SQS queues, SNS topics, Secrets Manager secrets, Lambda functions, ECR
   * repositories, DynamoDB tables, EventBridge event buses, Kinesis streams, EFS file systems, OpenSearch domains and AWS Backup vaults.
   *
   * Throws an error if the scope is not a construct, if the ARN is not the whole ARN of one resource of these types, if the policy is not a
   * policy document or is missing for a KMS key, or if the account is not an account id or not the account in the ARN.
   *
   * @param scope the stack whose deploy-time values the policy may contain, or a construct in it. Messages name it
   * @param resourceArn the ARN of the resource, without wildcards and without deploy-time values
   * @param permissions the policy and the owner of the resource
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
   * Declares the policies of the resources in a snapshot file.
   *
   * `RolePermissions.fromSnapshot` also declares them, so for one file, one of the two methods is enough.
   *
   * Throws an error if the file cannot be read, is not JSON, or is not a valid snapshot.
   *
   * @param path the path of the file, relative to the working directory of the app
   * @see https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/snapshot-format.md
   */
  public static fromSnapshot(path: string): ResourcePermissions {
    const text = readText(path, ({ code }) => (
      new Error(`ResourcePermissions.fromSnapshot: cannot read '${path}' (${code}). Give the path of a snapshot file.`)));
    const declared = onDemand().readSnapshot(text, path);
    return new ResourcePermissions(declared.filter((one) => one().resource !== undefined));
  }

  /**
   * Returns whether an object is a `ResourcePermissions`, created by this or another copy of this library.
   *
   * @param x any object
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
