import {
  app, AppCase, bothWays, DATA, inDoubt, NO_VALUE, one as plain, policyResource, READ_A, ref, Resources,
} from './app-case';
import { allow, arnOf, association, deny, policy, role, trust } from '../rules/app';

const iff = (then: unknown, otherwise: unknown = NO_VALUE, condition = 'IsProd') => ({
  'Fn::If': [condition, then, otherwise],
});
const CONDITIONS = {
  Parameters: { Stage: { Type: 'String' }, Size: { Type: 'String', AllowedValues: ['small', 'large'] } },
  Conditions: {
    IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] },
    IsOther: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    IsDev: { 'Fn::Equals': [ref('Stage'), 'dev'] },
    IsSmall: { 'Fn::Equals': [ref('Size'), 'small'] },
    IsLarge: { 'Fn::Equals': [ref('Size'), 'large'] },
    IsProdOrDev: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    IsWest: { 'Fn::Equals': [ref('AWS::Region'), 'us-west-2'] },
    IsOdd: { 'Fn::Odd': [] },
  },
};
const one = (resources: Resources, more = {}) => plain(resources, CONDITIONS, more);

const IN_PROD = "This applies if ${Stage} is 'prod'.";
const NOT_IN_PROD = "This applies if ${Stage} is not 'prod'.";
const inline = (document: unknown) => ({ PolicyName: 'Access', PolicyDocument: document });
const ALL = allow('s3:*', '*');
const OTHER = allow('sqs:*', '*');
const text = (...statements: unknown[]) => JSON.stringify(policy(...statements));
const conditional = (resource: object, Condition: string) => ({ ...resource, Condition }) as Resources[string];

