import { decideNarrowing, NarrowingOptions, Statement, statementAsJson } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { allow, ask, deny, StatementJson } from '../make';

/** A decision works on parts of statements; a verdict names the statements that people wrote. */

const ROLE = 'arn:aws:iam::111122223333:role/pods';
const PRINCIPAL: NarrowingOptions = {
  catalog: requestCatalog(), principal: { arn: ROLE, account: '111122223333', partition: 'aws' },
};
const notAction = (Effect: string, NotAction: string[], more = {}): StatementJson => (
  { Effect, NotAction, Resource: '*', ...more });
const OUTSIDE = { Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } } };
const READ = allow('dynamodb:GetItem', 'arn:aws:dynamodb:*:111122223333:table/t');
const HOME = 'arn:aws:s3:::b/${aws:PrincipalAccount}/';

describe.each<[string, StatementJson[], StatementJson[], StatementJson[]?, NarrowingOptions?]>([
  ['actions of several services', [READ], [allow('*'), deny(['s3:*', 'dynamodb:GetItem'])]],
  ['all actions but those of other services', [READ], [allow('*'), notAction('Deny', ['iam:*', 'sts:*'])]],
  ['all actions but some, under a condition', [READ],
    [allow('*'), notAction('Deny', ['cloudfront:*', 'iam:*', 'route53:*', 'support:*'], OUTSIDE)]],
  ['all actions but some of the same service', [READ], [allow('*'), notAction('Deny', ['iam:*', 'dynamodb:PutItem'])]],
  ['a boundary', [READ], [allow('*')], [allow(['dynamodb:*', 'sts:*']), notAction('Deny', ['s3:Get*', 'sts:*'])]],
  ['a variable of the role', [allow('s3:GetObject', 'arn:aws:s3:::b/*')], [allow('*'), deny('s3:*', `${HOME}*`)],
    undefined, PRINCIPAL],
  ['a variable that the role never has', [allow('s3:GetObject', 'arn:aws:s3:::b/*')],
    [allow('*'), deny('s3:*', ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/x'])], undefined, PRINCIPAL],
  ['variables of the session policy',
    [allow(['s3:GetObject', 'sqs:SendMessage'], [`${HOME}*`, 'arn:aws:s3:::b/${aws:username}/*'])],
    [allow('sqs:*')], undefined, PRINCIPAL],
])('%s', (_name, session, role, boundary, options) => {
  const question = ask(session, role, boundary);
  const verdict = decideNarrowing(question, options);
  const excesses = verdict.kind === 'exceeds' ? verdict.excesses : [];

  test('exceeds', () => {
    expect(excesses).toHaveLength(1);
  });

  test('by a statement of the session policy, denied by one of the role', () => {
    const written = question.layers.flatMap(({ policies }) => policies).flatMap(({ statements }) => statements);
    for (const { statement, denial } of excesses) {
      expect(question.session.statements).toContain(statement);
      if (denial.statement) { expect(written).toContain(denial.statement); }
    }
  });

  test('each as it was written', () => {
    const json = (statement: Statement) => statementAsJson(statement);
    expect(session).toContainEqual(json(excesses[0].statement));
    const { statement } = excesses[0].denial;
    if (statement) { expect([...role, ...boundary ?? []]).toContainEqual(json(statement)); }
  });
});
