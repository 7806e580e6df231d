import { allow, association, deny, findingsIn, findingsOf, role, stackOf } from './app';
import { managedPolicy } from '../managed-policies';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const WRITE = allow('s3:PutObject', 'arn:aws:s3:::data/*');
const at = (session: unknown[], permissions: unknown[], boundary?: unknown) => stackOf({
  Pods: association(session),
  Role: role(permissions, boundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {}),
  ...(boundary
    ? {
      Boundary: {
        Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: boundary } },
      },
    }
    : {}),
});

test.each<[string, ReturnType<typeof at>, RegExp]>([
  ['a role without permissions',
    at([READ], []),
    /such as s3:GetObject on arn:aws:s3:::data\/example: no statement of its identity policies allows it/],
  ['a role for something else',
    at([READ, allow('sqs:SendMessage', '*')], [WRITE]),
    /AccessDenied, "because no identity-based policy allows the s3:GetObject action"/],
  ['denied by the role',
    at([READ], [READ, deny('s3:*', '*')]), /statement 1 of inline policy 'Access' of Stack\/Role denies it/],
  ['denied by itself',
    at([READ, deny('*', '*')], [READ]), /have no request in common that none of their statements denies/],
  ['all but all resources',
    at([{ Effect: 'Allow', Action: 's3:GetObject', NotResource: '*' }], [READ]), /have no request in common/],
  ['all but all actions',
    at([{ Effect: 'Allow', NotAction: ['s3:*', '*'], Resource: '*' }], [READ]), /have no request in common/],
  ['outside of the boundary', at([READ], [READ], [WRITE]), /no statement of its permissions boundary allows it/],
  ['conditions that exclude each other',
    at([allow('s3:GetObject', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
      [allow('s3:GetObject', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })]),
    /can do nothing/],
])('%s', (_name, stack, message) => {
  const findings = findingsIn(stack);
  expect(findings.map((f) => [f.rule, f.severity])).toEqual([['NoEffectivePermissions', 'error']]); // and no other rule says it again
  expect(findings[0].message).toMatch(
    /^Stack\/Pods: the pods of service account 'sa' in namespace 'ns' can do nothing\./,
  );
  expect(findings[0].message).toMatch(message);
});

test.each<[string, ReturnType<typeof at>]>([
  ['something in common', at([READ, WRITE], [READ])],
  ['a session policy that denies everything', at([deny('*', '*')], [READ])],
  ['one that AWS would reject', at([{ Effect: 'Allow', Action: 's3:GetObject' }], [])],
  ['a role that is not part of the app',
    stackOf({ Pods: association([READ], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) })],
  ['no session policy', stackOf({ Pods: association(undefined), Role: role([]) })],
  ['what a driver of AWS needs, and AWS grants', at([allow('ec2:CreateSnapshot', 'arn:aws:ec2:*:*:volume/*')],
    managedPolicy('AmazonEBSCSIDriverPolicy').document.Statement as unknown[])],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('NoEffectivePermissions', stack)).toEqual([]);
});
