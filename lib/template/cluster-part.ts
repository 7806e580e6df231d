/**
 * Reduces templates to what the rules about clusters read: clusters, add-ons, nodes, and what mentions them. The command line keeps this
 * part of every stack, and reads only the stacks of one family whole.
 *
 * Invariant: beside any other stacks, a part gives the same answers about clusters as the whole template, and none about associations or
 * permissions: it contains neither.
 */
import { AGENT } from './agent-addons';
import { MACHINE_TYPES, MAKES_NODES, NODE_TYPES } from './cluster-nodes';
import { DEPLOYS_TEMPLATES, mayMakeOtherResources, mentionsOf } from './mentions';
import { ADDON_TYPE, CLUSTER_TYPES, NESTED_STACK_TYPE } from './relevant-types';
import { keyOf, ResourceRef, StackTemplate, TemplateResource, TemplateSet } from './template-set';
import { memberOf } from '../util/records';

/** The parts of the stacks; none if they have nothing of clusters. */
export function clusterPartsOf(templates: TemplateSet): readonly StackTemplate[] {
  const mentions = MENTIONED.map(({ what, word }) => ({ word, by: new Set(mentionsOf(templates, what).map(keyOf)) }));
  const wordsOf = (ref: ResourceRef) => mentions.filter(({ by }) => by.has(keyOf(ref))).map(({ word }) => word);
  const parts = templates.stacks.map((stack) => partOf(stack, templates, wordsOf));
  const isEmpty = parts.every(({ template }) => Object.values(template.Resources!).every(({ Type: type }) => type === NESTED_STACK_TYPE));
  return isEmpty && mentions.every(({ by }) => by.size === 0) ? [] : parts;
}

/** What is searched for, and a word that stands for it. */
const MENTIONED = [{ what: AGENT, word: 'pod-identity-agent' }, { what: MAKES_NODES, word: 'karpenter' }];

/** Whether one of the parts defines a cluster. Without any, they change no finding on an association. */
export function definesCluster(parts: readonly StackTemplate[]): boolean {
  return parts.some(({ template }) => Object.values(template.Resources!).some(({ Type: type }) => includes(CLUSTER_TYPES, type)));
}

function partOf(stack: StackTemplate, templates: TemplateSet, wordsOf: (ref: ResourceRef) => readonly string[]): StackTemplate {
  const { Resources: resources, Parameters, Conditions, Mappings, Outputs } = stack.template;
  const kept = Object.keys(resources ?? {}).flatMap((logicalId) => {
    const ref = templates.resource(stack, logicalId);
    const reduced = ref && reducedResource(ref, templates, wordsOf(ref));
    return reduced ? [[logicalId, reduced] as const] : [];
  });
  const hidden = mayMakeOtherResources(templates) ? [[UNEXAMINED, { Type: DEPLOYS_TEMPLATES[0] }] as const] : [];
  // A copy, because a text that is cut out of a template may keep all of it in memory. It keeps the aliases of YAML as they are.
  const template = structuredClone({ Resources: Object.fromEntries([...kept, ...hidden]), Parameters, Conditions, Mappings, Outputs });
  const paths = new Map(kept.map(([logicalId]) => [logicalId, stack.pathOf(logicalId)]));
  return { ...stack, template, pathOf: (logicalId) => paths.get(logicalId) ?? logicalId };
}

/** The id of what stands for the parts that could not be examined. No template can have it. */
const UNEXAMINED = 'Unexamined::Parts';

function reducedResource(ref: ResourceRef, templates: TemplateSet, mentions: readonly string[]): TemplateResource | undefined {
  const { stack, logicalId, resource } = ref;
  const { Type: type, Condition, Properties: properties = {} } = resource;
  if (includes(CLUSTER_TYPES, type)) { return { Type: type, Condition, Properties: properties }; }
  const ofCluster = { ClusterName: properties.ClusterName, Config: configOf(properties), Mentions: mentions };
  if (type === ADDON_TYPE) { return { Type: type, Condition, Properties: { ClusterName: properties.ClusterName, AddonName: properties.AddonName } }; }
  if (includes(NODE_TYPES, type)) { return { Type: type, Condition, Properties: { ...ofCluster, Type: properties.Type } }; }
  if (includes(MACHINE_TYPES, type)) { return { Type: type, Properties: ofCluster }; }
  if (templates.nestedStack(stack, logicalId)) { return { Type: type, Properties: { Parameters: properties.Parameters, Mentions: mentions } }; }
  return mentions.length > 0 ? { Type: 'Custom::MentionsClusters', Properties: ofCluster } : undefined;
}

function configOf(properties: object): object | undefined {
  const clusterName = memberOf(memberOf(properties, 'Config'), 'clusterName');
  return clusterName === undefined ? undefined : { clusterName };
}

function includes(list: readonly string[], type: string): boolean {
  return list.includes(type);
}
