import {
  ALL_DEPEND, ALL_REJECTED, ALL_WORK, allow, BOTH, depends, document, never, OFF, PODS, POLICY, rejected, TrustCase,
  works,
} from './cases';
import * as page from './pages';

const ASSUME = 'sts:AssumeRole';
const TAG = 'sts:TagSession';
const CHECK = 'No page says how EKS reads wildcards and NotAction when it checks the trust policy of an association.';

/** Which actions a trust policy allows, and in how many statements. */
export const ACTIONS: readonly TrustCase[] = [{
  id: 'plain',
  source: 'Amazon EKS User Guide, pod-id-role',
  page: page.EKS_ROLE,
  why: 'It is the trust policy that AWS documents.',
  trust: document({ Sid: 'AllowEksAuthToAssumeRoleForPodIdentity', ...allow() }),
  associations: [works('prod/payments/api'), works('dev/default/default', OFF), works('prod/a/b.c', POLICY)],
}, {
  id: 'one-statement-without-a-list',
  source: 'gmo-media/infra-template, dev/eks_role.tf',
  page: page.EKS_ROLE,
  why: 'Statement may be one object, and Service a list of one.',
  trust: { Version: '2012-10-17', Statement: allow(undefined, BOTH, { Service: [PODS] }) },
  associations: ALL_WORK,
}, {
  id: 'assume-role-only',
  source: 'aws/aws-cdk #31522, a role with ServicePrincipal as assumedBy',
  page: page.ASSUME_ROLE_TRIED,
  why: 'EKS refuses a role that does not allow sts:TagSession, also for an association without session tags.',
  trust: document(allow(undefined, ASSUME)),
  associations: ALL_REJECTED,
}, {
  id: 'tag-session-only',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.EKS_ROLE,
  why: 'Without sts:AssumeRole nobody can assume the role.',
  trust: document(allow(undefined, TAG)),
  associations: ALL_REJECTED,
}, {
  id: 'misspelt-tag-sessions',
  source: 'hashicorp/terraform-provider-aws #32872',
  page: page.MISSPELT_TRIED,
  why: 'STS has no action TagSessions, and IAM refuses the role.',
  trust: document(allow(undefined, ['sts:SetSourceIdentity', ASSUME, 'sts:TagSessions'])),
  associations: ALL_REJECTED,
}, {
  id: 'assume-role-and-then-both',
  source: 'aws/aws-cdk, ServiceAccount with IdentityType.POD_IDENTITY',
  page: page.EVALUATION,
  why: 'The second statement allows both actions; the first one is only superfluous.',
  trust: document(allow(undefined, ASSUME), allow()),
  associations: ALL_WORK,
}, {
  id: 'one-action-a-statement',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role (which splits them for a target role)',
  page: page.EVALUATION,
  why: 'Each action is allowed by a statement of its own.',
  trust: document(allow(undefined, ASSUME), allow(undefined, TAG)),
  associations: ALL_WORK,
  unsure: 'No page shows the actions split for the role of an association; IAM reads both forms alike.',
}, {
  id: 'tag-session-for-another-service',
  source: 'variant of a CDK app that adds sts:TagSession to a composite principal',
  page: page.EKS_ROLE,
  why: 'sts:TagSession is allowed to EC2 only.',
  trust: document(allow(undefined, ASSUME), allow(undefined, TAG, { Service: 'ec2.amazonaws.com' })),
  associations: ALL_REJECTED,
}, {
  id: 'source-identity-as-well',
  source: 'variant of getmoto/moto #5750 (the trust policy of a notebook role)',
  page: page.EKS_ROLE,
  why: 'A further action of STS does not matter.',
  trust: document(allow(undefined, [...BOTH, 'sts:SetSourceIdentity'])),
  associations: ALL_WORK,
}, {
  id: 'every-action-of-sts',
  source: 'prowler-cloud/prowler #12664, actions with wildcards in trust policies',
  page: page.ACTION,
  why: 'IAM reads sts:* as both actions.',
  trust: document(allow(undefined, 'sts:*')),
  associations: ALL_DEPEND,
  unsure: CHECK,
}, {
  id: 'wildcard-without-tag-session',
  source: 'prowler-cloud/prowler #12664, actions with wildcards in trust policies',
  page: page.EKS_ROLE,
  why: 'sts:Assume* does not match sts:TagSession.',
  trust: document(allow(undefined, 'sts:Assume*')),
  associations: ALL_REJECTED,
}, {
  id: 'wildcard-and-tag-session',
  source: 'prowler-cloud/prowler #12664, actions with wildcards in trust policies',
  page: page.ACTION,
  why: 'IAM reads sts:Assume* as sts:AssumeRole and more.',
  trust: document(allow(undefined, ['sts:Assume*', TAG])),
  associations: ALL_DEPEND,
  unsure: CHECK,
}, {
  id: 'everything-but-web-identity',
  source: 'terraform-aws-modules/terraform-aws-eks-pod-identity, not_actions of trust_policy_statements',
  page: page.NOT_ACTION,
  why: 'IAM reads the statement as both actions, if it accepts it in a trust policy.',
  trust: document({ Effect: 'Allow', Principal: { Service: PODS }, NotAction: 'sts:AssumeRoleWithWebIdentity' }),
  associations: ALL_DEPEND,
  unsure: CHECK,
}, {
  id: 'conditions-on-assume-role-only',
  source: 'variant of the IAM User Guide, id_session-tags (two statements)',
  page: page.SESSION_TAGS,
  why: 'sts:AssumeRole has the key aws:RequestTag as well, and it requires the namespace to be payments.',
  trust: document(
    allow({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'payments' } }, ASSUME), allow(undefined, TAG)),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
  unsure: 'As one-action-a-statement.',
}, {
  id: 'conditions-on-tag-session-only',
  source: 'variant of the IAM User Guide, id_session-tags (two statements)',
  page: page.SESSION_TAGS,
  why: 'Only a call with session tags needs sts:TagSession, and it requires the namespace to be payments.',
  trust: document(
    allow(undefined, ASSUME), allow({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'payments' } }, TAG)),
  associations: [
    works('prod/payments/api'), never('prod/orders/api'),
    depends('prod/orders/api', OFF, 'without tags IAM does not ask for sts:TagSession, but AWS never shows it left out'),
  ],
  unsure: 'Whether EKS calls STS in a way that needs sts:TagSession if session tags are off.',
}, {
  id: 'only-denies',
  source: 'variant of the IAM User Guide, reference_policies_evaluation-logic',
  page: page.EVALUATION,
  why: 'Nothing is allowed.',
  trust: document({ ...allow(), Effect: 'Deny' }),
  associations: [rejected('prod/payments/api'), rejected('prod/payments/api', OFF), rejected('dev/payments/api', POLICY)],
}];
