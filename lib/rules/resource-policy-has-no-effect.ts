/**
 * Reports a resource policy of the app that allows something to the role of associations by its ARN, if the session policy of none of them
 * allows any of it. A session policy also limits what a resource policy allows to a role.
 *
 * Invariant: only what is certain is reported. The rule is silent on a role that something else than EKS may assume, that an association
 * has without a session policy, or that has a session policy which could not be read. One policy is reported once, at the first
 * association of the role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import { Rule } from './rule';
import { CheckContext, OPTIONS } from '../analysis/check-context';
import { concerns } from '../analysis/decide-with-grants';
import { describeRole, listSome, printStatements } from '../analysis/describe';
import { roleKey } from '../analysis/shared-role';
import { trustsOnlyEks } from '../analysis/trust-policy';
import { statementAsJson } from '../engine';
import { Association } from '../template/associations';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

const SHOWN = 3;

export const RESOURCE_POLICY_HAS_NO_EFFECT: Rule = {
  id: 'ResourcePolicyHasNoEffect',
  severity: 'warning',
  check: (association, context) => {
    if (association.policy === undefined || association.targetRole) { return []; } // a target role is assumed by more than EKS
    const { role } = association;
    const grants = context.resourceGrantsTo(role).filter(({ namesRole, isCertain }) => namesRole && isCertain);
    const trust = grants.length === 0 ? undefined : context.trustStatements(role);
    if (!trust || !trustsOnlyEks(trust)) { return []; }
    const sharing = associationsOn(association, context);
    const sessions = sharing.flatMap((one) => context.readableSession(one) ?? []);
    if (sharing[0]?.ref !== association.ref || sessions.length < sharing.length) { return []; }
    const unused = grants.filter((grant) => sessions.every((session) => !concerns(grant, session, OPTIONS)));
    return [...groupBy(unused, ({ path }) => path)].map(([path, ofResource]) => {
      const statements = ofResource.flatMap(({ policy }) => policy.statements.map(statementAsJson));
      return {
        code: 'NotAllowedBySessionPolicy',
        property: 'Policy',
        message: `The policy of ${path} lets ${describeRole(role)} do ${actionsOf(statements)}, but ${describeSessions(sharing)} of it. A session policy also limits `
          + 'what a resource policy allows to the role, so the pods get AccessDenied at run time, "because no session policy allows the … action".',
        fix: `If the pods need it, ${context.reader === 'CDK app' ? 'grant it to the association, or ' : ''}add to the session policy ${printStatements(statements)}. `
          + `Otherwise remove the role from the policy of ${path}.`,
      };
    });
  },
};

/** The associations on the role of another one, in the order of the templates. */
function associationsOn(association: Association, context: CheckContext): readonly Association[] {
  const key = roleKey(association);
  return (key !== undefined && associationsByRole(context).get(key)) || [];
}

const associationsByRole = memoize((context: CheckContext) => groupBy(context.associations, roleKey));

function describeSessions(associations: readonly Association[]): string {
  const paths = associations.map(({ path }) => path);
  if (paths.length === 1) { return `the session policy of ${paths[0]} allows none`; }
  return `the session policies of ${listSome(paths, SHOWN)} allow none`;
}

function actionsOf(statements: ReadonlyArray<{ readonly [element: string]: unknown }>): string {
  const actions = [...new Set(statements.flatMap(({ Action: action, NotAction: others }) => (
    action === undefined ? [`all but ${[others].flat().join(' and ')}`] : [action].flat().map(String))))];
  return listSome(actions, SHOWN, ' and ');
}
