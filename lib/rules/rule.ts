import { CheckContext } from '../analysis/check-context';
import { Problem, RuleId, Severity } from '../analysis/finding';
import { Association } from '../template/associations';

/** One rule. It checks one association and may ask about the rest of the app. */
export interface Rule {
  readonly id: RuleId;
  /** `off`: it speaks only if somebody asks for it. */
  readonly severity: Severity | 'off';
  readonly check: (association: Association, context: CheckContext) => readonly Problem[];
}
