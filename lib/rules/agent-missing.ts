/**
 * Reports an association whose pods get no credentials, because nothing in the templates installs the EKS Pod Identity Agent where
 * they run.
 *
 * Invariant: it is silent unless the templates define the cluster and certainly do not install the agent. Something else may still do
 * so, such as another app: a warning.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { Problem } from '../analysis/finding';
import { acknowledging } from '../analysis/reader';
import { mayHaveAgent } from '../template/agent-addons';
import { Association } from '../template/associations';
import { fargateProfileOfClusterWithoutNodes, nodeGroupsOf } from '../template/cluster-nodes';
import { Cluster, clusterNamed, isAutoMode } from '../template/clusters';
import { AGENT_ADDON } from '../template/relevant-types';
import { pathOf } from '../template/template-set';

export const AGENT_MISSING: Rule = {
  id: 'AgentMissing',
  severity: 'warning',
  check: (association, context) => {
    const { evaluator } = context;
    const cluster = clusterNamed(association.clusterName, association.ref.stack, evaluator);
    // The agent does not run on Fargate: FargateOnlyCluster reports that.
    if (!cluster || mayHaveAgent(cluster, evaluator) || fargateProfileOfClusterWithoutNodes(cluster, evaluator)) { return []; }
    switch (isAutoMode(cluster, evaluator)) {
      case undefined: return [];
      case false: return [noAgent(association, cluster, context)];
      case true: return noAgentOutsideAutoMode(association, cluster, context);
    }
  },
};

function noAgent({ path, namespace, serviceAccount }: Association, { ref }: Cluster, { reader }: CheckContext): Problem {
  return {
    code: 'NoAgent',
    property: 'ClusterName',
    message: `${path} is on the cluster ${pathOf(ref)}, but nothing in ${whereOf(reader)} installs the EKS Pod Identity Agent on it: no add-on `
      + `${AGENT_ADDON}, no Helm chart, no Auto Mode. Without the agent on their nodes, the pods of service account '${serviceAccount}' in namespace `
      + `'${namespace}' get no credentials from the association.`,
    fix: `${reader === 'CDK app'
      ? 'Install the agent on the cluster: PodIdentityAgent.ensureOn(cluster).'
      : `Add an AWS::EKS::Addon with AddonName ${AGENT_ADDON} and the ClusterName of ${path}.`} ${elsewhere(reader)}`,
  };
}

/**
 * The agent of Auto Mode runs on the nodes of Auto Mode only.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
function noAgentOutsideAutoMode(
  { path, namespace, serviceAccount }: Association, cluster: Cluster, { evaluator, reader }: CheckContext,
): Problem[] {
  const [group] = nodeGroupsOf(cluster, evaluator);
  return group === undefined ? [] : [{
    code: 'NoAgentOutsideAutoMode',
    property: 'ClusterName',
    message: `${path} is on the cluster ${pathOf(cluster.ref)}, which has the node group ${pathOf(group)} in addition to the nodes of Auto Mode. The agent of Auto Mode `
      + `does not run on that node group, and nothing in ${whereOf(reader)} installs another. Without one, the pods of service account '${serviceAccount}' in namespace `
      + `'${namespace}' get no credentials from the association there.`,
    fix: `${reader === 'CDK app'
      ? 'Install the agent on its other nodes: PodIdentityAgent.ensureOn(cluster, { nodesOutsideAutoMode: true }).'
      : `Add an AWS::EKS::Addon with AddonName ${AGENT_ADDON} and the ClusterName of ${path}.`} If the pods run on the nodes of Auto Mode only, `
      + `${acknowledging('AgentMissing', reader)}. ${elsewhere(reader)}`,
  }];
}

function whereOf(reader: CheckContext['reader']): string {
  return reader === 'CDK app' ? 'the app' : 'the given templates';
}

function elsewhere(reader: CheckContext['reader']): string {
  return `If something else installs the agent, such as another ${reader === 'CDK app' ? 'app' : 'template'}, ${acknowledging('AgentMissing', reader)}.`;
}
