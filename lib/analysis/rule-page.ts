import type { RuleId } from './finding';
import { DOCS } from '../util/docs';

/** The page of a rule: why it exists, examples, and how to acknowledge it. */
export function pageOfRule(rule: RuleId): string {
  return `${DOCS}/rules/${rule}.md`;
}
