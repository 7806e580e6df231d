/**
 * Converts the declarations of an app (`RolePermissions`) to the form that `template/known-permissions.ts` reads.
 * Invariant: tokens are resolved only after synthesis, because resolving a statement freezes it.
 */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import type { KnownRolePermissions } from './known';
import { resolverAt } from './resolver';
import { PermissionsDeclaration } from '../template/known-permissions';

/** A declaration whose tokens are resolved when it is called, after synthesis. */
export type LazyDeclaration = () => PermissionsDeclaration;

export function roleDeclaration(role: iam.IRoleRef, permissions: KnownRolePermissions): LazyDeclaration {
  return () => {
    const { identityPolicies = [], managedPolicies = [], permissionsBoundary, trustPolicy } = permissions;
    const resolve = resolverAt(role);
    const source = 'RolePermissions.ofRole';
    return {
      source,
      stackId: stackIdOf(role),
      arn: resolve(role.roleRef.roleArn),
      role: {
        identityPolicies: identityPolicies.map((document, i) => ({ name: `identity policy ${i}`, document: resolve(document) })),
        managedPolicyArns: managedPolicies.map((policy) => resolve(policy.managedPolicyRef.policyArn)),
        permissionsBoundary: permissionsBoundary && { name: 'permissions boundary', document: resolve(permissionsBoundary) },
        trustPolicy: trustPolicy && resolve(trustPolicy),
      },
    };
  };
}

export function managedPolicyDeclaration(policy: iam.IManagedPolicyRef, document: iam.PolicyDocument): LazyDeclaration {
  return () => {
    const resolve = resolverAt(policy);
    return {
      source: 'RolePermissions.ofManagedPolicy', stackId: stackIdOf(policy), arn: resolve(policy.managedPolicyRef.policyArn), policy: resolve(document),
    };
  };
}

/** The stack of a construct. AWS's managed policies are not constructs. */
function stackIdOf(scope: IConstruct): string | undefined {
  return Construct.isConstruct(scope) ? Stack.of(scope).node.path : undefined;
}
