/**
 * What an app tells the checks about roles and policies that it does not define. Nothing of it is deployed.
 *
 * Invariant: tokens stay unresolved until the templates have been written, because to resolve a statement is to freeze it.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { onDemand } from './on-demand';
import { LazyDeclaration, managedPolicyDeclaration, roleDeclaration } from './role-permissions/declared';
import { KnownRolePermissions } from './role-permissions/known';
import { readText } from './util/read-json';

const ROLE_PERMISSIONS = Symbol.for('cdk-eks-pod-identity.RolePermissions');

/**
 * The permissions of roles and managed policies that the app does not define.
 *
 * The checks cannot read these permissions from the templates of the app. With the declaration, they can decide instead of reporting
 * `NarrowingUndetermined`.
 *
 * Give the declaration to an association or to `PodIdentityValidation`, as `rolePermissions`. Both apply to the whole app. Nothing of it is
 * deployed.
 *
 * @example
 * const permissions = RolePermissions.ofRole(role, {
 *   identityPolicies: [new iam.PolicyDocument({
 *     statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
 *   })],
 * });
 * Validations.of(app).addPlugins(new PodIdentityValidation({ rolePermissions: [permissions] }));
 */
export class RolePermissions {
  /**
   * Declares the permissions of a role that the app imports.
   *
   * Throws an error if the role is not an IAM role.
   *
   * @param role the role, such as `iam.Role.fromRoleArn(…)`
   * @param permissions all permissions of the role
   */
  public static ofRole(role: iam.IRoleRef, permissions: KnownRolePermissions): RolePermissions {
    if (!role?.roleRef) { throw new Error('RolePermissions.ofRole: role is not an IAM role. Give one, such as iam.Role.fromRoleArn(…).'); }
    return new RolePermissions([roleDeclaration(role, permissions ?? {})]);
  }

  /**
   * Declares the document of a customer managed policy that the app does not define.
   *
   * The policy is attached to a role, or is its permissions boundary.
   *
   * Throws an error if the policy is not a managed policy.
   *
   * @param policy the managed policy, such as `iam.ManagedPolicy.fromManagedPolicyArn(…)`
   * @param document the document of the default version of the managed policy
   */
  public static ofManagedPolicy(policy: iam.IManagedPolicyRef, document: iam.PolicyDocument): RolePermissions {
    if (!policy?.managedPolicyRef) {
      throw new Error('RolePermissions.ofManagedPolicy: policy is not a managed policy. Give one, such as iam.ManagedPolicy.fromManagedPolicyArn(…).');
    }
    return new RolePermissions([managedPolicyDeclaration(policy, document)]);
  }

  /**
   * Declares the roles, managed policies and resources in a snapshot file.
   *
   * Throws an error if the file cannot be read, is not JSON, or is not a valid snapshot.
   *
   * @param path the path of the file, relative to the working directory of the app
   * @see https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/snapshot-format.md
   */
  public static fromSnapshot(path: string): RolePermissions {
    const text = readText(path, ({ code }) => (
      new Error(`RolePermissions.fromSnapshot: cannot read '${path}' (${code}). Give the path of a snapshot file.`)));
    return new RolePermissions(onDemand().readSnapshot(text, path));
  }

  /**
   * Returns whether an object is a `RolePermissions`, created by this or another copy of this library.
   *
   * @param x any object
   */
  public static isRolePermissions(x: any): boolean {
    return typeof x === 'object' && x !== null && ROLE_PERMISSIONS in x;
  }

  /**
   * Why a value is not a list of what an app tells the checks; `undefined` if it is. JavaScript lets a single one through.
   * @internal
   */
  public static _listProblem(list: any): string | undefined {
    if (list === undefined || list === null) { return undefined; }
    if (!Array.isArray(list)) { return `rolePermissions is ${RolePermissions.isRolePermissions(list) ? 'one RolePermissions and not' : 'not'} a list`; }
    return list.every((item) => RolePermissions.isRolePermissions(item)) ? undefined : 'rolePermissions has something else than RolePermissions';
  }

  private constructor(private readonly declared: readonly LazyDeclaration[]) {
    Object.defineProperty(this, ROLE_PERMISSIONS, { value: true });
  }

  /** @internal */
  public _declared(): readonly LazyDeclaration[] {
    return this.declared;
  }
}
