/**
 * Reads what the narrowed role of an association allows from the constructs of its app, while the templates are written: for
 * `Compaction.ROLE`. The checks read it again, from the templates.
 *
 * Invariant: the answer is complete, or it is a reason why it is not. Only stacks of the stage of the association are read: other stages
 * have not been prepared for synthesis, and to resolve their constructs would freeze them.
 * For speed, the constructs of a stage are read once in a synthesis.
 */
import { CfnElement, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CheckContext } from '../analysis/check-context';
import { CheckContexts } from '../analysis/check-contexts';
import { describeRole, sentence } from '../analysis/describe';
import { resolutionOf } from '../analysis/reader';
import { Layer } from '../engine';
import { CheckInput } from '../rules/run-rules';
import { ReferencedElements, typeOf } from '../session-policy/referenced-elements';
import { narrowedRole } from '../template/associations';
import { inEveryCase } from '../template/cases';
import { ADDON_TYPE, ASSOCIATION_TYPE, isModule, isRead, SERVERLESS_APPLICATION_TYPE } from '../template/relevant-types';
import { TemplateSet } from '../template/template-set';

export type RoleInConstructs =
  | { readonly kind: 'known'; readonly layers: readonly Layer[] }
  /** `why` it is not completely known, and what resolves it, as sentences. */
  | { readonly kind: 'incomplete'; readonly why: string; readonly fix: string };

const READ = new WeakMap<IConstruct, CheckContexts>();

/** Forgets what was read for another synthesis. */
export function forgetRoles(scope: IConstruct): void {
  READ.delete(stageOf(scope));
}

/** @param input what the app declares of roles that it does not define */
export function readRole(association: CfnResource, input: () => CheckInput): RoleInConstructs {
  try {
    return readWith(association, input);
  } catch (e) {
    return { kind: 'incomplete', why: `the constructs of the role could not be read (${(e as Error).message})`, fix: 'Fix what the message says.' };
  }
}

function readWith(association: CfnResource, input: () => CheckInput): RoleInConstructs {
  const stage = stageOf(association);
  const contexts = READ.get(stage) ?? contextsOf(stage, input());
  READ.set(stage, contexts);
  const cases = inEveryCase((assumptions) => layersIn(contexts.in(assumptions), association)).map(({ value }) => value);
  const different = new Set(cases.map(({ layers }) => JSON.stringify(layers)));
  if (different.size > 1) {
    return {
      kind: 'incomplete',
      why: `what ${cases[0].role} allows depends on conditions of the template`,
      fix: 'Attach its policies unconditionally.',
    };
  }
  const [{ layers }] = cases;
  const [gap] = layers.flatMap(({ gaps }) => gaps);
  return gap ? { kind: 'incomplete', why: gap.message, fix: sentence(resolutionOf(gap, 'CDK app')) } : { kind: 'known', layers };
}

function layersIn(context: CheckContext, association: CfnResource): { readonly role: string; readonly layers: readonly Layer[] } {
  const stack = context.evaluator.templates.stackWithId(association.stack.node.path)!;
  const logicalId: string = association.stack.resolve(association.logicalId);
  const read = context.association(context.evaluator.templates.resource(stack, logicalId)!);
  return { role: describeRole(narrowedRole(read)), layers: context.widestLayersOf(read) };
}

/** The templates of a stage, as far as they say what roles may do. */
function contextsOf(stage: IConstruct, { declarations, settings }: CheckInput): CheckContexts {
  const elements = new ReferencedElements();
  const all = stage.node.findAll().filter((node): node is CfnElement => CfnElement.isCfnElement(node) && stageOf(node) === stage);
  for (const element of all) {
    if (!CfnResource.isCfnResource(element)) {
      elements.addWhole(element);
    } else if (isAssociation(element)) {
      elements.addWith(element, ['RoleArn', 'TargetRoleArn']);
    } else if (saysWhatRolesMayDo(typeOf(element))) {
      elements.addWhole(element);
    }
  }
  const templates: TemplateSet = elements.templates(all[0].stack);
  return new CheckContexts(templates, declarations, settings);
}

function isAssociation(resource: CfnResource): boolean {
  return typeOf(resource) === ASSOCIATION_TYPE;
}

function saysWhatRolesMayDo(type: string): boolean {
  if (typeof type !== 'string' || isModule(type)) { return true; }
  return (isRead(type) && type !== ADDON_TYPE) || type === SERVERLESS_APPLICATION_TYPE || type === 'AWS::Serverless::Connector';
}

function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

/** The resource of the association that has a session policy. */
export function resourceOfAssociation(owner: IConstruct): CfnResource {
  const resource = CfnResource.isCfnResource(owner) ? owner : owner.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) { throw new Error(`${owner.node.path} has no resource in ${Stack.of(owner).node.path}`); }
  return resource;
}
