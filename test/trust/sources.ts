import {
  ACCOUNT, ALL_DEPEND, ALL_WORK, clusterArn, DECLARED_CLUSTER, never, NONE_WORK, OFF, OTHER_ACCOUNT, POLICY,
  TrustCase, trustIf, works,
} from './cases';
import * as page from './pages';

const account = (operator: string, value: unknown) => trustIf({ [operator]: { 'aws:SourceAccount': value } });
const arn = (operator: string, value: unknown) => trustIf({ [operator]: { 'aws:SourceArn': value } });

const CLUSTER = 'EKS passes the ARN of the cluster as aws:SourceArn.';
const ARN_UNDOCUMENTED = 'aws:SourceArn is on a blog page of AWS and in issues, on no page of the user guide.';

/** Conditions on the account and the ARN for which EKS makes the call. */
export const SOURCES: readonly TrustCase[] = [{
  id: 'own-account',
  source: 'a guide to CDK apps with a base role in the account of the cluster',
  page: page.IAM_KEYS,
  why: 'aws:SourceAccount is the account of the cluster.',
  trust: account('StringEquals', { Ref: 'AWS::AccountId' }),
  associations: ALL_WORK,
}, {
  id: 'own-account-among-others',
  source: 'prowler-cloud/prowler #4714',
  page: page.IAM_KEYS,
  why: 'The values of a key are alternatives.',
  trust: account('StringEquals', [OTHER_ACCOUNT, ACCOUNT]),
  associations: ALL_WORK,
}, {
  id: 'other-account',
  source: 'variant of prowler-cloud/prowler #4714',
  page: page.IAM_KEYS,
  why: 'aws:SourceAccount is the account of the cluster, not that of the resources.',
  trust: account('StringEquals', OTHER_ACCOUNT),
  associations: NONE_WORK,
}, {
  id: 'other-account-if-exists',
  source: 'variant of prowler-cloud/prowler #4714',
  page: page.OPERATORS,
  why: 'The key is in the request, so IfExists changes nothing.',
  trust: account('StringEqualsIfExists', OTHER_ACCOUNT),
  associations: NONE_WORK,
}, {
  id: 'cluster-arn',
  source: 'terraform-aws-modules/terraform-aws-eks #3743',
  page: page.CLUSTER_ARN_TRIED,
  why: CLUSTER,
  trust: arn('ArnEquals', { 'Fn::GetAtt': [DECLARED_CLUSTER.logicalId, 'Arn'] }),
  associations: [works('prod/karpenter/karpenter'), never('dev/karpenter/karpenter'), works('prod/a/b', POLICY)],
}, {
  id: 'own-clusters-of-all-regions',
  source: 'terraform-aws-modules/terraform-aws-eks-pod-identity #11',
  page: page.OPERATORS,
  why: `${CLUSTER} ArnLike compares the six parts separately.`,
  trust: arn('ArnLike', { 'Fn::Sub': 'arn:aws:eks:*:${AWS::AccountId}:cluster/*' }),
  associations: ALL_WORK,
}, {
  id: 'two-clusters-as-text',
  source: 'a role vending module in Terraform, option include_cluster_arns',
  page: page.OPERATORS,
  why: `${CLUSTER} String operators work with it as well.`,
  trust: arn('StringEquals', [clusterArn('prod'), clusterArn('dev')]),
  associations: [works('prod/payments/api'), works('dev/payments/api', OFF), never('staging/payments/api')],
  unsure: ARN_UNDOCUMENTED,
}, {
  id: 'clusters-with-a-prefix',
  source: 'a guide with blueprints of EKS clusters, section on access across accounts',
  page: page.OPERATORS,
  why: 'prod itself does not begin with prod-.',
  trust: arn('StringLike', clusterArn('prod-*')),
  associations: [works('prod-blue/payments/api'), never('prod/payments/api'), works('prod-green/payments/api', POLICY)],
  unsure: ARN_UNDOCUMENTED,
}, {
  id: 'arn-equals-with-wildcard',
  source: 'variant of terraform-aws-modules/terraform-aws-eks #3743',
  page: page.OPERATORS,
  why: 'ArnEquals and ArnLike behave identically, wildcards included.',
  trust: arn('ArnEquals', clusterArn('team-*')),
  associations: [works('team-a/payments/api'), works('team-b/payments/api', OFF), never('prod/payments/api')],
}, {
  id: 'string-equals-with-wildcard',
  source: 'variant of terraform-aws-modules/terraform-aws-eks-pod-identity #11',
  page: page.OPERATORS,
  why: 'StringEquals takes the asterisk literally.',
  trust: arn('StringEquals', clusterArn('*')),
  associations: NONE_WORK,
}, {
  id: 'cluster-of-another-account',
  source: 'a guide with blueprints of EKS clusters, section on access across accounts',
  page: page.OPERATORS,
  why: CLUSTER,
  trust: arn('ArnLike', clusterArn('*', 'eu-west-1', OTHER_ACCOUNT)),
  associations: NONE_WORK,
}, {
  id: 'cluster-of-another-region',
  source: 'variant of the Amazon EKS User Guide, whose examples are in us-east-1',
  page: page.OPERATORS,
  why: CLUSTER,
  trust: arn('ArnEquals', clusterArn('prod', 'us-east-1')),
  associations: NONE_WORK,
}, {
  id: 'cluster-of-another-partition',
  source: 'variant of terraform-aws-modules/terraform-aws-eks #3743 (which reads the partition from a data source)',
  page: page.OPERATORS,
  why: CLUSTER,
  trust: arn('ArnLike', clusterArn('*', '*', ACCOUNT, 'aws-us-gov')),
  associations: NONE_WORK,
}, {
  id: 'association-arn',
  source: 'awslabs/mountpoint-s3-csi-driver #781',
  page: page.ASSOCIATION_ARN_TRIED,
  why: 'EKS passes the ARN of the cluster, not that of the association.',
  trust: trustIf({
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
    ArnLike: { 'aws:SourceArn': `arn:aws:eks:*:${ACCOUNT}:podidentityassociation/prod/*` },
  }),
  associations: NONE_WORK,
}, {
  id: 'association-arn-of-the-controller',
  source: 'a Terraform template that installs Karpenter, role karpenter_controller',
  page: page.ASSOCIATION_ARN_TRIED,
  why: 'EKS passes the ARN of the cluster, not that of the association.',
  trust: arn('ArnEquals', { 'Fn::Sub': 'arn:aws:eks:${AWS::Region}:${AWS::AccountId}:podidentityassociation/*/*' }),
  associations: NONE_WORK,
}, {
  id: 'fargate-profile-arn',
  source: 'variant of terraform-aws-modules/terraform-aws-eks #3039',
  page: page.OPERATORS,
  why: 'That is the condition of a pod execution role; EKS passes the ARN of the cluster here.',
  trust: arn('ArnLike', `arn:aws:eks:eu-west-1:${ACCOUNT}:fargateprofile/prod/*`),
  associations: NONE_WORK,
}, {
  id: 'anything-of-eks',
  source: 'variant of terraform-aws-modules/terraform-aws-eks-pod-identity #11',
  page: page.OPERATORS,
  why: 'The last asterisk matches the whole resource part.',
  trust: arn('ArnLike', 'arn:aws:eks:*:*:*'),
  associations: ALL_WORK,
}, {
  id: 'every-cluster-but-one',
  source: 'variant of terraform-aws-modules/terraform-aws-eks #3743',
  page: page.OPERATORS,
  why: CLUSTER,
  trust: arn('ArnNotLike', clusterArn('dev')),
  associations: [works('prod/payments/api'), never('dev/payments/api'), works('prod/payments/api', POLICY)],
}, {
  id: 'any-source-arn',
  source: 'variant of the IAM User Guide, confused-deputy',
  page: page.OPERATORS,
  why: 'Null: false requires the key to be there.',
  trust: trustIf({ Null: { 'aws:SourceArn': 'false' } }),
  associations: ALL_WORK,
  unsure: ARN_UNDOCUMENTED,
}];

