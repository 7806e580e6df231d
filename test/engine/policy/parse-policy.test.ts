import { Json, parsePolicy, parseStatement, PolicyKind, SymbolicString, Unresolved } from '../../../lib/engine';
import { describeStatement } from '../../../lib/engine/policy/policy';
import { ACCOUNT } from '../../../lib/template/value-kinds';
import { allow, condition, statement, StatementJson, variable } from '../make';

const X = SymbolicString.of(variable('X'));
const document = (...statements: Json[]): Json => ({ Version: '2012-10-17', Statement: statements });
const withCondition = (Condition: Json): Json => document({ ...allow('s3:*'), Condition });
const without = (element: string): StatementJson => Object.fromEntries(
  Object.entries(allow('s3:*')).filter(([name]) => name !== element),
);

type Row = [string, Json, string[]];

const NEITHER = "is neither an ARN (arn:partition:service:region:account:resource) nor '*'";
const notAnAction = (action: string): Row => [`the action ${action}`, document(allow(action)), [
  `invalid at Statement[0].Action: "${action}" is not an action: write 'service:Name', with * and ? in the name only, `
  + "or '*'",
]];

describe('problems', () => {
  test.each<Row>([
    ['none', document(allow('s3:*')), []],
    ['one statement without a list', { Version: '2012-10-17', Statement: allow('s3:*') }, []],
    ['no Version', { Statement: allow('s3:*') }, []],
    ['the old Version, and an Id', { Version: '2008-10-17', Id: 'x', Statement: allow('s3:*') }, []],
    ['all elements', document({ ...allow(['s3:*', '*'], ['*', 'arn:aws:s3:::b']), Sid: 'A1' }), []],
    ['no object', 'x', ['invalid at : "x" is not a policy document, which is a JSON object with Version and Statement']],
    ['a list', [], ['invalid at : [] is not a policy document, which is a JSON object with Version and Statement']],
    ['null', null, ['invalid at : null is not a policy document, which is a JSON object with Version and Statement']],
    ['a deploy-time value', X, ['unknown at : "${X}" is a deploy-time value']],
    ['could not be read', new Unresolved('from an import'), ['unknown at : from an import']],
    ['an unknown Version', { Version: '2012', Statement: allow('s3:*') },
      ['invalid at Version: "2012" is not one of 2012-10-17, 2008-10-17']],
    ['an unknown element', { Version: '2012-10-17', Statement: allow('s3:*'), Statements: [] },
      ['invalid at : "Statements" is not an element of an IAM policy']],
    ['an element in another case', { version: '2012-10-17', Statement: allow('s3:*') },
      ['unknown at : "version" is not how IAM\'s grammar writes \'Version\'']],
    ['no Statement', { Version: '2012-10-17' }, ['missing at : has no Statement']],
    ['no statements', document(), ['missing at Statement: has no statements']],
    ['a statement that is not an object', document('x'), ['invalid at Statement[0]: "x" is not a JSON object']],
    ['a statement that is a list', document([]), ['invalid at Statement[0]: [] is not a JSON object']],
    ['a principal', document({ ...allow('s3:*'), Principal: '*' }),
      ['invalid at Statement[0].Principal: "*" is not allowed: the principal is the role itself. Remove the element']],
    ['all but a principal', document({ ...allow('s3:*'), NotPrincipal: '*' }),
      ['invalid at Statement[0].NotPrincipal: "*" is not allowed: the principal is the role itself. Remove the '
        + 'element']],
    ['an element of a statement', document({ ...allow('s3:*'), Actions: [] }),
      ['invalid at Statement[0]: "Actions" is not an element of an IAM policy']],
    ['a Sid', document({ ...allow('s3:*'), Sid: 'a b' }),
      ['invalid at Statement[0].Sid: "a b" may only have the characters A-Z, a-z and 0-9']],
    ['a Sid with a good beginning and end', document({ ...allow('s3:*'), Sid: '-a' }, { ...allow('s3:*'), Sid: 'a-' }),
      ['invalid at Statement[0].Sid: "-a" may only have the characters A-Z, a-z and 0-9',
        'invalid at Statement[1].Sid: "a-" may only have the characters A-Z, a-z and 0-9']],
    ['a Sid that is a number', document({ ...allow('s3:*'), Sid: 1 }),
      ['invalid at Statement[0].Sid: 1 may only have the characters A-Z, a-z and 0-9']],
    ['a Sid twice', document({ ...allow('s3:*'), Sid: 'A' }, { ...allow('sqs:*'), Sid: 'A' }),
      ['invalid at Statement[1].Sid: "A" is used twice; a Sid is unique within its policy']],
    ['an empty Sid twice', document({ ...allow('s3:*'), Sid: '' }, { ...allow('sqs:*'), Sid: '' }), []],
    ['no Effect', document(without('Effect')), ["missing at Statement[0]: has no Effect ('Allow' or 'Deny')"]],
    ['another Effect', document({ ...allow('s3:*'), Effect: 'allow' }),
      ['invalid at Statement[0].Effect: "allow" is neither \'Allow\' nor \'Deny\'']],
    ['no Action', document(without('Action')), ['missing at Statement[0]: has neither Action nor NotAction']],
    ['no Resource', document(without('Resource')), ['missing at Statement[0]: has neither Resource nor NotResource']],
    ['both', document({ ...allow('s3:*'), NotAction: 's3:*' }),
      ['invalid at Statement[0]: has both Action and NotAction']],
    ['no actions', document(allow([])), ['missing at Statement[0].Action: is an empty list']],
    ['no resources but', document({ ...without('Resource'), NotResource: [] }),
      ['missing at Statement[0].NotResource: is an empty list']],
    ['an empty action', document(allow('')), ['invalid at Statement[0].Action: "" is empty']],
    ['a number', document({ ...allow('s3:*'), Action: [1, 's3:*'] }),
      ['invalid at Statement[0].Action: 1 is not a string']],
    ['an action that is a deploy-time value', document(allow(X)), []],
    ['a resource that could not be read', document({ ...allow('s3:*'), Resource: new Unresolved('from SSM') }),
      ['unknown at Statement[0].Resource: from SSM']],
    ...['s3', 's3:', ':x', 's*:Get', '*:*', 's3:Get_Object', 's3:Get Object', '**', 's3:x:y'].map(notAnAction),
    ['actions with digits, wildcards and hyphens',
      document(allow(['execute-api:Invoke', 'ec2:*', 's3:?et*V2', 'S3:GET'])), []],
    ...['b', 'arn:aws:s3', 'x-arn:aws:s3:::b'].map((resource): Row => [`the resource ${resource}`,
      document(allow('s3:*', resource)), [`invalid at Statement[0].Resource: "${resource}" ${NEITHER}`]]),
    ...['arn:aws:s3:::', '*b', 'arn:aws:s3*', 'arn:aws:s3:::b\n', '${aws:username}', '?'].map((resource): Row => (
      [`the resource ${resource}`, document(allow('s3:*', resource)), []])),
    ['a Condition that is not an object', withCondition('x'),
      ['invalid at Statement[0].Condition: "x" is not a JSON object of operators']],
    ['an unknown operator', withCondition({ StringIs: { k: 'a' } }),
      ['invalid at Statement[0].Condition: "StringIs" is not a condition operator of IAM']],
    ['an operator without keys', withCondition({ Bool: 'true' }),
      ['invalid at Statement[0].Condition.Bool: "true" is not a JSON object of condition keys']],
    ['a key twice', withCondition({ Bool: { k: 'true', K: 'false' } }),
      ['unknown at Statement[0].Condition.Bool: has a key twice, in different case, and IAM does not document '
        + 'what that means']],
    ['two keys', withCondition({ Bool: { k: 'true', l: 'false' } }), []],
    ['a value that is an object', withCondition({ Bool: { k: ['true', {}] } }),
      ['invalid at Statement[0].Condition.Bool.k: {} is not a string, number or boolean']],
    ['a value that could not be read', withCondition({ Bool: { k: new Unresolved('from SSM') } }),
      ['unknown at Statement[0].Condition.Bool.k: from SSM']],
    ['a number that JSON readers round', withCondition({ NumericEquals: { k: 2 ** 53 } }),
      ['unknown at Statement[0].Condition.NumericEquals.k: 9007199254740992 is the number as JSON parsers round it; '
        + 'write it in quotes']],
    ['a number that they do not take', withCondition({ NumericEquals: { k: Infinity } }),
      ['unknown at Statement[0].Condition.NumericEquals.k: Infinity is the number as JSON parsers round it; write it in '
        + 'quotes']],
    ['numbers and truths', withCondition({ NumericEquals: { k: [1, 1.5, 2 ** 53 - 1] }, Bool: { k: true } }), []],
    ['a long value', document('x'.repeat(119)), [`invalid at Statement[0]: "${'x'.repeat(119)}… is not a JSON object`]],
    ['a value that is not too long', document('x'.repeat(118)),
      [`invalid at Statement[0]: "${'x'.repeat(118)}" is not a JSON object`]],
  ])('%s', (_name, json, expected) => {
    const { problems } = parsePolicy(json, 'P', 'session');
    expect(problems.map(({ kind, where, message }) => `${kind} at ${where}: ${message}`)).toEqual(expected);
  });

  test.each<[string, (inside: Json) => Json, string]>([
    ['a list', (inside) => [inside], '[…]'],
    ['an object', (inside) => ({ a: inside }), '{…}'],
  ])('%s that is nested deeper than a reader can follow', (_name, around, expected) => {
    let deep: Json = 1;
    for (let i = 0; i < 100_000; i++) { deep = around(deep); }
    const { problems } = parsePolicy({ ...document(allow('s3:*')) as object, Version: deep }, 'P');
    expect(problems[0].message).toBe(`${expected} is not one of 2012-10-17, 2008-10-17`);
  });

  test('a statement with a problem is left out, the others are read', () => {
    const { policy } = parsePolicy(document(allow('s3:*'), 'x', { ...allow('sqs:*'), Sid: 'Third' }), 'the role');
    expect(policy.statements.map(describeStatement)).toEqual([
      'statement 0 of the role', "statement 2 (Sid 'Third') of the role",
    ]);
  });
});

