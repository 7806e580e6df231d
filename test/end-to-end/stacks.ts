import {
  app, AppCase, bothWays, DATA, inDoubt, inDoubtOfResources, policyResource, READ_A, ref, sub,
} from './app-case';
import { StackTemplate } from '../../lib/template/template-set';
import { allow, arnOf, association, role, US } from '../rules/app';
import { stackOf } from '../template/make-stack';

const exported = (name: unknown, value: unknown) => ({ Value: value, Export: { Name: name } });
const imported = (name: unknown) => ({ 'Fn::ImportValue': name });
const nested = (parameters: { readonly [name: string]: unknown } = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: 'https://example.com/template.json', Parameters: parameters },
});
const inside = (stackId: string, logicalId = 'Nested') => ({ parent: { stackId, logicalId } });
const text = { Type: 'String' };
const output = (stack: string, name: string) => ({ 'Fn::GetAtt': [stack, `Outputs.${name}`] });
const ROLES: StackTemplate = stackOf('Roles', {
  Resources: { Role: role([DATA]) }, Outputs: { Arn: exported('role-arn', arnOf('Role')) },
});
const THIRD = { ...US, account: '444455556666' };

/** The stacks of a stage; `statement` is what its role allows. */
function stage(assembly: string, statement: unknown, more: Partial<StackTemplate> = {}): StackTemplate[] {
  return [
    stackOf(`${assembly}/Roles`,
      { Resources: { Role: role([statement]) }, Outputs: { Arn: exported('role-arn', arnOf('Role')) } },
      { ...more, assembly }),
    stackOf(`${assembly}/Pods`,
      { Resources: { Pods: association([READ_A], { RoleArn: imported('role-arn') }) } }, { ...more, assembly }),
  ];
}

