/**
 * Requests that the pods of the integration app make, each with what AWS must answer. `session-policy.test.ts` asks the library the same
 * questions at synth; `jobs.ts` turns them into Kubernetes jobs that ask AWS.
 */

/** Which policy is the reason for a denial. AWS names it: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export type Reason =
  | 'no session policy allows'
  | 'no identity-based policy allows'
  | 'with an explicit deny in a session policy';

export interface Check {
  readonly action: string;
  readonly resource: string;
  /** What is also known about the request, as in a policy's `Condition`. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: string } };
  /** The request, as arguments of the AWS CLI. Nothing has to exist for it. */
  readonly command: readonly string[];
  /** Why AWS denies it; `undefined` if AWS allows it. Only one policy is the reason, because AWS names one. */
  readonly denied?: Reason;
}

/** The names of what the app creates. They are known at synth, so that the jobs are. */
export interface Names {
  readonly account: string;
  readonly region: string;
}

export const CLUSTER = 'pod-identity-integ';
export const NAMESPACE = 'pod-identity-integ';
export const TABLE = 'pod-identity-integ';
export const QUEUE = 'pod-identity-integ';
export const bucketName = ({ account, region }: Names) => `pod-identity-integ-${account}-${region}`;

/** The service accounts, each with an association. */
export type ServiceAccount = 'narrowed' | 'exceeds' | 'all-except' | 'mixin' | 'whole-role';

export function checksOf(names: Names): { readonly [account in ServiceAccount]: readonly Check[] } {
  const { account, region } = names;
  const bucket = bucketName(names);
  const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/${QUEUE}`;
  const table = `arn:aws:dynamodb:${region}:${account}:table/${TABLE}`;

  const put = (key: string, denied?: Reason): Check => ({
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${bucket}/${key}`,
    command: ['s3api', 'put-object', '--bucket', bucket, '--key', key],
    denied,
  });
  const list = (prefix: string, denied?: Reason): Check => ({
    action: 's3:ListBucket',
    resource: `arn:aws:s3:::${bucket}`,
    conditions: { StringEquals: { 's3:prefix': prefix } },
    command: ['s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', prefix],
    denied,
  });
  const item = (action: 'GetItem' | 'DeleteItem', tenant: string, denied?: Reason): Check => ({
    action: `dynamodb:${action}`,
    resource: table,
    // The request has this key alone: all of its keys are the tenant, and one of them is.
    conditions: { [`${denied ? 'ForAnyValue' : 'ForAllValues'}:StringEquals`]: { 'dynamodb:LeadingKeys': tenant } },
    command: [
      'dynamodb', action === 'GetItem' ? 'get-item' : 'delete-item',
      '--table-name', TABLE, '--key', JSON.stringify({ tenant: { S: tenant } }),
    ],
    denied,
  });
  const attributes = (denied?: Reason): Check => ({
    action: 'sqs:GetQueueAttributes',
    resource: `arn:aws:sqs:${region}:${account}:${QUEUE}`,
    command: ['sqs', 'get-queue-attributes', '--queue-url', queueUrl, '--attribute-names', 'All'],
    denied,
  });

  return {
    'narrowed': [
      put('narrowed/report'), // with the customer key, so that it also needs kms:GenerateDataKey
      put('other/report', 'no session policy allows'),
      list('narrowed/'),
      list('other/', 'no session policy allows'),
      item('GetItem', 'narrowed'),
      item('GetItem', 'other', 'no session policy allows'),
      attributes(), // the policy of the queue names the role, which no identity policy lets do it
    ],
    'exceeds': [
      item('GetItem', 'exceeds'),
      item('DeleteItem', 'exceeds', 'no identity-based policy allows'),
    ],
    'all-except': [
      put('all-except/report'),
      item('GetItem', 'other', 'with an explicit deny in a session policy'),
    ],
    'mixin': [
      item('GetItem', 'mixin'),
      item('GetItem', 'other', 'no session policy allows'),
    ],
    'whole-role': [
      put('other/report'),
      list('other/'),
      item('GetItem', 'other'),
      item('DeleteItem', 'other', 'no identity-based policy allows'),
    ],
  };
}
