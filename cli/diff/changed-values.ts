/**
 * Finds deploy-time values that both sides use under the same name, and that may have different values: a parameter whose default or type
 * changed, a resource of another type, an attribute that depends on properties that changed. compare-pods.ts then says that what it found may not
 * be all.
 *
 * All other values count as equal: the same intrinsic function in the same stack. A parameter keeps its value in an update, and a policy
 * follows its resource if CloudFormation replaces it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html (UsePreviousValue)
 */
import { Undetermined } from './difference';
import { PodAccess } from './pod-access';
import { isText, Layer, partsOf, SymbolicString } from '../../lib/engine';
import { Association } from '../../lib/template/associations';
import { Assumptions } from '../../lib/template/assumptions';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';
import { memoize, memoizePair } from '../../lib/util/memo';
import { isRecord, memberOf } from '../../lib/util/records';
import { someMember } from '../../lib/util/some-member';

/** @param assumptions the case that is compared: its conditions have one value on both sides */
export function changedValues(
  before: PodAccess, after: PodAccess, assumptions: Assumptions, base?: TemplateSet, head?: TemplateSet,
): Undetermined[] {
  if (!base || !head) { return []; }
  const changed = changedIn(base, head);
  if (changed.size === 0) { return []; }
  const messages = [before, after].flatMap(({ layers }) => layers.flatMap(({ most }) => most.gaps)).map(({ message }) => message);
  const ofCase = assumptions.variables().map(({ id, label }) => [id, label] as const);
  const [own, others] = [before, after].map(({ layers, association }) => (
    new Map([...layers.flatMap(({ most }) => [...labelsIn(most)]), ...namesOf(association), ...ofCase])));
  return [...own].flatMap(([id, label]) => (others.has(id) && [...changed].some((name) => mentions(id, name)) ? [label] : []))
    .concat([...changed].map((name) => `\${${nameIn(name)}}`).filter((label) => messages.some((message) => message.includes(label))))
    .filter((label, i, labels) => labels.indexOf(label) === i)
    .map((label): Undetermined => ({
      code: 'UnknownValue',
      message: `${label} may have another value in the head, because its definition changed`,
      resolution: 'review what the value is in both deployments',
    }));
}

function nameIn(changed: string): string {
  return (JSON.parse(changed) as [stack: string, name: string])[1];
}

/** The names of what changed, with their stacks: as ids of values begin, and the name. */
const changedIn: (base: TemplateSet, head: TemplateSet) => ReadonlySet<string> = memoizePair((base: TemplateSet, head: TemplateSet) => (
  new Set(head.stacks.flatMap((stack) => {
    const before = base.stackWithId(stack.id);
    return before ? changedNames(before, stack).map((name) => JSON.stringify([stack.id, name])) : [];
  }))));

function changedNames(before: StackTemplate, after: StackTemplate): string[] {
  const own = definitionsOf(before);
  return [...definitionsOf(after)].flatMap(([name, text]) => (own.has(name) && own.get(name) !== text ? [name] : []));
}

/** What the values of a name depend on. */
function definitionsOf({ template: { Parameters: parameters, Resources: resources, Mappings: mappings } }: StackTemplate): Map<string, string> {
  const members = (section: unknown) => Object.entries<unknown>(isRecord(section) ? section : {});
  return new Map([
    ...members(parameters).map(([name, one]) => [
      name, JSON.stringify([memberOf(one, 'Type'), memberOf(one, 'Default'), memberOf(one, 'AllowedValues')]),
    ] as const),
    ...members(resources).map(([name, one]) => {
      const type = memberOf(one, 'Type');
      return [name, JSON.stringify([type, typeof type === 'string' && attributesOf(type, memberOf(one, 'Properties'))])] as const;
    }),
    ...members(mappings).map(([name, one]) => [name, JSON.stringify(one)] as const),
  ]);
}

/** The properties that the attributes of a resource depend on, as far as attributes can be in policies without their resource. */
function attributesOf(type: string, properties: unknown): unknown {
  switch (type) {
    case 'AWS::CloudFormation::CustomResource': case 'AWS::CloudFormation::Stack': return properties;
    case 'AWS::SSM::Parameter': return memberOf(properties, 'Value');
    default: return type.startsWith('Custom::') && properties;
  }
}

/** Whether a value of the stack refers to the name: its id has the stack and the intrinsic function. */
function mentions(id: string, changed: string): boolean {
  const [stack, name] = JSON.parse(changed) as [string, string];
  if (id === `name of ${stack}|${name}` || id === `generated for ${stack}|${name}`) { return true; }
  if (!id.startsWith(`${stack} {`)) { return false; }
  const intrinsic = JSON.parse(id.slice(stack.length + 1)) as unknown;
  return someMember(intrinsic, (value) => typeof value === 'string'
    && (value === name || value.startsWith(`${name}.`) || value.includes(`\${${name}}`) || value.includes(`\${${name}.`)));
}

/** The deploy-time values of the names of the pods. */
function namesOf(association: Association | undefined): Array<readonly [id: string, label: string]> {
  if (!association) { return []; }
  const { clusterName, namespace, serviceAccount } = association;
  return [clusterName, namespace, serviceAccount].flatMap((name) => (isText(name) ? variablesIn(name) : []));
}

function variablesIn(text: string | SymbolicString): Array<readonly [id: string, label: string]> {
  return partsOf(text).flatMap((part) => (typeof part === 'string' ? [] : [[part.id, part.label] as const]));
}

/** The deploy-time values of a layer, by their ids. Many associations share the layers of a role. */
const labelsIn = memoize(({ policies }: Layer): ReadonlyMap<string, string> => {
  const texts = policies.flatMap(({ statements }) => statements).flatMap(({ actions, resources, conditions }): Array<string | SymbolicString> => [
    ...actions.patterns.map(({ source }) => source), ...resources.patterns.map(({ source }) => source), ...conditions.flatMap(({ values }) => values),
  ]);
  return new Map(texts.flatMap(variablesIn));
});
