/**
 * Finds and makes the EKS Pod Identity Agent add-on of a cluster, in the tree of constructs.
 *
 * Invariant: an add-on counts only if it certainly is the agent of that cluster. Looking makes nothing: the clusters of the CDK make
 * their add-on when `eksPodIdentityAgent` is read.
 */
import { Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Construct, IConstruct } from 'constructs';
import { AGENT_ADDON } from '../template/relevant-types';

/** The agent of the cluster, if the app makes one. */
export function findAgentAddon(cluster: eks.IClusterRef): eks.CfnAddon | undefined {
  const names = [cluster.clusterRef.clusterName, resourceOf(cluster)?.name];
  const keys = names.flatMap((name) => (name === undefined ? [] : [keyOf(name, cluster)]));
  return cluster.node.root.node.findAll().filter((node) => eks.CfnAddon.isCfnAddon(node))
    .find((addon) => addon.addonName === AGENT_ADDON && keys.includes(keyOf(addon.clusterName, addon)));
}

/**
 * Makes the agent of a cluster that has none. A cluster of the CDK makes its own, so that its service accounts share it.
 * @param scope where to make it for any other cluster
 */
export function makeAgentAddon(cluster: eks.IClusterRef, scope: Construct): eks.CfnAddon {
  const own = 'eksPodIdentityAgent' in cluster ? (cluster as eks.ICluster).eksPodIdentityAgent?.node.defaultChild : undefined;
  return own !== undefined && eks.CfnAddon.isCfnAddon(own) ? own
    : new eks.CfnAddon(scope, 'Resource', { addonName: AGENT_ADDON, clusterName: cluster.clusterRef.clusterName });
}

/** Whether the app puts the cluster in Auto Mode. For an imported cluster, that is not known: no. */
export function isInAutoMode(cluster: eks.IClusterRef): boolean {
  const compute = resourceOf(cluster)?.computeConfig;
  return compute !== undefined && 'enabled' in compute && compute.enabled === true;
}

/** The resource of a cluster that the app makes with CloudFormation. */
function resourceOf(cluster: eks.IClusterRef): eks.CfnCluster | undefined {
  return [cluster, cluster.node.defaultChild].find((node) => eks.CfnCluster.isCfnCluster(node));
}

/** Equal keys: certainly the same name, in the same account and region. */
function keyOf(clusterName: string, user: IConstruct): string {
  const stack = Stack.of(user);
  if (!Token.isUnresolved(clusterName)) {
    const { account, region } = stack;
    const isKnown = !Token.isUnresolved(account) && !Token.isUnresolved(region);
    return JSON.stringify([clusterName, isKnown ? [account, region] : Stage.of(user)?.node.path]);
  }
  const { length, firstToken } = Tokenization.reverseString(clusterName);
  return length === 1 && Reference.isReference(firstToken)
    ? JSON.stringify([firstToken.target.node.path, firstToken.displayName])
    : JSON.stringify([stack.node.path, stack.resolve(clusterName)]);
}
