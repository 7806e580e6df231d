/** The pages that settle the rows. */
const eks = (page: string) => `https://docs.aws.amazon.com/eks/latest/${page}.html`;
const iam = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;

/** The trust policy that EKS requires: the principal, both actions, and conditions on request tags. */
export const EKS_ROLE = eks('userguide/pod-id-role');
/** The six session tags, that they are transitive, how to disable them, and that EKS adds no others. */
export const EKS_TAGS = eks('userguide/pod-id-abac');
/** The two examples of a target role's trust policy, and the external id. */
export const EKS_TARGET_ROLE = eks('userguide/pod-id-assign-target-role');
/** A session policy requires `disableSessionTags`; the role must be in the cluster's account. */
export const EKS_CREATE = eks('APIReference/API_CreatePodIdentityAssociation');
/** The name of the session: `eks-clustername-podname-UUID`. */
export const EKS_SESSION_NAME = eks('APIReference/API_auth_AssumedRoleUser');
/** EKS passes `aws:SourceOrgId` with the organization of the cluster's account. */
export const EKS_BEST_PRACTICES = eks('best-practices/identity-and-access-management');

/** When a global key is in a request: `aws:SourceArn`, `aws:PrincipalTag`, `aws:RequestTag`, `aws:SourceVpc` and others. */
export const IAM_KEYS = iam('reference_policies_condition-keys');
/** When an `sts:` key is in a request. */
export const STS_KEYS = iam('reference_policies_iam-condition-keys');
/** Missing keys, negated operators, `...IfExists`, `Null`, wildcards in String and ARN operators. */
export const OPERATORS = iam('reference_policies_elements_condition_operators');
/** `ForAllValues`, `ForAnyValue`, and both with a missing key. */
export const SET_OPERATORS = iam('reference_policies_condition-single-vs-multi-valued-context-keys');
/** Key names are not case-sensitive; several keys and operators must all match. */
export const CONDITION = iam('reference_policies_elements_condition');
/** Which permission tags need, which keys `sts:TagSession` has, and how tags pass to the next role. */
export const SESSION_TAGS = iam('id_session-tags');
/** Services, accounts, roles and `*` as principals. */
export const PRINCIPAL = iam('reference_policies_elements_principal');
export const ACTION = iam('reference_policies_elements_action');
export const NOT_ACTION = iam('reference_policies_elements_notaction');
/** An explicit deny wins; statements are alternatives. */
export const EVALUATION = iam('reference_policies_evaluation-logic');
export const VARIABLES = iam('reference_policies_variables');
/** Variables are plain text in documents of version 2008-10-17. */
export const VERSION = iam('reference_policies_elements_version');
/** The external id and `aws:Source*` against a confused deputy. */
export const CONFUSED_DEPUTY = iam('confused-deputy');
/** The condition keys of `sts:AssumeRole` and of `sts:TagSession`: the latter has no `sts:ExternalId`. */
export const STS_ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html';

/** Calls between services lack properties of the network, aws:SecureTransport among them. */
export const S3_KEYS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html';

const cloudformation = (page: string) =>
  `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/${page}.html`;
export const CFN_ROLE = cloudformation('aws-resource-iam-role');
/** The values of `AWS::AccountId`, `AWS::Partition`, `AWS::Region` and `AWS::URLSuffix`. */
export const CFN_PSEUDO = cloudformation('pseudo-parameter-reference');
export const CFN_SUB = cloudformation('intrinsic-function-reference-sub');

const github = (path: string) => `https://github.com/${path}`;
/** A condition on the ARN of the cluster, tried on a live cluster. */
export const CLUSTER_ARN_TRIED = github('terraform-aws-modules/terraform-aws-eks/pull/3743');
/** A condition on the ARN of the association, tried: pods get no credentials. */
export const ASSOCIATION_ARN_TRIED = github('awslabs/mountpoint-s3-csi-driver/issues/781');
/** EKS refuses a role that trusts only an OIDC provider. */
export const OIDC_TRIED = github('hashicorp/terraform-provider-aws/issues/41483');
/** EKS refuses a role that allows it `sts:AssumeRole` only. */
export const ASSUME_ROLE_TRIED = github('aws/aws-cdk/issues/31522');
/** IAM refuses actions in a trust policy that STS does not have. */
export const MISSPELT_TRIED = github('hashicorp/terraform-provider-aws/issues/32872');
/** The transitive tags need `sts:TagSession` on the next role: tried. */
export const CHAIN_TRIED = github('mattrobinsonsre/terrapod/pull/1546');
