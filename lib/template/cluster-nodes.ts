/**
 * Finds where the pods of a cluster may run: on Fargate, or on nodes.
 *
 * Rounds toward nodes: a cluster has Fargate profiles only if the templates certainly define one, and nothing in them may be, or may
 * make, a node.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-compute.html
 */
import { isDeployed } from './associations';
import { Cluster, clusterNamed, isAutoMode, mayBeOf, mayHaveHybridNodes } from './clusters';
import { Evaluator } from './evaluator';
import { mayConcern, mayMakeOtherResources, mentionsOf } from './mentions';
import { keyOf, ResourceRef } from './template-set';
import { memberOf } from '../util/records';

/** A Fargate profile of a cluster without nodes; `undefined` if the cluster has none, or may have nodes. */
export function fargateProfileOfClusterWithoutNodes(cluster: Cluster, { leavingOpen: evaluator }: Evaluator): ResourceRef | undefined {
  const profile = resourcesOf(cluster, FARGATE_PROFILE_TYPES, 'certainly', evaluator)[0];
  return profile && isAutoMode(cluster, evaluator) === false && !mayHaveNodes(cluster, evaluator) ? profile : undefined;
}

/** The managed node groups that certainly are the cluster's. */
export function nodeGroupsOf(cluster: Cluster, { leavingOpen: evaluator }: Evaluator): readonly ResourceRef[] {
  return resourcesOf(cluster, [NODE_GROUP_TYPE], 'certainly', evaluator);
}

const ACCESS_ENTRY_TYPE = 'AWS::EKS::AccessEntry';
/** That of CloudFormation, and the custom resource of `aws-eks`. */
const FARGATE_PROFILE_TYPES = ['AWS::EKS::FargateProfile', 'Custom::AWSCDK-EKS-FargateProfile'];
const NODE_GROUP_TYPE = 'AWS::EKS::Nodegroup';

/** What tells where the pods of a cluster run. */
export const NODE_TYPES = [ACCESS_ENTRY_TYPE, ...FARGATE_PROFILE_TYPES, NODE_GROUP_TYPE];

/** Machines. Nothing tells certainly which cluster they join, because they may read its name when they start. */
export const MACHINE_TYPES = [
  'AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::Batch::ComputeEnvironment', 'AWS::EC2::EC2Fleet',
  'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::SpotFleet', 'AWS::SageMaker::Cluster',
];

/** What makes nodes at run time: https://karpenter.sh, and calls of `CreateNodegroup`. */
export const MAKES_NODES = /karpenter|node-?group/i;

/** The types of access entries that are not for nodes: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const WITHOUT_NODES = ['STANDARD', 'FARGATE_LINUX'];

function mayHaveNodes(cluster: Cluster, evaluator: Evaluator): boolean {
  const { templates } = evaluator;
  return resourcesOf(cluster, [NODE_GROUP_TYPE], 'perhaps', evaluator).length > 0
    || resourcesOf(cluster, [ACCESS_ENTRY_TYPE], 'perhaps', evaluator).some((ref) => mayBeForNodes(ref, evaluator))
    || templates.resourcesOfType(...MACHINE_TYPES).length > 0
    || mayHaveHybridNodes(cluster, evaluator)
    || mentionsOf(templates, MAKES_NODES).some((ref) => mayConcern(cluster, ref, evaluator))
    || mayMakeOtherResources(templates);
}

function mayBeForNodes({ stack, resource: { Properties: properties = {} } }: ResourceRef, evaluator: Evaluator): boolean {
  if (evaluator.isAbsent(properties.Type, stack)) { return false; } // then it is STANDARD
  const type = evaluator.textOf(properties.Type, stack);
  return typeof type !== 'string' || !WITHOUT_NODES.includes(type);
}

function resourcesOf(cluster: Cluster, types: readonly string[], how: 'certainly' | 'perhaps', evaluator: Evaluator): ResourceRef[] {
  return evaluator.templates.resourcesOfType(...types).filter((ref) => {
    const { stack, resource: { Properties: properties = {} } } = ref;
    const name = evaluator.textOf(properties.ClusterName ?? memberOf(properties.Config, 'clusterName'), stack);
    const named = clusterNamed(name, stack, evaluator);
    return how === 'certainly'
      ? named !== undefined && keyOf(named.ref) === keyOf(cluster.ref) && isDeployed(ref, evaluator) === true
      : mayBeOf(cluster, name, stack, evaluator) && isDeployed(ref, evaluator) !== false;
  });
}
