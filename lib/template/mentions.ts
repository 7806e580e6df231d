/**
 * Searches the templates for what may do something to a cluster that no type of resource tells: charts, manifests, scripts and custom
 * resources, by the names that they mention.
 *
 * Rounds up: a resource counts unless it names another cluster, and so does every part that nobody can read before the deployment.
 * For speed, the texts of all resources are searched once for each set of templates.
 */
import { Cluster, mayBeOf } from './clusters';
import { Evaluator } from './evaluator';
import { ADDON_TYPE, ASSOCIATION_TYPE, SERVERLESS_APPLICATION_TYPE } from './relevant-types';
import { ResourceRef, TemplateSet } from './template-set';
import { unexaminedPartsOf } from './unexamined-parts';
import { memoize, memoizePair } from '../util/memo';
import { memberOf } from '../util/records';
import { someMember } from '../util/some-member';

/** The resources that mention something, other than add-ons and associations. A parameter or mapping stands for itself. */
export const mentionsOf: (templates: TemplateSet, what: RegExp) => readonly ResourceRef[] = memoizePair((templates, what) => {
  const isMentioned = (value: unknown) => someMember(value, (one, name) => (
    (typeof one === 'string' && what.test(one)) || (name !== undefined && what.test(name))));
  return templates.stacks.flatMap((stack) => {
    const { Resources: resources, Parameters, Mappings } = stack.template;
    const whole = isMentioned({ Parameters, Mappings }) ? [{ stack, logicalId: '', resource: { Type: '' } }] : [];
    return [...whole, ...Object.keys(resources ?? {}).flatMap((logicalId) => {
      const ref = templates.resource(stack, logicalId);
      const { Type: type } = ref?.resource ?? {};
      return ref && type !== ADDON_TYPE && type !== ASSOCIATION_TYPE && isMentioned(ref.resource.Properties) ? [ref] : [];
    })];
  });
});

/** Whether a resource may do something for the cluster: it does not name another one. */
export function mayConcern(cluster: Cluster, { stack, resource: { Properties: properties } }: ResourceRef, evaluator: Evaluator): boolean {
  const written = memberOf(properties, 'ClusterName') ?? memberOf(memberOf(properties, 'Config'), 'clusterName');
  return written === undefined || mayBeOf(cluster, evaluator.textOf(written, stack), stack, evaluator);
}

/** Resources that deploy templates which are not read. */
export const DEPLOYS_TEMPLATES = ['AWS::CloudFormation::StackSet', SERVERLESS_APPLICATION_TYPE, 'AWS::ServiceCatalog::CloudFormationProvisionedProduct'];

/** Whether a part of the templates that could not be examined may make add-ons, charts or nodes. */
export const mayMakeOtherResources = memoize((templates: TemplateSet): boolean => (
  templates.resourcesOfType(...DEPLOYS_TEMPLATES).some(({ stack, logicalId }) => !templates.nestedStack(stack, logicalId))
  || templates.stacks.some((stack) => (
    templates.doubtfulLoops(stack).length > 0 || unexaminedPartsOf(templates, stack).some(({ mayHideAssociations }) => mayHideAssociations)))));
