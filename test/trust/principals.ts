import {
  ACCOUNT, ALL_DEPEND, ALL_REJECTED, ALL_WORK, allow, BOTH, clusterArn, document, PODS, TrustCase,
} from './cases';
import * as page from './pages';

const trusts = (Principal: unknown, Condition?: unknown) => document(allow(Condition, BOTH, Principal));
const services = (...Service: unknown[]) => trusts({ Service: Service.length === 1 ? Service[0] : Service });

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E';
const IRSA = allow(
  { StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:payments:api', [`${ISSUER}:aud`]: 'sts.amazonaws.com' } },
  'sts:AssumeRoleWithWebIdentity',
  { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` });

const OTHER_SERVICE = 'EKS assumes roles as pods.eks.amazonaws.com, which the policy does not name.';
const STAR = 'No page says whether EKS accepts a trust policy that names EKS only through a wildcard.';

/** Whom a trust policy names. */
export const PRINCIPALS: readonly TrustCase[] = [{
  id: 'ec2-and-pods',
  source: 'Terraform module for a metrics collector, default of assume_role_statements',
  page: page.PRINCIPAL,
  why: 'A list of services trusts each of them.',
  trust: services('ec2.amazonaws.com', PODS),
  associations: ALL_WORK,
}, {
  id: 'lambda-and-pods-and-cluster',
  source: 'variant of a Terraform module whose roles serve clusters, nodes and pods',
  page: page.PRINCIPAL,
  why: 'A list of services trusts each of them.',
  trust: services('eks.amazonaws.com', 'lambda.amazonaws.com', PODS),
  associations: ALL_WORK,
}, {
  id: 'pods-and-capabilities',
  source: 'a platform repository with EKS capabilities (ACK, Argo CD, kro) and one admin role',
  page: page.PRINCIPAL,
  why: 'Another service of EKS beside it does not matter.',
  trust: services(PODS, 'capabilities.eks.amazonaws.com'),
  associations: ALL_WORK,
}, {
  id: 'ec2-only',
  source: 'terraform-aws-modules/terraform-aws-iam #535 (a role for instances)',
  page: page.EKS_ROLE,
  why: OTHER_SERVICE,
  trust: services('ec2.amazonaws.com'),
  associations: ALL_REJECTED,
}, {
  id: 'cluster-service',
  source: 'Terraform modules for clusters, with both actions as in the Auto Mode cluster role',
  page: page.EKS_ROLE,
  why: OTHER_SERVICE,
  trust: services('eks.amazonaws.com'),
  associations: ALL_REJECTED,
}, {
  id: 'fargate-service',
  source: 'danielOliveira97/full-eks-cluster, modules/eks-master/data.tf',
  page: page.EKS_ROLE,
  why: OTHER_SERVICE,
  trust: services('eks.amazonaws.com', 'eks-fargate-pods.amazonaws.com'),
  associations: ALL_REJECTED,
}, {
  id: 'regional-principal',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.EKS_ROLE,
  why: 'The service has one principal for all regions.',
  trust: services('pods.eks.us-east-1.amazonaws.com'),
  associations: ALL_REJECTED,
}, {
  id: 'suffix-of-china',
  source: 'variant of the China edition of the EKS User Guide, which names pods.eks.amazonaws.com too',
  page: page.EKS_ROLE,
  why: 'The principal is pods.eks.amazonaws.com in every partition.',
  trust: services('pods.eks.amazonaws.com.cn'),
  associations: ALL_REJECTED,
}, {
  id: 'suffix-of-the-partition',
  source: 'CloudFormation templates that build service principals from AWS::URLSuffix',
  page: page.CFN_PSEUDO,
  why: 'AWS::URLSuffix is amazonaws.com in eu-west-1.',
  trust: services({ 'Fn::Sub': 'pods.eks.${AWS::URLSuffix}' }),
  associations: ALL_WORK,
}, {
  id: 'beta-principal',
  source: 'eksctl-io/eksctl, integration test of pod identity associations before the launch',
  page: page.EKS_ROLE,
  why: OTHER_SERVICE,
  trust: services('beta.pods.eks.aws.internal'),
  associations: ALL_REJECTED,
}, {
  id: 'beta-and-pods',
  source: 'variant of eksctl-io/eksctl, integration test of pod identity associations',
  page: page.PRINCIPAL,
  why: 'IAM refuses a policy with a principal that does not exist; whether this one does is not public.',
  trust: services('beta.pods.eks.aws.internal', PODS),
  associations: ALL_DEPEND,
  unsure: 'Whether IAM accepts the internal principal.',
}, {
  id: 'irsa-and-pods',
  source: 'crossplane-contrib/provider-upjet-aws #1254',
  page: page.EVALUATION,
  why: 'The statement for the OIDC provider does not touch the one for EKS.',
  trust: document(IRSA, allow()),
  associations: ALL_WORK,
}, {
  id: 'irsa-only',
  source: 'hashicorp/terraform-provider-aws #41483',
  page: page.OIDC_TRIED,
  why: OTHER_SERVICE,
  trust: document(IRSA),
  associations: ALL_REJECTED,
}, {
  id: 'account-and-pods-in-one-principal',
  source: 'variant of a Terraform module with trusted_service_principals and trusted_aws_principals',
  page: page.PRINCIPAL,
  why: 'The kinds of principals of one statement are alternatives.',
  trust: trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root`, Service: [PODS] }),
  associations: ALL_WORK,
}, {
  id: 'account-only',
  source: 'Amazon EKS User Guide, pod-id-assign-target-role: a target role, used as the role of an association',
  page: page.EKS_ROLE,
  why: 'EKS is not a principal of the account.',
  trust: trusts({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }),
  associations: ALL_REJECTED,
}, {
  id: 'everyone-from-one-cluster',
  source: 'variant of semgrep/semgrep-rules #1618 (wildcard principals in trust policies)',
  page: page.PRINCIPAL,
  why: 'IAM reads * as everyone, services among them.',
  trust: trusts('*', { ArnEquals: { 'aws:SourceArn': clusterArn('prod') } }),
  associations: ALL_DEPEND,
  unsure: STAR,
}, {
  id: 'every-aws-service',
  source: 'variant of semgrep/semgrep-rules #1618 (wildcard principals in trust policies)',
  page: page.PRINCIPAL,
  why: 'IAM reads * as everyone, services among them.',
  trust: trusts({ AWS: '*' }, { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
  associations: ALL_DEPEND,
  unsure: `${STAR} Nor whether { AWS: * } includes services.`,
}];
