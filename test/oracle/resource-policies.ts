/**
 * What AWS decides for one request of a role session when the resource has a policy: slow, obvious, and written from AWS's
 * pages alone. Tests compare the engine with it, so it shares no code with the engine.
 *
 * Not here: the defaults of services other than KMS, `execute-api:/…` (API Gateway), the policy of a bucket behind an access
 * point, organizations' policies, and grants of KMS.
 */
import { DEFAULT_READING, evaluate, PolicyDocument, Reading, Request } from './evaluate';
import {
  Caller, isOutsideNotPrincipal, NamedAs, namedAs, NotPrincipalReading, ResourcePolicyDocument, ResourceStatement,
} from './principals';

/** One way to read what AWS leaves open about resource policies. */
export interface ResourcePolicyReading {
  /** Whether the boundary and the session policy limit what a resource policy allows to `*` without `aws:PrincipalArn`. */
  readonly everybody: 'limited' | 'not limited';
  /** Whether NotPrincipal exempts a session of which it lists the role only, or the session only. */
  readonly notPrincipal: NotPrincipalReading;
  /** What an account principal with a condition on `aws:PrincipalArn` does: delegate, or allow the role. */
  readonly accountWithPrincipalArn: 'delegates' | 'allows the role';
}

export const DEFAULT_RESOURCE_POLICY_READING: ResourcePolicyReading = {
  everybody: 'not limited', notPrincipal: 'exempts', accountWithPrincipalArn: 'delegates',
};

/** Every combination. */
export const ALL_RESOURCE_POLICY_READINGS = listReadings();

function listReadings(): readonly ResourcePolicyReading[] {
  const everybody = ['limited', 'not limited'] as const;
  const notPrincipal = ['exempts', 'denies'] as const;
  const accountWithPrincipalArn = ['delegates', 'allows the role'] as const;
  return everybody.flatMap((e) => notPrincipal.flatMap((n) => accountWithPrincipalArn.map(
    (a) => ({ everybody: e, notPrincipal: n, accountWithPrincipalArn: a }))));
}

/** The resource of a request, and its policy if it has one. */
export interface Owner {
  readonly kind: 'kms' | 'other';
  readonly account: string;
  readonly document?: ResourcePolicyDocument;
}

export interface SessionRequest extends Caller {
  readonly request: Request;
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  readonly session?: PolicyDocument;
  /** Missing: a resource of the account of the role, without a policy. */
  readonly resourcePolicy?: Owner;
}

/** How the policies are read. */
interface Readings {
  readonly policies: Reading;
  readonly resources: ResourcePolicyReading;
}

/**
 * `denied by the resource policy`: it explicitly denies what the other policies allow, or (KMS) it does not let the identity
 * policies that allow it count. `not allowed`: whatever else withholds it.
 */
export type SessionDecision = 'allowed' | 'denied by the resource policy' | 'not allowed';

export function isAllowedToSession(
  asked: SessionRequest, policies: Reading = DEFAULT_READING,
  resources: ResourcePolicyReading = DEFAULT_RESOURCE_POLICY_READING,
): boolean {
  return decideForSession(asked, policies, resources) === 'allowed';
}

export function decideForSession(
  asked: SessionRequest, policies: Reading = DEFAULT_READING,
  resources: ResourcePolicyReading = DEFAULT_RESOURCE_POLICY_READING,
): SessionDecision {
  const readings: Readings = { policies, resources };
  const known = withPrincipalKeys(asked);
  // An explicit deny in any policy wins: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  if (isExplicitlyDenied(known, policies)) { return 'not allowed'; }
  const identityAllows = identityPoliciesAllow(known, policies);
  const allowedAs = allowedToCaller(known, readings);
  if (!isAllowedWithoutDenies(known, identityAllows, allowedAs, policies)) {
    return identityAllows && isIneffective(known, allowedAs) ? 'denied by the resource policy' : 'not allowed';
  }
  return resourcePolicyDenies(known, readings) ? 'denied by the resource policy' : 'allowed';
}

function isAllowedWithoutDenies(
  asked: SessionRequest, identityAllows: boolean, allowedAs: readonly Grant[], reading: Reading,
): boolean {
  const owner = ownerOf(asked);
  if (owner && owner.account !== asked.account) {
    // Both accounts must allow it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    return identityAllows && allowedAs.length > 0;
  }
  return (identityAllows && !isIneffective(asked, allowedAs))
    || allowedAs.some((name) => isEffective(name, asked, reading));
}

// ---- The request ----

/** The keys that follow from the caller. */
export function withPrincipalKeys<T extends SessionRequest>(asked: T): T {
  const { request, roleArn, account, resourcePolicy } = asked;
  const context = new Map([
    ...request.context,
    // The ARN of the role, not of the session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    ['aws:principalarn', roleArn],
    // The account of the role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
    ['aws:principalaccount', account],
    // Sessions of roles are of this type: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype
    ['aws:principaltype', 'AssumedRole'],
    // False for roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
    ['aws:principalisawsservice', 'false'],
    // The account of the caller: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
    ...(resourcePolicy?.kind === 'kms' ? [['kms:calleraccount', account] as const] : []),
  ]);
  return { ...asked, request: { ...request, context } };
}

/** The owner of the resource. A request about `*` is to no resource, so that no resource policy applies to it. */
function ownerOf({ request, resourcePolicy }: SessionRequest): Owner | undefined {
  // ecr:GetAuthorizationToken needs an identity policy: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
  // kms:ListKeys is valid in identity policies only: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  return request.resource === '*' ? undefined : resourcePolicy;
}

