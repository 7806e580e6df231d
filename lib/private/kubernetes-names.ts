/** The names that Kubernetes accepts. AWS does not document which EKS accepts; for others there are no pods. */
export interface KubernetesNameRule {
  readonly what: string;
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly description: string;
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const NAMESPACE: KubernetesNameRule = {
  what: 'namespace',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
  description: 'at most 63 characters: lower case letters, digits and hyphens, with a letter or digit at both ends',
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
export const SERVICE_ACCOUNT: KubernetesNameRule = {
  what: 'serviceAccount',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
  description: 'at most 253 characters: lower case letters, digits, hyphens and dots, with a letter or digit at both ends of each part',
};

/**
 * Why Kubernetes rejects the name; `undefined` if it accepts it.
 * @param what the property that has the name, as the reader writes it
 */
export function kubernetesNameError(name: string, rule: KubernetesNameRule, what = rule.what): string | undefined {
  return name.length <= rule.maxLength && rule.pattern.test(name)
    ? undefined
    : `${what} '${name}' is not a valid Kubernetes name. Kubernetes accepts ${rule.description}.`;
}
