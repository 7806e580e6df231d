import { CheckContext } from '../analysis/check-context';
import { Problem, RuleId, Severity, TemplateProblem } from '../analysis/finding';
import { Reader } from '../analysis/reader';
import { Association } from '../template/associations';
import { StackTemplate, TemplateSet } from '../template/template-set';

/** A rule, as settings and reports know it. */
export interface RuleInfo {
  readonly id: RuleId;
  /** `off`: it speaks only if somebody asks for it. */
  readonly severity: Severity | 'off';
}

/** One rule about templates. It checks one template and may ask about the rest of the app. */
export interface TemplateRule extends RuleInfo {
  readonly check: (stack: StackTemplate, templates: TemplateSet, reader: Reader) => readonly TemplateProblem[];
}

/** One rule. It checks one association and may ask about the rest of the app. */
export interface Rule extends RuleInfo {
  readonly check: (association: Association, context: CheckContext) => readonly Problem[];
}
