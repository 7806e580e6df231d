/**
 * Ten apps as teams write them, each with one thing wrong that touches many associations. noise.test.ts counts what their synth
 * prints, for the table in docs/noise.md.
 */
import { App, CfnCondition, CfnParameter, Fn, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { GrantsTo, PodIdentityAssociation, PodIdentityRole, PodIdentityValidation, SessionPolicy } from '../../lib';

export interface NoisyApp {
  readonly name: string;
  readonly build: (app: App) => void;
}

const ENV = { account: '111122223333', region: 'eu-west-1' };
const EKS = new iam.ServicePrincipal('pods.eks.amazonaws.com');
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const allow = (actions: string[], resources: string[]) => new iam.PolicyStatement({ actions, resources });
const clusterIn = (scope: Construct) => eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: 'prod' });
const bucketOf = (team: number) => `arn:aws:s3:::team-${team}/*`;

function roleWith(scope: Construct, id: string, ...statements: iam.PolicyStatement[]): PodIdentityRole {
  return new PodIdentityRole(scope, id, { inlinePolicies: { Access: new iam.PolicyDocument({ statements }) } });
}

/** One association for each number, with the session policy that `session` writes. */
function associations(
  scope: Construct, count: number, role: iam.IRoleRef, session?: (team: number) => iam.PolicyStatement[],
): PodIdentityAssociation[] {
  const cluster = clusterIn(scope);
  return numbers(count).map((team) => new PodIdentityAssociation(scope, `Team${team}`, {
    cluster,
    namespace: `team-${team}`,
    serviceAccount: 'app',
    role,
    ...(session && { sessionPolicy: SessionPolicy.fromStatements(...session(team)) }),
  }));
}

