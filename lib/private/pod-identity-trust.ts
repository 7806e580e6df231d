/**
 * Writes the conditions by which the trust policy of a role names the clusters, namespaces and service accounts that may use it. EKS sends
 * the account and the ARN of the cluster always, and the names as request tags unless session tags are off.
 *
 * Invariant: no name has a wildcard or a policy variable, so the conditions hold for the given names only. The ARN of a cluster with a
 * name is written out, so the role and the cluster may be in stacks of any order.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3743 (aws:SourceArn is the ARN of the cluster)
 */
import { Resource, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { kubernetesNameError, KubernetesNameRule, NAMESPACE, SERVICE_ACCOUNT } from './kubernetes-names';
import { oneOrMany } from './one-or-many';

/** Who may use the role; all that are given must match. */
export interface TrustedUse {
  readonly clusters?: readonly eks.IClusterRef[];
  readonly namespaces?: readonly string[];
  readonly serviceAccounts?: readonly string[];
  readonly conditions?: { readonly [operator: string]: any };
}

type Conditions = { [operator: string]: { [key: string]: any } };

/** `undefined` without conditions. @throws an error without the path of the role */
export function trustConditions(use: TrustedUse): Conditions | undefined {
  const { clusters, namespaces, serviceAccounts, conditions = {} } = use;
  for (const [name, list] of Object.entries({ clusters, namespaces, serviceAccounts })) {
    if (list !== undefined && (!Array.isArray(list) || list.length === 0)) {
      throw new Error(`${name} is not a list with at least one item. If the role is for any of them, leave ${name} out.`);
    }
  }
  if (clusters?.some((cluster) => !cluster?.clusterRef)) {
    throw new Error('clusters contains a value that is not an EKS cluster. Give clusters such as eks.Cluster.fromClusterAttributes(…).');
  }
  const tags = [...tagConditions('namespaces', namespaces, NAMESPACE), ...tagConditions('serviceAccounts', serviceAccounts, SERVICE_ACCOUNT)];
  const accounts = clusters?.map(({ env }) => env.account) ?? [];
  const written: Conditions = {
    ...(clusters || tags.length > 0 ? {
      StringEquals: Object.fromEntries([...clusters ? [['aws:SourceAccount', oneOrMany(accounts)]] : [], ...tags]),
    } : {}),
    ...(clusters ? { ArnEquals: { 'aws:SourceArn': oneOrMany(clusters.map(arnOfCluster)) } } : {}),
  };
  const all = merged(written, conditions);
  return Object.keys(all).length === 0 ? undefined : all;
}

/** The clusters that the conditions refer to, because their names are not known at synth. */
export function referencedClusters({ clusters = [] }: TrustedUse): readonly eks.IClusterRef[] {
  return clusters.filter((cluster) => nameOfCluster(cluster) === undefined && Token.isUnresolved(cluster.clusterRef.clusterName));
}

const clustersOf = new WeakMap<IConstruct, readonly eks.IClusterRef[]>();

/** Records the clusters that the trust policy of the role refers to. */
export function rememberClusters(role: IConstruct, use: TrustedUse): void {
  clustersOf.set(role, referencedClusters(use));
}

/**
 * A cluster in the stack of the association that the trust policy of a role in another stack refers to. The association refers to the role,
 * so neither stack could be deployed first. Nested stacks are deployed by their parents.
 */
export function clusterThatNeedsName(role: IConstruct, association: IConstruct): eks.IClusterRef | undefined {
  const here = deployedWith(association);
  return deployedWith(role) === here ? undefined : clustersOf.get(role)?.find((cluster) => deployedWith(cluster) === here);
}

function deployedWith(construct: IConstruct): Stack {
  const stack = Stack.of(construct);
  return stack.nestedStackParent ? deployedWith(stack.nestedStackParent) : stack;
}

function tagConditions(prop: string, names: readonly string[] | undefined, rule: KubernetesNameRule): Array<[string, unknown]> {
  if (!names) { return []; }
  const problems = names.map((name) => {
    if (typeof name !== 'string') { return `${rule.what} ${JSON.stringify(name)} is not text. Kubernetes accepts ${rule.description}.`; }
    return Token.isUnresolved(name) ? undefined : kubernetesNameError(name, rule);
  });
  const wrong = problems.find((problem) => problem !== undefined);
  if (wrong !== undefined) { throw new Error(`${prop}: ${wrong} For a pattern, use StringLike in conditions.`); }
  return [[rule === NAMESPACE ? 'aws:RequestTag/kubernetes-namespace' : 'aws:RequestTag/kubernetes-service-account', oneOrMany(names)]];
}

function arnOfCluster(cluster: eks.IClusterRef): string {
  const resourceName = nameOfCluster(cluster);
  const arn = resourceName === undefined ? cluster.clusterRef.clusterArn
    : Stack.of(cluster).formatArn({ service: 'eks', resource: 'cluster', resourceName, account: cluster.env.account, region: cluster.env.region });
  if (/[*?$]/.test(writtenIn(arn))) {
    throw new Error(`the ARN of the cluster ${cluster.node.path}, '${arn}', contains a wildcard or a variable. Give each cluster, or use ArnLike in conditions for a pattern.`);
  }
  return arn;
}

/** The name that somebody gave to a cluster of the app; its reference would be a token. */
function nameOfCluster(cluster: eks.IClusterRef): string | undefined {
  const { physicalName, name } = cluster as { readonly physicalName?: unknown; readonly name?: unknown };
  const given = Resource.isResource(cluster) ? physicalName : name;
  return typeof given === 'string' && given !== '' && !Token.isUnresolved(given) ? given : undefined;
}

/** The text without its tokens. */
function writtenIn(text: string): string {
  const fragments = Tokenization.reverseString(text).mapTokens({ mapToken: () => '' });
  return String(fragments.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '');
}

function merged(ours: Conditions, theirs: NonNullable<TrustedUse['conditions']>): Conditions {
  const all: Conditions = { ...ours };
  for (const [operator, keys] of Object.entries(theirs)) {
    const taken = Object.keys(ours[operator] ?? {}).map((key) => key.toLowerCase());
    const twice = Object.keys(keys).find((key) => taken.includes(key.toLowerCase()));
    if (twice !== undefined) { throw new Error(`conditions has ${operator} on ${twice}, which another prop also sets. Set it in one place.`); }
    all[operator] = { ...ours[operator], ...keys };
  }
  return all;
}
