/**
 * Takes from the answers of EKS and IAM what is needed, and checks that it is what was asked for. aws-reader.ts calls it within each
 * call; read-associations.ts and read-roles.ts use the results.
 * Invariant: pure. An answer that lacks something, or answers something else, is an error and never less than what AWS has: a role
 * without its Deny would be reported as allowing more than it does.
 */
import type { PodIdentityAssociation, PodIdentityAssociationSummary } from '@aws-sdk/client-eks';
import type { AttachedPolicy, GetRolePolicyResponse, Policy, PolicyVersion, Role } from '@aws-sdk/client-iam';
import { documentIn } from './document-in';
import { MAX_NAME } from './limits';
import { UnexpectedAnswer } from './unexpected-answer';

/** An association as the list has it. */
export interface ListedAssociation {
  readonly id: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A pod identity association of EKS. */
export interface LiveAssociation extends ListedAssociation {
  readonly arn: string;
  readonly cluster: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
  readonly policy?: string;
  readonly disableSessionTags?: boolean;
}

/** A role of IAM without its policies. */
export interface LiveRole {
  readonly arn: string;
  readonly trustPolicy: object;
  readonly permissionsBoundary?: string;
}

/** Takes an association of the list. @throws UnexpectedAnswer */
export function listedIn(answer: PodIdentityAssociationSummary, cluster: string): ListedAssociation {
  const { associationId, namespace, serviceAccount, clusterName } = answer;
  const part = 'an association in it';
  if (clusterName && clusterName !== cluster) { throw new UnexpectedAnswer(`${part} is of cluster ${clusterName}`); }
  return {
    id: nameIn('associationId', associationId, part),
    namespace: nameIn('namespace', namespace, part),
    serviceAccount: nameIn('serviceAccount', serviceAccount, part),
  };
}

/** @throws UnexpectedAnswer */
export function associationIn(answer: PodIdentityAssociation | undefined, cluster: string, wanted: ListedAssociation): LiveAssociation {
  if (!answer) { throw new UnexpectedAnswer('it has no association'); }
  same('associationId', answer.associationId, wanted.id);
  same('clusterName', answer.clusterName, cluster);
  same('namespace', answer.namespace, wanted.namespace);
  same('serviceAccount', answer.serviceAccount, wanted.serviceAccount);
  const { associationArn: arn, roleArn, targetRoleArn, policy, disableSessionTags } = answer;
  if (!arn) { throw new UnexpectedAnswer('it has no associationArn'); }
  if (!/^arn:aws[a-z-]*:eks:[a-z0-9-]+:\d{12}:podidentityassociation\//.test(arn) || !arn.endsWith(`/${cluster}/${wanted.id}`)) {
    throw new UnexpectedAnswer(`its associationArn is ${arn}, which is not the ARN of this association`);
  }
  return {
    ...wanted,
    arn,
    cluster,
    roleArn: roleArnIn('roleArn', roleArn),
    targetRoleArn: targetRoleArn ? roleArnIn('targetRoleArn', targetRoleArn) : undefined,
    policy: policy || undefined,
    disableSessionTags,
  };
}

/** @throws UnexpectedAnswer */
export function roleIn(answer: Role | undefined, name: string): LiveRole {
  if (!answer) { throw new UnexpectedAnswer('it has no Role'); }
  sameName('RoleName', answer.RoleName, name);
  const arn = roleArnIn('Arn', answer.Arn);
  sameName('Arn', arn.slice(arn.lastIndexOf('/') + 1), name);
  const { PermissionsBoundary: boundary } = answer;
  return {
    arn,
    trustPolicy: documentIn(answer.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'),
    ...boundary && { permissionsBoundary: policyArnIn('PermissionsBoundaryArn', boundary.PermissionsBoundaryArn) },
  };
}

/** @throws UnexpectedAnswer */
export function inlineNamesIn(answer: readonly string[] | undefined): readonly string[] {
  if (!answer) { throw new UnexpectedAnswer('it has no PolicyNames'); }
  return answer.map((name) => nameIn('name', name, 'a policy in it'));
}

/** @throws UnexpectedAnswer */
export function inlineDocumentIn({ RoleName, PolicyName, PolicyDocument }: GetRolePolicyResponse, role: string, policy: string): object {
  sameName('RoleName', RoleName, role);
  sameName('PolicyName', PolicyName, policy);
  return documentIn(PolicyDocument, 'PolicyDocument');
}

/** Returns the ARNs of the policies. @throws UnexpectedAnswer */
export function attachedIn(answer: readonly AttachedPolicy[] | undefined): readonly string[] {
  // The model does not require it, but IAM always answers with a list.
  if (!answer) { throw new UnexpectedAnswer('it has no AttachedPolicies'); }
  return answer.map(({ PolicyArn }) => policyArnIn('PolicyArn', PolicyArn));
}

/** Returns the default version. @throws UnexpectedAnswer */
export function defaultVersionIn(answer: Policy | undefined, arn: string): string {
  if (!answer) { throw new UnexpectedAnswer('it has no Policy'); }
  same('Arn', answer.Arn, arn);
  return nameIn('DefaultVersionId', answer.DefaultVersionId, 'the policy in it');
}

/** @throws UnexpectedAnswer */
export function versionDocumentIn(answer: PolicyVersion | undefined, version: string): object {
  if (!answer) { throw new UnexpectedAnswer('it has no PolicyVersion'); }
  same('VersionId', answer.VersionId, version);
  return documentIn(answer.Document, 'Document');
}

/**
 * Returns the marker of the next page. A page that says that there is more, and not where, must not pass for the last one: the rest
 * may contain a Deny.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 * @throws UnexpectedAnswer
 */
export function markerIn({ IsTruncated, Marker }: { readonly IsTruncated?: boolean; readonly Marker?: string }): string | undefined {
  if (IsTruncated === true && !Marker) { throw new UnexpectedAnswer('it is truncated (IsTruncated), and has no Marker to read the rest with'); }
  if (IsTruncated === undefined && Marker) { throw new UnexpectedAnswer('it has a Marker, and does not say whether it is truncated (IsTruncated)'); }
  return IsTruncated ? Marker : undefined;
}

function nameIn(member: string, value: string | undefined, part: string): string {
  if (!value) { throw new UnexpectedAnswer(`${part} has no ${member}`); }
  if (value.length > MAX_NAME) { throw new UnexpectedAnswer(`the ${member} of ${part} has more than ${MAX_NAME} characters`); }
  return value;
}

function same(member: string, value: string | undefined, wanted: string): void {
  if (!value) { throw new UnexpectedAnswer(`it has no ${member}`); }
  if (value !== wanted) { throw new UnexpectedAnswer(`its ${member} is ${value}, not ${wanted}`); }
}

/** IAM does not distinguish names by case. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function sameName(member: string, value: string | undefined, wanted: string): void {
  if (value?.toLowerCase() !== wanted.toLowerCase()) { same(member, value, wanted); }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
function roleArnIn(member: string, arn: string | undefined): string {
  if (!arn) { throw new UnexpectedAnswer(`it has no ${member}`); }
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\u0021-\u007e]{1,576}$/.test(arn)) { throw new UnexpectedAnswer(`its ${member} is ${arn}, which is not the ARN of a role`); }
  return arn;
}

function policyArnIn(member: string, arn: string | undefined): string {
  if (!arn) { throw new UnexpectedAnswer(`it has no ${member}`); }
  if (!/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\u0021-\u007e]{1,640}$/.test(arn)) {
    throw new UnexpectedAnswer(`its ${member} is ${arn}, which is not the ARN of a managed policy`);
  }
  return arn;
}
