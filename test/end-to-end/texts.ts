import { app, AppCase, bothWays, DATA, inDoubt, one, policyResource, READ_A, ref, sub } from './app-case';
import { allow, association, deny, policy, role, trust } from '../rules/app';
import { stackOf } from '../template/make-stack';

const EKS = { Service: 'pods.eks.amazonaws.com' };
const text = (...statements: unknown[]) => JSON.stringify(policy(...statements));
const inline = (PolicyDocument: unknown) => role([], { Policies: [{ PolicyName: 'Access', PolicyDocument }] });
const trusting = (AssumeRolePolicyDocument: unknown) => role([DATA], { AssumeRolePolicyDocument });
const trustedPods = (AssumeRolePolicyDocument: unknown) => one(
  { Role: trusting(AssumeRolePolicyDocument), Pods: association([READ_A]) },
);
const PARAMETERS = { Parameters: { Name: { Type: 'String' }, Other: { Type: 'String' } } };

/** A role with a tag condition whose key has a parameter, which only text can express. */
function tagged(pods: string, roles = '"owned"', key = 'aws:ResourceTag/cluster/${Name}') {
  const statement = (name: string, value: string) => '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",'
    + `"Action":"ec2:StopInstances","Resource":"*","Condition":{"StringEquals":{"${name}":${value}}}}]}`;
  return one({
    Role: inline(sub(statement('aws:ResourceTag/cluster/${Name}', roles))),
    Pods: association(undefined, { Policy: sub(statement(key, pods)), DisableSessionTags: true }),
  }, PARAMETERS);
}

/** Policies that are given as JSON text, which CloudFormation takes as it takes objects. */
export const TEXTS: readonly AppCase[] = [
  ...bothWays('an inline policy as text', (pods) => one({ Role: inline(text(DATA)), Pods: pods() })),
  ...bothWays('an inline policy as text with line breaks',
    (pods) => one({ Role: inline(`\n${JSON.stringify(policy(DATA), undefined, 2)}\n`), Pods: pods() })),
  ...bothWays('a policy as text with a parameter', (pods) => one({
    Role: role([]),
    Access: policyResource('Policy', {
      Roles: [ref('Role')],
      PolicyDocument: sub(text(DATA, allow('s3:PutObject', 'arn:aws:s3:::${Name}/*'))),
    }),
    Pods: pods(),
  }, PARAMETERS)),
  ...bothWays('a managed policy as joined text', (pods) => one({
    Managed: policyResource('ManagedPolicy', {
      PolicyDocument: {
        'Fn::Join': ['', ['{"Version":"2012-10-17","Statement":', { 'Fn::ToJsonString': [DATA] }, '}']],
      },
    }),
    Role: role([], { ManagedPolicyArns: [ref('Managed')] }),
    Pods: pods(),
  })),
  ...inDoubt('a policy whose text is no JSON', (pods) => one({ Role: inline(`${text(DATA)},`), Pods: pods() }),
    "AWS cannot read inline policy 'Access' of Stack/Role: its text is not valid: it stops being JSON near"),
  ...inDoubt('a policy whose text repeats a name', (pods) => one({
    Role: inline(text(DATA).replace('"Effect"', '"Effect":"Deny","Effect"')), Pods: pods(),
  }), 'its text is not valid: "Effect" is repeated in Statement[0]'),
  ...inDoubt('a policy that is a parameter', (pods) => one({ Role: inline(ref('Name')), Pods: pods() }, PARAMETERS),
    "inline policy 'Access' of Stack/Role could not be understood: its text could not be read: "
    + 'a deploy-time value is outside a JSON string'),
  app('a session policy that repeats a name',
    one({
      Role: role([DATA]),
      Pods: association(undefined, {
        Policy: text(DATA).replace('"Effect"', '"Effect":"Deny","Effect"'), DisableSessionTags: true,
      }),
    }),
    [['InvalidSessionPolicy', '"Effect" is repeated in Statement[0]: readers of JSON keep one of the two values']]),
  app('a trust policy as text', trustedPods(text(trust(EKS))), [], { silent: 'RoleTrustPolicy' }),
  app('a trust policy as text for EKS and for a provider whose name is put together',
    trustedPods(sub(text(
      {
        Effect: 'Allow',
        Principal: { Federated: '${Provider.Arn}' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { '${Name}:sub': 'system:serviceaccount:ns:sa' } },
      },
      trust(EKS),
    )))),
  app('a trust policy as text for others', trustedPods(text(trust({ Service: 'ec2.amazonaws.com' }))),
    [['RoleTrustPolicy', 'does not let pods.eks.amazonaws.com do sts:AssumeRole and sts:TagSession']]),
  app('a trust policy as text whose principal is a parameter',
    trustedPods(sub(text(trust({ Service: '${Name}' }))))),
  app('a trust policy as text whose elements are parameters',
    trustedPods(sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","${Name}":"*"}]}'))),
  app('a trust policy whose text is no JSON', trustedPods('{"Version":"2012-10-17",}'),
    [['RoleTrustPolicy', 'AWS cannot read the trust policy of the role Stack/Role: its text is not valid']]),
  app('the same parameter in a condition key of both', tagged('"owned"', '["owned","shared"]')),
  app('the same parameter in a condition key of both, exceeded', tagged('["owned","shared"]'), [
    ['SessionPolicyOmitsCondition', "with aws:ResourceTag/cluster/${Name} = 'shared'"],
  ]),
  app('another parameter, which may be the same, in the condition key',
    tagged('"owned"', '"owned"', 'aws:ResourceTag/cluster/${Other}'), [['NarrowingUndetermined', 'ec2:StopInstances']]),
  app('another key than the one with a parameter',
    tagged('"owned"', '"owned"', 'aws:ResourceTag/nodepool'), [
      ['SessionPolicyOmitsCondition', 'without aws:ResourceTag/cluster/${Name}'],
    ]),
  app('a key that the one with a parameter may be',
    tagged('"owned"', '"owned"', 'aws:ResourceTag/cluster/prod'), [['NarrowingUndetermined', 'ec2:StopInstances']]),
  app('the same tag under the name of another service',
    tagged('"owned"', '"owned"', 'ec2:ResourceTag/cluster/${Name}')),
  app('a denying policy as text',
    one({
      Role: role([DATA]),
      Guard: policyResource('Policy', {
        Roles: [ref('Role')], PolicyDocument: text(deny('s3:*', 'arn:aws:s3:::data/a/*')),
      }),
      Pods: association([READ_A]),
    }),
    [['NoEffectivePermissions', 's3:GetObject']]),
  app('a managed policy of another template, by a name with a parameter that the other has, too', [
    stackOf('Team', {
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Role: role([], {
          ManagedPolicyArns: [sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/pods-${Name}')],
        }),
        Pods: association([READ_A]),
      },
    }),
    stackOf('Platform', {
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Managed: policyResource('ManagedPolicy', { ManagedPolicyName: sub('pods-${Name}') }),
        Other: policyResource('ManagedPolicy', { ManagedPolicyName: sub('nodes-${Name}') }),
      },
    }),
  ], [['NarrowingUndetermined',
    'policy/pods-${Name} of Team/Role, unless it is Platform/Managed of Platform.json, '
    + 'whose name is a deploy-time value.']]),
];
