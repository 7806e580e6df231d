/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: { readonly [name: string]: { readonly Value?: unknown; readonly Export?: { readonly Name?: unknown } } };
  readonly Parameters?: { readonly [name: string]: { readonly Type?: unknown } | undefined };
  readonly Transform?: unknown;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly Condition?: string;
}

/** One stack of the app. */
export interface StackTemplate {
  /** Unique among the stacks that are read together, such as the stack's construct path. */
  readonly id: string;
  /** The file, for reports. */
  readonly file: string;
  readonly template: Template;
  /** Why the template could not be read; it is empty then. */
  readonly unread?: string;
  /** The cloud assembly (a CDK stage) that the stack belongs to; stacks of one assembly are deployed together. */
  readonly assembly: string;
  /** The environment, where it is known. */
  readonly account?: string;
  readonly region?: string;
  /** The stack of which this is a nested stack, and its `AWS::CloudFormation::Stack` there. */
  readonly parent?: { readonly stackId: string; readonly logicalId: string };
  /** The construct path of a resource; its logical id where there are no constructs. */
  readonly pathOf: (logicalId: string) => string;
}

/** A resource of one of the stacks. */
export interface ResourceRef {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** All templates that are deployed together, with the ways that lead from one to another. */
export class TemplateSet {
  private readonly byId: Map<string, StackTemplate>;
  private readonly children = new Map<string, StackTemplate>();

  public constructor(public readonly stacks: readonly StackTemplate[]) {
    this.byId = new Map(stacks.map((s) => [s.id, s]));
    for (const stack of stacks) {
      if (stack.parent) { this.children.set(JSON.stringify(stack.parent), stack); }
    }
  }

  public parentOf(stack: StackTemplate): StackTemplate | undefined {
    return stack.parent && this.byId.get(stack.parent.stackId);
  }

  /** The nested stack that a resource of `stack` deploys. */
  public nestedStack(stack: StackTemplate, logicalId: string): StackTemplate | undefined {
    return this.children.get(JSON.stringify({ stackId: stack.id, logicalId }));
  }

  /**
   * The stack and value behind an export name, for an import into `into`. Exports are unique within an account and
   * region; stages that are deployed to different ones may all have it, so the importer's own stage comes first.
   * `undefined` where two stacks could be meant.
   */
  public exported(name: string, into: StackTemplate): { readonly stack: StackTemplate; readonly value: unknown } | undefined {
    const all = this.stacks
      .filter((stack) => stack.account === into.account && stack.region === into.region)
      .flatMap((stack) => Object.values(stack.template.Outputs ?? {})
        .filter((output) => output?.Export?.Name === name)
        .map((output) => ({ stack, value: output.Value })));
    const near = all.filter(({ stack }) => stack.assembly === into.assembly);
    const found = near.length > 0 ? near : all;
    return found.length === 1 ? found[0] : undefined;
  }

  public resource(stack: StackTemplate, logicalId: string): ResourceRef | undefined {
    const resources = stack.template.Resources;
    return resources && Object.hasOwn(resources, logicalId) && typeof resources[logicalId]?.Type === 'string'
      ? { stack, logicalId, resource: resources[logicalId] }
      : undefined;
  }

  public resourcesOfType(...types: string[]): ResourceRef[] {
    return this.stacks.flatMap((stack) => Object.keys(stack.template.Resources ?? {}).flatMap((logicalId) => {
      const found = this.resource(stack, logicalId);
      return found && types.includes(found.resource.Type) ? [found] : [];
    }));
  }
}

/**
 * Whether two stacks are deployed to one account. Stacks of one stage without an explicit env are taken to be; stages are
 * taken to be deployed apart unless both say where.
 */
export function sameAccount(a: StackTemplate, b: StackTemplate): 'yes' | 'no' | 'maybe' {
  if (a.account !== undefined && b.account !== undefined) { return a.account === b.account ? 'yes' : 'no'; }
  if (a.assembly !== b.assembly) { return 'no'; }
  return a.account === b.account ? 'yes' : 'maybe';
}

/** How people refer to a resource. */
export function pathOf(ref: ResourceRef): string {
  return ref.stack.pathOf(ref.logicalId);
}

/** The same resource, the same key. */
export function keyOf(ref: { readonly stack: StackTemplate; readonly logicalId: string }): string {
  return `${ref.stack.id}|${ref.logicalId}`;
}