const ORGANIZATION = 'EKS passes the organization of the account. The template does not tell whether it is in one.';

/** Conditions on the organization of the account for which EKS makes the call. */
export const ORGANIZATIONS: readonly TrustCase[] = [{
  id: 'own-organization',
  source: 'Amazon EKS Best Practices Guide, identity and access management',
  page: page.EKS_BEST_PRACTICES,
  why: ORGANIZATION,
  trust: trustIf({ StringEquals: { 'aws:SourceOrgId': '${aws:ResourceOrgId}' } }),
  associations: ALL_DEPEND,
}, {
  id: 'own-organization-as-plain-text',
  source: 'variant of the Amazon EKS Best Practices Guide, with the older version of the language',
  page: page.VERSION,
  why: 'Version 2008-10-17 has no variables: the text is compared as it stands.',
  trust: { ...trustIf({ StringEquals: { 'aws:SourceOrgID': '${aws:ResourceOrgID}' } }), Version: '2008-10-17' },
  associations: NONE_WORK,
}, {
  id: 'named-organization',
  source: 'a runbook of an IPAM worker on EKS, base role',
  page: page.IAM_KEYS,
  why: ORGANIZATION,
  trust: trustIf({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }),
  associations: ALL_DEPEND,
}, {
  id: 'named-organization-if-exists',
  source: 'variant of a module that adds aws:SourceOrgId if an organization is given',
  page: page.OPERATORS,
  why: ORGANIZATION,
  trust: trustIf({ StringEqualsIfExists: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }),
  associations: ALL_DEPEND,
}, {
  id: 'organizational-unit',
  source: 'variant of the IAM User Guide, reference_policies_condition-keys',
  page: page.IAM_KEYS,
  why: ORGANIZATION,
  trust: trustIf({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' } }),
  associations: ALL_DEPEND,
}];
