import { suggestReplacement } from '../../lib/analysis/suggest-replacement';
import { requestCatalog } from '../../lib/reference/request-catalog';
import { allow, ask, deny, StatementJson } from '../engine/make';
import { document as policy } from '../make';

const B = 'arn:aws:s3:::b/*';
const ALL = allow('s3:*');
const GET = allow('s3:GetObject', B);
const PUT = allow('s3:PutObject', B);
const when = (operator: string, key: string, value: string | string[]) => ({ [operator]: { [key]: value } });
const IN_VPC = when('StringEquals', 'aws:SourceVpc', 'vpc-1');
const NO_TLS = deny('s3:*', '*', when('Bool', 'aws:SecureTransport', 'false'));
const sid = (Sid: string, statement: StatementJson): StatementJson => ({ Sid, ...statement });

function suggest(session: StatementJson[], role: StatementJson[], boundary?: StatementJson[], catalog?: true) {
  const question = ask(session, role, boundary);
  return suggestReplacement(question.session.statements[0], question, catalog ? { catalog: requestCatalog() } : {});
}

const replace = (by: StatementJson[], ...others: StatementJson[]) => ({ kind: 'replace', by, deny: others });

/** Denials under a condition, after people's reports; the pods may do the rest, so the statement has to stay. */
const GUARDS: ReadonlyArray<[string, StatementJson[], StatementJson[]]> = [
  ['old sessions', [GET], [deny('*', '*', when('DateLessThan', 'aws:TokenIssueTime', '2020-09-17T00:00:00Z'))]],
  ['requests without TLS', [GET], [NO_TLS]],
  ['sessions without MFA', [GET], [deny('*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))]],
  ['what is not encrypted', [PUT], [deny('s3:PutObject', B, when('Null', 's3:x-amz-server-side-encryption', 'true'))]],
  ['other networks', [GET], [deny('s3:*', B, when('StringNotEquals', 'aws:SourceVpc', 'vpc-1'))]],
  ['other regions, but for some services', [allow('s3:GetObject')],
    [{
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:*'],
      Resource: '*',
      Condition: when('StringNotEquals', 'aws:RequestedRegion', ['eu-west-1', 'eu-central-1']),
    }]],
  ['other roles', [GET], [{
    Effect: 'Deny',
    NotAction: 's3:List*',
    Resource: '*',
    Condition: when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin'),
  }]],
  ['two of them', [GET],
    [NO_TLS,
      deny('s3:*', '*', when('StringNotEquals', 'aws:SourceVpc', 'vpc-1'))]],
];

test.each(GUARDS)('a role that denies %s: its denial is repeated as it is', (_name, session, guards) => {
  expect(suggest(session, [ALL, ...guards])).toEqual(replace(session, ...guards));
  expect(suggest(session, [ALL], [ALL, ...guards])).toEqual(replace(session, ...guards));
});

test.each<[string, StatementJson[], StatementJson[], object, StatementJson[]?]>([
  ['an action that the role lacks', [allow(['s3:GetObject', 's3:PutObject'], B)], [GET], replace([GET])],
  ['a condition that the role has', [GET], [allow('s3:GetObject', B, IN_VPC)],
    replace([allow('s3:GetObject', B, IN_VPC)])],
  ['nothing of it', [GET], [allow('sqs:*')], { kind: 'remove' }],
  ['all of it denied', [GET], [ALL, deny('s3:Get*')], { kind: 'remove' }],
  ['a part denied in every context', [allow(['s3:GetObject', 's3:PutObject'], B)], [ALL, deny('s3:Put*')],
    replace([GET])],
  ['a resource denied in every context', [allow('s3:GetObject')], [ALL, deny('*', 'arn:aws:s3:::secret/*')],
    replace([allow('s3:GetObject')], deny('*', 'arn:aws:s3:::secret/*'))],
  ['an action lacking, and another denied under a condition',
    [allow(['s3:GetObject', 'sqs:SendMessage'])], [ALL, NO_TLS],
    replace([allow('s3:GetObject')], NO_TLS)],
  ['a Sid that the session policy has', [sid('A', GET)], [ALL, sid('A', NO_TLS)],
    replace([sid('A', GET)], NO_TLS)],
  ['a Sid of its own', [sid('A', GET)], [ALL, sid('B', NO_TLS)],
    replace([sid('A', GET)], sid('B', NO_TLS))],
  ['what the boundary lacks', [allow(['s3:GetObject', 's3:PutObject'], B)], [ALL], replace([GET]), [GET]],
])('%s', (_name, session, role, expected, boundary = undefined) => {
  expect(suggest(session, role, boundary)).toEqual(expected);
});

test('what AWS makes no request of is lost to nobody', () => {
  expect(suggest([allow(['s3:GetObject', 's3:ListBucket', 's3:PutObject'], ['arn:aws:s3:::b', B])],
    [allow(['s3:Get*', 's3:List*'])], undefined, true))
    .toEqual(replace([GET, allow('s3:ListBucket', 'arn:aws:s3:::b')]));
});

describe('what EKS would not take', () => {
  const keys = Array.from({ length: 90 }, (_, i) => `arn:aws:s3:::secret/${i}-and-more/*`);

  test('is not suggested', () => {
    const document = JSON.stringify(policy(allow('s3:GetObject'), deny('*', keys)));
    expect(suggest([allow('s3:GetObject')], [ALL, deny('*', keys)]))
      .toEqual({ kind: 'none', tooLarge: document.length });
  });

  test('a part that fits is said to be one', () => {
    const ofB = deny('s3:PutObject', keys.map((key) => key.replace('secret', 'b')));
    expect(suggest([allow(['s3:GetObject', 's3:PutObject'], B)], [ALL, ofB]))
      .toEqual({ kind: 'part', by: [GET] });
  });
});

test('a part that no policy can express is said to be one', () => {
  const role = [GET, allow('s3:GetObject', 'arn:aws:s3:::*a*c*e*g*i*k*')];
  const session = [allow('s3:GetObject', [B, 'arn:aws:s3:::*z*d*f*h*j*l*'])];
  expect(suggest(session, role)).toMatchObject({ kind: 'part' });
});
