import { redact, redactAll, secretsIn } from '../../../cli/live/redact';
import { cpuSecondsOf } from '../../cpu-seconds';

/** Credentials of nobody, in parts, so that no scanner treats them as real ones. */
const KEY_ID = `AKIA${'IOSFODNN7EXAMPLE'}`;
const TEMPORARY_KEY_ID = `ASIA${'Y34FZKBOKMUTVV7A'}`;
const SECRET = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`;
const TOKEN = `IQoJb3JpZ2luX2VjEOr//////////wEaCXVzLWVhc3QtMSJ+${'FwoGZXIvYXdzEBYaDK+'.repeat(20)}==`;
const SIGNATURE = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20260101/eu-west-1/eks/aws4_request, SignedHeaders=host;x-amz-date, `
  + `Signature=${SIGNATURE}`;
const KNOWN = [SECRET, TOKEN];

test.each<[string, string, string]>([
  ['an access key id', `the key ${KEY_ID} is unknown`, 'the key [redacted] is unknown'],
  ['a temporary access key id', `(${TEMPORARY_KEY_ID})`, '([redacted])'],
  ['a header', `Authorization: ${AUTHORIZATION}`, 'Authorization: [redacted]'],
  ['a header among others', `host: x\r\nauthorization: ${AUTHORIZATION}\r\naccept: */*`,
    'host: x\r\nauthorization: [redacted]\r\naccept: */*'],
  ['a header in JSON',
    JSON.stringify({ authorization: AUTHORIZATION, host: 'x' }), '{"authorization":"[redacted]","host":"x"}'],
  ['a header in XML', `<Authorization>${AUTHORIZATION}</Authorization>`,
    '<Authorization>AWS4-HMAC-SHA256 [redacted]</Authorization>'],
  ['what AWS writes about a header', `'Credential' not a valid pair in Authorization header: '${AUTHORIZATION.replace(' ', '')}'`,
    "'Credential' not a valid pair in Authorization header: 'AWS4-HMAC-SHA256 [redacted]"],
  ['a header of a proxy', 'Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Proxy-Authorization: [redacted]'],
  ['a bearer token', 'sent Bearer abcdefghijklmnopqrstuvwxyz', 'sent Bearer [redacted]'],
  ['a session token as a header', `x-amz-security-token:${TOKEN.slice(0, 60)}\nhost`, 'x-amz-security-token:[redacted]\nhost'],
  ['a session token in a query', `/?X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&a=b`,
    '/?X-Amz-Security-Token=[redacted]&a=b'],
  ['a session token in a query in a query',
    `X-Amz-Security-Token%3D${TOKEN.slice(0, 30)}`, 'X-Amz-Security-Token%3D[redacted]'],
  ['a signature in a query', `X-Amz-Signature=${SIGNATURE}&X-Amz-Date=1`, 'X-Amz-Signature=[redacted]&X-Amz-Date=1'],
  ['a signature', `Signature=${SIGNATURE}`, 'Signature=[redacted]'],
  ['credentials in JSON', `{"SecretAccessKey":"${'z'.repeat(40)}","SessionToken" : "${'t/+='.repeat(20)}"}`,
    '{"SecretAccessKey":"[redacted]","SessionToken" : "[redacted]"}'],
  ['credentials in XML', `<SessionToken>${'t/+='.repeat(20)}</SessionToken>`, '<SessionToken>[redacted]</SessionToken>'],
  ['credentials in escaped XML', `&quot;SecretAccessKey&quot;:&quot;${'z'.repeat(40)}&quot;`,
    '&quot;SecretAccessKey&quot;:&quot;[redacted]&quot;'],
  ['credentials in a file', `aws_secret_access_key = ${'z'.repeat(40)}`, 'aws_secret_access_key = [redacted]'],
  ['credentials in the environment', `AWS_SESSION_TOKEN=${'t'.repeat(80)}`, 'AWS_SESSION_TOKEN=[redacted]'],
  ['the user of a URL', 'connect to https://user:pass@proxy:8080/ failed', 'connect to https://[redacted]@proxy:8080/ failed'],
  ['a known secret', `it is ${SECRET}.`, 'it is [redacted].'],
  ['a known secret, percent-encoded', `it is ${encodeURIComponent(SECRET)}.`, 'it is [redacted].'],
  ['a known secret, cut', `it is ${TOKEN.slice(0, 100)}…`, 'it is [redacted]…'],
  ['a known secret, twice', `${SECRET},${SECRET}`, '[redacted],[redacted]'],
])('%s', (_, text, redacted) => {
  expect(redact(text, KNOWN)).toBe(redacted);
  expect(redact(redacted, KNOWN)).toBe(redacted);
});

test.each([
  '',
  'The security token included in the request is expired',
  'The security token included in the request is invalid.',
  'Signature expired: 20200101T000000Z is now earlier than 20260101T000000Z (20260101T000500Z - 5 min.)',
  'Signature not yet current: 20300101T000000Z is still later than 20260101T000500Z',
  'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.',
  'MissingAuthenticationToken: Request is missing Authentication Token',
  'User: arn:aws:sts::111122223333:assumed-role/ci/session is not authorized to perform: iam:GetRole on resource: role pods',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/a@b.html',
  'The condition aws:userid is AROAEXAMPLEEXAMPLEEXAMPLE:session, and AIDAEXAMPLEEXAMPLEEXAMPLE another',
  'arn:aws:iam::111122223333:role/AKIAservice',
])('text without secrets does not change: %s', (text) => {
  expect(redact(text, KNOWN)).toBe(text);
});

test('the values of emulators are words', () => {
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: '' };
  expect(redact('a test of a tested latest', secretsIn(env))).toBe('a test of a tested latest');
});

test('the environment has secrets', () => {
  const env = { AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN, AWS_REGION: 'eu-west-1' };
  expect(secretsIn(env)).toEqual([SECRET, TOKEN]);
});

test('every text of a value', () => {
  const value = { a: [`x ${SECRET}`, 1, null, true], b: { c: TOKEN }, d: undefined };
  expect(redactAll(value, KNOWN)).toEqual({ a: ['x [redacted]', 1, null, true], b: { c: '[redacted]' }, d: undefined });
  expect(redactAll(value, ['test'])).toBe(value);
});

test('long text takes a moment', () => {
  const parts = [
    'signature ', 'authorization ', 'AKIA', 'http://', 'x-amz-security-token:', ' ', 'Basic ', SECRET.slice(0, 20),
  ];
  const seconds = cpuSecondsOf(() => parts.forEach((part) => redact(part.repeat(1_000_000 / part.length), KNOWN)));
  expect(seconds).toBeLessThan(20); // quadratic time would be hours
});
