import { isGuardrail } from '../../../lib/engine/policy/guardrail';
import { allow, condition, deny, statement } from '../make';

test.each<[string, boolean, string]>([
  // what, whether it is a guardrail, the conditions of the Deny statement
  ['transport', true, 'Bool aws:SecureTransport false'],
  ['TLS version', true, 'NumericLessThan s3:TlsVersion 1.2'],
  ['network', true, 'StringNotEqualsIfExists aws:SourceVpc vpc-1 & BoolIfExists aws:ViaAWSService false'],
  ['network, but for a role', true, 'NotIpAddress aws:SourceIp 10.0.0.0/8 & ArnNotLike aws:PrincipalArn arn:aws:iam::*:role/x'],
  ['network, but for tagged principals', true, 'StringNotEquals aws:SourceVpc v & StringNotEquals aws:PrincipalTag/exempt y'],
  ['Region', true, 'StringNotEquals aws:RequestedRegion eu-west-1|eu-central-1'],
  ['organization of the resource', true, 'StringNotEquals aws:ResourceOrgID o-1234567890'],
  ['multi-factor authentication', true, 'BoolIfExists aws:MultiFactorAuthPresent false'],
  ['age of the session', true, 'DateLessThan aws:TokenIssueTime 2020-01-01T00:00:00Z'],
  ['the case of keys does not matter', true, 'Bool AWS:SECURETRANSPORT false'],
  ['only who the principal is', false, 'StringNotEquals aws:PrincipalTag/team a'],
  ['what the request is about', false, 'StringNotEquals aws:ResourceTag/team a'],
  ['how, but also what', false, 'Bool aws:SecureTransport false & StringEquals s3:ExistingObjectTag/class secret'],
  ['encryption', false, 'Null s3:x-amz-server-side-encryption true'],
])('%s: %s', (_what, expected, conditions) => {
  expect(isGuardrail(statement(deny('*', '*', condition(conditions))))).toBe(expected);
});

test.each([
  ['a Deny statement without conditions', deny('iam:*')],
  ['an Allow statement', allow('s3:*', '*', condition('Bool aws:SecureTransport true'))],
])('%s is not a guardrail', (_what, json) => {
  expect(isGuardrail(statement(json))).toBe(false);
});
