/**
 * Reports statements that rely on session tags which EKS does not set: with a session policy, or if they are disabled. Such
 * statements stop matching, and AWS does not report it.
 *
 * Invariant: a statement is reported only if it makes a difference: other statements do not allow the same, and the session
 * policy reaches it.
 */
import { Rule } from './rule';
import { CheckContext, OPTIONS } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { IsMissing, Unmatched, unmatchedWithout } from '../analysis/missing-keys';
import { isRequestTag, keepingTags, lacksSessionTags, principalTagsMissing } from '../analysis/session-tags';
import { ASSUME_ACTIONS, mayAllow, mayBeEks, PrincipalTest, withoutPrincipal } from '../analysis/trust-policy';
import { mayBeRoleOrAccount } from '../analysis/trusted-role';
import { decideNarrowing, describeStatement, isUnsatisfiable, Json, Layer, parseStatement, Policy, Statement, Unresolved } from '../engine';
import { Association, narrowedRole } from '../template/associations';
import { memoizePair } from '../util/memo';

export const SESSION_TAG_DEPENDENCY: Rule = {
  id: 'SessionTagDependency',
  severity: 'warning',
  check: (association, context) => {
    const { ofSession, ofRoles } = relyingStatements(association, context);
    const relying = [...ofSession, ...ofRoles];
    if (relying.length === 0) { return []; }
    const { path, policy } = association;
    const property = context.reader === 'CDK app' ? 'disableSessionTags' : 'DisableSessionTags';
    return [{
      code: policy === undefined ? 'TagsDisabled' : 'NoTagsWithSessionPolicy',
      property: 'DisableSessionTags',
      message: `${path}: ${relying.length > 1 ? 'statements rely' : 'a statement relies'} on session tags, but EKS sends no session tags if ${policy === undefined ? `${property} is true` : 'there is a session policy'}: `
        + `${relying.join('; ')}. AWS does not check this at deployment.`,
      fix: [
        ...ofSession.length > 0 ? [writeOut(association)] : [],
        ...ofRoles.length > 0 ? ['In the roles, remove the conditions on these tags, and limit each association by its session policy.'] : [],
        `Or keep the tags: ${keepingTags(association, context.reader)}.`,
      ].join(' '),
    }];
  },
};

function writeOut({ namespace, serviceAccount }: Association): string {
  return `In the session policy, write the values of the tags, such as '${namespace}' instead of \${aws:PrincipalTag/kubernetes-namespace}: the policy applies only to service account `
    + `'${serviceAccount}' in namespace '${namespace}'. Remove what depends on the name or UID of a pod.`;
}

/** Whether statements rely on session tags that EKS does not set. */
export function reliesOnTags(association: Association, context: CheckContext): boolean {
  const { ofSession, ofRoles } = relyingStatements(association, context);
  return ofSession.length + ofRoles.length > 0;
}

interface RelyingStatements {
  readonly ofSession: readonly string[];
  readonly ofRoles: readonly string[];
}

const relyingStatements = memoizePair((association: Association, context: CheckContext): RelyingStatements => (
  lacksSessionTags(association)
    ? { ofSession: inSessionPolicy(association, context), ofRoles: [inRole, inAssumingRole, inTrust].flatMap((find) => find(association, context)) }
    : { ofSession: [], ofRoles: [] }));

interface Reliance {
  readonly statement: Statement;
  readonly unmatched: Unmatched;
}

function relyingOn(isMissing: IsMissing, statements: readonly Statement[]): Reliance[] {
  return statements.flatMap((statement) => {
    const unmatched = unmatchedWithout(isMissing, statement);
    return unmatched ? [{ statement, unmatched }] : [];
  });
}

/** The statements of the session policy that rely on the tags. */
function inSessionPolicy(association: Association, context: CheckContext): string[] {
  const session = context.readableSession(association);
  if (!session) { return []; }
  const relying = relyingOn(principalTagsMissing(context.evaluator, narrowedRole(association).defined), session.statements);
  return relying.filter((found) => !isAllowedOtherwise(found, onlyOf(found), session.statements, relying)).map(describe);
}

/** The statements of the role that rely on the tags, and that the session policy reaches. */
function inRole(association: Association, context: CheckContext): string[] {
  const session = context.readableSession(association);
  const role = narrowedRole(association);
  const isMissing = principalTagsMissing(context.evaluator, role.defined);
  return context.layersOf(role).flatMap((layer) => {
    const relying = relyingInLayer(layer, isMissing);
    const statements = layer.policies.flatMap((p) => p.statements);
    const matters = (found: Reliance) => isReached(found, session) && !isAllowedOtherwise(found, session ?? onlyOf(found), statements, relying);
    return relying.filter(matters).map(describe);
  });
}

