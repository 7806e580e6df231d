/**
 * A cluster with one small node, a role that several service accounts share, and resources with policies of their own. What the pods
 * may do is in `checks.ts`.
 */
import { RemovalPolicy, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bucketName, CLUSTER, Names, NAMESPACE, QUEUE, ServiceAccount, TABLE } from './checks';
import {
  PodIdentityAssociation, PodIdentityAssociationProps, PodIdentityRole, SessionPolicy, SessionPolicyMixin,
} from '../../lib';

export interface SessionPolicyStackProps extends StackProps {
  readonly env: Names;
  /** The ARN of the IAM role or user that runs `kubectl`. */
  readonly admin: string;
}

export class SessionPolicyStack extends Stack {
  private readonly cluster: eks.Cluster;
  private readonly role: PodIdentityRole;

  constructor(scope: Construct, id: string, props: SessionPolicyStackProps) {
    super(scope, id, props);
    this.cluster = this.createCluster(props.admin);

    const removalPolicy = RemovalPolicy.DESTROY;
    const encryptionKey = new kms.Key(this, 'Key', { removalPolicy });
    const bucket = new s3.Bucket(this, 'Bucket', {
      bucketName: bucketName(props.env), encryptionKey, enforceSSL: true, removalPolicy, autoDeleteObjects: true,
    });
    const table = new dynamodb.Table(this, 'Table', {
      tableName: TABLE,
      partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      removalPolicy,
    });
    const queue = new sqs.Queue(this, 'Queue', { queueName: QUEUE, enforceSSL: true });

    this.role = new PodIdentityRole(this, 'Shared');
    bucket.grants.readWrite(this.role);
    table.grants.actions(this.role, 'dynamodb:GetItem');
    queue.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ArnPrincipal(this.role.roleArn)],
      actions: ['sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    }));

    const narrowed = this.associate('narrowed');
    bucket.grants.put(narrowed, 'narrowed/*');
    iam.Grant.addToPrincipal({
      grantee: narrowed,
      actions: ['s3:ListBucket'],
      resourceArns: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': 'narrowed/*' } },
    });
    narrowed.sessionPolicy.addStatements(
      itemsOf(table, 'narrowed', 'dynamodb:GetItem'),
      new iam.PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: [queue.queueArn] }),
    );

    const exceeds = this.associate('exceeds', {
      sessionPolicy: SessionPolicy.fromStatements(itemsOf(table, 'exceeds', 'dynamodb:GetItem', 'dynamodb:DeleteItem')),
    });
    Validations.of(exceeds).acknowledge({
      id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'A job checks that AWS denies what the finding names',
    });

    this.associate('all-except', {
      sessionPolicy: SessionPolicy.allExcept({ actions: ['dynamodb:GetItem'], resources: [table.tableArn] }),
    });

    new CfnPodIdentityAssociation(this, 'mixin', {
      clusterName: this.cluster.clusterName, namespace: NAMESPACE, serviceAccount: 'mixin', roleArn: this.role.roleArn,
    }).with(new SessionPolicyMixin(SessionPolicy.fromStatements(itemsOf(table, 'mixin', 'dynamodb:GetItem'))));

    const whole = this.associate('whole-role');
    Validations.of(whole).acknowledge({
      id: 'PodIdentity::UnscopedAssociation', reason: 'A job checks what the role alone allows',
    });
  }

  private associate(
    serviceAccount: ServiceAccount, props: Partial<PodIdentityAssociationProps> = {},
  ): PodIdentityAssociation {
    return new PodIdentityAssociation(this, serviceAccount, {
      cluster: this.cluster, namespace: NAMESPACE, serviceAccount, role: this.role, ...props,
    });
  }

  /** In public subnets, so that there is no NAT gateway to pay for. */
  private createCluster(admin: string): eks.Cluster {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      natGateways: 0, maxAzs: 2, subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }],
    });
    const subnets = { subnetType: ec2.SubnetType.PUBLIC };
    const cluster = new eks.Cluster(this, 'Cluster', {
      clusterName: CLUSTER,
      version: eks.KubernetesVersion.V1_35,
      vpc,
      vpcSubnets: [subnets],
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });
    const nodes = cluster.addNodegroupCapacity('Nodes', {
      instanceTypes: [new ec2.InstanceType('t3.medium')], minSize: 1, maxSize: 1, desiredSize: 1, subnets,
    });
    new eks.Addon(this, 'Agent', { cluster, addonName: 'eks-pod-identity-agent' }).node.addDependency(nodes);
    cluster.grantClusterAdmin('Admin', admin);
    return cluster;
  }
}

function itemsOf(table: dynamodb.ITable, tenant: ServiceAccount, ...actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions,
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [tenant] } },
  });
}
