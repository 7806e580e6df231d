/**
 * Reports a session policy that could neither be proven to narrow its role nor be shown to exceed it, with the reasons. The
 * outcome of the association decides when.
 */
import { Rule } from './rule';
import { describeRole, sentence } from '../analysis/describe';
import { outcomeOf } from '../analysis/outcome';
import { resolutionOf } from '../analysis/reader';
import { narrowedRole } from '../template/associations';

const REASONS_SHOWN = 5;
const WORDS_SHOWN = 36;

export const NARROWING_UNDETERMINED: Rule = {
  id: 'NarrowingUndetermined',
  severity: 'warning',
  check: (association, context) => {
    const outcome = outcomeOf(association, context);
    const reasons = ('reasons' in outcome ? outcome.reasons : []).map((reason) => (
      { code: reason.code, message: reason.message, resolution: resolutionOf(reason, context.reader) }));
    if (reasons.length === 0) { return []; }
    const shown = shortList(reasons.map(({ message }) => message));
    const others = reasons.length - shown.length;
    const more = others > 0 ? `; and ${others} more ${others > 1 ? 'reasons' : 'reason'}` : '';
    return [{
      code: reasons[0].code,
      property: 'Policy',
      reasons,
      message: `The check could not determine whether the session policy of ${association.path} only narrows ${describeRole(narrowedRole(association))}: `
        + `${shown.join('; ')}${more}. At run time, AWS denies each request that the session policy allows but the role does not.`,
      fix: [...new Set(reasons.map(({ resolution }) => resolution))].slice(0, REASONS_SHOWN).map(sentence).join(' '),
    }];
  },
};

/** The first reasons that have room in a message of about 60 words. */
function shortList(reasons: readonly string[]): string[] {
  let words = 0;
  return reasons.slice(0, REASONS_SHOWN).filter((reason, i) => {
    words += reason.split(' ').length;
    return i === 0 || words <= WORDS_SHOWN;
  });
}
