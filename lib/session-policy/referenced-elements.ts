/**
 * Resolves a value before synthesis, and gives the parts of the templates that it refers to, as they stand now: names of
 * resources, parameters, conditions, mappings and outputs. `size.ts` evaluates the value with them.
 *
 * Invariant: nothing is frozen and no construct is made. The only properties of a resource that are resolved are those that its name and ARN
 * consist of: the policy of a bucket or a key would be frozen. `addWhole` is for the synthesis, which freezes them anyway.
 */
import {
  CfnCondition, CfnElement, CfnMapping, CfnOutput, CfnParameter, CfnResource, DefaultTokenResolver, IFragmentConcatenator, IResolvable,
  IResolveContext, NestedStack, Reference, Stack, Stage, Token, Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertiesOfGeneratedName } from '../template/generated-length';
import { intrinsicOf } from '../template/intrinsics/intrinsic';
import { VALUE_OF_STACK } from '../template/intrinsics/value-of-stack';
import { resourceFormat } from '../template/resource-formats';
import { StackTemplate, TemplateResource, TemplateSet } from '../template/template-set';
import { isRecord, memberOf } from '../util/records';

type Sections = { readonly [section: string]: { readonly [name: string]: unknown } };

/** The elements of an app that a value refers to. */
export class ReferencedElements {
  private readonly elements = new Map<Stack, Map<CfnElement, Sections>>();
  private readonly resolver = new ReferenceResolver((element) => { this.pending.push(element); });
  private readonly pending: CfnElement[] = [];
  private readonly named = new Map<Stack, ReadonlyMap<string, CfnElement>>();
  private outputsAdded = false;

  /** The value as the stack of `scope` has it. A reference to another stack is the value of that stack. */
  public resolve(value: unknown, scope: IConstruct): any {
    const resolved = Tokenization.resolve(value, { scope, resolver: this.resolver, preparing: false });
    this.find(resolved, Stack.of(scope));
    return resolved;
  }

  /** The templates with everything that the resolved values refer to, directly or through others. */
  public templates(owner: Stack): TemplateSet {
    this.addStack(owner);
    for (let element = this.pending.pop(); element; element = this.pending.pop()) { this.add(element); }
    return new TemplateSet([...this.elements].map(([stack, elements]) => templateOf(stack, [...elements.values()])));
  }

  /** Adds an element with all that its template has of it. The element must have been resolved before: that freezes policies and caches lists. */
  public addWhole(element: CfnElement): void {
    this.addSections(element, () => (element as any)._toCloudFormation());
  }

  /** Adds a resource with these properties, and no others. */
  public addWith(resource: CfnResource, properties: readonly string[]): void {
    this.addSections(resource, () => ({ Resources: { [resource.logicalId]: resourceWith(properties, resource) } }));
  }

  private add(element: CfnElement): void {
    if (!this.addStack(element.stack).has(element)) { this.addSections(element, () => sectionsOf(element)); }
  }

  private addSections(element: CfnElement, sections: () => Sections): void {
    const elements = this.addStack(element.stack);
    elements.set(element, {});
    elements.set(element, this.resolve(sections(), element));
  }

  private addStack(stack: Stack): Map<CfnElement, Sections> {
    const known = this.elements.get(stack);
    if (known) { return known; }
    const elements = new Map<CfnElement, Sections>();
    this.elements.set(stack, elements);
    if (stack.nestedStackResource) { this.pending.push(stack.nestedStackResource); }
    return elements;
  }

  /** Finds the elements that a resolved value names in `stack`. */
  private find(value: unknown, stack: Stack): void {
    if (Array.isArray(value)) { value.forEach((item) => this.find(item, stack)); }
    if (!isRecord(value)) { return; }
    const intrinsic = intrinsicOf(value);
    if (intrinsic?.name === VALUE_OF_STACK) { return; } // the resolver has seen its element
    if (intrinsic) { namesIn(intrinsic.name, intrinsic.argument).forEach((name) => this.findNamed(name, stack)); }
    if (intrinsic?.name === 'Fn::ImportValue') { this.addExports(stack); }
    Object.values(value).forEach((member) => this.find(member, stack));
  }

  private findNamed(name: string, stack: Stack): void {
    if (name.startsWith('AWS::')) { return; }
    const names = this.named.get(stack) ?? new Map(elementsIn(stack).filter((element) => element.stack === stack)
      .map((element) => [logicalIdOf(element), element] as const));
    this.named.set(stack, names);
    const element = names.get(name);
    if (element) { this.pending.push(element); }
  }

  /** An import may have the value of any export of the app. */
  private addExports(stack: Stack): void {
    if (this.outputsAdded) { return; }
    this.outputsAdded = true;
    this.pending.push(...elementsIn(stack.node.root).filter((element) => element instanceof CfnOutput && element.exportName !== undefined));
  }
}

function elementsIn(scope: IConstruct): CfnElement[] {
  return scope.node.findAll().filter((node): node is CfnElement => CfnElement.isCfnElement(node));
}

/** The names of elements in the argument of an intrinsic function. Names in values inside of it are found there. */
function namesIn(name: string, argument: unknown): string[] {
  const first = Array.isArray(argument) ? argument[0] : argument;
  if (typeof first !== 'string') { return []; }
  switch (name) {
    case 'Ref':
    case 'Condition':
    case 'Fn::If':
    case 'Fn::FindInMap':
      return [first];
    case 'Fn::GetAtt':
      return [first.split('.')[0]];
    case 'Fn::Sub':
      return [...first.matchAll(/\$\{([^{}!]+)\}/g)].map((found) => found[1].trim().split('.')[0]);
    default:
      return [];
  }
}

