/**
 * Converts the declarations of an app (`RolePermissions`, `ResourcePermissions`) to the form that `template/known-permissions.ts` and
 * `template/declared-resource-policies.ts` read.
 * Invariant: tokens are resolved only after synthesis, because resolving a statement freezes it.
 */
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import type { KnownRolePermissions } from './known';
import type { KnownResourcePermissions } from './known-resource';
import { resolverAt, stackAround } from './resolver';
import { hasIntrinsic } from '../template/intrinsics/intrinsic';
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

/** @param type the type in CloudFormation */
export function resourceDeclaration(scope: IConstruct, arn: string, type: string, { policy, account }: KnownResourcePermissions): LazyDeclaration {
  return () => {
    const stackId = stackIdOf(scope);
    const source = `ResourcePermissions.ofResource (${pathOf(scope)})`;
    const resolve = resolverAt(scope);
    const document = policy && resolve(policy);
    const [problem] = policy?.validateForResourcePolicy() ?? [];
    if (problem !== undefined) { throw new Error(`${source}: the policy of ${arn} is not a resource policy: ${problem}`); }
    if (stackId === undefined && (hasIntrinsic(document) || hasIntrinsic(resolve(account)))) {
      throw new Error(`${source}: the declaration of ${arn} contains deploy-time values, but its scope is not in a stack. Give as scope the `
        + 'stack that the values belong to.');
    }
    return { source, stackId, arn, resource: { type, account: account === undefined ? undefined : resolve(account), policy: document } };
  };
}

/** The path of a construct, for messages. That of an app is empty. */
export function pathOf({ node }: IConstruct): string {
  return node.path === '' ? 'the app' : node.path;
}

function stackIdOf(scope: IConstruct): string | undefined {
  return stackAround(scope)?.node.path;
}