const DENY_OUTSIDE_NETWORK = new iam.PolicyStatement({
  effect: iam.Effect.DENY,
  actions: ['*'],
  resources: ['*'],
  conditions: { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' }, Bool: { 'aws:ViaAWSService': 'false' } },
});
const DENY_OTHER_REGIONS = new iam.PolicyStatement({
  effect: iam.Effect.DENY,
  notActions: ['iam:*', 'sts:*', 's3:ListAllMyBuckets'],
  resources: ['*'],
  conditions: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
});
const DENY_WITHOUT_TLS = new iam.PolicyStatement({
  effect: iam.Effect.DENY,
  actions: ['s3:*'],
  resources: ['*'],
  conditions: { Bool: { 'aws:SecureTransport': 'false' } },
});

export const APPS: readonly NoisyApp[] = [
  {
    name: '60 associations on one imported role',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/platform');
      associations(stack, 60, role, (team) => [allow(['s3:GetObject'], [bucketOf(team)])]);
    },
  },
  {
    name: 'one bad trust policy shared by 20',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      const role = new iam.Role(stack, 'Role', {
        assumedBy: EKS, // without sts:TagSession
        inlinePolicies: { Access: new iam.PolicyDocument({ statements: [allow(['s3:*'], ['*'])] }) },
      });
      associations(stack, 20, role, (team) => [allow(['s3:GetObject'], [bucketOf(team)])]);
    },
  },
  {
    name: '30 services with guards on every role',
    build: (app) => {
      const stack = new Stack(app, 'Services', { env: ENV });
      const cluster = clusterIn(stack);
      for (const service of numbers(30)) {
        const queue = new sqs.Queue(stack, `Queue${service}`);
        const role = roleWith(stack, `Role${service}`, allow(['sqs:*', 's3:*'], ['*']), DENY_OUTSIDE_NETWORK, DENY_OTHER_REGIONS, DENY_WITHOUT_TLS);
        const pods = new PodIdentityAssociation(stack, `Service${service}`, {
          cluster, namespace: 'services', serviceAccount: `service-${service}`, role, grantsTo: GrantsTo.SESSION_POLICY,
        });
        queue.grantSendMessages(pods);
        pods.sessionPolicy.addStatements(allow(['s3:GetObject'], [bucketOf(service)]));
      }
    },
  },
  {
    name: '20 associations on a target role that does not trust them',
    build: (app) => {
      Validations.of(app).addPlugins(new PodIdentityValidation());
      const stack = new Stack(app, 'Teams', { env: ENV });
      const target = new iam.Role(stack, 'Target', {
        assumedBy: new iam.AccountPrincipal('444455556666'),
        inlinePolicies: { Access: new iam.PolicyDocument({ statements: [allow(['s3:*'], ['*'])] }) },
      });
      const cluster = clusterIn(stack);
      const role = roleWith(stack, 'Role', allow(['sts:AssumeRole', 'sts:TagSession'], [target.roleArn]));
      numbers(20).forEach((team) => new CfnPodIdentityAssociation(stack, `Team${team}`, {
        clusterName: cluster.clusterName,
        namespace: `team-${team}`,
        serviceAccount: 'app',
        roleArn: role.roleArn,
        targetRoleArn: target.roleArn,
      }));
    },
  },
  {
    name: 'three stages of a pipeline, each with 8 associations beyond their role',
    build: (app) => {
      for (const [i, name] of ['Dev', 'Test', 'Prod'].entries()) {
        const stack = new Stack(new Stage(app, name, { env: { ...ENV, account: `11112222333${i}` } }), 'Base');
        const role = roleWith(stack, 'Role', allow(['s3:GetObject'], ['arn:aws:s3:::team-*']));
        associations(stack, 8, role, () => [allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::team-shared/*'])]);
      }
    },
  },
  {
    name: '25 L1 associations without DisableSessionTags',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      Validations.of(app).addPlugins(new PodIdentityValidation());
      const role = roleWith(stack, 'Role', allow(['s3:*'], ['*']));
      numbers(25).forEach((team) => new CfnPodIdentityAssociation(stack, `Team${team}`, {
        clusterName: 'prod',
        namespace: `team-${team}`,
        serviceAccount: 'app',
        roleArn: role.roleArn,
        policy: stack.toJsonString({
          Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: bucketOf(team) }],
        }),
      }));
    },
  },
  {
    name: '12 associations with generated names, without an env',
    build: (app) => {
      const base = new Stack(app, 'Base');
      const role = roleWith(base, 'Role', allow(['s3:GetObject*', 's3:ListBucket'], ['arn:aws:s3:::team-*']));
      const cluster = clusterIn(base);
      numbers(12).forEach((team) => {
        const bucket = new s3.Bucket(base, `Bucket${team}`);
        const queue = new sqs.Queue(base, `Queue${team}`);
        const pods = new PodIdentityAssociation(base, `Team${team}`, {
          cluster, namespace: `team-${team}`, serviceAccount: 'app', role, grantsTo: GrantsTo.SESSION_POLICY,
        });
        bucket.grantRead(pods);
        queue.grantConsumeMessages(pods);
      });
    },
  },
  {
    name: '10 associations whose policies depend on conditions',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      const stage = new CfnParameter(stack, 'StageName', { default: 'dev' });
      const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(stage.valueAsString, 'prod') });
      const data = Fn.conditionIf(isProd.logicalId, 'arn:aws:s3:::prod-data/*', 'arn:aws:s3:::dev-data/*').toString();
      const role = roleWith(stack, 'Role', allow(['s3:GetObject'], ['arn:aws:s3:::prod-data/*']));
      associations(stack, 10, role, () => [allow(['s3:GetObject'], [data])]);
    },
  },
  {
    name: '15 associations with wildcards beyond their role',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      const actions = ['s3:GetObject', 's3:ListBucket', 'dynamodb:GetItem', 'dynamodb:Query'];
      const role = roleWith(stack, 'Role', allow(actions, ['*']));
      associations(stack, 15, role, () => [allow(['s3:Get*', 's3:List*', 'dynamodb:*', 'dynamodb:Querry'], ['*'])]);
    },
  },
  {
    name: '6 session policies that are too large',
    build: (app) => {
      const stack = new Stack(app, 'Teams', { env: ENV });
      const tables = numbers(24).map((n) => new dynamodb.Table(stack, `Table${n}`, {
        tableName: `team-table-number-${n}`, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      }));
      const role = roleWith(stack, 'Role', allow(
        ['dynamodb:GetItem', 'dynamodb:Query'], numbers(24).map((n) => `arn:aws:dynamodb:eu-west-1:111122223333:table/team-table-number-${n}`),
      ));
      const cluster = clusterIn(stack);
      numbers(6).forEach((team) => {
        const pods = new PodIdentityAssociation(stack, `Team${team}`, {
          cluster, namespace: `team-${team}`, serviceAccount: 'app', role, grantsTo: GrantsTo.SESSION_POLICY,
        });
        tables.slice(0, 24 - team).forEach((table) => table.grantReadWriteData(pods));
      });
    },
  },
];
