import { PolicyDocument, StatementDocument } from '../evaluate';
import { encodeExcess, Question, Unsupported } from './encode';
import { Answer, solve, WITHOUT_Z3, z3Path } from './solve';

const TIMEOUT_MS = 2000;

jest.setTimeout(300_000);

if (z3Path() === undefined) { process.stderr.write(`${WITHOUT_Z3}\n`); }
const describeWithZ3 = z3Path() === undefined ? describe.skip : describe;

function statement(rest: Partial<StatementDocument> = {}): StatementDocument {
  const action = rest.NotAction ? {} : { Action: 's3:GetObject' };
  const resource = rest.NotResource ? {} : { Resource: '*' };
  return { Effect: 'Allow', ...action, ...resource, ...rest };
}

function policy(...statements: Array<Partial<StatementDocument>>): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements.map(statement) };
}

const on = (part: string): Partial<StatementDocument> => ({ Resource: `arn:aws:s3:::${part}` });
const when = (operator: string, values: string | string[], key = 'aws:Key'): Partial<StatementDocument> => ({
  Condition: { [operator]: { [key]: values } },
});
const deny = (rest: Partial<StatementDocument>): Partial<StatementDocument> => ({ ...rest, Effect: 'Deny' });

const NARROWS = 'unsat';
const EXCEEDS = 'sat';

type Row = readonly [
  name: string, session: Array<Partial<StatementDocument>>, role: Array<Partial<StatementDocument>>, answer: Answer,
];

