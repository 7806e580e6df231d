/**
 * Adds statements to the role of an association.
 *
 * Invariant: a role that takes no statements is reported where the grant is made, and left as it is.
 */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { warn } from './warn';

/** The value of `GrantsTo`, for messages. */
export type ToRole = 'ROLE' | 'SESSION_POLICY_AND_ROLE';

/** Adds the statements of grants to a role. */
export interface RoleGranter {
  /** Whether the role takes no statements. */
  readonly isImmutable: boolean;
  readonly add: (statement: iam.PolicyStatement) => iam.AddToPrincipalPolicyResult;
}

/**
 * A role of another stack gets a policy of its own in the stack of the association: in the stack of the role, it would refer to what is
 * granted, while the association refers to the role there, and neither stack could be deployed first.
 */
export function roleGranter(role: iam.IRole, association: Construct, grantsTo: ToRole): RoleGranter {
  if (isImmutable(role)) { return immutable(role, association, grantsTo); }
  if (Stack.of(role) === Stack.of(association)) {
    return { isImmutable: false, add: (statement) => role.grantPrincipal.addToPrincipalPolicy(statement) };
  }
  let policy: iam.Policy | undefined;
  return {
    isImmutable: false,
    add: (statement) => {
      policy ??= new iam.Policy(association, 'RolePolicy', { roles: [role] });
      policy.addStatements(statement);
      return { statementAdded: true, policyDependable: policy };
    },
  };
}

/**
 * Whether the CDK adds no policies to the role: `mutable: false`, `withoutPolicyUpdates()`, or imported from another account. The CDK
 * does not export the class, and its name for property injection is the only public mark.
 */
export function isImmutable(role: iam.IRole): boolean {
  return (role.constructor as any).PROPERTY_INJECTION_ID === 'aws-cdk-lib.aws-iam.ImmutableRole';
}

/** The principal of a role that gets every grant of an association: its own, unless its grants would be lost without a word. */
export function principalOfRole(role: iam.IRole, association: Construct): iam.IPrincipal {
  return isImmutable(role) ? new ImmutableRolePrincipal(role, roleGranter(role, association, 'ROLE')) : role.grantPrincipal;
}

class ImmutableRolePrincipal extends iam.ArnPrincipal {
  public readonly principalAccount: string | undefined;

  public constructor(role: iam.IRole, private readonly granter: RoleGranter) {
    super(role.roleArn);
    this.principalAccount = role.principalAccount;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    return this.granter.add(statement);
  }
}

function immutable(role: iam.IRole, association: Construct, grantsTo: ToRole): RoleGranter {
  return {
    isImmutable: true,
    add: (statement) => {
      const added = role.grantPrincipal.addToPrincipalPolicy(statement);
      // With `addGrantsToResources`, nothing is lost: the CDK adds the grant to the policy of the resource, or reports that it cannot.
      if (added.statementAdded) { warn(association, 'grantToImmutableRole', lostGrants(role, grantsTo)); }
      return added;
    },
  };
}

function lostGrants(role: iam.IRole, grantsTo: ToRole): string {
  const fix = grantsTo === 'ROLE'
    ? 'If the role already allows what was granted, remove the grants.'
    : 'If the role already allows what was granted, use GrantsTo.SESSION_POLICY.';
  return `grantsTo is GrantsTo.${grantsTo}, but the CDK adds no policies to ${role.node.path}: it was imported with mutable: false or from `
    + 'another account, or made by withoutPolicyUpdates(). The grants do not reach the role, and the pods are denied what neither the role nor a resource '
    + `policy allows. ${fix} Otherwise allow it where the role is defined, or give the association a role that can be changed.`;
}
