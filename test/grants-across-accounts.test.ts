/**
 * The CDK's own grants on resources of another account: the CDK writes the policy of the resource, which names the role, and the policies of
 * the role. AWS needs both ("Cross-account policy evaluation logic"), and with both there is no finding.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
import { App, PhysicalName, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { GrantsTo, PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole } from '../lib';
import { synthesize } from './synthesize';

const PODS = { account: '111122223333', region: 'eu-west-1' };
const OWNERS: { readonly [where: string]: { readonly account: string; readonly region: string } } = {
  'another account': { account: '444455556666', region: 'eu-west-1' },
  'another account and region': { account: '444455556666', region: 'us-east-1' },
};

const name = PhysicalName.GENERATE_IF_NEEDED;
const alias = (s: Stack) => new kms.Alias(s, 'Alias', { aliasName: 'alias/orders', targetKey: new kms.Key(s, 'Key') });

/** Makes a resource in a stack of another account, and grants something of it. */
type Grant = (stack: Stack) => (grantee: iam.IGrantable) => unknown;

const GRANTS: { readonly [what: string]: Grant } = {
  's3 read': (s) => {
    const bucket = new s3.Bucket(s, 'Bucket', { bucketName: name, enforceSSL: true });
    return (g) => bucket.grantRead(g, 'tenant-a/*');
  },
  's3 read and write, encrypted': (s) => {
    const bucket = new s3.Bucket(s, 'Bucket', { bucketName: name, enforceSSL: true, encryptionKey: alias(s) });
    return (g) => bucket.grantReadWrite(g);
  },
  's3 read, encrypted with a key that has no alias': (s) => {
    const bucket = new s3.Bucket(s, 'Bucket', { bucketName: name, encryptionKey: new kms.Key(s, 'Key') });
    return (g) => bucket.grantRead(g);
  },
  's3 by its grants class': (s) => {
    const bucket = new s3.Bucket(s, 'Bucket', { bucketName: name, enforceSSL: true });
    return (g) => bucket.grants.put(g);
  },
  'sqs consume': (s) => {
    const queue = new sqs.Queue(s, 'Queue', { queueName: name, enforceSSL: true });
    return (g) => queue.grantConsumeMessages(g);
  },
  'sns publish': (s) => {
    const topic = new sns.Topic(s, 'Topic', { topicName: name, enforceSSL: true });
    return (g) => topic.grantPublish(g);
  },
  'dynamodb read': (s) => {
    const partitionKey = { name: 'pk', type: dynamodb.AttributeType.STRING };
    const table = new dynamodb.Table(s, 'Table', { tableName: name, partitionKey });
    return (g) => table.grantReadData(g);
  },
  'secretsmanager read, encrypted': (s) => {
    const secret = new secretsmanager.Secret(s, 'Secret', { secretName: name, encryptionKey: alias(s) });
    return (g) => secret.grantRead(g);
  },
  'lambda invoke': (s) => {
    const fn = new lambda.Function(s, 'Function', {
      functionName: name,
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    return (g) => fn.grantInvoke(g);
  },
  'events put': (s) => {
    const bus = new events.EventBus(s, 'Bus', { eventBusName: name });
    return (g) => bus.grantPutEventsTo(g, 'FromPods');
  },
  'events put, with a policy of the bus': (s) => {
    const bus = new events.EventBus(s, 'Bus', { eventBusName: name });
    let grants = 0;
    return (g) => {
      bus.grantPutEventsTo(g, 'FromPods');
      bus.addToResourcePolicy(new iam.PolicyStatement({
        sid: `FromPods${grants++}`,
        principals: [g.grantPrincipal],
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
      }));
    };
  },
  'kinesis write': (s) => {
    const stream = new kinesis.Stream(s, 'Stream', { streamName: name });
    return (g) => stream.grantWrite(g);
  },
  'ecr pull': (s) => {
    const repository = new ecr.Repository(s, 'Repository', { repositoryName: name });
    return (g) => repository.grantPull(g);
  },
  'kms decrypt by an alias': (s) => {
    const key = alias(s);
    return (g) => key.grantDecrypt(g);
  },
};

interface Association extends Partial<PodIdentityAssociationProps> {
  readonly grantRole?: true;
}

const ASSOCIATIONS: { readonly [what: string]: Association } = {
  'a session policy, on a role with the same grant': { grantRole: true },
  'grants to the session policy and to the role': { grantsTo: GrantsTo.SESSION_POLICY_AND_ROLE },
  'no session policy': { grantsTo: GrantsTo.ROLE },
};

/**
 * Findings that were reviewed and are right. In another account, AWS needs the policy of the resource and one of the role:
 * - For a role, `grantRead` of a secret adds the use of the key to the key policy only.
 *   https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 * - For a role, `grantPutEventsTo` adds nothing to the policy of the event bus.
 *   https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 */
const REVIEWED: { readonly [grant: string]: { readonly [association: string]: readonly string[] } } = {
  'secretsmanager read, encrypted': { 'a session policy, on a role with the same grant': ['SessionPolicyExceedsRole'] },
  'events put': {
    'a session policy, on a role with the same grant': ['DeniedByResourcePolicy'],
    'grants to the session policy and to the role': ['DeniedByResourcePolicy'],
  },
};

describe.each(Object.entries(OWNERS))('%s', (_where, env) => {
  describe.each(Object.entries(GRANTS))('%s', (what, make) => {
    test.each(Object.entries(ASSOCIATIONS))('%s', (how, { grantRole, ...props }) => {
      const app = new App();
      const stack = new Stack(app, 'Pods', { env: PODS });
      const grant = make(new Stack(app, 'Owner', { env }));
      const role = new PodIdentityRole(stack, 'Role');
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }));
      if (grantRole) { grant(role); }
      grant(new PodIdentityAssociation(stack, 'Pods', {
        cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
        namespace: 'ns',
        serviceAccount: 'app',
        role,
        ...props,
      }));
      const reviewed = REVIEWED[what]?.[how] ?? [];
      const { findings } = synthesize(app);
      const others = findings.filter(({ ruleName }) => !reviewed.includes(ruleName));
      expect(others.map(({ ruleName, description }) => `${ruleName}: ${description}`)).toEqual([]);
      expect(findings.map(({ ruleName }) => ruleName)).toEqual(reviewed);
    });
  });
});
