import { kubernetesNameError, NAMESPACE, SERVICE_ACCOUNT } from '../kubernetes-names';
import { CheckContext } from './check-context';
import { Check } from './finding';

export const INVALID_KUBERNETES_NAME: Check<CheckContext> = {
  id: 'InvalidKubernetesName',
  severity: 'error',
  check: (association) => [
    { property: 'Namespace', name: association.namespace, rule: NAMESPACE },
    { property: 'ServiceAccount', name: association.serviceAccount, rule: SERVICE_ACCOUNT },
  ].flatMap(({ property, name, rule }) => {
    const error = typeof name === 'string' ? kubernetesNameError(name, rule) : undefined;
    return error === undefined ? [] : [{
      property,
      message: `${association.path}: ${error} The deployment fails with InvalidParameterException.`,
      fix: `Give ${rule.what} the name that the pods' manifests have.`,
    }];
  }),
};
