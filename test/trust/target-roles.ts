import {
  ACCOUNT, ALL_DEPEND, ALL_WORK, allow, BOTH, clusterArn, deny, depends, document, never, NONE_WORK, OFF,
  OTHER_ACCOUNT, PODS, POLICY, SOURCE_ROLE, TargetRoleCase, works,
} from './cases';
import * as page from './pages';

const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const ROLE = { AWS: SOURCE_ROLE };
const IS_SOURCE = { ArnEquals: { 'aws:PrincipalARN': SOURCE_ROLE } };
const externalId = (id: unknown, operator = 'StringEquals') => ({ [operator]: { 'sts:ExternalId': id } });
/** The form that AWS documents for associations without session tags. */
const apart = (Condition?: unknown) =>
  document(allow(Condition, 'sts:AssumeRole', ROOT), allow(undefined, 'sts:TagSession', ROOT));

const WITHOUT_TAGS_ONLY = 'EKS documents the external id for associations without session tags; with them no page promises it.';
const WITH_ID = 'EKS sends the external id region/account/cluster/namespace/service-account.';

/**
 * Trust policies of target roles. EKS assumes them with the credentials of the source role, so its principal is that
 * role and not the service. With session tags the call passes the six transitive tags: it needs sts:TagSession, and has
 * aws:RequestTag and aws:PrincipalTag keys. Without them (a session policy included) it has the external id.
 */
