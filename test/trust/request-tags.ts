import {
  ACCOUNT, allow, clusterArn, DECLARED_CLUSTER, depends, document, never, NONE_WORK, OFF, POLICY, TrustCase, trustIf,
  works,
} from './cases';
import * as page from './pages';

const NAMESPACE = 'aws:RequestTag/kubernetes-namespace';
const SERVICE_ACCOUNT = 'aws:RequestTag/kubernetes-service-account';
const CLUSTER_NAME = 'aws:RequestTag/eks-cluster-name';
const CLUSTER_ARN = 'aws:RequestTag/eks-cluster-arn';

const when = (operator: string, keys: Record<string, unknown>) => trustIf({ [operator]: keys });
const TAGS = 'EKS sends the tags of the association, or none; a key that is missing does not match.';

/** Conditions on the tags that EKS sends. */
export const REQUEST_TAGS: readonly TrustCase[] = [{
  id: 'namespace-and-service-account',
  source: 'Amazon EKS User Guide, pod-id-role (awsdocs/amazon-eks-user-guide #1047)',
  page: page.EKS_ROLE,
  why: TAGS,
  trust: when('StringEquals', { [NAMESPACE]: ['payments'], [SERVICE_ACCOUNT]: ['api'] }),
  associations: [works('prod/payments/api'), never('prod/payments/worker'), never('prod/payments/api', OFF)],
}, {
  id: 'account-cluster-namespace-and-service-account',
  source: 'aws-samples/sample-eks-nitro-sandbox, ci-cd/docker-builds/iam',
  page: page.EKS_TAGS,
  why: TAGS,
  trust: when('StringEquals', {
    'aws:SourceAccount': ACCOUNT, [CLUSTER_NAME]: 'prod', [NAMESPACE]: 'builds', [SERVICE_ACCOUNT]: 'builder',
  }),
  associations: [works('prod/builds/builder'), never('dev/builds/builder'), never('prod/builds/builder', POLICY)],
}, {
  id: 'cluster-arn-as-tag',
  source: 'Terraform templates with aws:RequestTag/eks-cluster-arn for each workload',
  page: page.EKS_TAGS,
  why: TAGS,
  trust: when('StringEquals', { [CLUSTER_ARN]: { 'Fn::GetAtt': [DECLARED_CLUSTER.logicalId, 'Arn'] } }),
  associations: [works('prod/payments/api'), never('dev/payments/api'), never('prod/payments/api', OFF)],
}, {
  id: 'any-cluster-of-the-account-as-tag',
  source: 'a platform guide to roles for namespaces, with StringLike on the cluster ARN',
  page: page.EKS_TAGS,
  why: TAGS,
  trust: trustIf({ StringEquals: { [NAMESPACE]: 'payments' }, StringLike: { [CLUSTER_ARN]: clusterArn('*', '*') } }),
  associations: [works('dev/payments/api'), never('dev/orders/api'), never('dev/payments/api', POLICY)],
}, {
  id: 'cluster-arn-of-another-region-as-tag',
  source: 'variant of the Amazon EKS User Guide, whose examples are in us-east-1',
  page: page.EKS_TAGS,
  why: TAGS,
  trust: when('StringEquals', { [CLUSTER_ARN]: clusterArn('prod', 'us-east-1') }),
  associations: NONE_WORK,
}, {
  id: 'namespaces-with-a-prefix',
  source: 'variant of zalando-incubator/cluster-lifecycle-manager #937',
  page: page.OPERATORS,
  why: TAGS,
  trust: when('StringLike', { [NAMESPACE]: ['team-*', 'shared'] }),
  associations: [works('prod/team-a/api'), works('dev/shared/api'), never('prod/team/api')],
}, {
  id: 'a-statement-a-namespace',
  source: 'variant of zalando-incubator/cluster-lifecycle-manager #937',
  page: page.EVALUATION,
  why: 'Statements are alternatives.',
  trust: document(
    allow({ StringEquals: { [NAMESPACE]: 'payments' } }), allow({ StringEquals: { [NAMESPACE]: 'orders' } })),
  associations: [works('prod/payments/api'), works('prod/orders/api'), never('prod/default/api')],
}, {
  id: 'namespace-if-exists',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.OPERATORS,
  why: 'IfExists is true if the tag is missing.',
  trust: when('StringEqualsIfExists', { [NAMESPACE]: 'payments' }),
  associations: [never('prod/orders/api'), works('prod/orders/api', OFF), works('prod/orders/api', POLICY)],
}, {
  id: 'any-namespace-but-kube-system',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.OPERATORS,
  why: 'A negated operator is true if the tag is missing.',
  trust: when('StringNotEquals', { [NAMESPACE]: 'kube-system' }),
  associations: [works('prod/default/api'), never('prod/kube-system/dns'), works('prod/kube-system/dns', OFF)],
}, {
  id: 'any-namespace-but-kube-system-if-exists',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.OPERATORS,
  why: 'Also with IfExists it is true if the tag is missing.',
  trust: when('StringNotEqualsIfExists', { [NAMESPACE]: 'kube-system' }),
  associations: [never('prod/kube-system/dns'), works('prod/default/api'), works('prod/kube-system/dns', POLICY)],
}, {
  id: 'tagged-calls-only',
  source: 'variant of the IAM User Guide, id_session-tags',
  page: page.OPERATORS,
  why: 'Null: false requires the tag.',
  trust: trustIf({ Null: { [NAMESPACE]: 'false' } }),
  associations: [works('prod/payments/api'), never('prod/payments/api', OFF), never('prod/payments/api', POLICY)],
}, {
  id: 'untagged-calls-only',
  source: 'variant of aws/eks-pod-identity-agent #80 (a role for associations without tags)',
  page: page.OPERATORS,
  why: 'Null: true requires that there is no tag.',
  trust: trustIf({ Null: { [NAMESPACE]: true } }),
  associations: [never('prod/payments/api'), works('prod/payments/api', OFF), works('prod/payments/api', POLICY)],
}, {
  id: 'pod-name',
  source: 'variant of the Amazon EKS User Guide, pod-id-abac (the tag kubernetes-pod-name)',
  page: page.EKS_TAGS,
  why: 'Only the cluster knows the names of its pods.',
  trust: when('StringLike', { 'aws:RequestTag/kubernetes-pod-name': 'worker-*' }),
  associations: [depends('prod/payments/worker'), depends('dev/payments/api'), never('prod/payments/worker', OFF)],
}, {
  id: 'tag-that-eks-does-not-send',
  source: 'variant of the Amazon EKS User Guide, pod-id-abac (custom tags)',
  page: page.EKS_TAGS,
  why: 'EKS cannot add other tags to the call; tags of the role or of the association are not in the call.',
  trust: when('StringEquals', { 'aws:RequestTag/team': 'payments' }),
  associations: NONE_WORK,
}, {
  id: 'misspelt-tag',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.EKS_TAGS,
  why: 'The key is kubernetes-service-account.',
  trust: when('StringEquals', { 'aws:RequestTag/kubernetes-serviceaccount': 'api' }),
  associations: NONE_WORK,
}, {
  id: 'key-in-capitals',
  source: 'variant of the Amazon EKS User Guide, pod-id-role',
  page: page.CONDITION,
  why: 'The names of keys are not case-sensitive, tag keys included.',
  trust: when('StringEquals', { 'AWS:requesttag/Kubernetes-Namespace': 'payments' }),
  associations: [works('prod/payments/api'), never('prod/orders/api'), never('prod/payments/api', OFF)],
}, {
  id: 'value-in-capitals',
  source: 'Amazon EKS User Guide, pod-id-assign-target-role (whose example has ExampleNameSpace)',
  page: page.OPERATORS,
  why: 'StringEquals is case-sensitive, and namespaces are in lower case.',
  trust: when('StringEquals', { [NAMESPACE]: 'Payments' }),
  associations: NONE_WORK,
  unsure: 'An older page on aws:RequestTag calls values not case-sensitive; the page on operators says otherwise.',
}, {
  id: 'value-in-any-case',
  source: 'variant of the Amazon EKS User Guide, pod-id-assign-target-role',
  page: page.OPERATORS,
  why: 'StringEqualsIgnoreCase ignores the case.',
  trust: when('StringEqualsIgnoreCase', { [NAMESPACE]: 'Payments' }),
  associations: [works('prod/payments/api'), never('prod/payment/api'), never('prod/payments/api', POLICY)],
}, {
  id: 'service-account-named-like-its-namespace',
  source: 'variant of a gist that compares sts:RoleSessionName with a request tag',
  page: page.VARIABLES,
  why: 'A variable has the value of its key; without a value it matches nothing.',
  trust: when('StringEquals', { [SERVICE_ACCOUNT]: '${aws:RequestTag/kubernetes-namespace}' }),
  associations: [works('prod/payments/payments'), never('prod/payments/api'), never('prod/payments/payments', OFF)],
}, {
  id: 'principal-tags',
  source: 'a role vending module in Terraform, options include_cluster_names and include_cluster_namespaces',
  page: page.IAM_KEYS,
  why: 'aws:PrincipalTag applies to the caller, EKS, which has no tags; the tags of the call are aws:RequestTag keys.',
  trust: when('StringEquals', {
    'aws:PrincipalTag/eks-cluster-name': ['prod'], 'aws:PrincipalTag/kubernetes-namespace': ['payments'],
  }),
  associations: NONE_WORK,
  unsure: 'The module is public and documents this option; nobody says that it was tried.',
}];
