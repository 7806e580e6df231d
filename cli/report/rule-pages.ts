import type { RuleId } from '../../lib/checks/finding';

/** The first sentence of each page of docs/rules; projenrc/bundle-cli.ts puts them here. */
declare const RULE_SENTENCES: { readonly [rule in RuleId]: string };

export function sentenceOf(rule: RuleId): string {
  return RULE_SENTENCES[rule];
}

export function pageOf(rule: RuleId): string {
  return `https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/rules/${rule}.md`;
}
