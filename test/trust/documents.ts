import {
  ACCOUNT, ALL_DEPEND, ALL_WORK, allow, clusterArn, DECLARED_CLUSTER, document, never, NONE_WORK, OFF, OTHER_ACCOUNT,
  POLICY, TrustCase, trustIf, works,
} from './cases';
import * as page from './pages';

const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';
const JSON_TEXT = 'CloudFormation takes JSON text for a property of type Json.';
const UNKNOWN = 'Only the deployment knows the value.';
const account = (value: unknown) => trustIf({ StringEquals: { 'aws:SourceAccount': value } });

/** The ways in which templates write a trust policy. */
export const DOCUMENTS: readonly TrustCase[] = [{
  id: 'json-text',
  source: 'a CloudFormation template that writes the trust policies of pods as text to have conditions in them',
  page: page.CFN_ROLE,
  why: JSON_TEXT,
  trust: JSON.stringify(trustIf({ StringEquals: { [NAMESPACE]: 'payments' } })),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
}, {
  id: 'json-text-with-sub',
  source: 'a CloudFormation template that writes the trust policies of pods as text to have conditions in them',
  page: page.CFN_SUB,
  why: `${JSON_TEXT} The account is that of the stack.`,
  trust: { 'Fn::Sub': JSON.stringify(account('${AWS::AccountId}')) },
  associations: ALL_WORK,
}, {
  id: 'json-text-without-tag-session',
  source: 'variant of aws/aws-cdk #31522',
  page: page.ASSUME_ROLE_TRIED,
  why: `${JSON_TEXT} EKS refuses a role that does not allow sts:TagSession.`,
  trust: JSON.stringify(document(allow(undefined, 'sts:AssumeRole'))),
  associations: [
    { cluster: 'prod', namespace: 'payments', serviceAccount: 'api', expected: 'rejected' },
    { cluster: 'prod', namespace: 'payments', serviceAccount: 'api', expected: 'rejected', ...OFF },
    { cluster: 'dev', namespace: 'payments', serviceAccount: 'api', expected: 'rejected', ...POLICY },
  ],
}, {
  id: 'json-text-in-pieces',
  source: 'variant of CDK apps that write a trust policy with Fn.join',
  page: page.CFN_ROLE,
  why: `${JSON_TEXT} EKS passes the ARN of the cluster.`,
  trust: {
    'Fn::Join': ['', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},',
      '"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"ArnEquals":{"aws:SourceArn":"',
      { 'Fn::GetAtt': [DECLARED_CLUSTER.logicalId, 'Arn'] },
      '"}}}]}',
    ]],
  },
  associations: [works('prod/payments/api'), never('dev/payments/api'), works('prod/payments/api', POLICY)],
}, {
  id: 'arn-from-pseudo-parameters',
  source: 'aws-samples, CloudFormation templates with a cluster ARN in a trust policy',
  page: page.CFN_PSEUDO,
  why: 'The stack is in the account, region and partition of the cluster.',
  trust: trustIf({
    ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/prod' } },
  }),
  associations: [works('prod/payments/api'), never('dev/payments/api'), works('prod/payments/api', POLICY)],
}, {
  id: 'arn-from-another-attribute',
  source: 'aws-samples, CloudFormation templates with a cluster ARN in a trust policy',
  page: page.CFN_SUB,
  why: 'Fn::Sub reads attributes as well.',
  trust: trustIf({ StringEquals: { 'aws:RequestTag/eks-cluster-arn': { 'Fn::Sub': '${Cluster.Arn}' } } }),
  associations: [works('prod/payments/api'), never('staging/payments/api'), never('prod/payments/api', POLICY)],
}, {
  id: 'account-from-a-parameter',
  source: 'CloudFormation templates with a parameter for the account of the clusters',
  page: page.IAM_KEYS,
  why: UNKNOWN,
  trust: account({ Ref: 'ClusterAccount' }),
  associations: ALL_DEPEND,
}, {
  id: 'account-from-another-stack',
  source: 'variant of CloudFormation templates that import the ARN of the cluster',
  page: page.IAM_KEYS,
  why: UNKNOWN,
  trust: trustIf({ ArnEquals: { 'aws:SourceArn': { 'Fn::ImportValue': 'platform-cluster-arn' } } }),
  associations: ALL_DEPEND,
}, {
  id: 'condition-from-a-parameter',
  source: 'variant of a module that adds conditions if values for them are given',
  page: page.IAM_KEYS,
  why: 'Whether the statement has the condition depends on a parameter. The account is wrong.',
  trust: document({
    ...allow(),
    Condition: {
      'Fn::If': ['Restricted', { StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } }, { Ref: 'AWS::NoValue' }],
    },
  }),
  associations: ALL_DEPEND,
}, {
  id: 'either-way-the-same',
  source: 'variant of a module that adds conditions if values for them are given',
  page: page.IAM_KEYS,
  why: 'Both values are accounts of others.',
  trust: account({ 'Fn::If': ['Restricted', OTHER_ACCOUNT, '777788889999'] }),
  associations: NONE_WORK,
}, {
  id: 'escaped-variable',
  source: 'variant of a role vending module that escapes ${aws:ResourceOrgId} for its template language',
  page: page.CFN_SUB,
  why: 'Fn::Sub writes ${!x} as ${x}, a variable of IAM. The template does not tell whether the account is in one.',
  trust: trustIf({ StringEquals: { 'aws:SourceOrgID': { 'Fn::Sub': '${!aws:ResourceOrgID}' } } }),
  associations: ALL_DEPEND,
}, {
  id: 'namespace-in-a-pattern-from-a-pseudo-parameter',
  source: 'variant of CloudFormation templates that prefix namespaces with the region',
  page: page.CFN_PSEUDO,
  why: 'AWS::Region is eu-west-1.',
  trust: trustIf({ StringLike: { [NAMESPACE]: { 'Fn::Join': ['-', [{ Ref: 'AWS::Region' }, '*']] } } }),
  associations: [works('prod/eu-west-1-payments/api'), never('prod/us-east-1-payments/api'), never('prod/payments/api')],
}, {
  id: 'everything-at-once',
  source: 'a module with account, organization and tags of the workload in one condition',
  page: page.CONDITION,
  why: 'All operators and keys must match.',
  trust: trustIf({
    StringEquals: { 'aws:SourceAccount': ACCOUNT, [NAMESPACE]: ['payments', 'orders'] },
    ArnLike: { 'aws:SourceArn': clusterArn('prod*') },
    Null: { 'sts:ExternalId': 'true' },
  }),
  associations: [works('prod-blue/orders/api'), never('dev/orders/api'), never('prod/default/api')],
}];
