import { describeStatement, Excess, statementAsJson, StatementJson, Witness } from '../engine';
import { CheckContext } from './check-context';
import { describeRole } from './describe';
import { Check, Problem } from './finding';
import { Association, narrowedRole } from '../template/associations';

/**
 * AWS accepts a session policy that names more than the role has; what it names beyond is silently dead.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
export const SESSION_POLICY_EXCEEDS_ROLE: Check<CheckContext> = {
  id: 'SessionPolicyExceedsRole',
  severity: 'error',
  check: (association, context) => {
    const verdict = context.verdict(association);
    return verdict?.kind === 'exceeds' ? verdict.excesses.map((excess) => describe(excess, context.narrowedForm(excess.statement, association), association)) : [];
  },
};

function describe({ statement, witness, denial }: Excess, narrowed: readonly StatementJson[], association: Association): Problem {
  const request = `${witness.action} on ${witness.resource}${describeValues(witness)}`;
  const layer = denial.layer === 'permissions boundary' ? 'its permissions boundary' : 'its identity policies';
  const why = denial.statement ? `${describeStatement(denial.statement)} denies it` : `no statement of ${layer} allows it`;
  const instead = narrowed.length === 0 ? 'remove the statement' : `replace it by ${narrowed.map((s) => JSON.stringify(s)).join(', ')}`;
  const repeat = denial.statement ? `Or repeat in the session policy what denies it: ${JSON.stringify(statementAsJson(denial.statement))}. ` : '';
  return {
    property: 'Policy',
    message: `${association.path}: the session policy allows ${request}, and ${describeRole(narrowedRole(association))} does not: ${why}. `
      + `AWS deploys this without a warning; the pods of service account '${association.serviceAccount}' in namespace `
      + `'${association.namespace}' are then denied: AccessDenied, "${deniedBecause(denial, witness.action)}".`,
    fix: `In ${describeStatement(statement)}, ${JSON.stringify(statementAsJson(statement))}, leave out what the role does not have: ${instead}. ${repeat}`
      + `Or allow it in ${denial.layer === 'permissions boundary' ? "the role's permissions boundary" : 'the role (GrantsTo.SESSION_POLICY_AND_ROLE makes grants do both)'}. `
      + 'Where a resource policy that names the role allows it, acknowledge this rule with that reason.',
  };
}

/** The condition keys of the request, and the generated names in it. */
function describeValues({ context, missing, keyNames, assumed }: Witness): string {
  const nameOf = (key: string) => keyNames.get(key) ?? key;
  const generated = [...assumed].filter(([label]) => !label.startsWith('${AWS::'));
  const having = [...[...context].map(([key, value]): [string, typeof value] => [nameOf(key), value]), ...generated]
    .map(([name, value]) => `${name} = ${[value].flat().map((v) => `'${v}'`).join(' and ')}`);
  const parts = [
    ...(having.length > 0 ? [`with ${having.join(', ')}`] : []),
    ...(missing.length > 0 ? [`without ${missing.map(nameOf).join(', ')}`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function deniedBecause({ statement, layer }: Excess['denial'], action: string): string {
  const policy = layer === 'permissions boundary' ? 'a permissions boundary' : 'an identity-based policy';
  if (statement) { return `with an explicit deny in ${policy}`; }
  return layer === 'permissions boundary'
    ? `because no permissions boundary allows the ${action} action`
    : `because no identity-based policy allows the ${action} action`;
}