const ROWS: readonly Row[] = [
  // Effects
  ['a policy narrows itself', [{}], [{}], NARROWS],
  ['nothing allowed narrows nothing', [deny({})], [], NARROWS],
  ['a role that allows nothing is exceeded', [{}], [], EXCEEDS],
  ['an explicit deny of the role wins', [{}], [{}, deny(on('data'))], EXCEEDS],
  ['the session denies what the role denies', [{}, deny(on('data*'))], [{}, deny(on('data'))], NARROWS],
  // Actions
  ['the case of actions does not matter', [{ Action: 'S3:getobject' }], [{ Action: 's3:GetObject' }], NARROWS],
  ['a name within a pattern', [{ Action: 's3:GetObject' }], [{ Action: 's3:Get*' }], NARROWS],
  ['a pattern beyond a name', [{ Action: 's3:GetObject*' }], [{ Action: 's3:GetObject' }], EXCEEDS],
  ['a question mark is one character', [{ Action: 's3:?etObject' }], [{ Action: 's3:*tObject' }], NARROWS],
  ['NotAction is the rest', [{ NotAction: ['s3:*', 'sqs:*'] }], [{ NotAction: 's3:*' }], NARROWS],
  ['what NotAction leaves out', [{ Action: 's3:*' }], [{ NotAction: 's3:GetObject' }], EXCEEDS],
  ['an action has a name', [{ Action: 's3:*' }], [{ Action: 's3:?*' }], NARROWS],
  // Resources
  ['an ARN within a pattern', [on('data/a')], [on('data/*')], NARROWS],
  ['the resource is case-sensitive', [on('Data')], [on('data')], EXCEEDS],
  ['two patterns together', [on('data*')], [{ Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data?*'] }], NARROWS],
  ['two patterns with a gap', [on('data*')], [{ Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data??*'] }], EXCEEDS],
  ['ARNs of any kind are not `*` itself', [{}], [{ Resource: 'arn:*:*:*:*:*' }], EXCEEDS],
  ['ARNs of any kind are any ARN', [{ Resource: 'arn:aws:s3:*:*:*' }], [{ Resource: 'arn:*:*:*:*:*' }], NARROWS],
  ['a wildcard of the last field crosses colons', [{ Resource: 'arn:aws:sns:eu-west-1:1:a:b' }],
    [{ Resource: 'arn:aws:sns:eu-west-1:1:a*' }], NARROWS],
  ['a wildcard of a first field does not', [{ Resource: 'arn:aws:sns:eu-west-1:1:a' }],
    [{ Resource: 'arn:aws:sns:*:a:*' }], EXCEEDS],
  ['NotResource is the rest', [{ NotResource: 'arn:aws:s3:::d*' }], [{ NotResource: 'arn:aws:s3:::data*' }], NARROWS],
  ['NotResource and Resource together', [{}], [{ NotResource: 'arn:aws:s3:::data' }, on('data')], NARROWS],
  // Variables
  ['a variable is equal to itself', [on('home/${aws:username}')], [on('home/${AWS:UserName}')], NARROWS],
  ['a variable is within a wildcard', [on('home/${aws:username}/*')], [on('home/*')], NARROWS],
  ['a variable has any value', [on('home/bob')], [on('home/${aws:username}')], EXCEEDS],
  ['a variable may have no value', [{}],
    [{ NotResource: 'arn:aws:s3:::${aws:username}' }, on('${aws:username}')], NARROWS],
  ['a variable with a default has one', [when('Null', 'true', 'aws:username')],
    [when('StringNotEquals', "${aws:username, 'x'}")], EXCEEDS],
  ['an escaped wildcard is a character', [on('${*}')], [on('${?}')], EXCEEDS],
  ['an escaped wildcard is within a wildcard', [on('a${*}')], [on('a?')], NARROWS],
  // Strings
  ['one value of two', [when('StringEquals', 'a')], [when('StringEquals', ['a', 'b'])], NARROWS],
  ['several values of a negated operator are NOR', [when('StringNotEquals', 'a')],
    [when('StringNotEquals', ['a', 'b'])], EXCEEDS],
  ['a negated operator holds for a missing key', [when('Null', 'true')], [when('StringNotEquals', 'a')], NARROWS],
  ['a positive operator does not', [when('Null', 'true')], [when('StringLike', '*')], EXCEEDS],
  ['IfExists holds for a missing key', [when('Null', 'true')], [when('StringEqualsIfExists', 'a')], NARROWS],
  ['key names are case-insensitive', [when('StringEquals', 'a', 'AWS:KEY')],
    [when('StringEquals', 'a', 'aws:key')], NARROWS],
  ['equality has no wildcards', [when('StringEquals', 'ab')], [when('StringEquals', 'a*')], EXCEEDS],
  ['likeness has', [when('StringEquals', 'a:b')], [when('StringLike', 'a*')], NARROWS],
  ['equality is case-sensitive', [when('StringEquals', 'A')], [when('StringEquals', 'a')], EXCEEDS],
  ['equality without case', [when('StringEquals', ['A', 'BluE!'])],
    [when('StringEqualsIgnoreCase', ['a', 'bLUE!'])], NARROWS],
  ['likeness and its opposite', [{}], [when('StringLike', 'a*'), when('StringNotLike', 'a*')], NARROWS],
  ['operators are AND', [{ Condition: { StringLike: { k: 'a*' }, StringNotLike: { k: '*b' } } }],
    [when('StringNotEquals', 'ab', 'k')], NARROWS],
  // ARNs
  ['ArnEquals has wildcards', [when('ArnLike', 'arn:aws:sns:a:1:t')],
    [when('ArnEquals', 'arn:aws:sns:*:1:*')], NARROWS],
  ['ArnLike compares field by field', [when('ArnLike', 'arn:aws:sns:a:1:t')],
    [when('ArnLike', 'arn:aws:*:1:t:*')], EXCEEDS],
  // Numbers, dates and truth
  ['less than less', [when('NumericLessThan', '5')], [when('NumericLessThanEquals', '5.0')], NARROWS],
  ['numbers need not be integers', [{ Condition: { NumericGreaterThan: { k: '5' }, NumericLessThan: { k: '6' } } }],
    [when('NumericEquals', '5.5', 'k')], EXCEEDS],
  ['a number is less or not', [when('Null', 'false')],
    [when('NumericLessThan', '-1.5'), when('NumericGreaterThanEquals', '-1.5')], NARROWS],
  ['dates and seconds', [when('DateEquals', '2024-06-01')], [when('DateEquals', '1717200000')], NARROWS],
  ['a later date', [when('DateGreaterThan', '2024')], [when('DateGreaterThan', '2024-01-01T00:00:01Z')], EXCEEDS],
  ['true, false or missing', [{}], [when('Bool', ['true', 'FALSE']), when('Null', 'true')], NARROWS],
  ['true or missing', [{}], [when('BoolIfExists', 'true')], EXCEEDS],
  ['the same bytes', [when('BinaryEquals', 'QQ==')], [when('BinaryEquals', ['QQ==', 'QUI='])], NARROWS],
  // Addresses
  ['a smaller network', [when('IpAddress', '10.1.2.3')], [when('IpAddress', '10.0.0.0/8')], NARROWS],
  ['two halves of a network', [when('IpAddress', '10.0.0.0/8')],
    [when('IpAddress', ['10.0.0.0/9', '10.128.0.0/9'])], NARROWS],
  ['a larger network', [when('IpAddress', '2001:db8::/32')], [when('IpAddress', '2001:db8::/33')], EXCEEDS],
  ['no IPv4 address is in a network of IPv6', [when('IpAddress', '10.0.0.0/8')], [when('IpAddress', '::/0')], EXCEEDS],
  ['an address is in a network or not', [{}],
    [when('NotIpAddress', '10.0.0.0/8'), when('IpAddress', '10.0.0.0/8')], NARROWS],
  // Several values
  ['all of fewer', [when('ForAllValues:StringEquals', 'a')], [when('ForAllValues:StringEquals', ['a', 'b'])], NARROWS],
  ['all does not need one', [when('ForAllValues:StringEquals', 'a')], [when('ForAnyValue:StringEquals', 'a')], EXCEEDS],
  ['all with one is one', [{ Condition: { 'ForAllValues:StringEquals': { k: 'a' }, 'Null': { k: 'false' } } }],
    [when('ForAnyValue:StringEquals', 'a', 'k')], NARROWS],
  ['one does not speak for all', [when('ForAnyValue:StringEquals', 'a')],
    [when('ForAllValues:StringEquals', 'a')], EXCEEDS],
  ['one of each is possible',
    [{ Condition: { 'ForAnyValue:StringEquals': { k: 'a' }, 'ForAnyValue:StringLike': { k: 'b*' } } }], [], EXCEEDS],
  ['no value is both below and above',
    [{ Condition: { 'ForAnyValue:NumericLessThan': { k: '5' }, 'ForAllValues:NumericGreaterThan': { k: '5' } } }],
    [], NARROWS],
  ['all or some not', [{}],
    [when('ForAllValues:ArnLike', 'arn:aws:s3:::*'), when('ForAnyValue:ArnNotLike', 'arn:aws:s3:::*')], NARROWS],
];

/** Throws if the script is not valid. */
function answersTo(asked: readonly Question[]): Answer[] {
  return solve(asked.map(encodeExcess), TIMEOUT_MS);
}

describeWithZ3('The answer', () => {
  test.each(ROWS)('%s', (_name, session, role, expected) => {
    expect(answersTo([{ session: policy(...session), identity: [policy(...role)] }])).toEqual([expected]);
  });

  const others: ReadonlyArray<readonly [string, Question, Answer]> = [
    ['a boundary limits', { session: policy({}), identity: [policy({})], boundary: policy(on('data')) }, EXCEEDS],
    ['a boundary grants nothing', { session: policy({}), identity: [], boundary: policy({}) }, EXCEEDS],
    ['a session within role and boundary',
      { session: policy(on('data')), identity: [policy({})], boundary: policy(on('data*')) }, NARROWS],
    ['role policies together',
      { session: policy(on('data')), identity: [policy(on('logs')), policy(on('d*'))] }, NARROWS],
    ['a deny of another role policy',
      { session: policy(on('data')), identity: [policy({}), policy(deny(on('d*')))] }, EXCEEDS],
    ['no variables without a Version',
      { session: policy(on('bob')), identity: [{ Statement: statement(on('${aws:username}')) }] }, EXCEEDS],
    ['wildcards in what would be a variable',
      { session: policy(on('x')), identity: [{ Statement: statement(on('${*}')) }] }, EXCEEDS],
    ['text in what would be a variable',
      { session: policy(on('${$}{x}')), identity: [{ Statement: statement(on('${*}')) }] }, NARROWS],
  ];

  test.each(others)('%s', (_name, question, expected) => {
    expect(answersTo([question])).toEqual([expected]);
  });

  test('each script has its own answer, whatever the others do', () => {
    const [sat, unsat] = ['(declare-const x Bool)\n(assert x)\n', '(declare-const x Int)\n(assert (< x x))\n'];
    expect(solve([sat, unsat, sat], TIMEOUT_MS)).toEqual(['sat', 'unsat', 'sat']);
    expect(solve([sat, '(exit)\n', unsat], TIMEOUT_MS)).toEqual(['sat', 'unknown', 'unsat']);
    expect(() => solve(['(assert nothing)\n'], TIMEOUT_MS)).toThrow('does not take a script');
  });
});

describe('Not encoded', () => {
  test.each<[string, Partial<StatementDocument>]>([
    ['an ARN with fewer fields', { Resource: 'arn:aws:s3:*' }],
    ['a wildcard before a variable', on('*/${aws:username}')],
    ['a wildcard in the midst of a variable pattern', on('${aws:username}/*/a')],
    ['a variable in the first fields', { Resource: 'arn:aws:s3::${aws:PrincipalAccount}:a' }],
    ['a key of two types', { Condition: { NumericEquals: { k: '1' }, StringEquals: { k: '1' } } }],
    ['a key of one value and several',
      { Condition: { 'ForAnyValue:StringEquals': { k: '1' }, 'StringEquals': { k: '1' } } }],
    ['an unknown operator', when('StringMatches', 'a')],
    ['an operator without a negated form', when('NumericNotLessThan', '1')],
    ['what is not a number', when('NumericEquals', 'one')],
    ['what is not a date', when('DateEquals', 'today')],
    ['what is not an address', when('IpAddress', '10.0.0/8')],
    ['a text beyond ASCII', when('StringEquals', 'é')],
  ])('%s', (_name, rest) => {
    expect(() => encodeExcess({ session: policy(rest), identity: [] })).toThrow(Unsupported);
  });
});
