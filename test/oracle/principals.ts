/**
 * Whom the statements of a resource policy are about, for one role session: written from the IAM User Guide alone.
 */
import { StatementDocument } from './evaluate';

type OneOrMore<T> = T | readonly T[];

/** `"*"`, or principals by their type. */
export type PrincipalElement = '*' | { readonly [type: string]: OneOrMore<string> };

/** A statement of a resource policy. Policies of ECR repositories have no Resource. */
export interface ResourceStatement extends StatementDocument {
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
}

export interface ResourcePolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMore<ResourceStatement>;
}

/** The session that makes a request. */
export interface Caller {
  readonly roleArn: string;
  /** The account of the role. */
  readonly account: string;
  /** EKS chooses it; missing, it is none that a policy contains. */
  readonly sessionName?: string;
}

/**
 * As what a principal element names the caller. `other` is everybody else: another role, another account, a service.
 */
export type NamedAs = 'everybody' | 'account' | 'role' | 'session' | 'other';

/** As what each principal of the element names the caller. */
export function namedAs(element: PrincipalElement, caller: Caller): readonly NamedAs[] {
  // "*" and {"AWS": "*"} are both everybody: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  if (element === '*') { return ['everybody']; }
  return Object.entries(element).flatMap(([type, principals]) => [principals].flat().map(
    // Services, identity providers and canonical users are not roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    (principal): NamedAs => (type === 'AWS' ? awsPrincipalAs(principal as string, caller) : 'other')));
}

function awsPrincipalAs(principal: string, caller: Caller): NamedAs {
  if (principal === '*') { return 'everybody'; }
  // The ARN of the root and the account id behave the same way: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  if (principal === caller.account || principal === rootArn(caller)) { return 'account'; }
  // A wildcard cannot match a part of a name or an ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  if (principal === caller.roleArn) { return 'role'; }
  return principal === sessionArn(caller) ? 'session' : 'other';
}

function rootArn({ roleArn, account }: Caller): string {
  return `arn:${roleArn.split(':')[1]}:iam::${account}:root`;
}

/** A session is named after its role, without the path: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function sessionArn({ roleArn, account, sessionName }: Caller): string | undefined {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return sessionName && `arn:${roleArn.split(':')[1]}:sts::${account}:assumed-role/${name}/${sessionName}`;
}

/** What AWS leaves open about a NotPrincipal that names a part of what its page asks for. */
export type NotPrincipalReading = 'exempts' | 'denies';

/** Whether a statement with a NotPrincipal includes the caller. Only Deny statements can have one. */
export function isOutsideNotPrincipal(
  element: PrincipalElement, caller: Caller, hasBoundary: boolean, reading: NotPrincipalReading,
): boolean {
  // With Deny it always denies roles that have a boundary: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  if (hasBoundary) { return true; }
  const named = namedAs(element, caller);
  if (named.includes('everybody')) { return false; }
  // The account must accompany an exempted principal, and exempts nobody else: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (!named.includes('role') && !named.includes('session')) { return true; }
  // Account, role and session exempt the session; with fewer of them it might be denied: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const isComplete = (['account', 'role', 'session'] as const).every((name) => named.includes(name));
  return !isComplete && reading === 'denies';
}
