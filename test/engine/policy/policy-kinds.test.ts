import { parsePolicy } from '../../../lib/engine';
import { PolicyKind } from '../../../lib/engine/policy/policy-kinds';
import { allow, deny, document } from '../../make';

const problems = (kind: PolicyKind, ...statements: object[]) => (
  parsePolicy(document(...statements) as never, 'p', kind).problems.map(({ where }) => where));
const EVERYONE = { ...deny('s3:*'), Principal: '*' };

test.each<[string, PolicyKind, object, string[]]>([
  ['a Principal', 'service control', EVERYONE, ['Statement[0].Principal']],
  ['NotAction', 'service control', { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, []],
  ['NotAction with Allow', 'service control', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, []],
  ['one resource with Allow', 'service control', allow('s3:*', 'arn:aws:s3:::data/*'), []],
  ['a condition with Allow', 'service control', allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } }), []],
  ['NotResource', 'service control', { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::data/*' }, []],
  ['a Sid with other characters', 'service control', { ...deny('s3:*'), Sid: 'Keep data' }, []],
  ['a Sid with other characters', 'identity', { ...deny('s3:*'), Sid: 'Keep data' }, ['Statement[0].Sid']],
  ['everyone', 'resource control', EVERYONE, []],
  ['everyone in AWS', 'resource control', { ...EVERYONE, Principal: { AWS: '*' } }, []],
  ['everyone in a list', 'resource control', { ...EVERYONE, Principal: { AWS: ['*'] } }, []],
  ['everyone and another', 'resource control', { ...EVERYONE, Principal: { AWS: ['*', '111122223333'] } },
    ['Statement[0].Principal']],
  ['a service', 'resource control', { ...EVERYONE, Principal: { Service: '*' } }, ['Statement[0].Principal']],
  ['nobody', 'resource control', deny('s3:*'), ['Statement[0]']],
  ['NotPrincipal', 'resource control', { ...deny('s3:*'), NotPrincipal: '*' }, ['Statement[0].NotPrincipal']],
  ['RCPFullAWSAccess', 'resource control', { ...allow('*'), Principal: '*' }, []],
  ['another Allow', 'resource control', { ...allow('s3:*'), Principal: '*' }, ['Statement[0].Effect']],
])('%s in a policy of kind %s', (_what, kind, statement, expected) => {
  expect(problems(kind, statement)).toEqual(expected);
});
