import { classifyExcesses, decideNarrowing, NarrowingOptions, Reason } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { allow, ask, condition, deny, show, StatementJson } from '../make';

const OPTIONS: NarrowingOptions = {
  knownActions: WELL_KNOWN_ACTIONS,
  catalog: requestCatalog(),
  principal: { arn: 'arn:aws:iam::111122223333:role/team/pods' },
};
const DATA = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', DATA);
const READ_WRITE = allow(['s3:GetObject', 's3:PutObject'], DATA);
const S3 = allow('s3:*', '*');
const TABLE = (region: string) => `arn:aws:dynamodb:${region}:111122223333:table/orders`;
const IN_VPC = condition('StringEquals aws:SourceVpc v');
const NOT_EU = condition('StringNotEquals aws:RequestedRegion eu-west-1');
const TLS = deny('*', '*', condition('Bool aws:SecureTransport false'));
const GUARDRAILS = [
  TLS,
  deny('*', '*', condition('StringNotEqualsIfExists aws:SourceVpc vpc-1 & BoolIfExists aws:ViaAWSService false')),
  { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: NOT_EU },
  deny('*', '*', condition('StringNotEqualsIfExists aws:ResourceOrgID o-1234567890')),
  deny('*', '*', condition('NumericLessThan s3:TlsVersion 1.2')),
];

function kindsOf(
  session: readonly StatementJson[], role: readonly StatementJson[], boundary?: readonly StatementJson[],
  gaps: readonly Reason[] = [],
) {
  const question = ask(session, role, boundary, gaps);
  const verdict = decideNarrowing(question, OPTIONS);
  if (verdict.kind !== 'exceeds') { return show(verdict); }
  const { excesses, reasons } = classifyExcesses(verdict, question, OPTIONS);
  const kinds = excesses.map(({ statement, kind }) => `${statement.index} ${kind}`);
  return [...kinds, ...reasons.map(({ code }) => code)].join(', ');
}

test.each<[string, readonly StatementJson[], readonly StatementJson[], string]>([
  // what, the session policy, the role, the kind of excess of each statement
  ['not in the role', [READ_WRITE], [READ], '0 dead'],
  ['denied', [READ], [S3, deny('s3:GetObject')], '0 dead'],
  ['under a condition, and not at all', [READ_WRITE], [allow('s3:GetObject', DATA, IN_VPC)], '0 dead'],
  ['under a condition', [READ], [allow('s3:GetObject', DATA, IN_VPC)], '0 conditional'],
  ['conditions that exclude each other',
    [allow('s3:GetObject', DATA, condition('StringEquals aws:SourceVpc w'))],
    [allow('s3:GetObject', DATA, IN_VPC)], '0 dead'],
  ['what the role allows with a tag of the principal',
    [READ], [allow('s3:GetObject', 'arn:aws:s3:::${aws:PrincipalTag/team}/*')], '0 conditional'],
  ['what the role denies with a tag of the principal',
    [READ], [S3, deny('s3:GetObject', 'arn:aws:s3:::${aws:PrincipalTag/team}/*')], '0 conditional'],
  ['denied without encryption',
    [allow('s3:PutObject', DATA)],
    [S3, deny('s3:PutObject', DATA, condition('Null s3:x-amz-server-side-encryption true'))], '0 conditional'],
  ['denied by a tag of the object',
    [READ], [S3, deny('s3:*', '*', condition('StringEquals s3:ExistingObjectTag/class secret'))], '0 conditional'],
  ['cut by transport', [READ], [S3, TLS], '0 guardrail'],
  ['cut by five guardrails',
    [READ, allow('dynamodb:GetItem', TABLE('eu-west-1'))], [allow('*'), ...GUARDRAILS], '0 guardrail, 1 guardrail'],
  ['Regions of a wildcard', [allow('dynamodb:*', '*')], [allow('*'), deny('*', '*', NOT_EU)], '0 guardrail'],
  ['a table in a Region that a guardrail denies',
    [allow('dynamodb:GetItem', TABLE('us-east-1'))], [allow('*'), deny('*', '*', NOT_EU)], '0 dead'],
  ['one of two tables in such a Region',
    [allow('dynamodb:GetItem', [TABLE('eu-west-1'), TABLE('us-east-1')])],
    [allow('*'), deny('*', '*', NOT_EU)], '0 dead'],
  ['MFA, which pods do not have',
    [READ], [S3, deny('*', '*', condition('BoolIfExists aws:MultiFactorAuthPresent false'))], '0 dead'],
  ['a guardrail and a missing action', [READ_WRITE], [READ, TLS], '0 dead'],
  ['a guardrail and a condition',
    [READ], [allow('s3:GetObject', DATA, condition('StringEquals s3:ExistingObjectTag/team a')), TLS], '0 conditional'],
  ['each statement has its own kind',
    [READ, allow('s3:PutObject', DATA), allow('sqs:SendMessage', '*')],
    [READ, allow('s3:PutObject', DATA, IN_VPC), TLS], '0 guardrail, 1 conditional, 2 dead'],
  ['what the session policy denies itself', [READ_WRITE, deny('s3:PutObject', '*')], [READ, TLS], '0 guardrail'],
])('%s', (_what, session, role, expected) => {
  expect(kindsOf(session, role)).toBe(expected);
});

test('a guardrail of the boundary', () => {
  expect(kindsOf([READ], [S3], [S3, TLS])).toBe('0 guardrail');
});

test('a guardrail of a role that is not completely known: the rest is in doubt', () => {
  const gap: Reason = { code: 'IncompleteRole', message: 'not known', resolution: 'declare it' };
  expect(kindsOf([READ], [TLS], undefined, [gap])).toBe('0 guardrail, IncompleteRole');
});

test('the rest is in doubt for one statement, and exceeds for another', () => {
  const kinesis = allow('kinesis:ListStreams', '*'); // AWS may ask about ARNs
  const role = [allow('kinesis:*', 'arn:aws:kinesis:*:*:*'), TLS];
  expect(kindsOf([kinesis], role)).toBe('0 guardrail, PartialOverlap, UndocumentedRequest');
  expect(kindsOf([kinesis, READ], role)).toBe('0 guardrail, 1 dead, PartialOverlap, UndocumentedRequest');
});

test('the witness of a dead excess is one that is dead', () => {
  const question = ask([READ_WRITE], [allow('s3:GetObject', DATA, IN_VPC)]);
  const verdict = decideNarrowing(question, OPTIONS);
  const { excesses } = classifyExcesses(verdict as Extract<typeof verdict, { kind: 'exceeds' }>, question, OPTIONS);
  expect(excesses.map(({ witness }) => witness.action)).toEqual(['s3:PutObject']);
});
