/**
 * Reports an association without a session policy on a role that other associations narrow. Its pods may do what all the others
 * may do, taken together.
 *
 * Invariant: only roles that are certainly the same count.
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { describeRole, listSome } from '../analysis/describe';
import { roleKey } from '../analysis/shared-role';
import { isOfAddon, narrowedRole } from '../template/associations';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

const SHOWN = 3;

export const UNSCOPED_ASSOCIATION: Rule = {
  id: 'UnscopedAssociation',
  severity: 'warning',
  check: (association, context) => {
    const key = association.policy === undefined ? roleKey(association) : undefined;
    const narrowed = key === undefined ? [] : (associationsByRole(context).get(key) ?? []).map((other) => other.path);
    if (narrowed.length === 0) { return []; }
    const { path, serviceAccount, namespace } = association;
    return [{
      code: 'SharedRole',
      property: 'Policy',
      message: `${path} has no session policy, but shares ${describeRole(narrowedRole(association))} with ${listSome(narrowed, SHOWN)}, which `
        + `${narrowed.length === 1 ? 'has' : 'have'} one. The pods of service account '${serviceAccount}' in namespace '${namespace}' can do all that the role allows.`,
      fix: isOfAddon(association)
        ? `Give the add-on ${path} a role of its own. An add-on cannot have a session policy. To use one, remove the entry from its PodIdentityAssociations, and `
          + 'create an association for the service account.'
        : `Give ${path} a session policy${context.reader === 'CDK app' ? ' (a SessionPolicy without statements is not deployed: grant something, or add '
          + 'statements)' : ''}, or a role of its own.`,
    }];
  },
};

/** The associations with a session policy, by the role that they narrow; grouped once for all associations. */
const associationsByRole = memoize((context: CheckContext) => (
  groupBy(context.associations, (one) => (one.policy === undefined ? undefined : roleKey(one)))));
