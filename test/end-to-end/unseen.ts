import {
  app, AppCase, bothWays, DATA, Expected, inDoubt, one, policyResource, READ_A, ref, sub,
} from './app-case';
import { VALUE_OF_STACK } from '../../lib/template/intrinsics/value-of-stack';
import { PermissionsDeclaration, RoleDeclaration } from '../../lib/template/known-permissions';
import { allow, arnOf, association, policy, role, trust, US } from '../rules/app';
import { stackOf } from '../template/make-stack';

const SHARED = 'arn:aws:iam::111122223333:role/shared';
const THEIRS = 'arn:aws:iam::111122223333:policy/theirs';
const source = 'RolePermissions.ofRole';
const declared = (
  permissions: Partial<RoleDeclaration>, arn: unknown = SHARED, stackId?: string,
): PermissionsDeclaration =>
  ({ source, arn, stackId, role: { identityPolicies: [], managedPolicyArns: [], ...permissions } });
const declaredPolicy = (statement: unknown, arn: unknown = THEIRS): PermissionsDeclaration => ({
  source: 'RolePermissions.ofManagedPolicy', arn, policy: policy(statement),
});
const documents = (...statements: unknown[]) => ({
  identityPolicies: statements.map((statement, i) => ({ name: `identity policy ${i}`, document: policy(statement) })),
});
const UNREAD: readonly Expected[] = [['TemplateNotExamined', 'the template of Other (ENOENT)']];
const EVERYTHING = documents(allow('*', '*'));

/** What no template of the app has, or has as it will be. */
export const UNSEEN: readonly AppCase[] = [
  ...inDoubt('a macro for the template',
    (pods) => one({ Role: role([DATA]), Pods: pods() }, { Transform: 'AddPolicies' }),
    'the macro AddPolicies may change what Stack/Role may do', undefined,
    [['TemplateNotExamined', 'the output of the macro AddPolicies']]),
  ...inDoubt('a macro among transforms',
    (pods) => one(
      { Role: role([DATA]), Pods: pods() }, { Transform: ['AWS::LanguageExtensions', { Name: 'AWS::Include' }] },
    ),
    'what AWS::Include reads may change what Stack/Role may do', undefined,
    [['TemplateNotExamined', 'Not examined: what AWS::Include reads']]),
  ...inDoubt('a macro for the role',
    (pods) => one({ Role: role([DATA], { 'Fn::Transform': { Name: 'AddPolicies' } }), Pods: pods() }),
    'the macro AddPolicies may change what Stack/Role may do'),
  app('a macro for the session policy',
    one({ Role: role([DATA]), Pods: association([READ_A], { Policy: { 'Fn::Transform': { Name: 'Policy' } } }) }),
    [['NarrowingUndetermined', 'the session policy could not be read: Fn::Transform']]),
  ...inDoubt('a template that was not read', (pods) => [
    ...one({ Role: role([DATA]), Pods: pods() }), stackOf('Other', {}, { unread: 'ENOENT' }),
  ], 'the template of Other could not be read (ENOENT)', undefined, UNREAD),
  ...inDoubt('a template that was not read, beside a role whose policies are declared', (pods) => [
    ...one({ Pods: pods({ RoleArn: SHARED }) }), stackOf('Other', {}, { unread: 'ENOENT' }),
  ], 'the template of Other could not be read (ENOENT)', [declared(documents(DATA))], UNREAD),
  ...inDoubt('an imported role',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }), `no template defines the role ${SHARED}`),
  ...inDoubt('an imported role with a policy of the app', (pods) => one({
    Access: policyResource('Policy', { Roles: ['shared'] }), Pods: pods({ RoleArn: SHARED }),
  }, {}, US), 'its policies are not known, except AWS::IAM::Policy Stack/Access'),
  ...inDoubt('a role from a parameter',
    (pods) => one({ Pods: pods({ RoleArn: ref('RoleArn') }) }), 'no template defines the role ${RoleArn}'),
  ...bothWays('an imported role whose policies are declared',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }), [declared(documents(DATA))]),
  ...bothWays('an imported role whose policies are declared in two documents',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    [declared(documents(allow('sqs:*', '*'), DATA))]),
  ...bothWays('an imported role with a declared policy and one of the app', (pods) => one({
    Access: policyResource('Policy', { Roles: ['shared'] }), Pods: pods({ RoleArn: SHARED }),
  }, {}, US), [declared(documents(allow('sqs:*', '*')))]),
  ...bothWays('an imported role with a managed policy of AWS', (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    [declared({ managedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] })]),
  ...bothWays('an imported role with a managed policy that is declared',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    [declared({ managedPolicyArns: [THEIRS] }), declaredPolicy(DATA)]),
  ...bothWays('an imported role with a managed policy of the app',
    (pods) => one({ Data: policyResource('ManagedPolicy', {}), Pods: pods({ RoleArn: SHARED }) }),
    [declared({ managedPolicyArns: [{ [VALUE_OF_STACK]: ['Stack', ref('Data')] }] }, SHARED, 'Stack')]),
  ...inDoubt('an imported role with a managed policy that nobody knows',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    `no template defines the managed policy ${THEIRS} of the role ${SHARED}`,
    [declared({ managedPolicyArns: [THEIRS] })]),
  ...bothWays('an imported role with a declared permissions boundary',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    [declared({ ...EVERYTHING, permissionsBoundary: { name: 'permissions boundary', document: policy(DATA) } })]),
  ...bothWays('an imported role with a permissions boundary that is known by its ARN',
    (pods) => one({ Pods: pods({ RoleArn: SHARED }) }),
    [declared({ ...EVERYTHING, permissionsBoundaryArn: THEIRS }), declaredPolicy(DATA)]),
  ...bothWays('an imported role whose ARN has values of a stack', (pods) => one({
    Pods: pods({ RoleArn: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/shared') }),
  }), [declared(
    documents(DATA),
    { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':iam::', ref('AWS::AccountId'), ':role/shared']] }, 'Stack',
  )]),
  ...bothWays('a role of the app with a declared managed policy',
    (pods) => one({ Role: role([], { ManagedPolicyArns: [THEIRS] }), Pods: pods() }), [declaredPolicy(DATA)]),
  ...bothWays('a role of the app with a declared permissions boundary', (pods) => one({
    Role: role([allow('*', '*')], { PermissionsBoundary: THEIRS }), Pods: pods(),
  }), [declaredPolicy(DATA)]),
  app('an imported role whose declared trust policy is that of another service',
    one({ Pods: association([READ_A], { RoleArn: SHARED }) }),
    [['RoleTrustPolicy', 'does not let pods.eks.amazonaws.com do sts:AssumeRole and sts:TagSession']],
    { declarations: [declared({ ...documents(DATA), trustPolicy: policy(trust({ Service: 'ec2.amazonaws.com' })) })] }),
  app('a declared target role of another account', one({
    Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], 'arn:aws:iam::444455556666:role/data')]),
    Pods: association([READ_A], { RoleArn: arnOf('Role'), TargetRoleArn: 'arn:aws:iam::444455556666:role/data' }),
  }, {}, US), [['NoEffectivePermissions', 'The role arn:aws:iam::444455556666:role/data allows none of what the session policy allows']],
  { declarations: [declared(documents(allow('sqs:*', '*')), 'arn:aws:iam::444455556666:role/data')] }),
  app('a declaration of another role',
    one({ Pods: association([READ_A], { RoleArn: SHARED }) }),
    [['NarrowingUndetermined', `no template defines the role ${SHARED}`]],
    { declarations: [declared(documents(DATA), 'arn:aws:iam::444455556666:role/shared')] }),
];
