/**
 * Reports a compacted session policy that is not proven to give the pods what the written one does: the deployed policy allows more, or less,
 * of what the role allows. The `Metadata` of the association has the written policy; analysis/compacted-policy.ts compares them.
 *
 * Invariant: it fails closed. What could not be decided is reported, and the other rules then examine the deployed policy.
 */
import { Rule } from './rule';
import { CheckContext } from '../analysis/check-context';
import { Compacted } from '../analysis/compacted-policy';
import { capitalize, describeRole } from '../analysis/describe';
import { describeRequest } from '../analysis/describe-excess';
import { resolutionOf } from '../analysis/reader';
import { Association, narrowedRole } from '../template/associations';
import { WRITTEN_POLICY_KEY } from '../template/written-policy-key';

const REASONS_SHOWN = 3;

export const COMPACTED_POLICY_DIFFERS: Rule = {
  id: 'CompactedPolicyDiffers',
  severity: 'error',
  check: (association, context) => {
    const compacted = context.compacted(association);
    switch (compacted.kind) {
      case 'differs': {
        const code = compacted.more === 'deployed' ? 'AllowsMore' : 'AllowsLess';
        return [{ code, property: 'Policy', ...describe(compacted, association, context) }];
      }
      case 'undetermined': {
        const reasons = compacted.reasons.map((reason) => ({ ...reason, resolution: resolutionOf(reason, context.reader) }));
        const shown = [...new Set(reasons.map(({ message }) => message))].slice(0, REASONS_SHOWN).join('; ');
        return [{
          code: 'Undetermined',
          property: 'Policy',
          reasons,
          message: `The check could not determine whether the compacted session policy of ${association.path} gives the pods what the written one does: ${shown}. `
            + 'AWS evaluates the compacted policy, so the pods may be able to do more or less than was written.',
          fix: capitalize(deployWritten(context)),
        }];
      }
      case 'unreadable': return [{
        code: 'UnreadableMetadata',
        property: 'Policy',
        message: `The session policy of ${association.path} is compacted, and the written one cannot be read from the member ${WRITTEN_POLICY_KEY} of its Metadata: ${compacted.why}. `
          + 'It is unknown whether the pods get what was written.',
        fix: context.reader === 'CDK app' ? 'Remove what changes that member of the Metadata, such as an override or an aspect. The construct writes it.'
          : 'Synthesize the template again. To examine the deployed policy alone, remove that member of the Metadata.',
      }];
      default: return [];
    }
  },
};

function describe(compacted: Compacted & { readonly kind: 'differs' }, association: Association, context: CheckContext) {
  const { more, excess: { witness }, isAllowedByRole } = compacted;
  const role = describeRole(narrowedRole(association));
  const [one, other] = more === 'deployed' ? ['compacted', 'written'] : ['written', 'compacted'];
  const ofRole = isAllowedByRole ? `${role} allows it, too` : `${role} may allow it: the check does not completely know what it allows`;
  const effect = more === 'deployed' ? 'the pods can do more than was written' : 'the pods are denied what was written: AccessDenied';
  return {
    message: `The compacted session policy of ${association.path} does not give the pods the same permissions as the written one: the ${one} policy allows ${describeRequest(witness)}, `
      + `but the ${other} policy does not. ${capitalize(ofRole)}. AWS evaluates the compacted policy, so ${isAllowedByRole ? '' : 'in that case '}${effect}.`,
    fix: `${whatToDo(compacted, association, context)}Or ${deployWritten(context)}`,
  };
}

/** Only a policy that was compacted with the role in mind depends on the role. */
function whatToDo({ more }: Compacted & { readonly kind: 'differs' }, { written }: Association, { reader }: CheckContext): string {
  if (reader !== 'CDK app') {
    return 'Synthesize the template again: the session policy is then compacted for the role as it is now. ';
  }
  const role = written?.compaction === 'ROLE' && more === 'deployed'
    ? 'If a part of the app that is synthesized apart from the association (another stage, or a managed policy of another app) gives the role the permission, '
      + 'use Compaction.CATALOG, which does not depend on the role. ' : '';
  return `If an override or an aspect changes Policy or Metadata of the association, remove it. ${role}`;
}

function deployWritten({ reader }: CheckContext): string {
  return reader === 'CDK app' ? 'set compaction to Compaction.NONE, which deploys the written policy.'
    : 'let the app set compaction to Compaction.NONE, which deploys the written policy.';
}
