import { allow, association, deny, findingsIn, findingsOf, role, stackOf } from './app';
import { managedPolicy } from '../managed-policies';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const READ_ALL = allow('s3:GetObject', 'arn:aws:s3:::data/*');
const at = (session: unknown[], permissions: unknown[]) => stackOf({
  Pods: association(session), Role: role(permissions),
});
const EVERYTHING = [allow('*', '*')];

test.each<[string, ReturnType<typeof at>, string[]]>([
  ['repeated by a wider one', at([{ ...READ, Sid: 'Narrow' }, READ_ALL], EVERYTHING),
    ["statement 0 (Sid 'Narrow') of the session policy has no effect: other statements of the session policy allow all that this statement allows."]],
  ['repeated word for word: the later', at([READ, READ], EVERYTHING),
    ['statement 1 of the session policy has no effect: other statements of the session policy allow all that this statement allows.']],
  ['repeated on a role that is not known',
    stackOf({ Pods: association([READ, READ_ALL], { RoleArn: 'arn:aws:iam::111122223333:role/platform' }) }),
    ['statement 0 of the session policy has no effect: other statements of the session policy allow all that this statement allows.']],
  ['denied by the session policy', at([READ, allow('sqs:*', '*'), deny('s3:*', '*')], EVERYTHING),
    ['statement 0 of the session policy has no effect: Deny statements of the session policy deny all that it allows, so the pods are denied all of it.']],
  ['a denial of what nothing allows', at([READ, deny('s3:PutObject', '*')], EVERYTHING), [
    'statement 1 of the session policy has no effect: the other statements of the session policy allow no request that it denies, and AWS denies '
    + 'by default what no statement allows.',
  ]],
])('%s', (_name, stack, messages) => {
  const findings = findingsOf('StatementHasNoEffect', stack);
  expect(findings.map((f) => [f.severity, f.message])).toEqual(
    messages.map((message) => ['warning', `Stack/Pods: ${message}`]),
  );
  expect(findings[0].fix).toMatch(/^Remove \{.*"Effect":".*\} from the session policy\. It counts/);
});

test.each<[string, ReturnType<typeof at>]>([
  ['statements that overlap', at([READ, allow('s3:*', 'arn:aws:s3:::data/a/b/*')], EVERYTHING)],
  ['a denial that takes something away', at([READ_ALL, deny('s3:*', 'arn:aws:s3:::data/secret/*')], EVERYTHING)],
  ['a denial under a condition',
    at([READ_ALL, deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })], EVERYTHING)],
  ['the same under different conditions', at([
    allow('s3:GetObject', '*', { Bool: { 'aws:SecureTransport': 'true' } }),
    allow('s3:GetObject', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
  ], EVERYTHING)],
  ['the statements of a controller of AWS',
    at(managedPolicy('AmazonEBSCSIDriverPolicy').document.Statement as unknown[], EVERYTHING)],
])('%s: nothing to say', (_name, stack) => {
  expect(findingsOf('StatementHasNoEffect', stack)).toEqual([]);
});

test.each<[string, ReturnType<typeof at>, string[]]>([
  ['outside the role: SessionPolicyExceedsRole says it',
    at([READ, allow('sqs:*', '*')], [READ_ALL]), ['SessionPolicyExceedsRole']],
  ['all of it outside: NoEffectivePermissions says it, once',
    at([READ, READ, deny('sqs:*', '*')], []), ['NoEffectivePermissions']],
])('%s', (_name, stack, rules) => {
  expect(findingsIn(stack).map((f) => f.rule)).toEqual(rules);
});
