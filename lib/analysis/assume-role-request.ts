/**
 * What is known of the condition keys in the requests by which EKS assumes the roles of an association. `trust-conditions.ts`
 * decides the conditions of trust policies by it.
 *
 * Invariant: only what AWS documents, or what was seen in an account of AWS, is known. Every other key may be missing or have any
 * value.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { hasSessionTags, principalTagsMissing, SESSION_TAGS, unknownTag, valueOfTag } from './session-tags';
import { EKS_SERVICE } from './trust-policy';
import { isKeyOfOtherPrincipals, isText, partsOf, StringPart, SymbolicString, Unresolved } from '../engine';
import { arnFieldsOf } from '../template/arn-fields';
import { Association } from '../template/associations';
import { Evaluator } from '../template/evaluator';
import { Value } from '../template/value';
import { ANY_TEXT, CHARACTERS, REGION } from '../template/value-kinds';

type Text = string | SymbolicString;

/** The key is not in the request (`undefined`), has a value, or has several. */
export type KeyState = undefined | Text | readonly Text[];

/** The states that a key can have, by its name in lower case. `undefined`: it can have any. */
export type RequestFacts = (key: string) => readonly KeyState[] | undefined;

const MISSING: readonly KeyState[] = [undefined];

/** A value of AWS's own that nobody writes down: EKS is not a role of an account, and calls from no VPC of an account. */
export const VALUE_OF_AWS = unknownText('a value of AWS', true);
const ONLY_OF_AWS: readonly KeyState[] = [undefined, VALUE_OF_AWS];

/**
 * The request of EKS for the role of the association. EKS sends the account and the ARN of the cluster, and the session tags unless
 * they are off. It can add no other tags, and sends an external id to target roles only. A service is not an IAM principal with tags,
 * and not a member of an organization.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_auth_AssumedRoleUser.html (the session name)
 * @see https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html (services)
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3743 (aws:SourceArn is the ARN of the cluster)
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/issues/781 (it is not the ARN of the association)
 */
export function requestOfEks(association: Association, evaluator: Evaluator): RequestFacts {
  const tagged = hasSessionTags(association);
  const account = evaluator.textOf({ Ref: 'AWS::AccountId' }, association.ref.stack);
  const known = new Map<string, readonly KeyState[] | undefined>([
    ['aws:sourceaccount', isText(account) ? [account] : undefined],
    ['aws:sourcearn', statesOf(clusterArnOf(association, evaluator))],
    ['aws:tagkeys', withTags(SESSION_TAGS, tagged)],
    ['sts:transitivetagkeys', withTags(SESSION_TAGS, tagged)], // all of them are transitive
    ['aws:principalisawsservice', ['true']],
    ['aws:principalservicename', [EKS_SERVICE, undefined]],
    ['aws:principalarn', ONLY_OF_AWS],
    ['aws:principalorgid', MISSING],
    ['aws:principalorgpaths', MISSING],
    ['aws:sourcevpc', ONLY_OF_AWS],
    ['aws:sourcevpce', ONLY_OF_AWS],
    ['sts:rolesessionname', [SymbolicString.of('eks-', unknownText('the rest of the session name'))]],
    ['sts:externalid', MISSING],
    ['aws:username', MISSING],
    ['aws:multifactorauthage', MISSING],
    ['aws:federatedprovider', MISSING],
    ...requestTags(association, evaluator).map(([key, value]) => [key, withTags(value, tagged)] as const),
  ]);
  return (key) => {
    if (known.has(key)) { return known.get(key); }
    return key.startsWith('aws:principaltag/') ? MISSING : ofEveryRequest(key);
  };
}

/** The request of EKS for any association of the account, in any Region. */
export function requestOfAnyAssociation(association: Association, evaluator: Evaluator): RequestFacts {
  const unknown = new Unresolved('of any association');
  const facts = requestOfEks({
    ...association, clusterName: unknown, namespace: unknown, serviceAccount: unknown, policy: undefined, disableSessionTags: unknown,
  }, evaluator);
  const pseudo = (name: string) => evaluator.textOf({ Ref: name }, association.ref.stack);
  const [partition, account] = [pseudo('AWS::Partition'), pseudo('AWS::AccountId')];
  const region = SymbolicString.of({ id: 'any Region', label: '<any Region>', kind: REGION });
  const arn = isText(partition) && isText(account)
    ? SymbolicString.of('arn:', partition, ':eks:', region, ':', account, ':cluster/', clusterNameOf({ ...association, clusterName: unknown })) : undefined;
  return (key) => (key === 'aws:sourcearn' ? statesOf(arn) : key === 'aws:requesttag/eks-cluster-arn' ? undefined : facts(key));
}

