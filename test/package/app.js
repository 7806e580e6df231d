// The app that run.js synthesizes outside of the repository, as its users would write it. CASE says which variant.
const { App, Stack, Validations } = require('aws-cdk-lib');
const eks = require('aws-cdk-lib/aws-eks-v2');
const { PolicyStatement } = require('aws-cdk-lib/aws-iam');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const { PodIdentityAssociation, PodIdentityRole, SessionPolicy } = require('cdk-eks-pod-identity');

const variant = {
  narrowed: {},
  exceeds: { orders: 's3:PutObject' },
  acknowledged: { orders: 's3:PutObject', acknowledge: true },
  'one-of-two-acknowledged': { orders: 's3:PutObject', invoices: 's3:DeleteObject', acknowledge: true },
  'bad-namespace': { namespace: 'Shop_1' },
}[process.env.CASE];

const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shop' });
const bucket = new Bucket(stack, 'Bucket');
const role = new PodIdentityRole(stack, 'Role');
bucket.grantRead(role);
role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::archive/*'] }));

// One association whose session policy comes from a grant …
const orders = new PodIdentityAssociation(stack, 'Orders', {
  cluster, role, namespace: variant.namespace ?? 'shop', serviceAccount: 'orders',
});
bucket.grantRead(orders, 'orders/*');
if (variant.orders) {
  orders.sessionPolicy.addStatements(new PolicyStatement({ actions: [variant.orders], resources: [bucket.arnForObjects('orders/*')] }));
}

// … and one that is written by hand.
new PodIdentityAssociation(stack, 'Invoices', {
  cluster, role, namespace: 'shop', serviceAccount: 'invoices',
  sessionPolicy: SessionPolicy.fromStatements(new PolicyStatement({
    actions: ['s3:GetObject', ...(variant.invoices ? [variant.invoices] : [])],
    resources: ['arn:aws:s3:::archive/invoices/*'],
  })),
});

if (variant.acknowledge) {
  Validations.of(orders).acknowledge({ id: 'PodIdentity::SessionPolicyExceedsRole', reason: 'The bucket policy allows it' });
}
