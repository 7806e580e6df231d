/**
 * Reads the associations of a cluster: lists them, then describes each. Between aws-reader.ts and cluster-stack.ts.
 * Invariant: all or an error. An association that was deleted between the two calls is reported; an incomplete answer fails.
 */
import type { EksReader } from './aws-reader';
import { AwsFailure, callAws } from './failures';
import { allPages } from './pages';
import { inParallel } from './pool';
import { Progress } from './progress';

/** A pod identity association of EKS. */
export interface LiveAssociation {
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
  readonly policy?: string;
  readonly disableSessionTags?: boolean;
}

export interface AssociationsRead {
  /** The associations, sorted by namespace, service account and id. */
  readonly associations: readonly LiveAssociation[];
  /** The ids of associations that were deleted after they were listed. */
  readonly deleted: readonly string[];
}

/** Reads all associations of a cluster. @throws AwsFailure */
export async function readAssociations(eks: EksReader, cluster: string, progress: Progress): Promise<AssociationsRead> {
  progress.begin('listing associations');
  const listed = await allPages({ action: 'eks:ListPodIdentityAssociations', on: `cluster ${cluster}` }, (token) => eks.listAssociations(cluster, token));
  const ids = [...new Set(listed.map(({ associationId }) => associationId ?? failIncomplete('eks:ListPodIdentityAssociations', cluster, 'an association without associationId')))];
  const deleted: string[] = [];
  const described = progress.begin('reading associations', ids.length);
  const read = await inParallel(ids, async (id): Promise<LiveAssociation[]> => {
    try {
      return [await describe(eks, cluster, id)];
    } catch (e) {
      if (!(e instanceof AwsFailure) || e.kind !== 'missing') { throw e; }
      deleted.push(id);
      return [];
    } finally {
      described();
    }
  });
  const key = ({ namespace, serviceAccount, id }: LiveAssociation) => [namespace, serviceAccount, id];
  return { associations: read.flat().sort((a, b) => inOrder(key(a), key(b))), deleted: deleted.sort() };
}

async function describe(eks: EksReader, cluster: string, id: string): Promise<LiveAssociation> {
  const call = { action: 'eks:DescribePodIdentityAssociation', on: `association ${id} of cluster ${cluster}` };
  const answer = await callAws(call, () => eks.describeAssociation(cluster, id));
  const needed = (name: 'associationArn' | 'clusterName' | 'namespace' | 'serviceAccount' | 'roleArn') =>
    answer?.[name] ?? failIncomplete(call.action, call.on, `no ${name}`);
  return {
    id,
    arn: needed('associationArn'),
    cluster: needed('clusterName'),
    namespace: needed('namespace'),
    serviceAccount: needed('serviceAccount'),
    roleArn: needed('roleArn'),
    targetRoleArn: answer?.targetRoleArn || undefined,
    policy: answer?.policy || undefined,
    disableSessionTags: answer?.disableSessionTags ?? undefined,
  };
}

function failIncomplete(action: string, on: string, what: string): never {
  throw new AwsFailure('other', `${action} on ${on} failed: the answer has ${what}.`);
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((text, at) => text !== b[at]);
  return i < 0 ? 0 : a[i] < b[i] ? -1 : 1;
}