/**
 * The request for the target role, which EKS makes with the credentials of the association's role. EKS sends an external id if session
 * tags are disabled. Whether it does otherwise is not documented.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function requestForTargetRole(association: Association, evaluator: Evaluator): RequestFacts {
  const { role, disableSessionTags } = association;
  const tagged = hasSessionTags(association);
  const tags = requestTags(association, evaluator);
  const isMissingWithoutTags = principalTagsMissing(evaluator, role.defined);
  const known = new Map<string, readonly KeyState[] | undefined>([
    ['sts:externalid', disableSessionTags === true ? statesOf(externalIdOf(association, evaluator)) : undefined],
    ['aws:principalarn', statesOf(role.arn)],
    ['aws:principalaccount', statesOf(arnFieldsOf(role.arn)?.[4])],
    ['aws:principaltype', ['AssumedRole']],
    ['aws:principalisawsservice', ['false']],
    ['aws:tagkeys', tagged === false ? MISSING : undefined],
    ['sts:transitivetagkeys', tagged === false ? MISSING : undefined],
    // AWS's example compares them with request tags; IAM's page on role chaining says that the session has them.
    ...tags.map(([key, value]) => [key, tagged === false ? MISSING : [value, undefined]] as const),
    ...tags.map(([key, value]): [string, readonly KeyState[] | undefined] => {
      const name = key.replace('aws:requesttag/', 'aws:principaltag/');
      return [name, tagged === true || isMissingWithoutTags(name) ? withTags(value, tagged) : undefined];
    }),
  ]);
  return (key) => {
    if (known.has(key)) { return known.get(key); }
    return isKeyOfOtherPrincipals(key) ? MISSING : ofEveryRequest(key);
  };
}

/** Keys that are in neither request. */
function ofEveryRequest(key: string): readonly KeyState[] | undefined {
  if (key === 'aws:multifactorauthpresent') { return [undefined, 'false']; }
  return key.startsWith('aws:requesttag/') || NEVER_SENT.includes(key) || isOfIdentityProvider(key) ? MISSING : undefined;
}

/**
 * Keys of `iam:PassRole` only; and the source identity, which needs `sts:SetSourceIdentity` in the trust policy, where EKS asks for
 * two other actions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const NEVER_SENT: readonly string[] = ['iam:passedtoservice', 'iam:associatedresourcearn', 'sts:sourceidentity', 'aws:sourceidentity'];

/** Keys such as `oidc.eks.us-east-1.amazonaws.com/id/ABC:sub` and `saml:aud`, which come with `sts:AssumeRoleWith…` only. */
function isOfIdentityProvider(key: string): boolean {
  return key.startsWith('saml:') || /^[^:/.]*\.[^:/]*(\/[^:]*)?:[a-z_]+$/.test(key);
}

/** The six tags, as condition keys, with their values. */
function requestTags(association: Association, evaluator: Evaluator): ReadonlyArray<readonly [string, Text]> {
  return SESSION_TAGS.map((tag) => {
    const value = tag === 'eks-cluster-arn' ? clusterArnOf(association, evaluator)
      : tag === 'eks-cluster-name' ? clusterNameOf(association) : valueOfTag(tag, association);
    return [`aws:requesttag/${tag}`, isText(value) ? value : unknownTag(tag)];
  });
}

function withTags(state: KeyState, tagged: boolean | undefined): readonly KeyState[] {
  return tagged === undefined ? [state, undefined] : [tagged ? state : undefined];
}

/** The association is in the account and the Region of its cluster. */
export function clusterArnOf(association: Association, evaluator: Evaluator): Value {
  const prefix = evaluator.textOf({ 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/' }, association.ref.stack);
  return isText(prefix) ? SymbolicString.of(prefix, clusterNameOf(association)) : prefix;
}

/** A deploy-time value that EKS accepts as the name of a cluster is one: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function clusterNameOf({ clusterName }: Association): Text {
  if (clusterName instanceof Unresolved) {
    return SymbolicString.of({ id: 'the cluster of the association', label: '<the name of the cluster>', kind: CLUSTER_NAME });
  }
  return SymbolicString.from(partsOf(clusterName).map((part): StringPart => (
    typeof part === 'string' || part.kind.characters !== undefined ? part : { ...part, kind: { ...part.kind, characters: CHARACTERS.name } })));
}

const CLUSTER_NAME = { name: 'cluster name', characters: CHARACTERS.name, minLength: 1, maxLength: 100, generated: false, example: 'example' };

/** The external id that EKS sends if session tags are disabled. */
export function externalIdOf({ ref, clusterName, namespace, serviceAccount }: Association, evaluator: Evaluator): Text | undefined {
  const pseudo = (name: string) => evaluator.textOf({ Ref: name }, ref.stack);
  const parts = [pseudo('AWS::Region'), pseudo('AWS::AccountId'), clusterName, namespace, serviceAccount];
  return parts.every(isText) ? SymbolicString.from(parts.flatMap((part, i) => (i === 0 ? [part] : ['/', part]))) : undefined;
}

/** @param generated it equals no text that was written down */
function unknownText(label: string, generated = false): Text {
  return SymbolicString.of({ id: label, label: `<${label}>`, kind: { ...ANY_TEXT, generated } });
}

function statesOf(value: Value | undefined): readonly KeyState[] | undefined {
  return isText(value) ? [value] : undefined;
}