/** What the template has of an element, with tokens. */
function sectionsOf(element: CfnElement): Sections {
  if (CfnResource.isCfnResource(element)) { return { Resources: { [element.logicalId]: resourceOf(element) } }; }
  const isRead = [CfnParameter, CfnCondition, CfnMapping, CfnOutput].some((type) => element instanceof type);
  return isRead ? (element as any)._toCloudFormation() : {};
}

/** The type of a resource, and the properties that its values are made of. */
function resourceOf(resource: CfnResource): TemplateResource {
  const type = typeOf(resource);
  const format = resourceFormat(type);
  const inFormats = [format?.ref ?? '', ...Object.values(format?.attributes ?? {})].flatMap((text) => [...text.matchAll(/\$\[(\w+)\]/g)].map((found) => found[1]));
  const names = [...format?.nameProperty === undefined ? [] : [format.nameProperty], ...inFormats, ...propertiesOfGeneratedName(type), 'Path', 'Parameters'];
  return resourceWith(names, resource);
}

/** The type of the resource, which an override may change. */
export function typeOf(resource: CfnResource): string {
  return (resource as any).rawOverrides?.Type ?? resource.cfnResourceType;
}

function resourceWith(names: readonly string[], resource: CfnResource): TemplateResource {
  const { cfnProperties = {}, rawOverrides = {} } = resource as any;
  const valueOf = (name: string) => {
    const overrides = rawOverrides.Properties;
    if (isRecord(overrides) && name in overrides) { return overrides[name] ?? undefined; }
    // BucketName is bucketName, and DBClusterIdentifier is dbClusterIdentifier.
    const key = Object.keys(cfnProperties).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : cfnProperties[key];
  };
  return { Type: typeOf(resource), Properties: Object.fromEntries(names.map((name) => [name, valueOf(name)])) };
}

function templateOf(stack: Stack, parts: readonly Sections[]): StackTemplate {
  const section = (name: string) => Object.fromEntries(parts.flatMap((part) => Object.entries(memberOf(part, name) ?? {})));
  const resource = stack.nestedStackResource;
  return {
    id: stack.node.path,
    name: concrete(stack.stackName),
    file: '',
    template: {
      ...Object.fromEntries(['Resources', 'Parameters', 'Conditions', 'Mappings', 'Outputs'].map((name) => [name, section(name)])),
      ...stack.templateOptions.transforms && { Transform: stack.templateOptions.transforms },
    },
    assembly: Stage.of(stack)?.node.path ?? '',
    account: concrete(stack.account),
    region: concrete(stack.region),
    parent: NestedStack.isNestedStack(stack) && resource
      ? { stackId: stack.nestedStackParent!.node.path, logicalId: logicalIdOf(resource) }
      : undefined,
    pathOf: (logicalId) => logicalId,
  };
}

/** With overrides, unlike `Stack.getLogicalId`. */
function logicalIdOf(element: CfnElement): string {
  return element.stack.resolve(element.logicalId);
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/** Joins the pieces of strings as templates do. */
const CONCAT: IFragmentConcatenator = {
  join: (left, right) => {
    const pieces = [left, right].filter((piece) => piece !== undefined).flatMap((piece) => joinedPieces(piece));
    const joined = pieces.reduce<unknown[]>((all, piece) => {
      const last = all[all.length - 1];
      return isLiteral(last) && isLiteral(piece) ? [...all.slice(0, -1), `${last}${piece}`] : [...all, piece];
    }, []);
    return joined.length === 1 ? joined[0] : { 'Fn::Join': ['', joined] };
  },
};

function joinedPieces(piece: unknown): readonly unknown[] {
  const { name, argument } = intrinsicOf(piece) ?? {};
  return name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '' && Array.isArray(argument[1]) ? argument[1] : [piece];
}

function isLiteral(piece: unknown): piece is string | number {
  return typeof piece === 'string' || typeof piece === 'number';
}

/** Resolves references to other stacks as they are there: before synthesis, they have no exports and imports. */
class ReferenceResolver extends DefaultTokenResolver {
  public constructor(private readonly onReference: (element: CfnElement) => void) {
    super(CONCAT);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: any): any {
    if (!Reference.isReference(token)) { return super.resolveToken(token, context, postProcessor); }
    const { target, displayName } = token;
    if (CfnElement.isCfnElement(target)) { this.onReference(target); }
    const stack = Stack.of(target);
    // A reference inside the text of an Fn::Sub (an included template has them) is text.
    const isText = typeof (token as any).value === 'string';
    if (isText || stack === Stack.of(context.scope)) { return super.resolveToken(token, context, postProcessor); }
    const logicalId = CfnElement.isCfnElement(target) ? logicalIdOf(target) : undefined;
    return { [VALUE_OF_STACK]: [stack.node.path, valueThere(logicalId, displayName)] };
  }
}

function valueThere(logicalId: string | undefined, displayName: string): unknown {
  if (logicalId === undefined) { return { Ref: displayName }; } // a pseudo parameter
  return displayName === 'Ref' ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, displayName] };
}
