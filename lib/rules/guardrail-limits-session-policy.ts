/**
 * Reports what guardrails of the role deny of the session policy: Deny statements on how a request is made, such as on its network
 * path or Region. That is what guardrails are for, so the rule is off unless somebody asks for it.
 * @see https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { describeRole } from '../analysis/describe';
import { codeOfDenial, describeDenial, describeRequest } from '../analysis/describe-excess';
import { Problem } from '../analysis/finding';
import { limitedByOrganization, outcomeOf } from '../analysis/outcome';
import { Excess } from '../engine';
import { Association, narrowedRole } from '../template/associations';

export const GUARDRAIL_LIMITS_SESSION_POLICY: Rule = {
  id: 'GuardrailLimitsSessionPolicy',
  severity: 'off',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const { guardrails = [] } = 'guardrails' in outcome ? outcome : {};
    return [...ofRole(guardrails, association), ...ofOrganization(association, context)];
  },
};

function ofRole(guardrails: readonly Excess[], association: Association): Problem[] {
  return guardrails.map(({ witness, denial }) => ({
    code: codeOfDenial(denial),
    property: 'Policy',
    message: `${association.path}: the session policy allows ${describeRequest(witness)}, but ${describeDenial(denial)}, as a guardrail of `
      + `${describeRole(narrowedRole(association))}. AWS denies such requests at run time.`,
    fix: 'If the guardrail is meant to limit these pods, too, change nothing. Otherwise exempt the role in the statement of the guardrail.',
  }));
}

/** What policies of the organization deny of statements of which they leave something everywhere. */
function ofOrganization(association: Association, context: CheckContext): Problem[] {
  return limitedByOrganization(association, context).map(({ witness, denial }) => ({
    code: codeOfDenial(denial),
    property: 'Policy',
    message: `${association.path}: the session policy allows ${describeRequest(witness)}, but the organization does not: ${describeDenial(denial)}. `
      + 'AWS denies such requests at run time.',
    fix: 'If the policy is meant to limit these pods, too, change nothing. Otherwise ask the administrators of the organization to exempt the role in that policy.',
  }));
}