/** Many associations share a role: computed once. */
const relyingInLayer = memoizePair((layer: Layer, isMissing: IsMissing) => relyingOn(isMissing, layer.policies.flatMap((p) => p.statements)));

/** The statements that the association's role needs to assume the target role, and that rely on the tags. */
function inAssumingRole({ role, targetRole }: Association, context: CheckContext): string[] {
  if (!targetRole || targetRole.arn instanceof Unresolved) { return []; }
  const { policy } = parseStatement({ Effect: 'Allow', Action: ASSUME_ACTIONS, Resource: targetRole.arn }, 'what EKS needs');
  const principalTags = principalTagsMissing(context.evaluator, role.defined);
  return context.layersOf(role).flatMap((layer) => {
    const statements = layer.policies.flatMap((p) => p.statements);
    const relying = relyingOn((key) => principalTags(key) || isRequestTag(key), statements);
    return relying.filter((found) => isReached(found, policy) && !isAllowedOtherwise(found, policy, statements, relying)).map(describe);
  });
}

function inTrust({ role, targetRole }: Association, context: CheckContext): string[] {
  const principalTags = principalTagsMissing(context.evaluator, role.defined);
  const ofTarget = targetRole && context.trustStatements(targetRole);
  return [
    ...inTrustOfEks(context.trustStatements(role) ?? [], describeRole(role)),
    ...ofTarget ? inTrustOf(ofTarget, describeRole(targetRole), mayBeRoleOrAccount(role.arn), (key) => principalTags(key) || isRequestTag(key)) : [],
  ];
}

/** Many associations share a role: computed once. */
const inTrustOfEks = memoizePair((trust: readonly Json[], role: string) => inTrustOf(trust, role, mayBeEks, isRequestTag));

/** The Deny statements of a trust policy that rely on the tags. That nobody can assume the role, the rules on trust policies report. */
function inTrustOf(trust: readonly Json[], role: string, mayBe: PrincipalTest, isMissing: IsMissing): string[] {
  return trust.flatMap((json, index) => {
    const statement = withoutPrincipal(json, index, role);
    if (statement?.effect !== 'Deny' || !ASSUME_ACTIONS.some((action) => mayAllow(asAllowed(json), action, mayBe))) { return []; }
    const unmatched = unmatchedWithout(isMissing, statement);
    return unmatched ? [describe({ statement, unmatched })] : [];
  });
}

/** Turns a Deny statement around, to see which principals and actions it applies to. */
function asAllowed(statement: Json): Json {
  return { ...statement as { readonly [key: string]: Json }, Effect: 'Allow' };
}

function onlyOf({ statement }: Reliance): Policy {
  return { name: statement.policy, statements: [statement] };
}

/** Whether the session policy allows any request that the statement matches. */
function isReached({ statement }: Reliance, session: Policy | undefined): boolean {
  return session === undefined || !isUnsatisfiable({ session, layers: [layerOf([{ ...statement, effect: 'Allow' }])] }, OPTIONS);
}

/** Whether the statement makes no difference: the others allow all that `policy` allows, without relying on the tags. */
function isAllowedOtherwise({ statement }: Reliance, policy: Policy, statements: readonly Statement[], relying: readonly Reliance[]): boolean {
  if (statement.effect === 'Deny') { return false; }
  const allows = (list: readonly Statement[]) => list.filter((s) => s.effect === 'Allow');
  const rest = allows(statements).filter((s) => !relying.some((found) => found.statement === s));
  return decideNarrowing({ session: { ...policy, statements: allows(policy.statements) }, layers: [layerOf(rest)] }, OPTIONS).kind === 'narrows';
}

function layerOf(statements: readonly Statement[]): Layer {
  return { name: 'identity policies', policies: [{ name: 'the statements', statements }], gaps: [] };
}

function describe({ statement, unmatched: { because, resources } }: Reliance): string {
  const what = resources ? `nothing on ${resources.map((r) => `'${r}'`).join(', ')}` : 'nothing';
  return `${describeStatement(statement)} then ${statement.effect === 'Allow' ? 'allows' : 'denies'} ${what}${resources ? '' : ` (${because.join(', ')})`}`;
}
