import {
  pairsOf, PatternPair, restrictStatement, statementCovers, statementMayOverlap,
} from '../../../lib/engine/regions/targets';
import { statement, StatementJson, UNLIMITED } from '../make';

/** `s3:Get* on arn:aws:s3:::b/*`; `!` in front of a list: all but these. */
function json(text: string): StatementJson {
  const [actions, resources = '*'] = text.split(' on ');
  const list = (element: string, patterns: string) => (patterns.startsWith('!')
    ? { [`Not${element}`]: patterns.slice(1).split(',') } : { [element]: patterns.split(',') });
  return { Effect: 'Allow', ...list('Action', actions), ...list('Resource', resources) };
}

const pair = (text: string): PatternPair => pairsOf(statement(json(text)))[0];
const show = (targets: PatternPair['action']) =>
  `${targets.negated ? '!' : ''}${targets.patterns.map((p) => p.source).join(',')}`;

describe('a statement and the requests of a pair', () => {
  test.each<[string, string, 'covers' | 'meets' | 'misses']>([
    ['s3:* on *', 's3:Get* on *', 'covers'],
    ['s3:Get* on *', 's3:* on *', 'meets'],
    ['sqs:* on *', 's3:Get* on *', 'misses'],
    ['sqs:*,s3:G* on *', 's3:Get* on *', 'covers'],
    ['s3:G*,s3:H* on *', 's3:* on *', 'meets'],
    ['s3:* on arn:aws:s3:::a,arn:aws:s3:::b/*', 's3:Get* on arn:aws:s3:::b/x', 'covers'],
    ['s3:* on arn:aws:s3:::a', 's3:Get* on arn:aws:s3:::*', 'meets'],
    ['s3:* on arn:aws:s3:::a', 's3:Get* on arn:aws:s3:::b', 'misses'],
    ['s3:* on arn:aws:s3:::a', 'sqs:* on arn:aws:s3:::a', 'misses'],
    ['s3:* on arn:aws:s3:::a,arn:aws:s3:::b', 's3:* on !arn:aws:s3:::a', 'meets'],
    ['s3:* on !arn:aws:s3:::a,arn:aws:s3:::b', 's3:* on arn:aws:s3:::a', 'misses'],
    ['!iam:*,s3:* on *', '!iam:*,s3:*,sqs:* on *', 'covers'],
    ['!iam:*,s3:*,sqs:* on *', '!iam:*,s3:* on *', 'meets'],
    ['!iam:*,iam:* on *', '!iam:* on *', 'covers'],
    ['!iam:* on *', 's3:Get* on *', 'covers'],
    ['!iam:*,s3:* on *', 's3:Get* on *', 'misses'],
    ['!s3:GetObject on *', 's3:Get* on *', 'meets'],
    ['s3:Get* on *', '!iam:* on *', 'meets'],
    ['iam:Get* on *', '!iam:* on *', 'misses'],
    ['iam:Get*,s3:Get* on *', '!iam:* on *', 'meets'],
    ['* on *', '!iam:* on *', 'covers'],
    ['s3:*,* on *', '!iam:* on *', 'covers'],
    ['!iam:* on *', '!iam:* on *', 'covers'],
    ['!iam:Get* on *', '!iam:* on *', 'covers'],
    ['!iam:* on *', '!iam:Get* on *', 'meets'],
    ['!iam:*,s3:* on *', '!iam:* on *', 'meets'],
    ['!iam:* on *', '!iam:*,s3:* on *', 'covers'],
    ['!iam:*,s3:* on *', '!s3:*,iam:* on *', 'covers'],
    ['* on !arn:aws:s3:::a', '* on arn:aws:s3:::b', 'covers'],
    ['* on !arn:aws:s3:::a', '* on arn:aws:s3:::*', 'meets'],
    ['* on !arn:aws:s3:::*', '* on arn:aws:s3:::a', 'misses'],
    ['* on arn:aws:s3:::a', '* on !arn:aws:s3:::*', 'misses'],
    ['* on !arn:aws:s3:::a', '* on !arn:aws:s3:::a', 'covers'],
    // What NotResource leaves out if a variable has no value is not documented.
    ['* on !arn:aws:s3:::${aws:username}', '* on arn:aws:sqs:::q', 'meets'],
    ['* on !arn:aws:s3:::${aws:username}', '* on arn:aws:s3:::${aws:username}', 'meets'],
    ['* on !arn:aws:s3:::${aws:username}', '* on !arn:aws:s3:::${aws:username}', 'covers'],
    ['* on !arn:aws:s3:::a', '* on !arn:aws:s3:::${aws:username},arn:aws:s3:::a', 'covers'],
    ['* on !arn:aws:s3:::${aws:username}', '* on !arn:aws:s3:::${aws:username},arn:aws:s3:::${aws:username}', 'covers'],
    ['* on !arn:aws:s3:::${aws:username},arn:aws:s3:::${aws:username}', '* on !arn:aws:s3:::${aws:username}', 'covers'],
    ['* on !arn:aws:s3:::${aws:username}', '* on !arn:aws:s3:::${AWS:UserName}', 'covers'],
    ['* on !arn:aws:s3:::${no variable!}', '* on !arn:aws:s3:::${NO variable!}', 'meets'],
    ['* on !arn:aws:s3:::${no variable!}', '* on arn:aws:sqs:::q', 'meets'],
  ])('%s and %s: %s', (text, about, expected) => {
    const [s, b] = [statement(json(text)), pair(about)];
    const meets = statementMayOverlap(s, b, 'anything', UNLIMITED);
    expect(statementCovers(s, b, UNLIMITED) ? 'covers' : meets ? 'meets' : 'misses').toBe(expected);
    expect(meets).toBe(expected !== 'misses');
  });
});

