import {
  CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import type { KnownRolePermissions } from '../role-permissions';
import { PermissionsDeclaration } from '../template/known-permissions';
import { VALUE_OF_STACK } from '../template/value';

/** A declaration whose tokens are resolved once the app has been synthesised: to resolve a statement is to freeze it. */
export type Declared = () => PermissionsDeclaration;

export function roleDeclaration(role: iam.IRoleRef, permissions: KnownRolePermissions): Declared {
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

export function managedPolicyDeclaration(policy: iam.IManagedPolicyRef, document: iam.PolicyDocument): Declared {
  return () => {
    const resolve = resolverAt(policy);
    return {
      source: 'RolePermissions.ofManagedPolicy', stackId: stackIdOf(policy), arn: resolve(policy.managedPolicyRef.policyArn), policy: resolve(document),
    };
  };
}

/** AWS's managed policies are objects without a place in the app. */
function stackIdOf(scope: IConstruct): string | undefined {
  return Construct.isConstruct(scope) ? Stack.of(scope).node.path : undefined;
}

function resolverAt(scope: IConstruct): (value: unknown) => unknown {
  const stack = Construct.isConstruct(scope) ? Stack.of(scope) : undefined;
  return (value) => Tokenization.resolve(value, { scope: stack ?? new Stack(), resolver: new ReferenceResolver(stack), preparing: false });
}

const JOIN = { join: (left: any, right: any) => ({ 'Fn::Join': ['', [left, right]] }) };

/** The CDK has written its imports and exports already: a reference to a resource of another stack says which stack it is. */
class ReferenceResolver extends DefaultTokenResolver {
  public constructor(private readonly stack: Stack | undefined) {
    super(JOIN);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target)) { return super.resolveToken(token, context, postProcessor); }
    const { target, displayName } = token;
    const owner = Stack.of(target);
    const logicalId = owner.resolve(target.logicalId);
    const value = displayName === 'Ref' ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, displayName] };
    return owner === this.stack ? value : { [VALUE_OF_STACK]: [owner.node.path, value] };
  }
}
