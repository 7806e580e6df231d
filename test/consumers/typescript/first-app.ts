/** The first app of docs/languages, whose template those of all languages have to equal. */
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssociation, PodIdentityRole } from '../../../lib';

const app = new App();
const stack = new Stack(app, 'Tenants');
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
const bucket = new s3.Bucket(stack, 'Data');

const role = new PodIdentityRole(stack, 'TenantRole');
bucket.grantReadWrite(role);

const pods = new PodIdentityAssociation(stack, 'TenantA', {
  cluster, namespace: 'tenant-a', serviceAccount: 'app', role,
});
bucket.grantRead(pods, 'tenant-a/*');

app.synth();
