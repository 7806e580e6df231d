/** Queues, topics, secrets, streams and buses: AWS::SQS, AWS::SNS, AWS::SecretsManager, AWS::Kinesis, AWS::Events. */
import { allow } from '../make';
import { PAGES, ResourcePolicyCase } from './case';
import { casesOf, Service, WITHOUT } from './forms';
import { allows, denies, EVERYBODY, getAtt, policy, ref, ROLE, sub, template } from './make';

const SNS_POLICIES = 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html';

const queue: Service = {
  name: 'queue',
  action: 'sqs:SendMessage',
  named: getAtt('Queue'),
  attached: getAtt('Queue'),
  resources: (statements) => ({
    Queue: { Type: 'AWS::SQS::Queue' },
    ...(statements ? {
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Queue')], PolicyDocument: policy(...statements) },
      },
    } : {}),
  }),
};

const queueInline: Service = {
  ...queue,
  name: 'queue with an inline policy',
  resources: (statements) => ({
    Queue: { Type: 'AWS::SQS::Queue' },
    ...(statements ? {
      QueuePolicy: {
        Type: 'AWS::SQS::QueueInlinePolicy', Properties: { Queue: ref('Queue'), PolicyDocument: policy(...statements) },
      },
    } : {}),
  }),
};

const topic: Service = {
  name: 'topic',
  action: 'sns:Publish',
  named: ref('Topic'),
  attached: ref('Topic'),
  resources: (statements) => ({
    Topic: { Type: 'AWS::SNS::Topic' },
    ...(statements ? {
      TopicPolicy: {
        Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Topic')], PolicyDocument: policy(...statements) },
      },
    } : {}),
  }),
};

const topicInline: Service = {
  ...topic,
  name: 'topic with an inline policy',
  resources: (statements) => ({
    Topic: { Type: 'AWS::SNS::Topic' },
    ...(statements ? {
      TopicPolicy: {
        Type: 'AWS::SNS::TopicInlinePolicy',
        Properties: { TopicArn: ref('Topic'), PolicyDocument: policy(...statements) },
      },
    } : {}),
  }),
};

const secret: Service = {
  // In the policy of a secret, `*` is that secret.
  name: 'secret',
  action: 'secretsmanager:GetSecretValue',
  named: ref('Secret'),
  attached: '*',
  resources: (statements) => ({
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    ...(statements ? {
      SecretPolicy: {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: { SecretId: ref('Secret'), ResourcePolicy: policy(...statements) },
      },
    } : {}),
  }),
};

const stream: Service = {
  name: 'stream',
  action: 'kinesis:PutRecord',
  named: getAtt('Stream'),
  attached: getAtt('Stream'),
  resources: (statements) => ({
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
    ...(statements ? {
      StreamPolicy: {
        Type: 'AWS::Kinesis::ResourcePolicy',
        Properties: { ResourceArn: getAtt('Stream'), ResourcePolicy: policy(...statements) },
      },
    } : {}),
  }),
};

const BUS = sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/shop');

const bus: Service = {
  name: 'event bus',
  action: 'events:PutEvents',
  named: getAtt('Bus'),
  attached: BUS,
  resources: (statements) => ({
    Bus: {
      Type: 'AWS::Events::EventBus',
      Properties: {
        Name: 'shop', ...(statements ? { Policy: policy(...statements.map(withSid)) } : {}),
      },
    },
  }),
};

/** Statements of event buses have ids. */
export function withSid(statement: object): object {
  return { Sid: 'shop', ...statement };
}

/** The default policy of a topic allows its owner by `aws:SourceOwner`, a key that AWS does not document. */
const NO_TOPIC_POLICY = 'no policy, no identity policy' as const;

const TOPIC_WITHOUT_POLICY: ResourcePolicyCase = {
  id: `topic: ${NO_TOPIC_POLICY}`,
  page: SNS_POLICIES,
  access: 'unknown',
  why: 'Without a policy a topic has a default one, with a condition on AWS:SourceOwner.',
  template: template({ session: [allow('sns:Publish', ref('Topic'))], resources: topic.resources(undefined) }),
};

const TWO_QUEUES: ResourcePolicyCase[] = [
  {
    id: 'queue: one policy of two queues allows the role',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'The policy is attached to both queues.',
    template: template({
      session: [allow('sqs:SendMessage', [getAtt('Queue'), getAtt('Second')])],
      resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Second: { Type: 'AWS::SQS::Queue' },
        QueuePolicy: {
          Type: 'AWS::SQS::QueuePolicy',
          Properties: {
            Queues: [ref('Queue'), ref('Second')],
            PolicyDocument: policy(allows(ROLE, 'sqs:SendMessage', [getAtt('Queue'), getAtt('Second')])),
          },
        },
      },
    }),
  },
  {
    id: 'queue: the policy is attached to another queue',
    page: PAGES.sameAccount,
    access: 'not allowed',
    why: 'A resource policy applies to the resource that it is attached to.',
    template: template({
      session: [allow('sqs:SendMessage', getAtt('Second'))],
      resources: {
        Second: { Type: 'AWS::SQS::Queue' },
        ...queue.resources([allows(ROLE, 'sqs:SendMessage', '*')]),
      },
    }),
  },
  {
    id: 'queue: another queue is denied',
    page: PAGES.sameAccount,
    access: 'allowed',
    why: 'A resource policy applies to the resource that it is attached to.',
    template: template({
      identity: [allow('sqs:SendMessage', getAtt('Second'))],
      session: [allow('sqs:SendMessage', getAtt('Second'))],
      resources: {
        Second: { Type: 'AWS::SQS::Queue' },
        ...queue.resources([denies(EVERYBODY, 'sqs:*', '*')]),
      },
    }),
  },
];

export const MESSAGING_CASES: readonly ResourcePolicyCase[] = [
  ...casesOf(queue), ...TWO_QUEUES,
  ...casesOf(queueInline, ...WITHOUT.noPolicy, ...WITHOUT.notPrincipal),
  ...casesOf(topic, NO_TOPIC_POLICY, ...WITHOUT.notPrincipal), TOPIC_WITHOUT_POLICY,
  ...casesOf(topicInline, ...WITHOUT.noPolicy, ...WITHOUT.notPrincipal),
  ...casesOf(secret, ...WITHOUT.notPrincipal),
  ...casesOf(stream, ...WITHOUT.notPrincipal, ...WITHOUT.everybody),
  ...casesOf(bus, ...WITHOUT.notPrincipal),
];
