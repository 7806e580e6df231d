import { Rule } from './rule';
import { kubernetesNameError, NAMESPACE, SERVICE_ACCOUNT } from '../private/kubernetes-names';

export const INVALID_KUBERNETES_NAME: Rule = {
  id: 'InvalidKubernetesName',
  severity: 'error',
  check: (association) => [
    { property: 'Namespace', name: association.namespace, rule: NAMESPACE },
    { property: 'ServiceAccount', name: association.serviceAccount, rule: SERVICE_ACCOUNT },
  ].flatMap(({ property, name, rule }) => {
    const error = typeof name === 'string' ? kubernetesNameError(name, rule) : undefined;
    return error === undefined ? [] : [{
      property,
      message: `${association.path}: ${error} No pods can have it, so the association gives credentials to none.`,
      fix: `Give ${rule.what} the name that the pods' manifests have.`,
    }];
  }),
};