export const TARGET_ROLES: readonly TargetRoleCase[] = [{
  id: 'documented-with-tags',
  source: 'Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.EKS_TARGET_ROLE,
  why: 'The tags must match; without tags they do not.',
  account: OTHER_ACCOUNT,
  trust: document(allow({
    StringEquals: {
      'aws:RequestTag/eks-cluster-arn': clusterArn('prod'),
      [NAMESPACE]: 'payments',
      'aws:RequestTag/kubernetes-service-account': 'api',
    },
    ...IS_SOURCE,
  }, BOTH, ROOT)),
  associations: [works('prod/payments/api'), never('dev/payments/api'), never('prod/payments/api', OFF)],
}, {
  id: 'documented-without-tags',
  source: 'Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.EKS_TARGET_ROLE,
  why: WITH_ID,
  account: OTHER_ACCOUNT,
  trust: apart({ ...externalId(`eu-west-1/${ACCOUNT}/prod/payments/api`), ...IS_SOURCE }),
  associations: [works('prod/payments/api', OFF), never('prod/payments/worker', OFF), depends('prod/payments/api')],
  unsure: WITHOUT_TAGS_ONLY,
}, {
  id: 'external-id-and-both-actions-in-one-statement',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.STS_ACTIONS,
  why: 'sts:TagSession has no key sts:ExternalId, so this statement may not allow it. Without tags IAM may not ask for it.',
  account: OTHER_ACCOUNT,
  trust: document(allow(externalId(`eu-west-1/${ACCOUNT}/prod/payments/api`), BOTH, ROOT)),
  associations: [
    depends('prod/payments/api', OFF), depends('prod/payments/api', POLICY),
    never('prod/orders/api', OFF, 'sts:AssumeRole itself is not allowed'),
  ],
  unsure: 'AWS shows the two actions apart; nobody says that they were tried together.',
}, {
  id: 'account-of-the-pods',
  source: 'a sample with Bedrock access in another account',
  page: page.EKS_TARGET_ROLE,
  why: 'The account may use the role, and the source role may assume it.',
  account: OTHER_ACCOUNT,
  trust: apart(),
  associations: ALL_WORK,
}, {
  id: 'source-role-as-principal',
  source: 'a Terraform module for build images, role onprem_ecr_pull',
  page: page.PRINCIPAL,
  why: 'The source role is the caller.',
  account: ACCOUNT,
  trust: document(allow(undefined, BOTH, ROLE)),
  associations: ALL_WORK,
}, {
  id: 'without-tag-session',
  source: 'mattrobinsonsre/terrapod #1546',
  page: page.CHAIN_TRIED,
  why: 'Transitive tags pass to the next role, which needs sts:TagSession.',
  account: OTHER_ACCOUNT,
  trust: document(allow(undefined, 'sts:AssumeRole', ROLE)),
  associations: [never('prod/payments/api'), depends('prod/payments/api', OFF), depends('prod/payments/api', POLICY)],
  unsure: 'Whether the call needs sts:TagSession if session tags are off: AWS keeps the action in its example for that case.',
}, {
  id: 'service-as-principal',
  source: 'aws/aws-cdk, integration test eks-pod-identity-target-role',
  page: page.EKS_TARGET_ROLE,
  why: 'EKS assumes the target role with the credentials of the source role.',
  account: ACCOUNT,
  trust: document(allow(undefined, BOTH, { Service: PODS })),
  associations: NONE_WORK,
}, {
  id: 'service-of-another-account',
  source: 'a guide with blueprints of EKS clusters, section on access across accounts',
  page: page.EKS_TARGET_ROLE,
  why: 'EKS assumes the target role with the credentials of the source role.',
  account: OTHER_ACCOUNT,
  trust: document(allow({
    StringEquals: { 'aws:SourceAccount': ACCOUNT }, StringLike: { 'aws:SourceArn': clusterArn('prod') },
  }, BOTH, { Service: PODS })),
  associations: NONE_WORK,
}, {
  id: 'source-arn-of-the-cluster',
  source: 'variant of a guide with blueprints of EKS clusters, section on access across accounts',
  page: page.IAM_KEYS,
  why: 'aws:SourceArn is in calls of service principals only.',
  account: OTHER_ACCOUNT,
  trust: document(allow({ ArnLike: { 'aws:SourceArn': clusterArn('*') } }, BOTH, ROLE)),
  associations: NONE_WORK,
}, {
  id: 'principal-tags-without-tag-session',
  source: 'a guide to pod identity with a role in a target account',
  page: page.CHAIN_TRIED,
  why: 'Transitive tags need sts:TagSession; without them there is no aws:PrincipalTag (the source role has no such tags).',
  account: OTHER_ACCOUNT,
  trust: document(allow(
    { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'payments' } }, 'sts:AssumeRole', ROOT)),
  associations: NONE_WORK,
}, {
  id: 'principal-tags',
  source: 'a Terraform module for build images, statement ExistingOnpremRenewal',
  page: page.EKS_TAGS,
  why: 'The session of the source role has the tags of EKS as principal tags (the source role itself has none).',
  account: ACCOUNT,
  trust: document(allow({
    StringEquals: { 'aws:PrincipalTag/eks-cluster-name': 'prod', 'aws:PrincipalTag/kubernetes-namespace': 'payments' },
  }, BOTH, ROLE)),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
}, {
  id: 'namespace-of-any-cluster',
  source: 'a platform guide to roles for namespaces, with StringLike on the cluster ARN',
  page: page.EKS_TARGET_ROLE,
  why: 'The tags must match; without tags they do not.',
  account: OTHER_ACCOUNT,
  trust: document(allow({
    StringEquals: { [NAMESPACE]: 'payments' }, StringLike: { 'aws:RequestTag/eks-cluster-arn': clusterArn('*', '*') },
  }, BOTH, ROOT)),
  associations: [works('dev/payments/api'), never('dev/orders/api'), never('dev/payments/api', POLICY)],
}, {
  id: 'another-role',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.PRINCIPAL,
  why: 'The caller is the source role.',
  account: OTHER_ACCOUNT,
  trust: document(allow(undefined, BOTH, { AWS: `arn:aws:iam::${ACCOUNT}:role/nodes` })),
  associations: NONE_WORK,
}, {
  id: 'account-of-the-target',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role (the wrong one of the two accounts)',
  page: page.PRINCIPAL,
  why: 'The source role is not in this account.',
  account: OTHER_ACCOUNT,
  trust: document(allow(undefined, BOTH, { AWS: OTHER_ACCOUNT })),
  associations: NONE_WORK,
}, {
  id: 'organization',
  source: 'trust policies of accounts in an organization',
  page: page.IAM_KEYS,
  why: 'The template does not tell whether the account of the source role is in this organization.',
  account: OTHER_ACCOUNT,
  trust: document(allow({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, BOTH, { AWS: '*' })),
  associations: ALL_DEPEND,
}, {
  id: 'external-id-of-a-namespace',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.EKS_TARGET_ROLE,
  why: WITH_ID,
  account: OTHER_ACCOUNT,
  trust: apart(externalId(`eu-west-1/${ACCOUNT}/prod/payments/*`, 'StringLike')),
  associations: [works('prod/payments/api', OFF), never('prod/orders/api', OFF), works('prod/payments/b', POLICY)],
}, {
  id: 'external-id-from-pseudo-parameters',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.EKS_TARGET_ROLE,
  why: `${WITH_ID} The role is in the account and region of the cluster.`,
  account: ACCOUNT,
  trust: apart(externalId({ 'Fn::Sub': '${AWS::Region}/${AWS::AccountId}/prod/payments/api' })),
  associations: [works('prod/payments/api', OFF), never('dev/payments/api', OFF), works('prod/payments/api', POLICY)],
}, {
  id: 'external-id-without-region-and-account',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.EKS_TARGET_ROLE,
  why: WITH_ID,
  account: OTHER_ACCOUNT,
  trust: apart(externalId('prod/payments/api')),
  associations: [
    never('prod/payments/api', OFF), never('prod/payments/api', POLICY),
    never('prod/payments/api', {}, 'with tags there is no external id, or there is another one'),
  ],
}, {
  id: 'external-id-if-exists',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.OPERATORS,
  why: `${WITH_ID} Without it IfExists is true.`,
  account: OTHER_ACCOUNT,
  trust: apart(externalId(`eu-west-1/${ACCOUNT}/prod/payments/api`, 'StringEqualsIfExists')),
  associations: [works('prod/payments/api', OFF), never('prod/orders/api', OFF), works('prod/payments/api')],
}, {
  id: 'any-role-with-a-prefix',
  source: 'variant of a role vending module (ArnLike on aws:PrincipalArn)',
  page: page.PRINCIPAL,
  why: 'aws:PrincipalArn is the ARN of the source role.',
  account: OTHER_ACCOUNT,
  trust: document(allow({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/pod*` } }, BOTH, '*')),
  associations: ALL_WORK,
}, {
  id: 'deny-other-namespaces',
  source: 'variant of a role that fails closed on namespace and service account',
  page: page.OPERATORS,
  why: 'A negated operator is true if the tag is missing: the Deny applies.',
  account: OTHER_ACCOUNT,
  trust: document(
    allow(undefined, BOTH, ROOT), deny({ StringNotEquals: { [NAMESPACE]: 'payments' } }, 'sts:AssumeRole', '*')),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
}];
