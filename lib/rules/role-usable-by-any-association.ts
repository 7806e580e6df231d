/**
 * Reports a role that several associations share, and that every other association of the account can use, too: its trust policy names no
 * cluster, namespace or service account. EKS documents that trust policy, and many want it, so the rule is off unless somebody asks for it.
 *
 * Invariant: only a trust policy that is certainly open is reported, once for each role: with its first association. With a Deny statement for
 * EKS, it is not certain.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
import { Rule } from './rule';
import { clusterArnOf } from '../analysis/assume-role-request';
import { CheckContext } from '../analysis/check-context';
import { describeRole, listSome } from '../analysis/describe';
import { isOpenToEveryAssociation } from '../analysis/open-trust';
import { keyOfRole } from '../analysis/shared-role';
import { Unresolved } from '../engine';
import { Association } from '../template/associations';
import { keyOf } from '../template/template-set';
import { groupBy } from '../util/group-by';
import { memoize } from '../util/memo';

export const ROLE_USABLE_BY_ANY_ASSOCIATION: Rule = {
  id: 'RoleUsableByAnyAssociation',
  severity: 'off',
  check: (association, context) => {
    const { role } = association;
    const key = keyOfRole(role, association);
    const sharing = key === undefined ? [] : associationsByRole(context).get(key) ?? [];
    const trust = context.trustStatements(role);
    const isFirst = sharing.length > 1 && idOf(sharing[0]) === idOf(association);
    if (!isFirst || !trust || !isOpenToEveryAssociation(trust, association, context.evaluator)) { return []; }
    return [{
      code: 'TrustsEveryAssociation',
      property: 'RoleArn',
      message: `${sharing.length} associations share ${describeRole(role)} (${listSome([...new Set(sharing.map(({ path }) => path))], SHOWN)}), and its trust policy lets every association of the account use it, `
        + 'whatever its cluster, namespace and service account. Anyone who may create associations and pass the role (iam:PassRole) can give it to other pods.',
      fix: fixFor(sharing, context),
    }];
  },
};

/** The clusters of the associations that share the role are those that may use it. */
function fixFor(sharing: readonly Association[], context: CheckContext): string {
  const unique = [...new Set(sharing.map((association) => {
    const arn = clusterArnOf(association, context.evaluator);
    return arn instanceof Unresolved ? '<the ARN of the cluster>' : arn.toString();
  }))];
  const condition = JSON.stringify({ ArnEquals: { 'aws:SourceArn': unique.length === 1 ? unique[0] : unique } });
  return `${context.reader === 'CDK app' ? 'Set the clusters of a PodIdentityRole, or add' : 'Add'} to the statement for pods.eks.amazonaws.com the condition ${condition}. `
    + 'Or allow iam:PassRole on the role only to those who may use it, and turn this rule off.';
}

const SHOWN = 3;

/** An add-on has several associations. */
function idOf({ ref }: Association): string {
  return `${keyOf(ref)} ${ref.entry?.at ?? ''}`;
}

/** Grouped once for all associations. */
const associationsByRole = memoize((context: CheckContext) => (
  groupBy(context.associations, (one) => keyOfRole(one.role, one))));
