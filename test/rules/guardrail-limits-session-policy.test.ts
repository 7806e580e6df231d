import { allow, association, deny, findingsIn, role, stackOf, US } from './app';
import { CheckSettings, DEFAULT_SETTINGS } from '../../lib/analysis/settings';
import { runRules } from '../../lib/rules/run-rules';
import { TemplateSet } from '../../lib/template/template-set';

const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const DATA = allow('s3:*', 'arn:aws:s3:::data/*');
const TLS = { ...deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } }), Sid: 'OnlyTls' };
const VPC = deny('*', '*', { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } });
const REGIONS = deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } });

const at = (session: unknown[], permissions: unknown[]) =>
  stackOf({ Pods: association(session), Role: role(permissions) }, US);

function found(stack: ReturnType<typeof at>, settings: Partial<CheckSettings> = {}) {
  return runRules(new TemplateSet([stack]), { settings: { ...DEFAULT_SETTINGS, ...settings } })
    .map(({ rule, severity }) => `${severity} ${rule}`);
}

test('a role with guardrails makes no noise', () => {
  const sessions = [READ, allow('sqs:SendMessage', 'arn:aws:sqs:*:*:jobs-*'), allow('dynamodb:Query', '*')];
  expect(found(at(sessions, [allow('*', '*'), TLS, VPC, REGIONS]))).toEqual([]);
});

test('under strict, guardrails are warnings', () => {
  expect(found(at([READ], [DATA, TLS]), { strict: true })).toEqual(['warning GuardrailLimitsSessionPolicy']);
});

test('the severity can be given', () => {
  const severities = new Map([['GuardrailLimitsSessionPolicy', 'error'] as const]);
  expect(found(at([READ], [DATA, TLS]), { severities })).toEqual(['error GuardrailLimitsSessionPolicy']);
});

test('the message names the request and the statement', () => {
  const stack = at([READ], [DATA, TLS]);
  const [{ message }] = runRules(new TemplateSet([stack]), { settings: { ...DEFAULT_SETTINGS, strict: true } });
  expect(message).toContain("s3:GetObject on arn:aws:s3:::data/a/example (with aws:SecureTransport = 'false')");
  expect(message).toContain('OnlyTls');
});

test.each([
  ['what is outside the role, too',
    [READ, allow('sqs:SendMessage', '*')], [DATA, TLS], ['error SessionPolicyExceedsRole']],
  ['a session policy that takes nothing away', [DATA], [DATA, TLS], ['warning SessionPolicyDoesNotNarrow']],
  ['a statement without effect', [READ, READ], [DATA, TLS], ['warning StatementHasNoEffect']],
])('a guardrail, and %s', (_what, session, permissions, expected) => {
  expect(findingsIn(at(session, permissions)).map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(expected);
});
