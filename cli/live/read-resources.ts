/**
 * Reads the policies of resources, for `snapshot`; snapshot-of.ts converts the result.
 * Invariant: a resource has a policy, or certainly has none, or it is a gap with the reason.
 */
import type { ResourceReader } from './aws-reader';
import { callAws } from './failures';
import { Gap, gapsIn } from './gaps';
import { Progress } from './progress';
import { readEach } from './read-each';
import { SnapshotResource } from '../../lib/role-permissions/snapshot';
import { lazy } from '../../lib/util/memo';

/** The resources with their policies, by ARN. */
export interface ResourcesRead {
  readonly resources: ReadonlyMap<string, SnapshotResource>;
  readonly gaps: readonly Gap[];
}

type Read = (reader: ResourceReader, arn: string, owner: () => Promise<string>) => Promise<SnapshotResource>;

/** How to read a type. */
const READERS: { readonly [type: string]: Read } = {
  'AWS::S3::Bucket': async (reader, arn, owner) => {
    const account = await owner();
    return { account, ...policy(await callAws({ action: 's3:GetBucketPolicy', on: `bucket ${arn}` }, () => reader.bucketPolicy(arn, account))) };
  },
  'AWS::KMS::Key': async (reader, arn) => policy(await callAws({ action: 'kms:GetKeyPolicy', on: `key ${arn}` }, () => reader.keyPolicy(arn))),
  'AWS::SQS::Queue': async (reader, arn) => {
    const on = `queue ${arn}`;
    const url = await callAws({ action: 'sqs:GetQueueUrl', on }, () => reader.queueUrl(arn));
    return policy(await callAws({ action: 'sqs:GetQueueAttributes', on }, () => reader.queuePolicy(arn, url)));
  },
  'AWS::SNS::Topic': async (reader, arn) => (
    policy(await callAws({ action: 'sns:GetTopicAttributes', on: `topic ${arn}` }, () => reader.topicPolicy(arn)))),
  'AWS::SecretsManager::Secret': async (reader, arn) => (
    policy(await callAws({ action: 'secretsmanager:GetResourcePolicy', on: `secret ${arn}` }, () => reader.secretPolicy(arn)))),
};

/** Whether the policies of a type can be read. */
export function isReadable(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** Reads resources. One that could not be read is a gap; the others are still read, unless every call would fail. */
export async function readResources(
  reader: ResourceReader, wanted: ReadonlyArray<{ readonly arn: string; readonly type: string }>, progress: Progress,
): Promise<ResourcesRead> {
  const resourceRead = progress.begin('reading resources', wanted.length);
  const owner = lazy(() => callAws({ action: 'sts:GetCallerIdentity', on: 'the credentials' }, reader.account));
  const read = await readEach(wanted, async ({ arn, type }): Promise<[string, SnapshotResource]> => (
    [arn, await READERS[type](reader, arn, owner).finally(resourceRead)]));
  return { resources: new Map(read.read), gaps: gapsIn('resource', read, ({ arn }) => arn) };
}

function policy(document: object | undefined): SnapshotResource {
  return document === undefined ? {} : { policy: document };
}