// ---- Identity policies, boundary and session policy ----

function isExplicitlyDenied({ identity, boundary, session, request }: SessionRequest, reading: Reading): boolean {
  const denies = (documents: readonly (PolicyDocument | undefined)[], completesArns: boolean) => evaluate(
    documents.filter((document) => document !== undefined), request, reading, completesArns,
  ) === 'explicit deny';
  return denies([...identity, boundary], true) || denies([session], false);
}

/** Whether the identity policies allow it, within the boundary and the session policy. */
function identityPoliciesAllow(asked: SessionRequest, reading: Reading): boolean {
  // One suffices within one account, within boundary and session policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  return evaluate(asked.identity, asked.request, reading, true) === 'allow' && limitsAllow(asked, reading);
}

/** Whether boundary and session policy allow it, each if there is one. */
function limitsAllow({ boundary, session, request }: SessionRequest, reading: Reading): boolean {
  return (!boundary || evaluate([boundary], request, reading, true) === 'allow')
    && (!session || evaluate([session], request, reading) === 'allow');
}

/** Whether a key policy does not let the identity policies count. */
function isIneffective(asked: SessionRequest, allowedAs: readonly Grant[]): boolean {
  // They count as far as a statement of the key policy delegates to the account, or allows it to the role anyway:
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
  return ownerOf(asked)?.kind === 'kms' && allowedAs.length === 0;
}

// ---- The policy of the resource ----

/** As what a statement that applies allows the request to the caller. */
type Grant = Exclude<NamedAs, 'other'> | 'everybody, limited';

/** The default key policy: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(account: string): ResourcePolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' },
  };
}

function statementsOf(asked: SessionRequest): readonly ResourceStatement[] {
  return [documentOf(ownerOf(asked))?.Statement ?? []].flat() as ResourceStatement[];
}

function documentOf(owner: Owner | undefined): ResourcePolicyDocument | undefined {
  return owner?.document ?? (owner?.kind === 'kms' ? defaultKeyPolicy(owner.account) : undefined);
}

function resourcePolicyDenies(asked: SessionRequest, { policies, resources }: Readings): boolean {
  return statementsOf(asked).some((statement) => statement.Effect === 'Deny'
    && isAboutRequest(statement, asked, policies)
    && isAboutCaller(statement, asked, resources));
}

function isAboutCaller(
  { Principal, NotPrincipal }: ResourceStatement, asked: SessionRequest, { notPrincipal }: ResourcePolicyReading,
): boolean {
  if (NotPrincipal !== undefined) {
    return isOutsideNotPrincipal(NotPrincipal, asked, asked.boundary !== undefined, notPrincipal);
  }
  // An account as a principal is every principal of it: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
  return Principal !== undefined && namedAs(Principal, asked).some((name) => name !== 'other');
}

function allowedToCaller(asked: SessionRequest, { policies, resources }: Readings): readonly Grant[] {
  return statementsOf(asked)
    // NotPrincipal is supported with Deny only: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    .filter(({ Effect, Principal }) => Effect === 'Allow' && Principal !== undefined)
    .filter((statement) => isAboutRequest(statement, asked, policies))
    .flatMap((statement) => namedAs(statement.Principal!, asked)
      .filter((name) => name !== 'other')
      .map((name) => grantOf(name, hasPrincipalArn(statement), resources)));
}

function grantOf(
  name: Exclude<NamedAs, 'other'>, hasArn: boolean, { everybody, accountWithPrincipalArn }: ResourcePolicyReading,
): Grant {
  if (name === 'account' && hasArn && accountWithPrincipalArn === 'allows the role') { return 'role'; }
  return name === 'everybody' && !hasArn && everybody === 'limited' ? 'everybody, limited' : name;
}

/** Whether the statement is limited to an ARN of principals: a negated or optional operator limits it to none. */
function hasPrincipalArn({ Condition = {} }: ResourceStatement): boolean {
  const isPositive = (operator: string) => /^(String|Arn)(Equals|Like|EqualsIgnoreCase)$/.test(operator);
  return Object.entries(Condition).some(([operator, keys]) => isPositive(operator)
    && Object.keys(keys).some((key) => key.toLowerCase() === 'aws:principalarn'));
}

/** Whether action, resource and condition apply. */
function isAboutRequest(
  { Principal: _principal, NotPrincipal: _notPrincipal, ...rest }: ResourceStatement, asked: SessionRequest,
  reading: Reading,
): boolean {
  const everything = rest.Resource === undefined && rest.NotResource === undefined ? { Resource: '*' } : {};
  const Statement = { ...rest, ...everything, Effect: 'Allow' };
  return evaluate([{ Version: documentOf(ownerOf(asked))?.Version, Statement }], asked.request, reading) === 'allow';
}

/** Whether what a resource policy allows is allowed in the end, without an identity policy, within one account. */
function isEffective(grant: Grant, asked: SessionRequest, reading: Reading): boolean {
  switch (grant) {
    // The account only delegates: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    case 'account': return false;
    // An implicit deny in the boundary or the session policy limits the role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    case 'role':
    case 'everybody, limited': return limitsAllow(asked, reading);
    // No implicit deny limits a session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    case 'session': return true;
    // Nor everybody with aws:PrincipalArn: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    case 'everybody': return true;
  }
}