/** Roles and their policies in other stacks than their associations. */
export const STACKS: readonly AppCase[] = [
  ...bothWays('a role that is imported',
    (pods) => [ROLES, stackOf('Pods', { Resources: { Pods: pods({ RoleArn: imported('role-arn') }) } })]),
  ...bothWays('a role that is imported by a name that is put together', (pods) => [
    stackOf('Roles', {
      Resources: { Role: role([DATA]) },
      Outputs: { Arn: exported(sub('${AWS::StackName}:Role:${AWS::Region}'), arnOf('Role')) },
    }, { name: 'roles' }),
    stackOf('Pods', {
      Resources: { Pods: pods({ RoleArn: imported({ 'Fn::Join': [':', ['roles', 'Role', ref('AWS::Region')]] }) }) },
    }),
  ]),
  ...bothWays('a role that is exported by one stack and exported again by the next', (pods) => [
    ROLES,
    stackOf('Between', { Outputs: { Arn: exported('role-arn-again', imported('role-arn')) } }),
    stackOf('Pods', { Resources: { Pods: pods({ RoleArn: imported('role-arn-again') }) } }),
  ]),
  ...bothWays('a managed policy that is imported', (pods) => [
    stackOf('Policies', {
      Resources: { Data: policyResource('ManagedPolicy', {}) }, Outputs: { Arn: exported('policy-arn', ref('Data')) },
    }),
    stackOf('Pods', { Resources: { Role: role([], { ManagedPolicyArns: [imported('policy-arn')] }), Pods: pods() } }),
  ]),
  ...bothWays('a policy for a role that is imported', (pods) => [
    stackOf('Roles', {
      Resources: { Role: role([]) },
      Outputs: { Name: exported('role-name', ref('Role')), Arn: exported('role-arn', arnOf('Role')) },
    }),
    stackOf('Policies', { Resources: { Data: policyResource('Policy', { Roles: [imported('role-name')] }) } }),
    stackOf('Pods', { Resources: { Pods: pods({ RoleArn: imported('role-arn') }) } }),
  ]),
  ...bothWays('a policy for the name that a role of another stack has', (pods) => [
    stackOf('Roles', { Resources: { Role: role([], { RoleName: 'pods' }), Pods: pods() } }, US),
    stackOf('Policies',
      { Resources: { Data: policyResource('Policy', { Roles: ['pods'] }) } }, { ...US, region: 'eu-west-1' }),
  ]),
  app('a policy for the name that a role of another account has', [
    stackOf('Roles', { Resources: { Role: role([], { RoleName: 'pods' }), Pods: association([READ_A]) } }, US),
    stackOf('Policies', { Resources: { Data: policyResource('Policy', { Roles: ['pods'] }) } }, THIRD),
  ], [['NoEffectivePermissions', 'no statement of its identity policies allows it']]),
  ...bothWays('a permissions boundary of another stack', (pods) => [
    stackOf('Policies', {
      Resources: { Boundary: policyResource('ManagedPolicy', {}) },
      Outputs: { Arn: exported('boundary', ref('Boundary')) },
    }),
    stackOf('Pods',
      { Resources: { Role: role([allow('*', '*')], { PermissionsBoundary: imported('boundary') }), Pods: pods() } }),
  ]),
  ...bothWays('a role whose ARN goes down to a nested stack', (pods) => [
    stackOf('Parent', { Resources: { Role: role([DATA]), Nested: nested({ RoleArn: arnOf('Role') }) } }),
    stackOf('Parent/Nested',
      { Parameters: { RoleArn: text }, Resources: { Pods: pods({ RoleArn: ref('RoleArn') }) } }, inside('Parent')),
  ]),
  ...bothWays('a role whose ARN comes up from a nested stack', (pods) => [
    stackOf('Parent', { Resources: { Nested: nested(), Pods: pods({ RoleArn: output('Nested', 'RoleArn') }) } }),
    stackOf('Parent/Nested',
      { Resources: { Role: role([DATA]) }, Outputs: { RoleArn: { Value: arnOf('Role') } } }, inside('Parent')),
  ]),
  ...bothWays('a role whose ARN goes up, and down two levels', (pods) => [
    stackOf('Parent', { Resources: { Nested: nested(), Sibling: nested({ Given: output('Nested', 'RoleArn') }) } }),
    stackOf('Parent/Nested',
      { Resources: { Role: role([DATA]) }, Outputs: { RoleArn: { Value: arnOf('Role') } } }, inside('Parent')),
    stackOf('Parent/Sibling',
      { Parameters: { Given: text }, Resources: { Inner: nested({ RoleArn: ref('Given') }) } },
      inside('Parent', 'Sibling')),
    stackOf('Parent/Sibling/Inner',
      { Parameters: { RoleArn: text }, Resources: { Pods: pods({ RoleArn: ref('RoleArn') }) } },
      inside('Parent/Sibling', 'Inner')),
  ]),
  ...bothWays('a role with what goes down to its nested stack', (pods) => [
    stackOf('Parent',
      {
        Resources: {
          Nested: nested({ Bucket: 'data', Managed: ref('Write') }),
          Write: policyResource('ManagedPolicy', {}, [allow('s3:PutObject', '*')]),
        },
      }),
    stackOf('Parent/Nested', {
      Parameters: { Bucket: text, Managed: text },
      Resources: {
        Role: role([allow('s3:GetObject', sub('arn:aws:s3:::${Bucket}/*'))], { ManagedPolicyArns: [ref('Managed')] }),
        Pods: pods(),
      },
    }, inside('Parent')),
  ]),
  ...bothWays('a bucket that is the default of a nested stack', (pods) => [
    stackOf('Parent', {
      Parameters: { Stage: text },
      Conditions: { IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] } },
      Resources: { Nested: nested({ Bucket: { 'Fn::If': ['IsProd', 'data', ref('AWS::NoValue')] } }) },
    }),
    stackOf('Parent/Nested', {
      Parameters: {
        Bucket: { ...text, Default: 'data' },
        Buckets: { Type: 'CommaDelimitedList', Default: 'arn:aws:s3:::logs,arn:aws:s3:::more' },
      },
      Resources: {
        Role: role([allow('s3:GetObject', sub('arn:aws:s3:::${Bucket}/*')), allow('s3:*', ref('Buckets'))]),
        Pods: pods(),
      },
    }, inside('Parent')),
  ]),
  ...inDoubtOfResources('a key in Systems Manager that goes down to a nested stack', (pods) => [
    stackOf('Parent', { Resources: { Nested: nested({ Bucket: 'data' }) } }),
    stackOf('Parent/Nested', {
      Parameters: { Bucket: { Type: 'AWS::SSM::Parameter::Value<String>' } },
      Resources: { Role: role([allow('s3:GetObject', sub('arn:aws:s3:::${Bucket}/*'))]), Pods: pods() },
    }, inside('Parent')),
  ], '${Bucket}'),
  ...bothWays('a role by Fn::GetStackOutput', (pods) => [
    { ...ROLES, name: 'roles' },
    stackOf('Pods',
      { Resources: { Pods: pods({ RoleArn: { 'Fn::GetStackOutput': { StackName: 'roles', OutputName: 'Arn' } } }) } }),
  ]),
  ...inDoubt('a role by Fn::GetStackOutput of a stack that is not there', (pods) => [
    stackOf('Pods',
      { Resources: { Pods: pods({ RoleArn: { 'Fn::GetStackOutput': { StackName: 'roles', OutputName: 'Arn' } } }) } }),
  ], 'no template defines '),
  ...inDoubt('a role by an import that nothing exports',
    (pods) => [stackOf('Pods', { Resources: { Pods: pods({ RoleArn: imported('role-arn') }) } })],
    'no template defines the role ${Fn::ImportValue "role-arn"}'),
  app('two stages with exports of one name', [...stage('Beta', DATA), ...stage('Prod', allow('sqs:*', '*'))],
    [['NoEffectivePermissions', 'The role Prod/Roles/Role allows none of what the session policy allows']]),
  app('two stages for two accounts', [...stage('Beta', allow('sqs:*', '*'), US), ...stage('Prod', DATA, THIRD)],
    [['NoEffectivePermissions', 'The role Beta/Roles/Role allows none of what the session policy allows']]),
  app('a policy by name in another stage', [
    stackOf('Beta/Pods',
      { Resources: { Role: role([], { RoleName: 'pods' }), Pods: association([READ_A]) } }, { assembly: 'Beta' }),
    stackOf('Prod/Policies',
      { Resources: { Data: policyResource('Policy', { Roles: ['pods'] }) } }, { assembly: 'Prod' }),
  ], [['NoEffectivePermissions', 'The role Beta/Pods/Role allows none of what the session policy allows']]),
  app('a target role of another account', [
    stackOf('Pods', {
      Resources: {
        Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], 'arn:aws:iam::444455556666:role/data')]),
        Pods: association([READ_A], { TargetRoleArn: 'arn:aws:iam::444455556666:role/data' }),
      },
    }, US),
    stackOf('Data', {
      Resources: {
        Target: role([DATA], {
          RoleName: 'data',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            },
          },
        }),
      },
    }, THIRD),
  ]),
  app('a target role of another account that allows something else', [
    stackOf('Pods', {
      Resources: {
        Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], '*')]),
        Pods: association([READ_A], { TargetRoleArn: 'arn:aws:iam::444455556666:role/data' }),
      },
    }, US),
    stackOf('Data', {
      Resources: {
        Target: role([allow('sqs:*', '*')], {
          RoleName: 'data',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            },
          },
        }),
      },
    }, THIRD),
  ], [['NoEffectivePermissions', 'The role Data/Target allows none of what the session policy allows']]),
];
