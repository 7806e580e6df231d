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
 * What an app cannot see of roles and managed policies that it does not define, told by its author: so that the checks can
 * decide instead of reporting `NarrowingUndetermined`.
 *
 * Give it to an association (`rolePermissions`) or, for the whole app, to `PodIdentityValidation`. Nothing of it is deployed.
 */
export class RolePermissions {
  /**
   * The permissions of a role that the app imports.
   *
   * @param role the role, such as `iam.Role.fromRoleArn(…)`
   * @param permissions all that it has
   */
  public static ofRole(role: iam.IRoleRef, permissions: KnownRolePermissions): RolePermissions {
    if (!role?.roleRef) { throw new Error('RolePermissions.ofRole: role is not an IAM role. Give one, such as iam.Role.fromRoleArn(…).'); }
    return new RolePermissions([roleDeclaration(role, permissions ?? {})]);
  }

  /**
   * The document of a customer managed policy that the app does not define: one that is attached to a role, or is its
   * permissions boundary.
   *
   * @param policy the managed policy, such as `iam.ManagedPolicy.fromManagedPolicyArn(…)`
   * @param document its document, of the default version
   */
  public static ofManagedPolicy(policy: iam.IManagedPolicyRef, document: iam.PolicyDocument): RolePermissions {
    if (!policy?.managedPolicyRef) {
      throw new Error('RolePermissions.ofManagedPolicy: policy is not a managed policy. Give one, such as iam.ManagedPolicy.fromManagedPolicyArn(…).');
    }
    return new RolePermissions([managedPolicyDeclaration(policy, document)]);
  }

  /**
   * Roles, managed policies and resources of a snapshot file. The format is described at
   * https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/snapshot-format.md
   *
   * @param path the file; a relative path starts at the working directory of the app
   * @throws if the file cannot be read, is not JSON, or is not a snapshot; the message says where
   */
  public static fromSnapshot(path: string): RolePermissions {
    const text = readText(path, ({ code }) => (
      new Error(`RolePermissions.fromSnapshot: cannot read '${path}' (${code}). Give the path of a snapshot file.`)));
    return new RolePermissions(onDemand().readSnapshot(text, path));
  }

  /**
   * Whether `x` is a `RolePermissions`, of this or another copy of this library.
   *
   * @param x anything
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