describe('an ARN with fewer than six fields', () => {
  const resourceOf = (resource: Json, kind?: PolicyKind) => (
    parsePolicy(document(allow('s3:*', resource as string)), 'P', kind).policy.statements[0]?.resources.patterns[0]);
  const elementsOf = (resource: string) => resourceOf(resource)!.elements;

  test('AWS completes it in an identity-based policy, and the policy prints as it was', () => {
    expect(resourceOf('arn:aws:s3')).toMatchObject({ source: 'arn:aws:s3', completedSource: 'arn:aws:s3:*:*:*' });
    expect(elementsOf('arn:aws:s3')).toEqual(elementsOf('arn:aws:s3:*:*:*'));
  });

  test.each<[string, Json, PolicyKind | undefined]>([
    ['in a session policy, AWS does not', 'arn:aws:sqs:eu-*', 'session'],
    ['a wildcard that may stand for more fields', 'arn:aws:s3*', 'identity'],
    ['a complete ARN', 'arn:aws:s3:::', undefined],
    ['any resource', '*', undefined],
    ['a deploy-time value', X, undefined],
  ])('it stays as it is: %s', (_name, resource, kind) => {
    expect(resourceOf(resource, kind)).toMatchObject({ source: resource });
    expect(resourceOf(resource, kind)!.completedSource).toBeUndefined();
  });

  test('a session policy without a wildcard in it is rejected', () => {
    const { problems } = parsePolicy(document(allow('s3:*', 'arn:aws:s3')), 'P', 'session');
    expect(problems).toEqual([{ kind: 'invalid', where: 'Statement[0].Resource', message: `"arn:aws:s3" ${NEITHER}` }]);
  });
});

