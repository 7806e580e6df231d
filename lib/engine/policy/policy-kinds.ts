/**
 * What the kinds of policies accept differently in their statements. `parse-policy.ts` asks it about each statement.
 *
 * Invariant: only what AWS certainly rejects is a problem.
 */
import { isJsonObject, Json, JsonObject } from './json';

/** A session policy is passed to AWS STS, which accepts less than IAM does. Policies of an organization have rules of their own. */
export type PolicyKind = 'identity' | 'session' | 'service control' | 'resource control';

export interface ElementProblem {
  /** The element of the statement; empty for one that is missing. */
  readonly element: string;
  /** The rest of a sentence that begins with the value. */
  readonly message: string;
}

/** Why AWS rejects elements of a statement for the kind of its policy. */
export function elementProblems(statement: JsonObject, kind: PolicyKind): ElementProblem[] {
  switch (kind) {
    case 'identity': case 'session': return unless(statement, ['Principal', 'NotPrincipal'], 'is not allowed: the principal is the role itself. Remove the element');
    case 'service control': return unless(statement, ['Principal', 'NotPrincipal'],
      'is not allowed in a service control policy, which applies to all principals of its accounts. Remove the element, and exempt principals by a condition on aws:PrincipalArn');
    case 'resource control': return [
      ...unless(statement, ['NotPrincipal'], 'is not allowed in a resource control policy. Write "Principal": "*", and exempt principals by a condition on aws:PrincipalArn'),
      ...unless(statement, ['NotAction'], 'is not allowed in a resource control policy. List the actions in Action'),
      ...principalProblems(statement),
      ...allowProblems(statement),
    ];
  }
}

function unless(statement: JsonObject, elements: readonly string[], message: string): ElementProblem[] {
  return elements.filter((element) => element in statement).map((element) => ({ element, message }));
}

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html (Principal element) */
function principalProblems(statement: JsonObject): ElementProblem[] {
  const { Principal: principal } = statement;
  if (principal === undefined) {
    return 'NotPrincipal' in statement ? [] : [{ element: '', message: 'has no Principal. A resource control policy has "Principal": "*" in each statement' }];
  }
  return isEveryone(principal) ? []
    : [{ element: 'Principal', message: 'is not "*", the only principal of resource control policies. Limit the statement by a condition on aws:PrincipalArn' }];
}

function isEveryone(principal: Json): boolean {
  const named = isJsonObject(principal) && Object.keys(principal).join() === 'AWS' ? principal.AWS : principal;
  return [named].flat().every((one) => one === '*') && [named].flat().length === 1;
}

/**
 * `RCPFullAWSAccess` is the only resource control policy with an Allow statement.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html (Elements summary)
 */
function allowProblems({ Effect: effect, Action: action, Resource: resource, Condition: condition }: JsonObject): ElementProblem[] {
  const isFullAccess = [action].flat().join() === '*' && [resource].flat().join() === '*' && condition === undefined;
  return effect !== 'Allow' || isFullAccess ? []
    : [{ element: 'Effect', message: 'is not allowed in a resource control policy, which only denies (but for RCPFullAWSAccess, which allows * on *). Write "Effect": "Deny"' }];
}

/**
 * The only version of the kind; `undefined` if a policy may have any, or none.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html (Version element)
 */
export function versionOf(kind: PolicyKind): string | undefined {
  return kind === 'service control' || kind === 'resource control' ? '2012-10-17' : undefined;
}

/** Whether the characters and the uniqueness of Sids are known. AWS does not document them for policies of an organization. */
export function limitsSids(kind: PolicyKind): boolean {
  return kind === 'identity' || kind === 'session';
}
