/**
 * Reports a namespace or service account that is not a name of Kubernetes, and an association that lacks one of its names.
 *
 * Invariant: only literal names are checked. A property that may be given by a condition counts as given.
 */
import { Rule } from './rule';
import { Problem } from '../analysis/finding';
import { kubernetesNameError, NAMESPACE, SERVICE_ACCOUNT } from '../private/kubernetes-names';
import { Association, MissingProperty } from '../template/associations';

export const INVALID_KUBERNETES_NAME: Rule = {
  id: 'InvalidKubernetesName',
  severity: 'error',
  check: (association, { reader }) => [
    ...missing(association),
    ...[
      { property: 'Namespace', code: 'InvalidNamespace', name: association.namespace, rule: NAMESPACE },
      { property: 'ServiceAccount', code: 'InvalidServiceAccount', name: association.serviceAccount, rule: SERVICE_ACCOUNT },
    ].flatMap(({ property, code, name, rule }) => {
      const error = typeof name === 'string' ? kubernetesNameError(name, rule, reader === 'CDK app' ? rule.what : property) : undefined;
      return error === undefined ? [] : [{
        code,
        property,
        message: `${association.path}: ${error} No pods can use this name, so no pods get credentials from the association.`,
        fix: `Use the ${property === 'Namespace' ? 'namespace' : 'service account'} of the pods' manifests.`,
      }];
    }),
  ],
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html */
function missing({ path, clusterName, namespace, serviceAccount, role, ref: { resource, entry } }: Association): Problem[] {
  const required = { ClusterName: clusterName, Namespace: namespace, RoleArn: role.arn, ServiceAccount: serviceAccount };
  const names = Object.entries(required).flatMap(([name, value]) => (value instanceof MissingProperty ? [name] : []));
  if (names.length === 0) { return []; }
  const others = entry ? [] : Object.keys(resource.Properties ?? {}).filter((name) => !PROPERTIES.includes(name));
  const but = others.length === 0 ? '' : ` It has ${listed(others)}, which ${others.length === 1 ? 'is not a property' : 'are not properties'} of ${resource.Type}.`;
  return [{
    code: 'MissingProperty',
    property: '',
    message: `${path} has no ${listed(names, 'or')}, which CloudFormation requires: the deployment fails.${but}`,
    fix: `Add ${listed(names)}.`,
  }];
}

const PROPERTIES = ['ClusterName', 'DisableSessionTags', 'Namespace', 'Policy', 'RoleArn', 'ServiceAccount', 'Tags', 'TargetRoleArn'];

function listed(names: readonly string[], word = 'and'): string {
  return names.join(', ').replace(/, ([^,]*)$/, ` ${word} $1`);
}
