/**
 * What depends on an association also waits for the policies of its roles: the pods of a chart would start without them. The policies of
 * the role that an association makes are below it anyway; those of a given role are elsewhere in its stack.
 *
 * Rounds toward no dependency: a role is left out if it is in another stack, which is deployed as a whole, or if its policies may need
 * what depends on an association. So no dependency ends in a circle.
 */
import { CfnResource, DefaultTokenResolver, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { Dependable, IConstruct } from 'constructs';

/** Lets dependents of `association` wait for `roles`, too. */
export function waitForRoles(association: IConstruct, roles: readonly IConstruct[]): void {
  Dependable.implement(association, {
    get dependencyRoots() {
      const near = roles.filter((role) => Stack.of(role) === Stack.of(association)).flatMap((role) => Dependable.of(role).dependencyRoots);
      // While one is examined, every association counts with all its roles: that is at least what its dependents will wait for.
      return [association, ...(examining ? near : near.filter((role) => !mayNeed(role, association)))];
    },
  });
}

let examining = false;

/** Whether the resources of `role` may need the association, and so everything that depends on it. */
function mayNeed(role: IConstruct, association: IConstruct): boolean {
  examining = true;
  try {
    return isReachable(association.node.defaultChild!, role);
  } finally {
    examining = false;
  }
}

function isReachable(wanted: IConstruct, from: IConstruct): boolean {
  const found = new Set<CfnResource>();
  const open = resourcesIn(from);
  for (let resource = open.pop(); resource; resource = open.pop()) {
    if (resource === wanted) { return true; }
    if (found.has(resource)) { continue; }
    found.add(resource);
    open.push(...neededBy(resource));
  }
  return false;
}

/** What a resource refers to, and what it or a construct around it depends on. */
function neededBy(resource: CfnResource): CfnResource[] {
  const explicit = resource.node.scopes.flatMap((scope) => scope.node.dependencies);
  return [
    ...referencedBy(resource),
    ...explicit.flatMap(resourcesIn),
    ...resource.obtainDependencies().filter(CfnResource.isCfnResource),
  ];
}

function resourcesIn(scope: IConstruct): CfnResource[] {
  return scope.node.findAll().filter(CfnResource.isCfnResource);
}

function referencedBy(resource: CfnResource): CfnResource[] {
  const resolver = new ReferenceCollector();
  // As the CDK finds references to other stacks.
  Tokenization.resolve((resource as any)._toCloudFormation(), { scope: resource, resolver, preparing: false });
  return resolver.targets.filter(CfnResource.isCfnResource);
}

class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets: IConstruct[] = [];

  public constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: any): any {
    if (Reference.isReference(token)) { this.targets.push(token.target); }
    // To resolve a policy document would freeze its statements, and grants may still come.
    if (typeof (token as any).addStatements === 'function') { return context.resolve((token as any).toJSON()); }
    return super.resolveToken(token, context, postProcessor);
  }
}
