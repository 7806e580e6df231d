import {
  ACCOUNT, ALL_DEPEND, ALL_WORK, allow, BOTH, clusterArn, deny, depends, document, never, NONE_WORK, OFF, POLICY,
  TrustCase, works,
} from './cases';
import * as page from './pages';

const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';

/** The usual trust policy, with a statement that denies. */
const unless = (...statement: Parameters<typeof deny>) => document(allow(), deny(...statement));
const REFUSED = 'Whether EKS already refuses the association: no page says how its check treats Deny statements.';

/** Statements that deny. */
export const DENIES: readonly TrustCase[] = [{
  id: 'deny-other-namespaces',
  source: 'variant of a role that fails closed on namespace and service account',
  page: page.OPERATORS,
  why: 'A negated operator is true if the tag is missing: the Deny applies.',
  trust: unless({ StringNotEquals: { [NAMESPACE]: 'payments' } }),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
}, {
  id: 'deny-other-namespaces-if-exists',
  source: 'variant of a role that fails closed on namespace and service account',
  page: page.OPERATORS,
  why: 'With a negated operator and IfExists, a Deny applies also if the tag is missing.',
  trust: unless({ StringNotEqualsIfExists: { [NAMESPACE]: 'payments' } }),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', POLICY)],
}, {
  id: 'deny-kube-system',
  source: 'variant of a role that fails closed on namespace and service account',
  page: page.OPERATORS,
  why: 'A positive operator is false if the tag is missing: the Deny does not apply.',
  trust: unless({ StringEquals: { [NAMESPACE]: 'kube-system' } }),
  associations: [works('prod/default/api'), never('prod/kube-system/dns'), works('prod/kube-system/dns', OFF)],
}, {
  id: 'deny-kube-system-if-exists',
  source: 'variant of a role that fails closed on namespace and service account',
  page: page.OPERATORS,
  why: 'IfExists is true if the tag is missing: the Deny applies.',
  trust: unless({ StringEqualsIfExists: { [NAMESPACE]: 'kube-system' } }),
  associations: [works('prod/default/api'), never('prod/kube-system/dns'), never('prod/default/api', OFF)],
}, {
  id: 'deny-untagged-calls',
  source: 'variant of the IAM User Guide, id_session-tags',
  page: page.OPERATORS,
  why: 'Null: true holds if there is no tag.',
  trust: unless({ Null: { [NAMESPACE]: 'true' } }),
  associations: [works('prod/payments/api'), never('prod/payments/api', OFF), never('prod/payments/api', POLICY)],
}, {
  id: 'deny-a-tag-key',
  source: 'variant of aws/eks-pod-identity-agent #80 (tags that reveal the names of pods)',
  page: page.SET_OPERATORS,
  why: 'EKS sends all six tags or none.',
  trust: unless({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['kubernetes-pod-name', 'kubernetes-pod-uid'] } }),
  associations: [never('prod/payments/api'), works('prod/payments/api', OFF), works('prod/payments/api', POLICY)],
}, {
  id: 'deny-other-accounts',
  source: 'variant of the IAM User Guide, confused-deputy',
  page: page.OPERATORS,
  why: 'The condition does not hold: aws:SourceAccount is the account of the cluster.',
  trust: unless({ StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
  associations: ALL_WORK,
}, {
  id: 'deny-own-account',
  source: 'variant of the IAM User Guide, confused-deputy',
  page: page.EVALUATION,
  why: 'An explicit deny wins.',
  trust: unless({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
  associations: NONE_WORK,
  unsure: REFUSED,
}, {
  id: 'deny-other-clusters',
  source: 'variant of terraform-aws-modules/terraform-aws-eks #3743',
  page: page.OPERATORS,
  why: 'EKS passes the ARN of the cluster as aws:SourceArn.',
  trust: unless({ ArnNotLike: { 'aws:SourceArn': clusterArn('prod-*') } }),
  associations: [works('prod-a/payments/api'), never('dev/payments/api'), works('prod-b/payments/api', POLICY)],
}, {
  id: 'deny-everyone-outside-the-organization',
  source: 'trust policies of data perimeters, without an exception for services',
  page: page.IAM_KEYS,
  why: 'A service has no aws:PrincipalOrgID, and the negated operator is true without it.',
  trust: unless({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'sts:AssumeRole', '*'),
  associations: NONE_WORK,
  unsure: REFUSED,
}, {
  id: 'deny-everyone-outside-the-organization-but-services',
  source: 'trust policies of data perimeters',
  page: page.IAM_KEYS,
  why: 'EKS is a service, so the second condition does not hold.',
  trust: unless({
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  }, 'sts:AssumeRole', '*'),
  associations: ALL_WORK,
}, {
  id: 'deny-outside-a-vpc',
  source: 'trust policies of data perimeters, without an exception for services',
  page: page.IAM_KEYS,
  why: 'EKS does not call STS through this VPC, and the negated operator is true without the key.',
  trust: unless({ StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }, 'sts:*', '*'),
  associations: NONE_WORK,
  unsure: REFUSED,
}, {
  id: 'deny-without-tls',
  source: 'Amazon S3 User Guide, amazon-s3-policy-keys, as a trust policy',
  page: page.S3_KEYS,
  why: 'AWS warns that such a Deny may block services, whose calls lack the key.',
  trust: unless({ Bool: { 'aws:SecureTransport': 'false' } }, 'sts:*', '*'),
  associations: ALL_DEPEND,
  unsure: 'Whether the key is in a call that a service makes to STS, and whether such a Deny applies without it.',
}, {
  id: 'deny-without-tls-but-services',
  source: 'Amazon S3 User Guide, amazon-s3-policy-keys, as a trust policy',
  page: page.S3_KEYS,
  why: 'EKS is a service, so the second key does not match.',
  trust: unless({ Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } }, 'sts:*', '*'),
  associations: ALL_WORK,
}, {
  id: 'deny-without-mfa',
  source: 'IAM User Guide, reference_policies_condition-keys (BoolIfExists on aws:MultiFactorAuthPresent)',
  page: page.IAM_KEYS,
  why: 'A service has no MFA device: the key is missing or false, and the Deny applies in both cases.',
  trust: unless({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'sts:AssumeRole', '*'),
  associations: NONE_WORK,
  unsure: REFUSED,
}, {
  id: 'deny-session-tags',
  source: 'variant of aws/eks-pod-identity-agent #80',
  page: page.SESSION_TAGS,
  why: 'A call with tags needs sts:TagSession, and an explicit deny wins.',
  trust: unless(undefined, 'sts:TagSession'),
  associations: [never('prod/payments/api'), depends('prod/payments/api', OFF), depends('prod/payments/api', POLICY)],
  unsure: REFUSED,
}, {
  id: 'deny-users-of-the-account',
  source: 'variant of the IAM User Guide, reference_policies_evaluation-logic',
  page: page.PRINCIPAL,
  why: 'EKS is not a principal of the account.',
  trust: unless(undefined, [...BOTH, 'sts:SetSourceIdentity'], { AWS: `arn:aws:iam::${ACCOUNT}:root` }),
  associations: ALL_WORK,
}, {
  id: 'deny-everything-else',
  source: 'variant of terraform-aws-modules/terraform-aws-eks-pod-identity, not_actions of trust_policy_statements',
  page: page.NOT_ACTION,
  why: 'The two actions are those that are not denied.',
  trust: document(allow(), { Effect: 'Deny', Principal: '*', NotAction: ['sts:AssumeRole', 'sts:TagSession'] }),
  associations: ALL_WORK,
  unsure: 'Whether IAM accepts NotAction in a trust policy.',
}];

