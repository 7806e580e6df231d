/**
 * The documentation of each rule: the address of its page, for all formats, and its first sentence, for SARIF.
 */
import { AUDIT_RULES, AuditRuleId } from './audit-rules';
import type { RuleId } from '../../lib/analysis/finding';
import { pageOfRule } from '../../lib/analysis/rule-page';
import { DOCS } from '../../lib/util/docs';

/** The first sentence of each page of docs/rules. projenrc/bundle-cli.ts inserts them. */
declare const RULE_SENTENCES: { readonly [rule in RuleId]: string };

export function sentenceOf(rule: RuleId): string {
  return RULE_SENTENCES[rule];
}

export function pageOf(rule: RuleId | AuditRuleId): string {
  return AUDIT_RULES.some(({ id }) => id === rule) ? `${DOCS}/cli-audit.md#${rule.toLowerCase()}` : pageOfRule(rule as RuleId);
}
