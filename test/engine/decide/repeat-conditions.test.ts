import { repeatConditions } from '../../../lib/engine';
import { allow, ask, deny, StatementJson } from '../make';

const DATA = 'arn:aws:s3:::data/*';
const READ = allow('s3:GetObject', 'arn:aws:s3:::data/a/*');
const VPC = { StringEquals: { 'aws:SourceVpc': 'v' } };
const TAG = { StringEquals: { 's3:ExistingObjectTag/team': 'a' } };
const SECRET = deny('s3:*', '*', { StringEquals: { 's3:ExistingObjectTag/class': 'secret' } });

function repeated(
  session: readonly StatementJson[], role: readonly StatementJson[], boundary?: readonly StatementJson[],
) {
  const question = ask(session, role, boundary);
  const found = repeatConditions(question.session.statements[0], question);
  return found && JSON.parse(JSON.stringify([found.statement, ...found.denies]));
}

test.each<[string, StatementJson[], StatementJson[], StatementJson[] | undefined]>([
  // what, the session policy, the role, what to write instead
  ['the condition of an Allow statement', [READ], [allow('s3:*', DATA, VPC)], [{ ...READ, Condition: VPC }]],
  ['in addition to its own', [{ ...READ, Condition: TAG }], [allow('s3:*', DATA, VPC)],
    [{ ...READ, Condition: { StringEquals: { ...TAG.StringEquals, ...VPC.StringEquals } } }]],
  ['a Deny statement', [READ], [allow('s3:*', '*'), SECRET], [READ, SECRET]],
  ['all elements of a Deny statement',
    [READ], [allow('s3:*', '*'), { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: VPC }],
    [READ, { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: VPC }]],
  ['both', [READ], [allow('s3:*', DATA, VPC), SECRET], [{ ...READ, Condition: VPC }, SECRET]],
  ['not if it has other values of the same key',
    [{ ...READ, Condition: { StringEquals: { 'aws:SourceVpc': 'w' } } }], [allow('s3:*', DATA, VPC)], undefined],
  ['not if the role allows only a part', [allow('s3:*', DATA)], [allow('s3:GetObject', DATA, VPC)], undefined],
])('%s', (_what, session, role, expected) => {
  expect(repeated(session, role)).toEqual(expected);
});

test('the condition of a boundary', () => {
  expect(repeated([READ], [allow('s3:*')], [allow('s3:*', '*', VPC)])).toEqual([{ ...READ, Condition: VPC }]);
});
