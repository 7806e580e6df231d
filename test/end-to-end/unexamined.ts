/* eslint-disable @stylistic/max-len -- an app is easier to compare on few lines */
import { app, AppCase, bothWays, DATA, DELETE_A, DELETE_EXCEEDS, inDoubt, one, policyResource, READ_A, ref, sub } from './app-case';
import { TemplateResource } from '../../lib/template/template-set';
import { allow, arnOf, association, policy, role } from '../rules/app';
import { stackOf } from '../template/make-stack';

const SHARED = 'arn:aws:iam::111122223333:role/shared';
const declared = {
  source: 'RolePermissions.ofRole',
  arn: SHARED,
  role: { identityPolicies: [{ name: 'identity policy 0', document: policy(DATA) }], managedPolicyArns: [] },
};
const TEAMS = { Parameters: { Teams: { Type: 'CommaDelimitedList' } } };
const defaults = (Default: string) => ({ Parameters: { Teams: { Type: 'CommaDelimitedList', Default } } });
const loopOver = (items: unknown, body: object) => ({ 'Fn::ForEach::All': ['X', items, body] as unknown as TemplateResource });

/** What makes resources, or changes them, when the template is deployed. */
export const UNEXAMINED: readonly AppCase[] = [
  ...bothWays('transforms of AWS', (pods) => one({ Role: role([DATA]), Pods: pods() }, {
    Transform: [
      'AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2020-07-23', 'AWS::CodeDeployBlueGreen',
      'AWS::ServiceCatalog',
    ],
  })),
  ...bothWays('a serverless function', (pods) => one({
    Role: role([DATA]), Pods: pods(), Function: { Type: 'AWS::Serverless::Function', Properties: { Policies: ['AmazonS3FullAccess'] } },
  }, { Transform: 'AWS::Serverless-2016-10-31' })),
  ...inDoubt('a serverless connector', (pods) => one({
    Role: role([DATA]),
    Pods: pods(),
    Function: { Type: 'AWS::Serverless::Function', Properties: { Role: arnOf('Role') }, Connectors: { Table: {} } } as TemplateResource,
  }, { Transform: 'AWS::Serverless-2016-10-31' }), 'the connectors of Stack/Function may change what Stack/Role may do'),
  ...bothWays('a role that a macro of another stack does not know', (pods) => [
    ...one({ Role: role([DATA]), Pods: pods() }), stackOf('Other', { Resources: {}, Transform: 'Any' }),
  ], undefined, [['TemplateNotExamined', 'the macro Any']]),
  ...inDoubt('a macro of the stack around', (pods) => [
    stackOf('Stack', { Resources: { Role: role([DATA]), Pods: pods(), Inner: { Type: 'AWS::CloudFormation::Stack' } } }),
    stackOf('Inner', { Resources: {}, Transform: 'Any' }, { parent: { stackId: 'Stack', logicalId: 'Inner' } }),
  ], 'the macro Any may change what Stack/Role may do', undefined, [['TemplateNotExamined', 'the macro Any']]),
  ...inDoubt('a macro that may attach policies to an imported role', (pods) => one({ Pods: pods({ RoleArn: SHARED }) }, { Transform: 'Any' }),
    `the macro Any may change what the role ${SHARED} may do`, [declared], [['TemplateNotExamined', 'the macro Any']]),
  ...inDoubt('a macro for a policy document', (pods) => one({
    Role: role([], { Policies: [{ PolicyName: 'p', PolicyDocument: { ...policy(DATA) as object, 'Fn::Transform': { Name: 'Any' } } }] }),
    Pods: pods(),
  }), "inline policy 'p' of Stack/Role could not be understood"),
  ...inDoubt('a macro for a policy', (pods) => one({
    Role: role([DATA]), Pods: pods(), More: policyResource('Policy', { 'Fn::Transform': { Name: 'Any' } }),
  }), 'the macro Any in Stack/More may change what Stack/Role may do'),
  ...inDoubt('a file that is included among the resources', (pods) => one({
    'Role': role([DATA]),
    'Pods': pods(),
    'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/more.yaml' } } as unknown as TemplateResource,
  }), 'what AWS::Include reads from s3://bucket/more.yaml may change what Stack/Role may do', undefined,
  [['TemplateNotExamined', 'Not examined: what AWS::Include reads from s3://bucket/more.yaml']]),
  ...inDoubt('a module', (pods) => one({ Role: role([DATA]), Pods: pods(), More: { Type: 'Acme::Eks::Team::MODULE' } }),
    'Stack/More, a module (Acme::Eks::Team::MODULE) may change', undefined, [['TemplateNotExamined', 'Stack/More, a module']]),
  ...inDoubt('a nested stack that is given the role', (pods) => one({
    Role: role([DATA]),
    Pods: pods(),
    More: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3/x.json', Parameters: { Role: ref('Role') } } },
  }), 'the template of the nested stack Stack/More was not read', undefined, [['TemplateNotExamined', 'the template of the nested stack Stack/More']]),
  ...inDoubt('a nested stack that may know the name of the role', (pods) => one({
    Role: role([DATA], { RoleName: 'data' }), Pods: pods(), More: { Type: 'AWS::CloudFormation::Stack' },
  }), 'the template of the nested stack Stack/More was not read', undefined, [['TemplateNotExamined', 'the template of the nested stack Stack/More']]),
  ...bothWays('a nested stack that does not know the role', (pods) => one({
    Role: role([DATA]), Pods: pods(), More: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Role: ref('RoleOfOthers') } } },
  }), undefined, [['TemplateNotExamined', 'the template of the nested stack Stack/More']]),
  ...inDoubt('a loop that attaches policies, over a parameter', (pods) => one({
    Role: role([DATA]), Pods: pods(), ...loopOver(ref('Teams'), { 'Policy${X}': policyResource('Policy', { Roles: [ref('Role')] }) }),
  }, TEAMS), 'Fn::ForEach::All of Stack was not expanded: its parameter Teams has no default'),
  ...inDoubt('a loop that attaches policies, over the default of a parameter', (pods) => one({
    Role: role([DATA]), Pods: pods(), ...loopOver(ref('Teams'), { 'Policy${X}': policyResource('Policy', { Roles: [ref('Role')] }) }),
  }, defaults('a')), 'Fn::ForEach::All of Stack was examined for the default of its parameter Teams only'),
  ...bothWays('a loop over a default that makes each role with its policy', (pods) => one({
    Pods: pods({ RoleArn: arnOf('Rolea') }),
    ...loopOver(ref('Teams'), { 'Role${X}': role([]), 'Policy${X}': policyResource('Policy', { Roles: [ref('Role${X}')] }) }),
  }, defaults('a'))),
  app('a loop that makes associations, over a parameter', one({
    Role: role([DATA]), ...loopOver(ref('Teams'), { 'Pods${X}': association([DELETE_A]) }),
  }, TEAMS), [['TemplateNotExamined', 'the resources of Fn::ForEach::All (its parameter Teams has no default)']]),
  app('a loop that makes associations, over a default', one({
    Role: role([DATA]), ...loopOver(ref('Teams'), { 'Pods${X}': association([READ_A, DELETE_A], { ServiceAccount: '${X}' }) }),
  }, defaults('a')), [['TemplateNotExamined', 'Fn::ForEach::All, for the default of its parameter Teams'], DELETE_EXCEEDS]),
  app('a loop that makes a type for each item', one(loopOver(ref('Teams'), { '${X}': { Type: 'AWS::EKS::${X}' } }), TEAMS),
    [['TemplateNotExamined', 'Fn::ForEach::All']]),
  app('a loop of a loop that makes associations', one(loopOver(['a'], {
    'Fn::ForEach::Inner': ['Y', ref('Teams'), { 'Pods${X}${Y}': association([READ_A]) }],
  }), TEAMS), [['TemplateNotExamined', 'Fn::ForEach::Inner']]),
  app('more items than CloudFormation takes',
    one(loopOver(Array.from({ length: 2000 }, String), { 'Pods${X}': association([READ_A]) })),
    [['TemplateNotExamined', 'more than 1000 resources']]),
  app('loops over a parameter that make nothing of this kind', one(loopOver(ref('Teams'), {
    'Queue${X}': { Type: 'AWS::SQS::Queue' },
    'Key${X}': {
      Type: 'AWS::KMS::Key',
      Properties: { KeyPolicy: policy({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::${AWS::AccountId}:root') }, Action: 'kms:*', Resource: '*' }) },
    },
    'Addon${X}': { Type: 'AWS::EKS::Addon', Properties: { AddonName: 'coredns' } },
  }), TEAMS), [], { silent: 'TemplateNotExamined' }),
  app('macros where they change nothing of this kind', one({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { 'Fn::Transform': { Name: 'Any' } } },
    Rotation: { Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId: 'arn:aws:serverlessrepo:x' } } },
    Made: { Type: 'Custom::Anything' },
  }), [], { silent: 'TemplateNotExamined' }),
  app('an output of a provisioned product in a role', one({
    Role: role([allow('s3:GetObject', 'arn:aws:s3:::[[servicecatalog:provisionedproduct:Data:Bucket]]/*')]), Pods: association([READ_A]),
  }, { Transform: 'AWS::ServiceCatalog' }), [['NarrowingUndetermined', 'servicecatalog:provisionedproduct:Data:Bucket']]),
  app('a macro for an association', one({
    Role: role([DATA]), Pods: association([READ_A], { 'Fn::Transform': { Name: 'Any' } }),
  }), [['TemplateNotExamined', 'the output of the macro Any in Stack/Pods']]),
  app('a resource that only a macro knows', one({ Pods: { 'Fn::Transform': { Name: 'Any' } } as unknown as TemplateResource }),
    [['TemplateNotExamined', 'the resource Stack/Pods, whose type is not written out']]),
  app('loops inside of an association', one({
    Role: role([DATA]), Pods: association([READ_A], { 'Fn::ForEach::P': ['X', ref('Teams'), { '${X}': 'a' }] }),
  }, defaults('TargetRoleArn')), [['TemplateNotExamined', 'Fn::ForEach::P in Stack/Pods (its items are not certain)']]),
  app('a role whose policies a loop makes', one({
    Role: role([], { 'Fn::ForEach::P': ['X', ['Policies'], { '${X}': [{ PolicyName: 'p', PolicyDocument: policy(DATA) }] }] }),
    Pods: association([READ_A, DELETE_A]),
  }), [DELETE_EXCEEDS]),
];
