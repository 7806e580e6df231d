/**
 * Measures a session policy before synthesis, for `SessionPolicy.size`. It renders the policy with a mark for each reference, and adds up
 * the lengths of the pieces.
 *
 * Invariant: the deployed policy is at least as long as the minimum and at most as long as the maximum. It freezes nothing.
 */
import {
  CfnElement, CfnResource, DefaultTokenResolver, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { lengthOf, Unresolved } from '../engine';
import { minimize, ResolvedStatement } from './minimize';
import { SessionPolicySize } from '../session-policy-size';
import { Evaluator } from '../template/evaluator';
import { resourceFormat } from '../template/resource-formats';
import { Template, TemplateResource, TemplateSet } from '../template/template-set';
import { Value } from '../template/value';

/** The length of the document that the session policy of `owner` renders. */
export function renderedLength(statements: readonly ResolvedStatement[], owner: IConstruct | undefined): SessionPolicySize {
  if (!owner) { return lengthWithoutStack(statements); }
  const stack = Stack.of(owner);
  const resolver = new ReferenceResolver();
  const resolved = Tokenization.resolve(statements, { scope: owner, resolver, preparing: false });
  const rendered = stack.resolve(stack.toJsonString({ Version: '2012-10-17', Statement: minimize(resolved) }));
  const pieces: unknown[] = typeof rendered === 'string' ? [rendered] : rendered['Fn::Join'][1];
  const lengths = pieces.map((piece) => lengthOfValue(resolver.valueOf(piece) ?? valueOf(piece, stack)));
  return {
    minimum: lengths.reduce((sum, { min }) => sum + min, 0),
    maximum: lengths.reduce<number | undefined>((sum, { max }) => (sum === undefined || max === undefined ? undefined : sum + max), 0),
  };
}

function lengthOfValue(value: Value): { readonly min: number; readonly max?: number } {
  return value instanceof Unresolved ? { min: 0 } : lengthOf(value);
}

/** What is known of a value of a stack that may have this one resource. */
function valueOf(value: unknown, stack: Stack, resources: Template['Resources'] = {}): Value {
  const template = {
    id: stack.node.path,
    file: '',
    template: { Resources: resources },
    assembly: '',
    account: concrete(stack.account),
    region: concrete(stack.region),
    pathOf: (logicalId: string) => logicalId,
  };
  return new Evaluator(new TemplateSet([template])).textOf(value, template);
}

/** Tokens as they are encoded in strings, lists and numbers. */
const TOKENS = /\$\{Token\[[^\]]*\]\}|#\{Token\[[^\]]*\]\}|-1\.8+\d*e\+289/g;

/** Without a stack, nothing is known of tokens: they count as nothing in the minimum. */
function lengthWithoutStack(statements: readonly ResolvedStatement[]): SessionPolicySize {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: minimize(statements) });
  const literal = text.replace(TOKENS, '');
  return literal === text ? { minimum: text.length, maximum: text.length } : { minimum: literal.length };
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

const REFERENCE = 'cdk-eks-pod-identity:reference';

/** Resolves references to resources to a mark of their own, under which it remembers what is known of the value. */
class ReferenceResolver extends DefaultTokenResolver {
  private readonly values = new Map<string, Value>();

  public constructor() {
    super(new StringConcat());
  }

  /** The value behind a mark. */
  public valueOf(piece: unknown): Value | undefined {
    const mark = (piece as any)?.['Fn::GetAtt'];
    return Array.isArray(mark) && mark[1] === REFERENCE ? this.values.get(mark[0]) : undefined;
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: any): any {
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target) || !CfnResource.isCfnResource(token.target)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const { target, displayName } = token;
    const stack = Stack.of(target);
    const logicalId = stack.getLogicalId(target);
    const key = `${target.node.path} ${displayName}`;
    if (!this.values.has(key)) {
      const value = displayName === 'Ref' ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, displayName] };
      this.values.set(key, valueOf(value, stack, { [logicalId]: resourceOf(target, stack) }));
    }
    return { 'Fn::GetAtt': [key, REFERENCE] };
  }
}

/** The type of a resource, and the properties that its name is made of. */
function resourceOf(target: CfnResource, stack: Stack): TemplateResource {
  const nameProperty = resourceFormat(target.cfnResourceType)?.nameProperty;
  const given = ['Path', ...(nameProperty ? [nameProperty] : [])].map((property) =>
    [property, (target as any)[property[0].toLowerCase() + property.slice(1)]] as const);
  const set = given.filter(([, value]) => value !== undefined).map(([property, value]) => [property, stack.resolve(value)]);
  return { Type: target.cfnResourceType, Properties: Object.fromEntries(set) };
}
