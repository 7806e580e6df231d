/**
 * Reports what the session policy and the role together allow, if it is enough to act without the session policy: the ways of
 * escapes.ts.
 *
 * Invariant: only what is allowed under every condition counts. A condition, or a Deny statement on a part, is treated as a
 * limit that somebody intended. Unknown permissions of the role are treated as allowed, unless the session policy is a filter.
 */
import { Escape, ESCAPES, Reach } from './escapes';
import { Rule } from './rule';
import { CheckContext, OPTIONS } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { isFilter } from '../analysis/filter';
import { mayAllow } from '../analysis/trust-policy';
import { mayBeRoleOrAccount } from '../analysis/trusted-role';
import {
  actionMatches, decideNarrowing, isUnsatisfiable, Layer, lengthOf, parseStatement, Policy, serviceOf, splitAction, Statement, SymbolicString,
  Unresolved,
} from '../engine';
import { SESSION_POLICY_MAX_CHARACTERS } from '../session-policy/limit';
import { Association, narrowedRole } from '../template/associations';

/** How many ways are explained. */
const WAYS_SHOWN = 2;

export const SESSION_POLICY_ESCAPE: Rule = {
  id: 'SessionPolicyEscape',
  severity: 'warning',
  check: (association, context) => {
    const session = context.readableSession(association);
    if (!session || session.statements.every(({ actions }) => isHarmless(serviceOf(actions)))) { return []; }
    const layers = [...context.layersOf(narrowedRole(association)), ...context.organizationOf(association).certain];
    // A filter says nothing about the role: what is not known of the role is not allowed by it.
    const effective = new EffectivePermissions(session, isFilter(session) ? layers : layers.filter((layer) => layer.gaps.length === 0));
    const found = ESCAPES.flatMap((escape) => {
      const reach = effective.allows(escape.action) ? reachOf(escape, effective, association, context) : undefined;
      const other = reach && escape.with?.find((action) => effective.allows(action) && effective.onAll(action, () => true));
      return !reach || (escape.with && !other) ? [] : [{ ...escape, ...reach, other }];
    }).filter(({ action }, i, all) => all.findIndex((other) => other.action === action) === i); // every role is the own role, too
    if (found.length === 0) { return []; }
    const ways = found.map(({ action, on, by, other, how }) =>
      `${action} on ${on}${other ? ` with ${other}` : ''}${by ? ` (statement ${by.index}${by.sid ? `, Sid '${by.sid}'` : ''})` : ''}, because ${how}`);
    const actions = found.map(({ action }) => action);
    const more = actions.length > WAYS_SHOWN ? `; and with ${actions.slice(WAYS_SHOWN).join(', ')}` : '';
    return [{
      code: 'LeavesSessionPolicy',
      property: 'Policy',
      message: `The session policy of ${association.path} lets the pods bypass it: ${ways.slice(0, WAYS_SHOWN).join('; ')}${more}. The pods of service account `
        + `'${association.serviceAccount}' in namespace '${association.namespace}' can then do more than the session policy allows.`,
      fix: `In Resource, list the roles and policies that the pods need, without ${describeRole(narrowedRole(association))}.`
        + orDeny(actions, session, association),
    }];
  },
};

