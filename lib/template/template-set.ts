/**
 * The templates of the stacks that are deployed together, with an index of their resources and nested stacks. All other files of
 * this folder look up resources here. Values depend on the case of the conditions, so the `Evaluator` computes them.
 *
 * Invariant: a part that may define more resources, such as an unread template or a loop that was not expanded, is listed by
 * `unreadParts`.
 */
import { expandLoops } from './for-each';
import { withoutDepths } from './nesting';
import { isRecord } from '../util/records';

/** The parts of a CloudFormation template that are read. */
export interface Template {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: { readonly [name: string]: unknown };
  readonly Parameters?: { readonly [name: string]: unknown };
  readonly Conditions?: { readonly [name: string]: unknown };
  readonly Mappings?: { readonly [name: string]: unknown };
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
  /** The name in CloudFormation, if it is known. */
  readonly name?: string;
  /** The file, for reports. */
  readonly file: string;
  readonly template: Template;
  /** Why the template could not be read; it is empty then. */
  readonly unread?: string;
  /** The cloud assembly (a CDK stage) that the stack belongs to; stacks of one assembly are deployed together. */
  readonly assembly: string;
  /** The environment, if it is known. */
  readonly account?: string;
  readonly region?: string;
  /** The stack of which this is a nested stack, and its `AWS::CloudFormation::Stack` there. */
  readonly parent?: { readonly stackId: string; readonly logicalId: string };
  /** The construct path of a resource; its logical id if there are no constructs. */
  readonly pathOf: (logicalId: string) => string;
}

/** A resource of one of the stacks. */
export interface ResourceRef {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** All templates that are deployed together, with the links between them. */
export class TemplateSet {
  public readonly stacks: readonly StackTemplate[];
  private readonly byId: ReadonlyMap<string, StackTemplate>;
  private readonly nested = new Map<string, StackTemplate>();
  private readonly byKey = new Map<string, ResourceRef>();
  private readonly byType = new Map<string, ResourceRef[]>();
  private readonly unexpanded = new Map<string, readonly string[]>();

  public constructor(stacks: readonly StackTemplate[]) {
    this.stacks = stacks.map((stack) => {
      const template = withoutDepths(stack.template);
      return template === stack.template ? stack : { ...stack, template };
    });
    this.byId = new Map(this.stacks.map((s) => [s.id, s]));
    for (const stack of this.stacks) {
      if (stack.parent) { this.nested.set(`${stack.parent.stackId}|${stack.parent.logicalId}`, stack); }
      const { resources, unexpanded } = expandLoops(stack.template.Resources);
      for (const [logicalId, resource] of resources) {
        if (isResource(resource)) { this.add({ stack, logicalId, resource: withProperties(resource) }); }
      }
      if (unexpanded.length > 0) { this.unexpanded.set(stack.id, unexpanded); }
    }
  }

  private add(ref: ResourceRef): void {
    this.byKey.set(keyOf(ref), ref);
    const ofType = this.byType.get(ref.resource.Type);
    if (ofType) { ofType.push(ref); } else { this.byType.set(ref.resource.Type, [ref]); }
  }

  public stackWithId(id: string): StackTemplate | undefined {
    return this.byId.get(id);
  }

  public parentOf(stack: StackTemplate): StackTemplate | undefined {
    return stack.parent && this.stackWithId(stack.parent.stackId);
  }

  /** The nested stack that a resource of `stack` deploys. */
  public nestedStack(stack: StackTemplate, logicalId: string): StackTemplate | undefined {
    return this.nested.get(keyOf({ stack, logicalId }));
  }

  public resource(stack: StackTemplate, logicalId: string): ResourceRef | undefined {
    return this.byKey.get(keyOf({ stack, logicalId }));
  }

  /** Why a stack may have more resources than this set contains. */
  public unreadParts(stack: StackTemplate): string[] {
    return [
      ...(stack.unread === undefined ? [] : [`the template of ${stack.id} could not be read (${stack.unread})`]),
      ...(this.unexpanded.get(stack.id) ?? []).map((loop) => `${loop} of ${stack.id} makes resources of what is known at deployment only`),
    ];
  }

  public resourcesOfType(...types: string[]): ResourceRef[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }
}

function isResource(value: unknown): value is TemplateResource {
  return isRecord(value) && typeof value.Type === 'string';
}

/** Drops properties that are not an object. */
function withProperties(resource: TemplateResource): TemplateResource {
  return resource.Properties === undefined || isRecord(resource.Properties) ? resource : { ...resource, Properties: undefined };
}

/**
 * Whether two stacks are deployed to one account. Stacks of one stage without an explicit env are assumed to be. Stages are
 * assumed to be deployed to different accounts, unless both have an explicit account.
 */
export function sameAccount(a: StackTemplate, b: StackTemplate): 'yes' | 'no' | 'maybe' {
  if (a.account !== undefined && b.account !== undefined) { return a.account === b.account ? 'yes' : 'no'; }
  if (a.assembly !== b.assembly) { return 'no'; }
  return a.account === b.account ? 'yes' : 'maybe';
}

/** The resource, as messages refer to it. */
export function pathOf(ref: ResourceRef): string {
  return ref.stack.pathOf(ref.logicalId);
}

/** Equal keys for the same resource. */
export function keyOf(ref: { readonly stack: StackTemplate; readonly logicalId: string }): string {
  return `${ref.stack.id}|${ref.logicalId}`;
}
