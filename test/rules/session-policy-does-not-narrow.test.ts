import { allow, association, deny, findingsOf, role, stackOf } from './app';
import { managedPolicy } from '../managed-policies';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const at = (session: unknown[] | undefined, permissions: unknown[], properties = {}) =>
  stackOf({ Pods: association(session), Role: role(permissions, properties) });
const EBS = managedPolicy('AmazonEBSCSIDriverPolicy').document.Statement as unknown[];

test.each([
  ['the same statement', at([READ], [READ])],
  ['the same, said otherwise', at(
    [allow(['s3:GetObject', 's3:GetObjectAcl'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'])],
    [
      allow('s3:GetObject', ['arn:aws:s3:::b/*', 'arn:aws:s3:::a/*']),
      allow('s3:GetObjectAcl', 'arn:aws:s3:::a/*'),
      allow('s3:GetObjectAcl', 'arn:aws:s3:::b/*'),
    ],
  )],
  ['with what the role denies denied again',
    at([allow('s3:*', '*'), deny('s3:DeleteBucket', '*')], [allow('s3:*', '*'), deny('s3:DeleteBucket', '*')])],
  ['all that a driver of AWS has', at(EBS, EBS)],
])('%s', (_name, stack) => {
  expect(findingsOf('SessionPolicyDoesNotNarrow', stack).map((f) => [f.severity, f.message])).toEqual([['warning',
    'The session policy of Stack/Pods allows all that the role Stack/Role allows, so it takes nothing away. The pods of service account \'sa\' in '
    + 'namespace \'ns\' can do the same without it, and could then have session tags.']]);
});

test.each([
  ['less', at([allow('s3:GetObject', 'arn:aws:s3:::data/a/*')], [READ])],
  ['the same under a condition',
    at([allow('s3:GetObject', 'arn:aws:s3:::data/*', { Bool: { 'aws:SecureTransport': 'true' } })], [READ])],
  ['the same without one action', at([READ, deny('s3:GetObject', 'arn:aws:s3:::data/secret')], [READ])],
  ['a part of what a driver of AWS has', at(EBS.slice(1), EBS)],
  ['more than the role, which SessionPolicyExceedsRole says', at([allow('s3:*', '*')], [READ])],
  ['a role that has nothing, which NoEffectivePermissions says', at([READ], [])],
  ['a role with policies that are not part of the app',
    at([READ], [READ], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] })],
  ['no session policy', at(undefined, [READ])],
  ['a role that the association made for itself', stackOf({ Pods: association([READ]), Role: role([READ]) }, {
    pathOf: (logicalId) => (logicalId === 'Role' ? 'Stack/Pods/Role' : `Stack/${logicalId}`),
  })],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('SessionPolicyDoesNotNarrow', stack)).toEqual([]);
});
