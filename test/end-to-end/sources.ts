import { AppCase, bothWays, DATA, inDoubt, NO_VALUE, one, policyResource, ref, sub } from './app-case';
import { allow, arnOf, deny, policy, role, US } from '../rules/app';

const BROAD = allow('*', '*');
const S3_READ = 'iam::aws:policy/AmazonS3ReadOnlyAccess';
const managed = (...arns: unknown[]) => role([], { ManagedPolicyArns: arns });
const bounded = (boundary: unknown) => role([BROAD], { PermissionsBoundary: boundary });

/** Every place that a role has permissions from, within one stack. */
export const SOURCES: readonly AppCase[] = [
  ...bothWays('an inline policy', (pods) => one({ Role: role([DATA]), Pods: pods() })),
  ...bothWays('two inline policies', (pods) => one({
    Role: role([], {
      Policies: [
        { PolicyName: 'Read', PolicyDocument: policy(allow('s3:Get*', 'arn:aws:s3:::data/*')) },
        { PolicyName: 'List', PolicyDocument: policy(allow('s3:ListBucket', 'arn:aws:s3:::data')) },
      ],
    }),
    Pods: pods(),
  })),
  ...bothWays('an inline policy with one statement that is no list', (pods) => one({
    Role: role(
      [], { Policies: [{ PolicyName: 'Access', PolicyDocument: { Version: '2012-10-17', Statement: DATA } }] },
    ),
    Pods: pods(),
  })),
  ...bothWays('a managed policy of the app',
    (pods) => one({ Managed: policyResource('ManagedPolicy', {}), Role: managed(ref('Managed')), Pods: pods() })),
  ...bothWays('a managed policy of the app by its PolicyArn', (pods) => one({
    Managed: policyResource('ManagedPolicy', {}),
    Role: managed({ 'Fn::GetAtt': ['Managed', 'PolicyArn'] }),
    Pods: pods(),
  })),
  ...bothWays('a managed policy of the app by the ARN that it will have', (pods) => one({
    Managed: policyResource('ManagedPolicy', { ManagedPolicyName: 'data', Path: '/pods/' }),
    Role: managed('arn:aws:iam::111122223333:policy/pods/data'),
    Pods: pods(),
  }, {}, US)),
  ...bothWays('a managed policy of the app by the ARN that it will have, put together', (pods) => one({
    Managed: policyResource('ManagedPolicy', { ManagedPolicyName: 'data' }),
    Role: managed(sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/data')),
    Pods: pods(),
  })),
  ...bothWays('a managed policy of AWS', (pods) => one({ Role: managed(`arn:aws:${S3_READ}`), Pods: pods() })),
  ...bothWays('a managed policy of AWS in the partition of the deployment', (pods) => one({
    Role: managed({ 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), `:${S3_READ}`]] }), Pods: pods(),
  })),
  ...bothWays('a managed policy of AWS in a region',
    (pods) => one({ Role: managed(sub(`arn:\${AWS::Partition}:${S3_READ}`)), Pods: pods() }, {}, US)),
  ...inDoubt('a managed policy that AWS never had',
    (pods) => one({ Role: managed('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAcces'), Pods: pods() }),
    'did you mean arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess?'),
  ...inDoubt('a managed policy of somebody else',
    (pods) => one({ Role: managed('arn:aws:iam::111122223333:policy/theirs'), Pods: pods() }),
    'no template defines the managed policy arn:aws:iam::111122223333:policy/theirs of Stack/Role'),
  ...inDoubt('a managed policy from a parameter',
    (pods) => one({ Role: managed(ref('Policy')), Pods: pods() }, { Parameters: { Policy: { Type: 'String' } } }),
    'no template defines the managed policy ${Policy} of Stack/Role'),
  ...bothWays('a policy for the role',
    (pods) => one({ Role: role([]), Access: policyResource('Policy', { Roles: [ref('Role')] }), Pods: pods() })),
  ...bothWays('a policy for the name of the role', (pods) => one({
    Role: role([], { RoleName: 'pods' }), Access: policyResource('Policy', { Roles: ['nodes', 'pods'] }), Pods: pods(),
  })),
  ...bothWays('a policy for a name with the region in it', (pods) => one({
    Role: role([], { RoleName: sub('pods-${AWS::Region}') }),
    Access: policyResource('Policy', { Roles: [{ 'Fn::Join': ['-', ['pods', ref('AWS::Region')]] }] }),
    Pods: pods(),
  })),
  ...bothWays('a managed policy that names the role', (pods) => one({
    Role: role([]), Access: policyResource('ManagedPolicy', { Roles: [ref('Role')] }), Pods: pods(),
  })),
  ...bothWays('a role policy',
    (pods) => one({ Role: role([]), Access: policyResource('RolePolicy', { RoleName: ref('Role') }), Pods: pods() })),
  ...bothWays('a policy in which the CDK found no room, and the managed policy with the rest', (pods) => one({
    Role: role([], { ManagedPolicyArns: [ref('RoleOverflowPolicy1')] }),
    RoleDefaultPolicy: policyResource('Policy', { Roles: [ref('Role')] }, [allow('sqs:*', 'arn:aws:sqs:*:*:jobs')]),
    RoleOverflowPolicy1: policyResource('ManagedPolicy', { Path: '/', Description: '' }),
    Pods: pods(),
  })),
  ...bothWays('all kinds of policies together', (pods) => one({
    Role: role(
      [allow('s3:GetObject', 'arn:aws:s3:::data/a/1/*')],
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', ref('Managed')] },
    ),
    Managed: policyResource('ManagedPolicy', {}, [allow('s3:GetObject', 'arn:aws:s3:::data/a/*')]),
    Access: policyResource('Policy', { Roles: [ref('Role')] }, [allow('s3:PutObject', 'arn:aws:s3:::data/a/*')]),
    Own: policyResource('RolePolicy', { RoleName: ref('Role') }, [allow('s3:ListBucket', 'arn:aws:s3:::data')]),
    Pods: pods(),
  })),
  ...bothWays('a Deny in another policy', (pods) => one({
    Role: role([allow('s3:*', '*')]),
    Guard: policyResource('ManagedPolicy', { Roles: [ref('Role')] }, [deny('s3:Delete*', '*')]),
    Pods: pods(),
  })),
  ...bothWays('a permissions boundary of the app', (pods) => one({
    Role: bounded(ref('Boundary')), Boundary: policyResource('ManagedPolicy', {}), Pods: pods(),
  })),
  ...bothWays('a permissions boundary of AWS',
    (pods) => one({ Role: bounded(sub(`arn:\${AWS::Partition}:${S3_READ}`)), Pods: pods() })),
  ...inDoubt('a permissions boundary of somebody else', (pods) => one({
    Role: bounded('arn:aws:iam::111122223333:policy/corporate'), Pods: pods(),
  }), 'no template defines the managed policy arn:aws:iam::111122223333:policy/corporate of Stack/Role'),
  ...bothWays('no permissions boundary',
    (pods) => one({ Role: role([DATA], { PermissionsBoundary: NO_VALUE }), Pods: pods() })),
  ...bothWays('the role of a target role', (pods) => one({
    Role: role([allow(['sts:AssumeRole', 'sts:TagSession'], arnOf('Target'))]),
    Target: role([DATA], {
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow', Principal: { AWS: arnOf('Role') }, Action: ['sts:AssumeRole', 'sts:TagSession'],
      }),
    }),
    Pods: pods({ TargetRoleArn: arnOf('Target') }),
  })),
  ...bothWays('a role by the ARN that it will have', (pods) => one({
    Role: role([DATA], { RoleName: 'pods', Path: '/eks/' }),
    Pods: pods({ RoleArn: 'arn:aws:iam::111122223333:role/eks/pods' }),
  }, {}, US)),
];