test('a statement is the union of its pairs; a complement stays whole', () => {
  const shown = (text: string) => pairsOf(statement(json(text))).map((b) => `${show(b.action)} on ${show(b.resource)}`);
  expect(shown('a:x,a:y on arn:aws:a:::p,arn:aws:a:::q')).toEqual([
    'a:x on arn:aws:a:::p', 'a:x on arn:aws:a:::q', 'a:y on arn:aws:a:::p', 'a:y on arn:aws:a:::q',
  ]);
  expect(shown('!a:x,a:y on !arn:aws:a:::p,arn:aws:a:::q')).toEqual(['!a:x,a:y on !arn:aws:a:::p,arn:aws:a:::q']);
});

describe('what of a statement matters to a pair', () => {
  test.each<[string, string, string]>([
    ['s3:Get*,sqs:*,s3:GetObject on *', 's3:GetObject on *', 's3:Get*,s3:GetObject on *'],
    ['s3:* on arn:aws:s3:::a,arn:aws:s3:::b*,arn:aws:sqs:::q', 's3:* on arn:aws:s3:::b', 's3:* on arn:aws:s3:::b*'],
    ['s3:* on arn:aws:s3:::a', 's3:* on arn:aws:s3:::b', 'nothing'],
    ['!s3:Put*,iam:* on *', 's3:* on *', '!s3:Put* on *'],
    ['s3:*,iam:* on *', '!iam:* on *', 's3:*,iam:* on *'], // to all actions but some, everything matters
    ['* on !arn:aws:s3:::a,arn:aws:s3:::b', '* on arn:aws:s3:::b*', '* on !arn:aws:s3:::b'],
    ['* on !arn:aws:s3:::a,arn:aws:s3:::${aws:username}', '* on arn:aws:sqs:::q', '* on !arn:aws:s3:::${aws:username}'],
  ])('%s, for %s: %s', (text, about, expected) => {
    const at = restrictStatement(statement(json(text)), pair(about), UNLIMITED);
    expect(at ? `${show(at.actions)} on ${show(at.resources)}` : 'nothing').toBe(expected);
  });
});

describe('a long list of actions', () => {
  const services = [...'abcdefghijklmnopqrstuvwxyz'];
  const list = [...services.map((s) => `${s}:Get*`), 'a:PutX', 'a:DeleteX', '*'];
  test.each<[string, string, 'covers' | 'meets' | 'misses']>([
    ['', 'b:GetX', 'covers'],
    ['', 'b:PutX', 'misses'],
    ['', 'a:PutX', 'covers'],
    ['', 'a:Put*', 'meets'],
    ['', '1:Get*', 'misses'],
    ['', '*', 'meets'],
    ['', '!a:*', 'meets'],
    ['!', 'b:GetX', 'misses'],
    ['!', 'b:PutX', 'covers'],
    ['!', 'a:PutX', 'misses'],
    ['!', '1:Get*', 'covers'],
  ])('says what a short one says: %s… %s %s', (not, about, expected) => {
    const s = statement(json(not + list.slice(0, -1).join(',')));
    const meets = statementMayOverlap(s, pair(about), 'anything', UNLIMITED);
    expect(statementCovers(s, pair(about), UNLIMITED) ? 'covers' : meets ? 'meets' : 'misses').toBe(expected);
  });

  test('one pattern of any service is enough', () => {
    expect(statementCovers(statement(json(list.join(','))), pair('1:Get*'), UNLIMITED)).toBe(true);
    expect(statementMayOverlap(statement(json(`!${list.join(',')}`)), pair('1:Get*'), 'anything', UNLIMITED))
      .toBe(false);
  });
});
