import * as fs from 'fs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { onDemand } from './on-demand';
import { Declared, managedPolicyDeclaration, roleDeclaration } from './role-permissions/declared';

const ROLE_PERMISSIONS = Symbol.for('cdk-eks-pod-identity.RolePermissions');

/** What a role has that the app does not define. */
export interface KnownRolePermissions {
  /**
   * The documents of its identity policies: inline policies, and attached managed policies whose document is at hand. All of
   * them: what is not here, the role is taken not to have. Policies that the app attaches to the role are added by themselves.
   *
   * @default - none
   */
  readonly identityPolicies?: iam.PolicyDocument[];

  /**
   * Managed policies that are attached to it and not among `identityPolicies`: AWS's own ones, whose documents this library
   * has, ones of the app, or ones that are given with `RolePermissions.ofManagedPolicy` or with a snapshot.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicyRef[];

  /**
   * The document of its permissions boundary.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: iam.PolicyDocument;

  /**
   * Its trust policy.
   *
   * @default - not known; then whether EKS may assume the role is not checked
   */
  readonly trustPolicy?: iam.PolicyDocument;
}

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
    if (!role?.roleRef) { throw new Error('RolePermissions.ofRole: there is no role. Give an IAM role, such as iam.Role.fromRoleArn(…).'); }
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
      throw new Error('RolePermissions.ofManagedPolicy: there is no managed policy. Give one such as iam.ManagedPolicy.fromManagedPolicyArn(…).');
    }
    return new RolePermissions([managedPolicyDeclaration(policy, document)]);
  }

  /**
   * Roles and managed policies of a snapshot file. The format is described at
   * https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/snapshot-format.md
   *
   * @param path the file; a relative path starts at the working directory of the app
   * @throws where the file cannot be read, is not JSON, or is not a snapshot; the message says where
   */
  public static fromSnapshot(path: string): RolePermissions {
    let text: string;
    try {
      text = fs.readFileSync(path, 'utf-8');
    } catch (e) {
      throw new Error(`RolePermissions.fromSnapshot: cannot read '${path}' (${(e as NodeJS.ErrnoException).code}). Give the path of a snapshot file.`);
    }
    return new RolePermissions(onDemand.snapshot().readSnapshot(text, path));
  }

  /**
   * Whether `x` is a `RolePermissions`, of this or another copy of this library.
   *
   * @param x anything
   */
  public static isRolePermissions(x: any): boolean {
    return typeof x === 'object' && x !== null && ROLE_PERMISSIONS in x;
  }

  private constructor(private readonly declared: readonly Declared[]) {
    Object.defineProperty(this, ROLE_PERMISSIONS, { value: true });
  }

  /** @internal */
  public _declared(): readonly Declared[] {
    return this.declared;
  }
}