/** The advice to deny the actions, if anything else is left then and EKS takes the policy. */
function orDeny(actions: readonly string[], session: Policy, { policy }: Association): string {
  const deny = { Effect: 'Deny', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' };
  const denied = [...session.statements, ...parseStatement(deny, 'what is denied').policy.statements];
  const size = (typeof policy === 'string' || policy instanceof SymbolicString ? lengthOf(policy).min : 0) + JSON.stringify(deny).length + 1;
  const helps = size <= SESSION_POLICY_MAX_CHARACTERS && !isUnsatisfiable({ session: { ...session, statements: denied }, layers: [] }, OPTIONS);
  return helps ? ` Or add to the session policy ${JSON.stringify(deny)}.` : '';
}

const SERVICES = new Set(ESCAPES.map(({ action }) => splitAction(action)[0]));

/** Whether no escape uses an action of the service: a quick check that settles most statements. */
function isHarmless(service: string | undefined): boolean {
  return service !== undefined && !SERVICES.has(service);
}

/** Resources that an action is allowed on. */
interface Found {
  readonly on: string;
  /** The statement of the session policy that allows it, if a single one does. */
  readonly by?: Statement;
}

/** The resources that the action is allowed on, if they are enough to escape. */
function reachOf({ action, on }: Escape, effective: EffectivePermissions, association: Association, context: CheckContext): Found | undefined {
  const role = narrowedRole(association);
  switch (on) {
    case 'own role': {
      // A role cannot assume itself unless it trusts itself. An unknown trust policy may trust it.
      const trusted = action !== 'sts:AssumeRole'
        || context.trustStatements(role)?.some((statement) => mayAllow(statement, action, mayBeRoleOrAccount(role.arn))) !== false;
      return trusted ? effective.on(action, role.arn instanceof Unresolved ? '*' : role.arn, describeRole(role)) : undefined;
    }
    case 'associations': {
      const { ref, clusterName } = association;
      const arn = context.evaluator.textOf({ 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:podidentityassociation/' }, ref.stack);
      if (arn instanceof Unresolved || clusterName instanceof Unresolved) { return undefined; }
      return effective.on(action, SymbolicString.of(arn, clusterName, '/*'), `the associations of cluster '${clusterName}'`);
    }
    default:
      return effective.onAll(action, (resource) => EVERY[on].test(resource));
  }
}

/** Patterns that match all resources of a kind, in at least one account. */
const EVERY: { readonly [reach in Exclude<Reach, 'own role' | 'associations'>]: RegExp } = {
  'every role': /^\*+$|^arn:.*:(role\/?)?\*+$/,
  'every policy': /^\*+$|^arn:.*:(policy\/?)?\*+$/,
};

/** What the session policy and the role allow. */
class EffectivePermissions {
  private readonly layers: readonly Layer[];

  public constructor(private readonly session: Policy, role: readonly Layer[]) {
    this.layers = [{ name: 'identity policies', policies: [session], gaps: [] }, ...role.map((layer) => ({ ...layer, gaps: [] }))];
  }

  /** Whether a statement of the session policy allows the action on anything. */
  public allows(action: string): boolean {
    return this.session.statements.some((s) => s.effect === 'Allow' && mentions(s, action));
  }

  /** Found if the action is certain to be allowed on the resource. */
  public on(action: string, resource: string | SymbolicString, name = String(resource)): Found | undefined {
    const statement = statementAllowing(action, resource);
    return statement && this.found(statement, name);
  }

  /** The first resources of a statement that are enough, and on which the action is certain to be allowed. */
  public onAll(action: string, isEnough: (resource: string) => boolean): Found | undefined {
    const statements = this.layers.flatMap((l) => l.policies.flatMap((p) => p.statements)).filter((s) => s.effect === 'Allow' && mentions(s, action));
    for (const { resources, policyVariables: variables } of statements) {
      if (resources.negated) {
        const found = this.found({ ...statementAllowing(action, '*')!, resources, policyVariables: variables }, `all but ${resources.patterns.map((p) => p.source).join(', ')}`);
        if (found) { return found; }
        continue;
      }
      for (const { source } of resources.patterns) {
        const found = isEnough(String(source)) ? this.on(action, source) : undefined;
        if (found) { return found; }
      }
    }
    return undefined;
  }

  private found(statement: Statement, on: string): Found | undefined {
    if (!isInside(statement, this.layers)) { return undefined; }
    const alone = (s: Statement): Layer => ({ ...this.layers[0], policies: [{ ...this.session, statements: [s] }] });
    return { on, by: this.session.statements.find((s) => s.effect === 'Allow' && isInside(statement, [alone(s)])) };
  }
}

function isInside(statement: Statement, layers: readonly Layer[]): boolean {
  return decideNarrowing({ session: { name: 'what is asked', statements: [statement] }, layers }, OPTIONS).kind === 'narrows';
}

/** The statement that allows one action on a resource; `undefined` if the resource is not an ARN. */
function statementAllowing(action: string, resource: string | SymbolicString): Statement | undefined {
  return parseStatement({ Effect: 'Allow', Action: action, Resource: resource }, 'what is asked').policy.statements[0];
}

function mentions({ actions }: Statement, action: string): boolean {
  return actions.patterns.some(({ source }) => typeof source !== 'string' || actionMatches(source, action)) !== actions.negated;
}
