/**
 * Reports an association on a cluster that has Fargate profiles and no nodes: EKS Pod Identity does not work on Fargate.
 *
 * Invariant: it is silent unless the templates define the cluster and a profile of it, and nothing in them may be or make a node. Nodes
 * may still come from elsewhere, such as another app: a warning.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 */
import { Rule } from './rule';
import { acknowledging } from '../analysis/reader';
import { fargateProfileOfClusterWithoutNodes } from '../template/cluster-nodes';
import { clusterNamed } from '../template/clusters';
import { pathOf } from '../template/template-set';

export const FARGATE_ONLY_CLUSTER: Rule = {
  id: 'FargateOnlyCluster',
  severity: 'warning',
  check: ({ path, ref, clusterName, namespace, serviceAccount }, { evaluator, reader }) => {
    const cluster = clusterNamed(clusterName, ref.stack, evaluator);
    const profile = cluster && fargateProfileOfClusterWithoutNodes(cluster, evaluator);
    return profile === undefined ? [] : [{
      code: 'NoNodes',
      property: 'ClusterName',
      message: `${path} is on the cluster ${pathOf(cluster!.ref)}, which has the Fargate profile ${pathOf(profile)} and no nodes in the `
        + `${reader === 'CDK app' ? 'app' : 'given templates'}. EKS Pod Identity does not work on Fargate, so the pods of service account `
        + `'${serviceAccount}' in namespace '${namespace}' get no credentials from the association there.`,
      fix: 'Run the pods on a node group or in Auto Mode, or use IAM roles for service accounts (IRSA), which work on Fargate. If something else adds nodes, '
        + `such as another ${reader === 'CDK app' ? 'app' : 'template'}, ${acknowledging('FargateOnlyCluster', reader)}.`,
    }];
  },
};
