/**
 * Takes the policies of resources from the answers of S3, KMS, SQS, SNS and Secrets Manager, and checks that an answer has what was
 * asked for. resource-reader.ts calls it within each call.
 * Invariant: pure. "No policy" is only what AWS documents as that: an answer that lacks something else is an error.
 */
import type { GetResourcePolicyResponse } from '@aws-sdk/client-secrets-manager';
import type { GetTopicAttributesResponse } from '@aws-sdk/client-sns';
import type { GetQueueAttributesResult, GetQueueUrlResult } from '@aws-sdk/client-sqs';
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { plainDocumentIn } from './document-in';
import { MAX_NAME } from './limits';
import { UnexpectedAnswer } from './unexpected-answer';

/** @throws UnexpectedAnswer */
export function accountIn({ Account: account }: GetCallerIdentityResponse): string {
  if (!account) { throw new UnexpectedAnswer('it has no Account'); }
  if (!/^\d{12}$/.test(account)) { throw new UnexpectedAnswer(`its Account is ${account}, which is not the id of an account`); }
  return account;
}

/**
 * Returns the URL of a queue. It is sent back in a request, and nothing is sent to it.
 * @throws UnexpectedAnswer
 */
export function queueUrlIn({ QueueUrl: url }: GetQueueUrlResult, arn: string): string {
  if (!url) { throw new UnexpectedAnswer('it has no QueueUrl'); }
  const [,,,, account, name] = arn.split(':');
  if (url.length > MAX_NAME || !URL.canParse(url) || !new URL(url).pathname.endsWith(`/${account}/${name}`)) {
    throw new UnexpectedAnswer(`its QueueUrl is ${url.slice(0, MAX_NAME)}, which is not the URL of ${arn}`);
  }
  return url;
}

/**
 * A queue whose policy was never set has no attribute `Policy`.
 * @throws UnexpectedAnswer
 */
export function queuePolicyIn({ Attributes: attributes }: GetQueueAttributesResult, arn: string): object | undefined {
  const { QueueArn: own, Policy: policy } = attributes ?? {};
  same('QueueArn', own, arn);
  return policy ? plainDocumentIn(policy, 'Policy') : undefined;
}

/**
 * SNS makes a policy for each topic, so an answer without one is not complete.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 * @throws UnexpectedAnswer
 */
export function topicPolicyIn({ Attributes: attributes }: GetTopicAttributesResponse, arn: string): object {
  const { TopicArn: own, Policy: policy } = attributes ?? {};
  same('TopicArn', own, arn);
  return plainDocumentIn(policy, 'Policy');
}

/**
 * A secret without a policy has no `ResourcePolicy`.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 * @throws UnexpectedAnswer
 */
export function secretPolicyIn({ ARN: own, ResourcePolicy: policy }: GetResourcePolicyResponse, arn: string): object | undefined {
  same('ARN', own, arn);
  return policy ? plainDocumentIn(policy, 'ResourcePolicy') : undefined;
}

function same(member: string, value: string | undefined, wanted: string): void {
  if (!value) { throw new UnexpectedAnswer(`it has no ${member}`); }
  if (value !== wanted) { throw new UnexpectedAnswer(`its ${member} is ${value.slice(0, MAX_NAME)}, not ${wanted}`); }
}
