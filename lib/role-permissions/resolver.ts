/**
 * Resolves the tokens of declarations after synthesis.
 * Invariant: a reference to a resource of another stack keeps the path of its stack, because the CDK can no longer write exports.
 */
import {
  CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization,
} from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { VALUE_OF_STACK } from '../template/intrinsics/value-of-stack';

/** Resolves values that are outside the templates, in the stack of a construct. */
export function resolverAt(scope: IConstruct): (value: unknown) => unknown {
  const stack = stackAround(scope);
  return (value) => Tokenization.resolve(value, { scope: stack ?? new Stack(), resolver: new ReferenceResolver(stack), preparing: false });
}

/** The stack of a construct. AWS's managed policies are not constructs, and an app or a stage is in no stack. */
export function stackAround(scope: IConstruct): Stack | undefined {
  return Construct.isConstruct(scope) && scope.node.scopes.some((one) => Stack.isStack(one)) ? Stack.of(scope) : undefined;
}

const JOIN = { join: (left: any, right: any) => ({ 'Fn::Join': ['', [left, right]] }) };

/** Writes a reference to a resource of another stack with the path of that stack. */
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
