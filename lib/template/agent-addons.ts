/**
 * Finds what may install the EKS Pod Identity Agent on a cluster: the add-on, and anything else that names it, such as a Helm chart
 * or a custom resource.
 *
 * Rounds up: what may be the agent counts, unless it certainly is not deployed or belongs to another cluster.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
import { mayBeEqual, textKey, Unresolved } from '../engine';
import { isDeployed } from './associations';
import { Cluster, environmentOf, mayBeOf } from './clusters';
import { Evaluator } from './evaluator';
import { mayConcern, mayMakeOtherResources, mentionsOf } from './mentions';
import { ADDON_TYPE, AGENT_ADDON } from './relevant-types';
import { ResourceRef } from './template-set';
import { Value } from './value';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

/** An add-on that is, or may be, the agent. */
export interface AgentAddon {
  readonly ref: ResourceRef;
  readonly clusterName: Value;
  readonly isCertain: boolean;
}

/** Whether the templates may install the agent on the cluster. */
export function mayHaveAgent(cluster: Cluster, { leavingOpen: evaluator }: Evaluator): boolean {
  const { templates } = evaluator;
  return agentAddonsIn(evaluator).some(({ ref, clusterName }) => mayBeOf(cluster, clusterName, ref.stack, evaluator))
    || mentionsOf(templates, AGENT).some((ref) => mayConcern(cluster, ref, evaluator))
    || mayMakeOtherResources(templates);
}

/** The add-ons that certainly are the agent, by their clusters, where several are of one. */
export function agentsOfOneCluster({ leavingOpen: evaluator }: Evaluator): ReadonlyArray<readonly AgentAddon[]> {
  const certain = agentAddonsIn(evaluator).filter(({ isCertain }) => isCertain);
  return [...groupBy(certain, ({ ref, clusterName }) => (
    clusterName instanceof Unresolved ? undefined : JSON.stringify([environmentOf(ref.stack), textKey(clusterName)]))).values()]
    .filter((agents) => agents.length > 1);
}

/** The add-ons that may be the agent, without those that are never deployed. */
const agentAddonsIn = memoize((evaluator: Evaluator): readonly AgentAddon[] => (
  evaluator.templates.resourcesOfType(ADDON_TYPE).flatMap((ref) => {
    const { stack, resource: { Properties: properties = {} } } = ref;
    const name = evaluator.textOf(properties.AddonName, stack);
    const mayBeAgent = name instanceof Unresolved || mayBeEqual(name, AGENT_ADDON);
    if (!mayBeAgent || isDeployed(ref, evaluator) === false) { return []; }
    return [{ ref, clusterName: evaluator.textOf(properties.ClusterName, stack), isCertain: name === AGENT_ADDON }];
  })));

/** The agent, as charts, manifests and scripts write its name. */
export const AGENT = /pod-?identity-?agent/i;
