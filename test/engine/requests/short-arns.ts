/**
 * ARNs of fewer than six fields in the policies of the role, which AWS completes with `*` for each missing field. The
 * page covers identity-based policies; AWS rejects such an ARN in a session policy, so the session policies here
 * contain full ARNs only.
 */
import { type Pair } from './pair';

type Values = string | readonly string[];
const allow = (Action: Values, Resource: Values) => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: Values, Resource: Values) => ({ Effect: 'Deny', Action, Resource });

const page = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:jobs';
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:resize';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export const SHORT_ARNS: readonly Pair[] = [
  {
    title: 'sqs: an ARN that ends after the service',
    session: [allow('sqs:SendMessage', QUEUE)],
    role: [allow('sqs:*', 'arn:aws:sqs')],
    verdict: 'narrows',
    page,
  },
  {
    title: 'dynamodb: a table, an ARN that ends after another service',
    session: [allow('dynamodb:GetItem', TABLE)],
    role: [allow('*', 'arn:aws:sqs')],
    verdict: 'exceeds',
    page,
  },
  {
    title: 'ec2: an ARN that ends after a wildcard for the region',
    session: [allow('ec2:TerminateInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/*')],
    role: [allow('ec2:*', 'arn:aws:ec2:*')],
    verdict: 'narrows',
    page,
  },
  {
    title: 'lambda: an ARN that ends after the same region',
    session: [allow('lambda:InvokeFunction', FUNCTION)],
    role: [allow('lambda:*', 'arn:aws:lambda:us-east-1')],
    verdict: 'narrows',
    page,
  },
  {
    title: 'lambda: an ARN that ends after another region',
    session: [allow('lambda:InvokeFunction', FUNCTION)],
    role: [allow('lambda:*', 'arn:aws:lambda:eu-west-1')],
    verdict: 'exceeds',
    page,
  },
  {
    title: 'kms: an ARN that ends after the same account',
    session: [allow('kms:Decrypt', KEY)],
    role: [allow('kms:*', 'arn:aws:kms:us-east-1:111122223333')],
    verdict: 'narrows',
    page,
  },
  {
    title: 'kms: an ARN that ends after another account',
    session: [allow('kms:Decrypt', KEY)],
    role: [allow('kms:*', 'arn:aws:kms:us-east-1:444455556666')],
    verdict: 'exceeds',
    page,
  },
  {
    title: 's3: objects, an ARN that ends after the service',
    session: [allow('s3:GetObject', 'arn:aws:s3:::reports/*')],
    role: [allow('s3:*', 'arn:aws:s3')],
    verdict: 'narrows',
    page,
  },
  {
    title: 'sqs: the role denies an ARN that ends after the service',
    session: [allow('sqs:SendMessage', QUEUE)],
    role: [allow('*', '*'), deny('*', 'arn:aws:sqs')],
    verdict: 'exceeds',
    page,
  },
  {
    title: 'dynamodb: the role denies an ARN that ends after another service',
    session: [allow('dynamodb:GetItem', TABLE)],
    role: [allow('*', '*'), deny('*', 'arn:aws:sqs')],
    verdict: 'narrows',
    page,
  },
];