describe('two conditions are the same predicate', () => {
  const id = (when: Json, version?: string) =>
    statement(allow('s3:*', '*', when), version).conditions.map((c) => c.id).join();
  const parsed = (when: Json | string): Json => (typeof when === 'string' ? condition(when) : when);
  test.each<[string, Json, Json, boolean]>([
    ['the same', 'Bool k true', 'Bool k true', true],
    ['another operator', 'StringEquals k a', 'StringLike k a', false],
    ['another key', 'StringEquals k a', 'StringEquals l a', false],
    ['another value', 'StringEquals k a', 'StringEquals k b', false],
    ['a key in another case', 'StringEquals k a', 'StringEquals K a', true],
    ['a value in another case', 'StringEquals k a', 'StringEquals k A', false],
    ['values in another order', 'StringEquals k a|b', 'StringEquals k b|a', true],
    ['a value twice', 'StringEquals k a', 'StringEquals k a|a', true],
    ['a value more', 'StringEquals k a', 'StringEquals k a|b', false],
    ['a truth as text', { Bool: { k: true } }, { Bool: { k: 'true' } }, true],
    ['a number as text', { NumericEquals: { k: 1 } }, { NumericEquals: { k: '1' } }, true],
    ['one value without a list', { Bool: { k: ['true'] } }, { Bool: { k: 'true' } }, true],
    ['a variable in another case', 'StringLike k ${aws:username}', 'StringLike k ${AWS:UserName}', true],
    ['another variable', 'StringLike k ${aws:username}', 'StringLike k ${aws:userid}', false],
    ['a default value', 'StringLike k ${aws:username}', "StringLike k ${aws:username, 'x'}", false],
    ['another default value', "StringLike k ${aws:username, 'y'}", "StringLike k ${aws:username, 'x'}", false],
    ['a literal star', 'StringLike k ${*}', 'StringLike k *', false],
    ['intrinsics', { StringEquals: { k: X } }, { StringEquals: { k: SymbolicString.of(variable('X')) } }, true],
    ['other intrinsics', { StringEquals: { k: X } }, { StringEquals: { k: SymbolicString.of(variable('Y')) } }, false],
    ['text that reads like an intrinsic',
      { StringEquals: { k: X } }, { StringEquals: { k: '{"variable":"X"}' } }, false],
    ['a key that equals a key', 'StringEquals k ${l}', 'StringEquals l ${k}', true],
    ['a key that does not equal a key', 'StringNotEquals k ${l}', 'StringNotEquals l ${k}', true],
    ['equal or not', 'StringNotEquals k ${l}', 'StringEquals l ${k}', false],
    ['a key that is like a key', 'StringLike k ${l}', 'StringLike l ${k}', false],
    ['if it exists: which of both?', 'StringEqualsIfExists k ${l}', 'StringEqualsIfExists l ${k}', false],
    ['for all values of which?', 'ForAllValues:StringEquals k ${l}', 'ForAllValues:StringEquals l ${k}', false],
    ['in any case: IAM names no variables for it', 'StringEqualsIgnoreCase k ${l}',
      'StringEqualsIgnoreCase l ${k}', false],
    ['one of several values', 'StringEquals k ${l}|a', 'StringEquals l ${k}|a', false],
    ['more than a variable', 'StringEquals k ${l}x', 'StringEquals l ${k}x', false],
    ['with a default value', "StringEquals k ${l, 'x'}", "StringEquals l ${k, 'x'}", false],
  ])('%s', (_name, a, b, expected) => {
    expect(id(parsed(a)) === id(parsed(b))).toBe(expected);
  });

  test.each<[string, Json, boolean]>([
    ['text without variables', { StringLike: { k: 'a' } }, true],
    ['a variable', { StringLike: { k: '${aws:username}' } }, false],
    ['a key that equals a key', { StringEquals: { k: '${l}' } }, false],
    ['an intrinsic that may hold one', { StringLike: { k: X } }, false],
    ['an intrinsic that holds none', { StringLike: { k: SymbolicString.of(variable('X', ACCOUNT)) } }, true],
  ])('in documents of both versions: %s', (_name, when, expected) => {
    expect(id(when, '2008-10-17') === id(when)).toBe(expected);
  });

  test('in the old version, ${…} is text', () => {
    expect(id(condition('StringEquals k ${l}'), '2008-10-17')).not.toBe(
      id(condition('StringEquals l ${k}'), '2008-10-17'),
    );
  });
});

test('what is printed', () => {
  expect(JSON.stringify({ a: SymbolicString.of('x', variable('X')), b: new Unresolved('from SSM') }))
    .toBe('{"a":"x${X}","b":"<from SSM>"}');
});

test('one statement is read as the document of it, with variables', () => {
  const one = parseStatement({ ...allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}') }, 'one');
  expect(one.problems).toEqual([]);
  expect(one.policy.name).toBe('one');
  expect(one.policy.statements).toEqual([expect.objectContaining({ index: 0, policyVariables: true, policy: 'one' })]);
  expect(parseStatement({ Effect: 'Maybe' }, 'one').problems)
    .toEqual(parsePolicy({ Version: '2012-10-17', Statement: { Effect: 'Maybe' } }, 'one').problems);
});
