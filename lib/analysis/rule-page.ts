import type { RuleId } from './finding';

/** Where the documentation is for readers of findings. */
export const DOCS = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs';

/** The page of a rule: why it exists, examples, and how to acknowledge it. */
export function pageOfRule(rule: RuleId): string {
  return `${DOCS}/rules/${rule}.md`;
}
