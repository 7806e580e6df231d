/**
 * Reads the templates of a synthesized app from its cloud assembly, with the construct path of each resource: the input of
 * lib/template in a CDK app.
 *
 * Invariant: a template that cannot be read is an empty one with a reason, so that the roles have a gap instead of nothing.
 */
import * as fs from 'fs';
import * as path from 'path';
import { CfnResource, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { LookupDummies } from '../template/lookup-dummies';
import { StackTemplate, Template, TemplateSet } from '../template/template-set';
import { isRecord } from '../util/records';

/** Every template of the app as it was written, in all stages and nested stacks. */
export function readTemplates(app: IConstruct, missing = missingContextOf(app)): TemplateSet {
  const dummies = new LookupDummies(missing);
  return new TemplateSet(stacksOf(app).map((stack) => readStack(stack, dummies)));
}

/** What lookups of the app lack. The manifest of an app has what its stages lack, too. */
export function missingContextOf(app: IConstruct): readonly unknown[] {
  if (!Stage.isStage(app)) { return []; }
  const file = path.join(app.outdir, 'manifest.json');
  try {
    const { missing }: { missing?: unknown } = JSON.parse(fs.readFileSync(file, 'utf-8'));
    return Array.isArray(missing) ? missing : [];
  } catch {
    return [];
  }
}

function stacksOf(scope: IConstruct): Stack[] {
  return scope.node.findAll().filter((node): node is Stack => Stack.isStack(node));
}

function readStack(stack: Stack, dummies: LookupDummies): StackTemplate {
  const file = path.join(Stage.of(stack)!.outdir, stack.templateFile);
  const resource = stack.nestedStackResource;
  const read = readTemplate(file, dummies);
  return {
    id: stack.node.path,
    name: concrete(stack.stackName),
    file,
    ...read,
    assembly: Stage.of(stack)!.node.path,
    account: concrete(stack.account),
    region: concrete(stack.region),
    parent: NestedStack.isNestedStack(stack) && resource
      ? { stackId: stack.nestedStackParent!.node.path, logicalId: resource.stack.resolve(resource.logicalId) }
      : undefined,
    pathOf: pathsOf(stack, read.template),
  };
}

/** A custom synthesizer may write no template, or write it elsewhere. */
function readTemplate(file: string, dummies: LookupDummies): { readonly template: Template; readonly unread?: string } {
  try {
    const template: unknown = JSON.parse(fs.readFileSync(file, 'utf-8'));
    return isRecord(template) ? { template: dummies.replaceIn(template as Template) } : { template: {}, unread: 'it is not an object' };
  } catch (e) {
    return { template: {}, unread: (e as NodeJS.ErrnoException).code ?? 'it is not JSON' };
  }
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/**
 * The paths of the constructs that people wrote: the L2 if there is one. To resolve logical ids is slow, so that only resources of
 * the type are resolved; all are if an escape hatch changed the type.
 */
function pathsOf(stack: Stack, template: Template): (logicalId: string) => string {
  const known = new Map<string | undefined, ReadonlyMap<string, string>>();
  const resources = (type?: string) => stack.node.findAll().filter((node): node is CfnResource => (
    CfnResource.isCfnResource(node) && node.stack === stack && (type ?? node.cfnResourceType) === node.cfnResourceType));
  const pathsOfType = (type?: string) => {
    const paths = known.get(type) ?? new Map(resources(type).map((node) => [stack.resolve(node.logicalId), authoredConstruct(node).node.path]));
    known.set(type, paths);
    return paths;
  };
  return (logicalId) => pathsOfType(template.Resources?.[logicalId]?.Type).get(logicalId)
    ?? pathsOfType().get(logicalId) ?? `${stack.node.path}/${logicalId}`;
}

function authoredConstruct(node: CfnResource): IConstruct {
  const parent = node.node.scope;
  return parent && !Stack.isStack(parent) && parent.node.defaultChild === node ? parent : node;
}
