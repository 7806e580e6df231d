import { app, AppCase, DATA, one, READ_A, ref } from './app-case';
import { arnOf, association, policy, role, trust } from '../rules/app';

const entry = (serviceAccount: unknown = 'ebs-csi-controller-sa', RoleArn: unknown = arnOf('Role')) => (
  { RoleArn, ServiceAccount: serviceAccount });

/** An add-on, by default with one entry on the role `Role`. */
function addon(entries: unknown = [entry()], properties: { readonly [name: string]: unknown } = {}) {
  return {
    Type: 'AWS::EKS::Addon',
    Properties: {
      ClusterName: 'prod', AddonName: 'aws-ebs-csi-driver', PodIdentityAssociations: entries, ...properties,
    },
  };
}

/** An association of its own for a service account of an add-on. */
const own = (Namespace: string, ServiceAccount = 'ebs-csi-controller-sa') => (
  association(undefined, { Namespace, ServiceAccount }));

const IRSA = role([DATA], {
  AssumeRolePolicyDocument: policy(trust({ Federated: 'arn:aws:iam::111122223333:oidc-provider/x' })),
});
const CONDITIONS = {
  Parameters: { Stage: { Type: 'String' } },
  Conditions: { Prod: { 'Fn::Equals': [ref('Stage'), 'prod'] }, Never: { 'Fn::Equals': ['a', 'b'] } },
};
const NO_VALUE = ref('AWS::NoValue');
const NO_TRUST = ['RoleTrustPolicy', 'does not let pods.eks.amazonaws.com do'] as const;
const TWICE = (namespace: string) => [
  'DuplicateAssociation',
  'PodIdentityAssociations[0] of the add-on Stack/Addon and Stack/Pods are both for service account '
  + `'ebs-csi-controller-sa' in namespace '${namespace}' of cluster 'prod'. The deployment of the second fails, `
  + 'because the association already exists.',
] as const;

/** The associations that EKS makes for add-ons. */
export const ADDONS: readonly AppCase[] = [
  app('an add-on on a role that trusts EKS',
    one({ Role: role([DATA]), Addon: addon() }), [], { silent: 'RoleTrustPolicy' }),
  app('an add-on on a role for IRSA', one({ Role: IRSA, Addon: addon() }), [NO_TRUST]),
  app('an add-on whose entry is one object', one({ Role: IRSA, Addon: addon(entry()) }), [NO_TRUST]),
  app('an add-on without entries',
    one({ Role: IRSA, Addon: addon(NO_VALUE), Other: addon([]) }, CONDITIONS)),
  app('the second entry of an add-on',
    one({ Role: role([DATA]), Irsa: IRSA, Addon: addon([entry(), entry('node-sa', arnOf('Irsa'))]) }), [NO_TRUST]),
  app('an add-on and an association',
    one({ Role: role([DATA]), Pods: own('kube-system'), Addon: addon() }), [TWICE('kube-system')]),
  app('an add-on and an association in another namespace',
    one({ Role: role([DATA]), Pods: own('csi'), Addon: addon() }),
    [], { silent: 'DuplicateAssociation' }),
  app('an add-on in a namespace that is given',
    one({
      Role: role([DATA]), Pods: own('csi'), Addon: addon(undefined, { NamespaceConfig: { Namespace: 'csi' } }),
    }), [TWICE('csi')]),
  app('an add-on in its own namespace, which the template does not contain',
    one({ Role: role([DATA]), Pods: own('kube-system'), Addon: addon(undefined, { AddonName: 'team-driver' }) })),
  app('an add-on whose name is a parameter',
    one({
      Role: role([DATA]), Pods: own('kube-system'), Addon: addon(undefined, { AddonName: ref('Stage') }),
    }, CONDITIONS)),
  app('two entries of one add-on for one service account',
    one({ Role: role([DATA]), Addon: addon([entry(), entry()]) }),
    [['DuplicateAssociation',
      'PodIdentityAssociations[1] of the add-on Stack/Addon and PodIdentityAssociations[0] of the add-on Stack/Addon']]),
  app('two entries in the branches of a condition',
    one({ Role: role([DATA]), Addon: addon({ 'Fn::If': ['Prod', [entry()], [entry()]] }) }, CONDITIONS)),
  app('an entry that one case deploys',
    one({ Role: IRSA, Addon: addon([{ 'Fn::If': ['Prod', entry(), NO_VALUE] }]) }, CONDITIONS), [NO_TRUST]),
  app('an entry that is never deployed',
    one({ Role: IRSA, Addon: addon([{ 'Fn::If': ['Never', entry(), NO_VALUE] }]) }, CONDITIONS)),
  app('an add-on that is never deployed', one({ Role: IRSA, Addon: { ...addon(), Condition: 'Never' } }, CONDITIONS)),
  app('entries that cannot be read',
    one({ Role: role([DATA]), Pods: own('kube-system'), Addon: addon({ 'Fn::Transform': { Name: 'Entries' } }) })),
  app('an add-on that shares a role with an association that is narrowed',
    one({ Role: role([DATA]), Pods: association([READ_A]), Addon: addon() }),
    [['UnscopedAssociation', 'Stack/Addon has no session policy, but shares the role Stack/Role with Stack/Pods']]),
  app('an entry without a service account', one({ Role: role([DATA]), Addon: addon([{ RoleArn: arnOf('Role') }]) }),
    [['InvalidKubernetesName', 'Stack/Addon has no ServiceAccount, which CloudFormation requires']]),
  app('an association that lacks all',
    one({
      Role: role([DATA]),
      Pods: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ServiceAccountName: 'a', Role: 'b' } },
    }),
    [['InvalidKubernetesName',
      'Stack/Pods has no ClusterName, Namespace, RoleArn or ServiceAccount, which CloudFormation requires: the '
      + 'deployment fails. It has ServiceAccountName and Role, which are not properties of '
      + 'AWS::EKS::PodIdentityAssociation.']]),
  app('an association whose namespace one case lacks',
    one({
      Role: role([DATA]), Pods: association(undefined, { Namespace: { 'Fn::If': ['Prod', 'a', NO_VALUE] } }),
    }, CONDITIONS),
    [['InvalidKubernetesName', 'Stack/Pods has no Namespace, which CloudFormation requires: the deployment fails. '
      + "This applies if ${Stage} is not 'prod'."]]),
];
