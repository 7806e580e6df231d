/**
 * The templates of the stacks that are deployed together, with an index of their resources and nested stacks. All other files of
 * this folder look up resources here. Values depend on the case of the conditions, so the `Evaluator` computes them.
 *
 * Invariant: a part that may define more resources, such as an unread template or a loop that was not expanded, is kept: its stack
 * has the reason, or `doubtfulLoops` has it (see unexamined-parts.ts).
 */
import { DoubtfulLoop, expandLoops, expandLoopsInside, LoopBudget } from './for-each';
import { givenParameters, itemsIn } from './loop-items';
import { withoutDepths } from './nesting';
import { isRead } from './relevant-types';
import { isRecord, memberOf } from '../util/records';

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
  readonly Metadata?: unknown;
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
  private readonly loops = new Map<string, readonly DoubtfulLoop[]>();

  public constructor(stacks: readonly StackTemplate[]) {
    const read = new Map(stacks.map((stack) => [stack.id, stack]));
    this.stacks = stacks.map((stack) => this.expanded(stack, stack.parent && read.get(stack.parent.stackId)));
    this.byId = new Map(this.stacks.map((s) => [s.id, s]));
    for (const stack of this.stacks) {
      if (stack.parent) { this.nested.set(`${stack.parent.stackId}|${stack.parent.logicalId}`, stack); }
      for (const [logicalId, resource] of Object.entries(isRecord(stack.template.Resources) ? stack.template.Resources : {})) {
        if (isResource(resource)) { this.add({ stack, logicalId, resource: withProperties(resource) }); }
      }
    }
  }

  /** The stack with its loops expanded, and without what is nested too deeply; the same object if it has neither. */
  private expanded(stack: StackTemplate, parent: StackTemplate | undefined): StackTemplate {
    const template = withoutDepths(stack.template);
    const given = parent && givenParameters(memberOf(parent.template.Resources, stack.parent!.logicalId));
    const itemsOf = itemsIn({ template, account: stack.account, region: stack.region, given });
    const budget = new LoopBudget();
    const resources = expandLoops(template.Resources, itemsOf, budget);
    if (resources.doubtful.length > 0) { this.loops.set(stack.id, resources.doubtful); }
    const sections = {
      Resources: insideResources(resources.section, (resource) => expandLoopsInside(resource, itemsOf, budget)),
      Outputs: expandLoops(template.Outputs, itemsOf, budget).section,
      Conditions: expandLoops(template.Conditions, itemsOf, budget).section,
    };
    const changed = Object.entries(sections).filter(([name, section]) => section !== template[name as keyof typeof sections]);
    return changed.length === 0 && template === stack.template ? stack : { ...stack, template: { ...template, ...Object.fromEntries(changed) } };
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

  /** The loops of a stack that are not certainly expanded as the deployment does it. */
  public doubtfulLoops(stack: StackTemplate): readonly DoubtfulLoop[] {
    return this.loops.get(stack.id) ?? [];
  }

  /** The stack that deploys this one, through nested stacks. */
  public outermost(stack: StackTemplate): StackTemplate {
    const seen = new Set([stack.id]);
    let outer = stack;
    for (let parent = this.parentOf(outer); parent && !seen.has(parent.id); parent = this.parentOf(outer)) {
      seen.add(parent.id);
      outer = parent;
    }
    return outer;
  }

  public resourcesOfType(...types: string[]): ResourceRef[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }
}

/** The section with the resources that are read as `change` returns them; the same object if it changes none. */
function insideResources(section: unknown, change: (resource: TemplateResource) => TemplateResource): unknown {
  if (!isRecord(section)) { return section; }
  const changed = Object.entries(section).flatMap(([logicalId, resource]) => {
    const made = isResource(resource) && isRead(resource.Type) ? change(resource) : resource;
    return made === resource ? [] : [[logicalId, made] as const];
  });
  return changed.length === 0 ? section : { ...section, ...Object.fromEntries(changed) };
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
