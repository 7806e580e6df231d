/**
 * Reads the associations of a cluster: lists them, then describes each. Between aws-reader.ts and cluster-stack.ts.
 * Invariant: each association of the cluster is read, deleted, or named as missing with the reason; if the list itself is not complete,
 * that is said. An answer about something other than what was asked for is not used.
 */
import type { ListedAssociation, LiveAssociation } from './asked-for';
import type { EksReader } from './aws-reader';
import { pathOf } from './cluster-stack';
import { accountOf } from './declarations';
import { Call, callAws, unclearAnswer } from './failures';
import { Gap, gapsIn } from './gaps';
import { MAX_ASSOCIATIONS } from './limits';
import { listPages } from './pages';
import { Progress } from './progress';
import { readEach } from './read-each';
import { byCode } from '../by-code';

export interface AssociationsRead {
  /** The associations, sorted by namespace, service account and id. */
  readonly associations: readonly LiveAssociation[];
  /** The ids of associations that were deleted after they were listed. */
  readonly deleted: readonly string[];
  /** The associations that could not be read. */
  readonly unread: readonly ListedAssociation[];
  /** Whether the cluster may have associations that were not even listed. */
  readonly isListCut: boolean;
  /** What could not be read, and why. */
  readonly gaps: readonly Gap[];
}

/** Reads all associations of a cluster. @throws AwsFailure if none could be read */
export async function readAssociations(eks: EksReader, cluster: string, progress: Progress): Promise<AssociationsRead> {
  const list = { action: 'eks:ListPodIdentityAssociations', on: `cluster ${cluster}` };
  const counted = progress.count('listing associations');
  const { items, failure } = await listPages(list, (token) => eks.listAssociations(cluster, token), MAX_ASSOCIATIONS, counted);
  if (failure && items.length === 0) { throw failure; }
  const unique = [...new Map(items.map((one) => [one.id, one])).values()].sort(inOrder);
  const described = progress.begin('reading associations', unique.length);
  const outcome = await readEach(unique, (one) => callAws(
    { action: 'eks:DescribePodIdentityAssociation', on: `association ${one.id} of cluster ${cluster}` },
    () => eks.describeAssociation(cluster, one),
  ).finally(described));
  const gone = outcome.failed.filter(({ failure: { kind } }) => kind === 'missing');
  const failed = outcome.failed.filter(({ failure: { kind } }) => kind !== 'missing');
  if (outcome.read.length === 0 && failed.length > 0) { throw failed[0].failure; }
  return {
    associations: ofOneAccount(outcome.read, list),
    deleted: gone.map(({ item }) => item.id).sort(),
    unread: [...failed.map(({ item }) => item), ...outcome.untried?.items ?? []],
    isListCut: failure !== undefined,
    gaps: [
      ...failure ? [{ of: 'list of associations' as const, what: cluster, kind: failure.kind, message: `The list of associations is not complete. ${failure.message}` }] : [],
      ...gapsIn('association', { ...outcome, failed }, (one) => `${pathOf(one)} (${one.id})`),
    ],
  };
}

/** A cluster is in one account, and its ARNs tell which. */
function ofOneAccount(associations: readonly LiveAssociation[], call: Call): readonly LiveAssociation[] {
  const accounts = [...new Set(associations.map(({ arn }) => accountOf(arn)))];
  if (accounts.length > 1) { throw unclearAnswer(call, `the associations are of several accounts: ${accounts.slice(0, 3).join(', ')}`); }
  return associations;
}

function inOrder(a: ListedAssociation, b: ListedAssociation): number {
  return byCode(a.namespace, b.namespace) || byCode(a.serviceAccount, b.serviceAccount) || byCode(a.id, b.id);
}
