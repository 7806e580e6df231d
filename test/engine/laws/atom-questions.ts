/** Questions with placeholders for values that are unresolved at synth. */
import * as fc from 'fast-check';
import { Conditions } from './conditions';
import { Question } from './question';
import { documents, follow, listOrOne, often, rarely, recipes, statementOf, versions } from './questions';
import { PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { statementsOf } from '../../oracle/readings';

const atomResourceParts = fc.oneof(
  often('<name1>', '<name1>/*', '<text1>', '<text1>/*'),
  often('<name2>', '<name1>*', 'data', '*'),
  rarely('data-?', 'Data', 'stack-*', '???*', '*-*', '<stack>', '<stack>*', '<name1><name2>', '<text1>{aws:username}',
    '${aws:PrincipalTag/<text1>}', '<name2>-x'),
  rarely('<name2>/*', '<text2>', '<text1><text2>', '<text1>-<name1>', '<stack>-*', '<stack>-data', '*<name1>',
    '?<text1>', '*/<name1>/*', '<text1>:x', '<text1>*'),
);

const atomResources = fc.oneof(
  { weight: 8, arbitrary: atomResourceParts.map((part) => `arn:aws:s3:::${part}`) },
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constantFrom('arn:<partition>', 'arn:<partition>', 'arn:aws', 'arn:*'),
      fc.constantFrom('s3', 'sqs'),
      fc.oneof(
        often('<region>', '<region>', '*', 'us-east-1', ''),
        rarely('<text1>', 'us-*', '*-1', 'u?-east-1', 'x', '?????????*', '<region>?', '*<region>'),
      ),
      fc.oneof(
        often('<account>', '<account>', '*', '111122223333', ''),
        rarely('<text2>', '????????????', '?????????????', '1*', '*<account>', 'a*', '1'),
      ),
      atomResourceParts,
    ).map((fields) => fields.join(':')),
  },
  { weight: 2, arbitrary: fc.constantFrom('<text1>', '<text1>/*', '<text1>/a', '<text1>*', '<text1>:x', '<text2>') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('*', 'arn:aws:s3:::data/${aws:username}', 'arn:aws:s3:::<name1>/${aws:username}/*',
      'arn:aws:s3:::${<text1>}'),
  },
);

const ATOM_CONDITIONS: readonly Conditions[] = [
  { StringEquals: { 'aws:ResourceAccount': '<account>' } },
  { StringEquals: { 'aws:ResourceTag/team': '<text1>' } },
  { StringLike: { 'aws:ResourceTag/team': '<text1>*' } },
  { StringNotEquals: { 'aws:ResourceTag/team': '<text2>' } },
  { StringEquals: { 'aws:ResourceTag/team': 'red' } },
];

function atomStatements(effect: 'Allow' | 'Deny'): fc.Arbitrary<StatementDocument> {
  return fc.record({
    actions: listOrOne(fc.oneof(
      often('s3:GetObject', 's3:*', 's3:Get*', '*', 'sqs:*'),
      rarely('s3:<text1>', 's3:Get<text1>', '<text1>', 's3:<text1>*'),
    )),
    resources: listOrOne(atomResources),
    not: fc.oneof({ weight: 10, arbitrary: fc.constant('') }, rarely('Action', 'Resource')),
    condition: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, rarely(...ATOM_CONDITIONS)),
  }).map((parts) => statementOf(effect, parts));
}

/** Two patterns that differ in a few pieces, of which one is denied or not. */
export const atomPairs: fc.Arbitrary<Question> = fc.record({
  // Mostly plain, as a witness has to look like a request that AWS makes.
  region: fc.oneof(
    { weight: 2, arbitrary: fc.constant(['<region>']) },
    { weight: 1, arbitrary: pieceLists('<region>', '<region>', 'us-east-1', '*', '?', '<text2>', '') },
  ),
  account: fc.oneof(
    { weight: 2, arbitrary: fc.constant(['<account>']) },
    { weight: 1, arbitrary: pieceLists('<account>', '<account>', '111122223333', '*', '?', '<text2>', '') },
  ),
  part: pieceLists('<name1>', '<name1>', '<name2>', '<text1>', '<stack>', 'data', '*', '?', '/'),
  edits: fc.array(fc.record({
    field: fc.nat(2),
    at: fc.nat(2),
    drop: fc.boolean(),
    put: fc.constantFrom('', '*', '*', '?', '<name1>', '<name2>', '<text1>', 'data'),
  }), { maxLength: 2 }),
  swap: fc.boolean(),
  denied: fc.boolean(),
  not: fc.boolean(),
}).map(({ region, account, part, edits, swap, denied, not }) => {
  const fields = [region, account, part];
  const edited = fields.map((field, i) => edits.filter((edit) => edit.field === i).reduce<readonly string[]>(
    (list, { at, drop, put }) => [...list.slice(0, at), put, ...list.slice(drop ? at + 1 : at)], field));
  const [session, role] = (swap ? [edited, fields] : [fields, edited]).map(
    (f) => `arn:aws:s3:${f.map((list) => list.join('')).join(':')}`,
  );
  const allow = (rest: Partial<StatementDocument>): StatementDocument => ({
    Effect: 'Allow', Action: 's3:GetObject', ...rest,
  });
  const exceptRole = not
    ? [allow({ NotResource: role })]
    : [allow({ Resource: '*' }), allow({ Effect: 'Deny', Resource: role })];
  const document = (Statement: StatementDocument[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
  return {
    session: document([allow({ Resource: session })]),
    identity: [document(denied ? exceptRole : [allow({ Resource: role })])],
  };
});

function pieceLists(...from: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });
}

const atomRoles = fc.array(
  documents(fc.oneof({ weight: 5, arbitrary: atomStatements('Allow') },
    { weight: 1, arbitrary: atomStatements('Deny') }), 3),
  { minLength: 1, maxLength: 2 },
);

export const atomQuestions: fc.Arbitrary<Question> = fc.record({
  identity: atomRoles,
  version: versions,
  derived: fc.array(recipes, { maxLength: 1 }),
  own: fc.array(atomStatements('Allow'), { maxLength: 1 }),
}).map(({ identity, version, derived, own }) => {
  const sources = identity.flatMap(statementsOf);
  const Statement = [...derived.map((recipe) => follow(recipe, sources)), ...own];
  return {
    session: { ...(version ? { Version: version } : {}), Statement: Statement.length > 0 ? Statement : [sources[0]] },
    identity,
  };
});
