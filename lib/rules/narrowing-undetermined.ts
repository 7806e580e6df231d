/**
 * Reports a session policy that could neither be proven to narrow its role nor be shown to exceed it, with the reasons. The
 * outcome of the association decides when.
 */
import { Rule } from './rule';
import { describeRole } from '../analysis/describe';
import { outcomeOf } from '../analysis/outcome';
import { resolutionOf } from '../analysis/reader';
import { narrowedRole } from '../template/associations';

const REASONS_SHOWN = 5;

export const NARROWING_UNDETERMINED: Rule = {
  id: 'NarrowingUndetermined',
  severity: 'warning',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const reasons = ('reasons' in outcome ? outcome.reasons : []).map((reason) => (
      { code: reason.code, message: reason.message, resolution: resolutionOf(reason, context.reader) }));
    if (reasons.length === 0) { return []; }
    const shown = reasons.slice(0, REASONS_SHOWN).map((r) => r.message).join('; ');
    const more = reasons.length > REASONS_SHOWN ? `; and ${reasons.length - REASONS_SHOWN} more` : '';
    return [{
      code: reasons[0].code,
      property: 'Policy',
      reasons,
      message: `Whether the session policy of ${association.path} only narrows ${describeRole(narrowedRole(association))} could not be `
        + `determined: ${shown}${more}. What it allows beyond the role, the pods will be denied.`,
      fix: [...new Set(reasons.map(({ resolution }) => resolution))].slice(0, REASONS_SHOWN).map(sentence).join(' '),
    }];
  },
};

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
