/** Resources of EKS clusters, as the tables of the rules about them need them. */
import { association, role, stackOf } from './app';
import { StackTemplate } from '../../lib/template/template-set';

type Properties = { readonly [name: string]: unknown };

export const CLUSTER = { Type: 'AWS::EKS::Cluster', Properties: {} };
export const TO_CLUSTER = { Ref: 'Cluster' };
export const IMPORTED = { 'Fn::ImportValue': 'cluster-name' };
export const AUTO_MODE = { ...CLUSTER, Properties: { ComputeConfig: { Enabled: true } } };

/** The custom resource of `aws-eks`, with the input of `CreateCluster`. */
export const customCluster = (config: unknown = {}) => (
  { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { ServiceToken: 'arn', Config: config } });

export const resource = (type: string, properties: Properties = {}, more = {}) => (
  { Type: type, Properties: { ClusterName: TO_CLUSTER, ...properties }, ...more });
export const agent = (properties: Properties = {}, more = {}) => (
  resource('AWS::EKS::Addon', { AddonName: 'eks-pod-identity-agent', ...properties }, more));
export const nodeGroup = (properties?: Properties, more?: object) => resource('AWS::EKS::Nodegroup', properties, more);
export const profile = (properties?: Properties, more?: object) => (
  resource('AWS::EKS::FargateProfile', properties, more));

/** The stack of a cluster with an association and these resources. */
export function clusterStack(
  resources: object = {}, more: Partial<StackTemplate> = {}, sections: object = {},
): StackTemplate {
  const stack = stackOf({
    Role: role([]), Cluster: CLUSTER, Pods: association(undefined, { ClusterName: TO_CLUSTER }), ...resources,
  }, more);
  return { ...stack, template: { ...stack.template, ...sections } };
}

/** A stack that exports the name of its cluster. */
export function exportingStack(resources: object = {}, more: Partial<StackTemplate> = {}): StackTemplate {
  return clusterStack({ Pods: undefined, ...resources }, { id: 'Clusters', pathOf: (id) => `Clusters/${id}`, ...more }, {
    Outputs: { Name: { Value: TO_CLUSTER, Export: { Name: 'cluster-name' } } },
  });
}
