import { CfnElement, CfnResource, DefaultTokenResolver, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { lengthOf, Unknown } from '../engine';
import { minimize, ResolvedStatement } from './minimize';
import { RESOURCE_FORMATS } from '../template/resource-formats';
import { TemplateResource, TemplateSet } from '../template/template-set';
import { textOf } from '../template/text-of';

/** How many characters a session policy has. */
export interface SessionPolicySize {
  /** The fewest characters that it can have. More than 2,048 fails to deploy for certain. */
  readonly minimum: number;

  /**
   * The most characters that it can have. At most 2,048 is certain to be short enough.
   *
   * @default - the policy has values of unknown length, such as parameters or imported ARNs
   */
  readonly maximum?: number;
}

/** The length of the document that `renderDocument` makes of the statements. */
export function renderedLength(statements: readonly ResolvedStatement[], owner: IConstruct | undefined): SessionPolicySize {
  if (!owner) { return lengthWithoutStack(statements); }
  const stack = Stack.of(owner);
  const resolver = new ReferenceCollector();
  const resolved = Tokenization.resolve(statements, { scope: owner, resolver, preparing: false });
  const rendered = stack.resolve(stack.toJsonString({ Version: '2012-10-17', Statement: minimize(resolved) }));
  const template = {
    id: stack.node.path,
    file: '',
    template: { Resources: Object.fromEntries(resolver.resources) },
    assembly: '',
    account: concrete(stack.account),
    region: concrete(stack.region),
    pathOf: (logicalId: string) => logicalId,
  };
  const text = textOf(rendered, template, new TemplateSet([template]));
  if (text instanceof Unknown) { return { minimum: 0 }; }
  const { min, max } = lengthOf(text);
  return { minimum: min, maximum: max };
}

/** Without a stack, nothing is known of tokens: they count as nothing in the minimum. */
function lengthWithoutStack(statements: readonly ResolvedStatement[]): SessionPolicySize {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: minimize(statements) });
  const literal = Tokenization.reverseString(text).mapTokens({ mapToken: () => '' as unknown as IResolvable });
  const minimum = literal.join(new StringConcat()).length;
  return Token.isUnresolved(text) ? { minimum } : { minimum, maximum: minimum };
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** Resolves, and remembers the type and name of each resource that is referred to. */
class ReferenceCollector extends DefaultTokenResolver {
  public readonly resources = new Map<string, TemplateResource>();

  public constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: any): any {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target) && CfnResource.isCfnResource(token.target)) {
      const { target } = token;
      const stack = Stack.of(target);
      const logicalId = stack.getLogicalId(target);
      const property = RESOURCE_FORMATS.get(target.cfnResourceType)?.nameProperty;
      const name = property && (target as any)[property[0].toLowerCase() + property.slice(1)];
      const known = this.resources.get(logicalId);
      this.resources.set(logicalId, known && known.Type !== target.cfnResourceType
        ? { Type: 'of two stacks' } // the same logical id in two stacks: nothing is known of the value
        : { Type: target.cfnResourceType, Properties: property && name !== undefined ? { [property]: stack.resolve(name) } : {} });
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
