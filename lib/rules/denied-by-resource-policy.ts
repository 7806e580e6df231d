/**
 * Reports what the session policy names on a resource of the app, and the policy of that resource denies to the role. AWS checks neither
 * policy against the other, and denies the requests at run time.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import { Rule } from './rule';
import { describeRole, listSome } from '../analysis/describe';
import { deniedBecause } from '../analysis/describe-excess';
import { Problem } from '../analysis/finding';
import { denialsByResources, ResourceDenial } from '../analysis/resource-denials';
import { describeStatement } from '../engine';
import { Association, narrowedRole, RoleRef } from '../template/associations';
import { accountOfRole } from '../template/resource-policies/principals';
import { groupBy } from '../util/group-by';

export const DENIED_BY_RESOURCE_POLICY: Rule = {
  id: 'DeniedByResourcePolicy',
  severity: 'error',
  check: (association, context) => {
    const denials = denialsByResources(association, context);
    return [...groupBy(denials, keyOf).values()].map((alike) => describe(alike, association));
  },
};

/** Denials by one statement, or by its absence, are one problem. */
function keyOf({ restriction: { resource }, statement, isCertain }: ResourceDenial): string {
  return JSON.stringify([resource.path, statement?.index, isCertain]);
}

/** Why it is denied, with the code if that is not certain. */
const DOUBTFUL = {
  ExplicitDeny: 'PerhapsExplicitDeny',
  KeyPolicyDoesNotAllow: 'PerhapsKeyPolicyDoesNotAllow',
  OtherAccountDoesNotAllow: 'PerhapsOtherAccountDoesNotAllow',
} as const;
type Why = keyof typeof DOUBTFUL;

function describe(denials: readonly ResourceDenial[], association: Association): Problem {
  const [{ statement, witness, restriction, isCertain }] = denials;
  const { path, hasPolicy } = restriction.resource;
  const role = narrowedRole(association);
  const why: Why = statement ? 'ExplicitDeny' : restriction.isElsewhere ? 'OtherAccountDoesNotAllow' : 'KeyPolicyDoesNotAllow';
  const texts: { readonly [reason in Why]: string } = {
    ExplicitDeny: `${statement && describeStatement(statement)} ${isCertain ? 'denies' : 'may deny'} it to ${describeRole(role)}`,
    KeyPolicyDoesNotAllow: `the policy of ${path} ${isCertain ? 'neither allows' : 'may neither allow'} it to ${describeRole(role)} nor `
      + `${isCertain ? 'lets' : 'let'} IAM policies allow it`,
    OtherAccountDoesNotAllow: `${path} is in another account and ${hasPolicy ? `its policy ${isCertain ? 'does' : 'may'} not allow it` : 'has no policy that allows it'} to ${describeRole(role)}`,
  };
  const then = `${isCertain ? 'At run time, the' : 'In that case, the'} pods of service account '${association.serviceAccount}' in namespace '${association.namespace}' get AccessDenied, `
    + `"${deniedBecause({ layer: 'resource policies', statement }, witness.action)}".`;
  return {
    code: isCertain ? why : DOUBTFUL[why],
    ...(!isCertain && { severity: 'warning' }),
    property: 'Policy',
    message: `${association.path}: the session policy allows ${listOf(denials.map(({ action }) => action))} on ${listOf(denials.map(({ resource }) => resource))}, but `
      + `${texts[why]}. AWS does not check this at deployment. ${then}`,
    fix: fixFor(why, denials, role),
  };
}

function fixFor(why: Why, denials: readonly ResourceDenial[], role: RoleRef): string {
  const [{ restriction: { resource: { path } } }] = denials;
  const otherwise = 'Otherwise remove these actions from the session policy.';
  if (why === 'ExplicitDeny') { return `If the pods need it, exempt ${describeRole(role)} in that statement. ${otherwise}`; }
  const allowing = (principal: unknown, resources: readonly unknown[]) => JSON.stringify({
    Effect: 'Allow', Principal: { AWS: String(principal) }, Action: unique(denials.map(({ action }) => action)), Resource: resources.length === 1 ? resources[0] : resources,
  });
  return why === 'KeyPolicyDoesNotAllow'
    ? `If the pods need it, add to the policy of ${path} ${allowing(accountOfRole(role.arn), ['*'])}: IAM policies then decide. ${otherwise}`
    : `If the pods need it, add to the policy of ${path} ${allowing(role.arn, unique(denials.map(({ resource }) => resource)))}. ${otherwise}`;
}

const SHOWN = 4;

function listOf(values: ReadonlyArray<{ toString(): string }>): string {
  return listSome(unique(values), SHOWN, ' and ');
}

function unique(values: ReadonlyArray<{ toString(): string }>): string[] {
  return [...new Set(values.map(String))];
}
