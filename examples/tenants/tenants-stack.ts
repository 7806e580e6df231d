import { Stack, StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssociation, PodIdentityRole } from 'cdk-eks-pod-identity';
import { Construct } from 'constructs';

/**
 * One role, one bucket and one table for all tenants; each tenant's pods see their own part only. The bucket is encrypted with a key of the app, and its
 * policy denies requests without TLS. The key policy, as the CDK writes it, lets IAM policies decide, so the role and the session policies allow the key, too.
 */
export class TenantsStack extends Stack {
  private readonly role: PodIdentityRole;
  private readonly cluster: eks.ICluster;
  private readonly key: kms.Key;
  private readonly bucket: s3.Bucket;
  private readonly table: dynamodb.Table;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.cluster = eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: 'prod' });
    this.key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    this.bucket = new s3.Bucket(this, 'Data', { encryptionKey: this.key, bucketKeyEnabled: true, enforceSSL: true });
    this.table = new dynamodb.Table(this, 'Items', { partitionKey: { name: 'tenant', type: dynamodb.AttributeType.STRING } });

    // The role may do everything that any tenant needs.
    this.role = new PodIdentityRole(this, 'TenantRole');
    this.bucket.grantReadWrite(this.role);
    this.table.grantReadWriteData(this.role);
  }

  /** The pods of one tenant: objects below its prefix, items with its key. */
  public addTenant(tenant: string): PodIdentityAssociation {
    const pods = new PodIdentityAssociation(this, tenant, {
      cluster: this.cluster,
      namespace: tenant,
      serviceAccount: 'app',
      role: this.role,
    });

    this.bucket.grantPut(pods, `${tenant}/*`); // and the key, to encrypt
    this.key.grantDecrypt(pods);
    this.bucket.grantDelete(pods, `${tenant}/*`);
    iam.Grant.addToPrincipal({ grantee: pods, actions: ['s3:GetObject'], resourceArns: [this.bucket.arnForObjects(`${tenant}/*`)] });
    iam.Grant.addToPrincipal({
      grantee: pods,
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${tenant}/*` } },
    });
    iam.Grant.addToPrincipal({
      grantee: pods,
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [tenant] } },
    });
    return pods;
  }
}