/** What depends on conditions of the template, in every place. */
export const CONDITIONAL: readonly AppCase[] = [
  ...bothWays('Fn::If between policies that both have it', (pods) => one({
    Role: role([], { Policies: iff([inline(policy(DATA))], [inline(policy(allow('s3:Get*', '*')))]) }), Pods: pods(),
  })),
  app('Fn::If: all inline policies',
    one({ Role: role([], { Policies: iff([inline(policy(DATA))]) }), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: an inline policy',
    one({
      Role: role([], { Policies: [inline(policy(DATA)), iff(inline(policy(deny('s3:*', '*'))))] }),
      Pods: association([READ_A]),
    }),
    [['NoEffectivePermissions', IN_PROD]]),
  app('Fn::If: a document',
    one({ Role: role([], { Policies: [inline(iff(policy(DATA), policy(OTHER)))] }), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: the statements',
    one({
      Role: role([], { Policies: [inline({ Version: '2012-10-17', Statement: iff([DATA], [OTHER]) })] }),
      Pods: association([READ_A]),
    }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a statement',
    one({ Role: role([OTHER, iff(DATA)]), Pods: association([READ_A]) }), [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: an effect',
    one({ Role: role([ALL, { ...DATA, Effect: iff('Deny', 'Allow') }]), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', IN_PROD]]),
  app('Fn::If: an action',
    one({ Role: role([allow(iff('s3:GetObject', 's3:PutObject'), '*')]), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: one of the actions',
    one({ Role: role([allow(['s3:PutObject', iff('s3:GetObject')], '*')]), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a resource',
    one({
      Role: role([allow('s3:*', iff('arn:aws:s3:::data/*', 'arn:aws:s3:::logs/*'))]), Pods: association([READ_A]),
    }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a part of a resource', one({
    Role: role([allow('s3:*', { 'Fn::Join': ['', ['arn:aws:s3:::', iff('data', 'logs'), '/*']] })]),
    Pods: association([READ_A]),
  }), [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a condition of the policy', one({
    Role: role([{ ...ALL, Condition: iff({ Bool: { 'aws:SecureTransport': 'true' } }) }]), Pods: association([READ_A]),
  }), [['SessionPolicyOmitsCondition', IN_PROD]]),
  app('Fn::If: a managed policy', one({
    Role: role([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', iff(ref('Data'))] }),
    Data: conditional(policyResource('ManagedPolicy', {}), 'IsProd'),
    Pods: association([READ_A]),
  }), [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a permissions boundary', one({
    Role: role([ALL], { PermissionsBoundary: iff('arn:aws:iam::aws:policy/AmazonSQSFullAccess') }),
    Pods: association([READ_A]),
  }), [['NoEffectivePermissions', IN_PROD]]),
  app('Fn::If: the role of an association',
    one({
      Role: role([DATA]),
      Other: role([OTHER]),
      Pods: association([READ_A], { RoleArn: iff(arnOf('Role'), arnOf('Other')) }),
    }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a role with a condition, and one that is imported', one({
    Role: conditional(role([OTHER]), 'IsProd'),
    Pods: association([READ_A], { RoleArn: iff(arnOf('Role'), 'arn:aws:iam::111122223333:role/shared') }),
  }), [['NoEffectivePermissions', IN_PROD], ['NarrowingUndetermined', NOT_IN_PROD]]),
  app('Fn::If: the session policy',
    one({
      Role: role([DATA]),
      Pods: association(undefined, { Policy: iff(text(READ_A), text(OTHER)), DisableSessionTags: true }),
    }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Fn::If: a session policy or none', one({
    Role: role([DATA]),
    Pods: association(undefined, { Policy: iff(text(READ_A)), DisableSessionTags: iff(true) }),
    Others: association([READ_A], { ServiceAccount: 'others' }),
  }), [['UnscopedAssociation', NOT_IN_PROD]]),
  app('Fn::If: the target role', one({
    Role: role([DATA, allow(['sts:AssumeRole', 'sts:TagSession'], arnOf('Target'))]),
    Target: role([OTHER], { AssumeRolePolicyDocument: policy(trust({ AWS: arnOf('Role') })) }),
    Pods: association([READ_A], { TargetRoleArn: iff(arnOf('Target')) }),
  }), [['NoEffectivePermissions', IN_PROD]]),
  app('Fn::If: session tags',
    one({ Role: role([DATA]), Pods: association([READ_A], { DisableSessionTags: iff(true, false) }) }),
    [['SessionTagsMustBeDisabled', NOT_IN_PROD]]),
  app('Fn::If: session tags or nothing',
    one({ Role: role([DATA]), Pods: association([READ_A], { DisableSessionTags: iff('true') }) }),
    [['SessionTagsMustBeDisabled', NOT_IN_PROD]]),
  app('Fn::If: a namespace',
    one({ Role: role([DATA]), Pods: association([READ_A], { Namespace: iff('prod', 'not_prod') }) }),
    [['InvalidKubernetesName', NOT_IN_PROD]]),
  app('Fn::If: a trust policy', one({
    Role: role([DATA], {
      AssumeRolePolicyDocument: iff(
        policy(trust({ Service: 'pods.eks.amazonaws.com' })), policy(trust({ Service: 'ec2.amazonaws.com' })),
      ),
    }),
    Pods: association([READ_A]),
  }), [['RoleTrustPolicy', NOT_IN_PROD]]),
  app('Fn::If in Fn::If', one({ Role: role([iff(DATA, iff(ALL, OTHER, 'IsDev'))]), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', "This applies if ${Stage} is not 'prod' and ${Stage} is not 'dev'."]]),
  app('Fn::If of allowed values', one({
    Role: role([iff(DATA, undefined, 'IsSmall'), iff(ALL, undefined, 'IsLarge')]), Pods: association([READ_A]),
  })),
  app('Fn::If of the region of the stack',
    one({ Role: role([iff(DATA, OTHER, 'IsWest')]), Pods: association([READ_A]) }, { region: 'us-east-1' }),
    [['NoEffectivePermissions', 'Stack/Role allows none of what the session policy allows']]),
  app('Fn::If of a region that is not known',
    one({ Role: role([iff(DATA, OTHER, 'IsWest')]), Pods: association([READ_A]) }),
    [['NoEffectivePermissions', "This applies if ${AWS::Region} is not 'us-west-2'."]]),
  ...inDoubt('Fn::If of a condition that is not there',
    (pods) => one({ Role: role([DATA, iff(ALL, OTHER, 'Missing')]), Pods: pods() }),
    'Fn::If, whose value depends on the deployment'),
  ...inDoubt('Fn::If of a condition that cannot be read',
    (pods) => one({ Role: role([], { ManagedPolicyArns: iff([], [], 'IsOdd') }), Pods: pods() }),
    'no template defines the managed policy Fn::If, whose value depends on the deployment of Stack/Role'),
  app('Condition: a policy',
    one({
      Role: role([]),
      Data: conditional(policyResource('Policy', { Roles: [ref('Role')] }), 'IsProd'),
      Pods: association([READ_A]),
    }),
    [['NoEffectivePermissions', NOT_IN_PROD]]),
  app('Condition: a managed policy', one({
    Role: role([ALL]),
    Guard: conditional(policyResource('ManagedPolicy', { Roles: [ref('Role')] }, [deny('*', '*')]), 'IsProd'),
    Pods: association([READ_A]),
  }), [['NoEffectivePermissions', IN_PROD]]),
  app('Condition: a role policy', one({
    Role: role([]),
    Data: conditional(policyResource('RolePolicy', { RoleName: ref('Role') }), 'IsProdOrDev'),
    Pods: association([READ_A]),
  }), [['NoEffectivePermissions', "This applies if ${Stage} is not 'prod' and ${Stage} is not 'dev'."]]),
  app('Condition: a policy for each case', one({
    Role: role([]),
    Data: conditional(policyResource('Policy', { Roles: [ref('Role')] }), 'IsProd'),
    More: conditional(policyResource('Policy', { Roles: [ref('Role')] }, [ALL]), 'IsOther'),
    Pods: association([READ_A]),
  })),
  app('Condition: an association where its role has what it needs', one({
    Role: role([iff(DATA, OTHER)]), Pods: conditional(association([READ_A]), 'IsProd'),
  })),
  app('Condition: an association where its role has something else', one({
    Role: role([iff(DATA, OTHER)]), Pods: conditional(association([READ_A]), 'IsOther'),
  }), [['NoEffectivePermissions', 'Stack/Role allows none of what the session policy allows']]),
  ...inDoubt('Condition: a policy whose condition cannot be read', (pods) => one({
    Role: role([DATA]),
    More: conditional(policyResource('Policy', { Roles: [ref('Role')] }, [ALL]), 'IsOdd'),
    Pods: pods(),
  }), "whether AWS::IAM::Policy Stack/More is deployed depends on the condition 'IsOdd', which could not be told"),
];
