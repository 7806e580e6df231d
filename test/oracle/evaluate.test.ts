import {
  ALL_READINGS, ContextValue, Decision, DEFAULT_READING, effective, evaluate, PolicyDocument, Reading, roleAllows,
  StatementDocument,
} from './evaluate';

const ACTION = 's3:GetObject';
const OBJECT = 'arn:aws:s3:::data/key';

type Context = { readonly [key: string]: ContextValue };

function statement(rest: Partial<StatementDocument> = {}): StatementDocument {
  const action = rest.NotAction ? {} : { Action: ACTION };
  const resource = rest.NotResource ? {} : { Resource: '*' };
  return { Effect: 'Allow', ...action, ...resource, ...rest };
}

function policy(...statements: StatementDocument[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Context;
}

function decision(document: PolicyDocument, asked: Asked = {}, reading: Partial<Reading> = {}): Decision {
  const request = {
    action: asked.action ?? ACTION,
    resource: asked.resource ?? OBJECT,
    context: new Map(Object.entries(asked.context ?? {})),
  };
  return evaluate([document], request, { ...DEFAULT_READING, ...reading });
}

/** Whether a statement with the condition applies. */
function holds(operator: string, value: string | string[], context: Context, reading: Partial<Reading> = {}): boolean {
  return decision(policy(statement({ Condition: { [operator]: { 'aws:Key': value } } })), { context }, reading)
    === 'allow';
}

/** Whether the pattern takes in the resource. */
function takesIn(pattern: string, resource: string, reading: Partial<Reading> = {}, context: Context = {}): boolean {
  return decision(policy(statement({ Resource: pattern })), { resource, context }, reading) === 'allow';
}

describe('Effects', () => {
  test.each<[string, StatementDocument[], Decision]>([
    ['nothing that applies is an implicit deny', [], 'implicit deny'],
    ['an allow statement allows', [statement()], 'allow'],
    ['a deny statement denies', [statement({ Effect: 'Deny' })], 'explicit deny'],
    ['a deny statement wins over an allow statement before it',
      [statement(), statement({ Effect: 'Deny' })], 'explicit deny'],
    ['a deny statement wins over an allow statement after it',
      [statement({ Effect: 'Deny' }), statement()], 'explicit deny'],
    ['a deny statement that does not apply does nothing',
      [statement(), statement({ Effect: 'Deny', Action: 's3:PutObject' })], 'allow'],
  ])('%s', (_name, statements, expected) => {
    expect(decision(policy(...statements))).toBe(expected);
  });

  test('a deny statement of another policy wins too', () => {
    const request = { action: ACTION, resource: OBJECT, context: new Map() };
    expect(evaluate([policy(statement()), policy(statement({ Effect: 'Deny' }))], request)).toBe('explicit deny');
  });

  test('a single statement needs no list', () => {
    expect(decision({ Version: '2012-10-17', Statement: statement() })).toBe('allow');
  });
});

describe('Sessions', () => {
  const request = { action: ACTION, resource: OBJECT, context: new Map() };
  const yes = policy(statement());
  const no = policy(statement({ Action: 's3:PutObject' }));
  const never = policy(statement({ Effect: 'Deny' }));

  test.each<[string, PolicyDocument, PolicyDocument[], PolicyDocument | undefined, boolean]>([
    ['the session policy and the role allow it', yes, [yes], undefined, true],
    ['the session policy does not allow it', no, [yes], undefined, false],
    ['the role does not allow it', yes, [no], undefined, false],
    ['one of the role policies allows it', yes, [no, yes], undefined, true],
    ['one of the role policies denies it', yes, [yes, never], undefined, false],
    ['the role has no policies', yes, [], undefined, false],
    ['the boundary allows it too', yes, [yes], yes, true],
    ['the boundary does not allow it', yes, [yes], no, false],
    ['only the boundary allows it', yes, [no], yes, false],
    ['the boundary denies it', yes, [yes], policy(statement(), statement({ Effect: 'Deny' })), false],
  ])('%s', (_name, session, identity, boundary, expected) => {
    expect(effective(session, identity, boundary, request)).toBe(expected);
    if (session === yes) { expect(roleAllows(identity, boundary, request)).toBe(expected); }
  });
});

describe('Action', () => {
  test.each([
    ['s3:GetObject', 's3:GetObject', true],
    ['s3:getobject', 'S3:GetObject', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:Get*', 's3:Get', true],
    ['s3:*Object', 's3:GetObjectAcl', false],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:GetObject?', 's3:GetObject', false],
    ['s3:*', 'sqs:SendMessage', false],
    ['*', 'sqs:SendMessage', true],
  ])('%s on %s: %s', (pattern, action, expected) => {
    expect(decision(policy(statement({ Action: pattern })), { action }) === 'allow').toBe(expected);
    expect(decision(policy(statement({ NotAction: pattern })), { action }) === 'allow').toBe(!expected);
  });

  test('NotAction is everything outside all of its patterns', () => {
    const document = policy(statement({ NotAction: ['s3:*', 'sqs:*'] }));
    expect(decision(document, { action: 'sqs:SendMessage' })).toBe('implicit deny');
    expect(decision(document, { action: 'iam:CreateUser' })).toBe('allow');
  });
});

describe('Resource', () => {
  test.each<[string, string, boolean]>([
    ['*', OBJECT, true],
    ['**', OBJECT, true],
    ['arn:aws:s3:::data/*', 'arn:aws:s3:::data/a/b', true],
    ['arn:aws:s3:::data/*', 'arn:aws:s3:::data/', true],
    ['arn:aws:s3:::data/*', 'arn:aws:s3:::data', false],
    ['arn:aws:s3:::data/*/c', 'arn:aws:s3:::data/a/b/c', true],
    ['arn:aws:s3:::data/?', 'arn:aws:s3:::data//', true],
    ['arn:aws:s3:::data/?', 'arn:aws:s3:::data/', false],
    ['arn:aws:s3:::Data', 'arn:aws:s3:::data', false],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:us-east-1:111122223333:log-group:a:b', true],
    ['arn:aws:sqs:us-*:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', true],
  ])('%s and %s under every reading: %s', (pattern, resource, expected) => {
    for (const reading of ALL_READINGS) {
      expect(takesIn(pattern, resource, reading)).toBe(expected);
      const others = decision(policy(statement({ NotResource: pattern })), { resource }, reading) === 'allow';
      expect(others).toBe(!expected);
    }
  });

  test.each<[string, string, Array<Reading['colons']>]>([
    // The resource has one field more than the pattern, or the same fields in other places.
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:us-east-1:111122223333:q', []], // five fields: see shortArn
    ['arn:aws:s3:*:*:q', 'arn:aws:s3:::b:q', ['trailing star', 'all']],
    ['arn:aws:s3:a*:*:q', 'arn:aws:s3:a:b:c:q', ['trailing star', 'all']],
    ['arn:aws:s3:*a:*:q', 'arn:aws:s3:b:a:c:q', ['all']],
    ['arn:aws:s3:?:b:q', 'arn:aws:s3:::b:q', ['all']],
  ])('%s takes in %s where colons are crossed by %j', (pattern, resource, expected) => {
    const colons = (['none', 'trailing star', 'all'] as const).filter(
      (choice) => takesIn(pattern, resource, { colons: choice, shortArn: 'nothing' }),
    );
    expect(colons).toEqual(expected);
  });

  test('an ARN with fewer than six fields is one string or matches nothing', () => {
    for (const colons of ['none', 'trailing star', 'all'] as const) {
      expect(takesIn('arn:aws:s3*', OBJECT, { colons, shortArn: 'one string' })).toBe(true);
      expect(takesIn('arn:aws:s3*', OBJECT, { colons, shortArn: 'nothing' })).toBe(false);
    }
  });

  test('only the first five fields may be compared without case', () => {
    const pattern = 'arn:AWS:S3:US-EAST-1:a:Data';
    expect(takesIn(pattern, 'arn:aws:s3:us-east-1:A:Data', { headerCase: 'insensitive' })).toBe(true);
    expect(takesIn(pattern, 'arn:aws:s3:us-east-1:A:Data', { headerCase: 'sensitive' })).toBe(false);
    expect(takesIn(pattern, 'arn:aws:s3:us-east-1:A:data', { headerCase: 'insensitive' })).toBe(false);
  });

  test('the resource of an action without resource types is * or no matter', () => {
    expect(takesIn('*', '*')).toBe(true);
    expect(takesIn(OBJECT, '*', { starResource: 'as text' })).toBe(false);
    expect(takesIn(OBJECT, '*', { starResource: 'resource ignored' })).toBe(true);
    const notObject = policy(statement({ NotResource: OBJECT }));
    expect(decision(notObject, { resource: '*' }, { starResource: 'as text' })).toBe('allow');
    expect(decision(notObject, { resource: '*' }, { starResource: 'resource ignored' })).toBe('allow');
  });
});

describe('Policy variables', () => {
  const own = 'arn:aws:s3:::data/${aws:username}/*';

  test.each<[string, string, Context, string, boolean]>([
    ['a variable is replaced by its value', own, { 'aws:username': 'bob' }, 'arn:aws:s3:::data/bob/x', true],
    ['and matches nothing else', own, { 'aws:username': 'bob' }, 'arn:aws:s3:::data/eve/x', false],
    ['names of variables have no case', 'arn:aws:s3:::${AWS:UserName}', { 'aws:username': 'bob' },
      'arn:aws:s3:::bob', true],
    ['without a value the resource does not match', own, {}, 'arn:aws:s3:::data//x', false],
    ['not even the variable as it is written', own, {}, 'arn:aws:s3:::data/${aws:username}/x', false],
    ['a default takes the place of a missing value', "arn:aws:s3:::${aws:username, 'anyone'}", {},
      'arn:aws:s3:::anyone', true],
    ['but not of a present one', "arn:aws:s3:::${aws:username, 'anyone'}", { 'aws:username': 'bob' },
      'arn:aws:s3:::anyone', false],
    ['a default may be empty', "arn:aws:s3:::a${aws:username, ''}", {}, 'arn:aws:s3:::a', true],
    ['a key with several values is not a variable', own, { 'aws:username': ['bob', 'eve'] },
      'arn:aws:s3:::data/bob/x', false],
    ['an escaped star is a star', 'arn:aws:s3:::${*}', {}, 'arn:aws:s3:::*', true],
    ['and nothing else', 'arn:aws:s3:::${*}', {}, 'arn:aws:s3:::a', false],
    ['an escaped question mark is a question mark', 'arn:aws:s3:::a${?}', {}, 'arn:aws:s3:::ab', false],
    ['an escaped dollar is a dollar', 'arn:aws:s3:::${$}{aws:username}', { 'aws:username': 'bob' },
      'arn:aws:s3:::${aws:username}', true],
    ['before the fifth colon a variable is text', 'arn:aws:s3:${aws:username}::a', { 'aws:username': 'r' },
      'arn:aws:s3:r::a', false],
  ])('%s', (_name, pattern, context, resource, expected) => {
    expect(takesIn(pattern, resource, {}, context)).toBe(expected);
  });

  test.each(['2008-10-17', undefined])('version %s has no variables', (Version) => {
    const document = { ...(Version ? { Version } : {}), Statement: statement({ Resource: own }) };
    expect(decision(document, { resource: 'arn:aws:s3:::data/bob/x', context: { 'aws:username': 'bob' } }))
      .toBe('implicit deny');
    expect(decision(document, { resource: 'arn:aws:s3:::data/${aws:username}/x' })).toBe('allow');
  });

  test('version 2008-10-17 has no escapes: the star between the braces is a wildcard', () => {
    const document = { Version: '2008-10-17', Statement: statement({ Resource: 'arn:aws:s3:::${*}' }) };
    expect(decision(document, { resource: 'arn:aws:s3:::${a}' })).toBe('allow');
    expect(decision(document, { resource: 'arn:aws:s3:::*' })).toBe('implicit deny');
  });

  test('wildcards in a value are literal or not', () => {
    const context = { 'aws:username': '*' };
    expect(takesIn(own, 'arn:aws:s3:::data/bob/x', { variableValues: 'literal' }, context)).toBe(false);
    expect(takesIn(own, 'arn:aws:s3:::data/bob/x', { variableValues: 'pattern' }, context)).toBe(true);
  });

  test('a NotResource with a variable without a value applies or not', () => {
    const document = policy(statement({ NotResource: own }));
    expect(decision(document, {}, { unresolvedNotResource: 'applies' })).toBe('allow');
    expect(decision(document, {}, { unresolvedNotResource: 'does not apply' })).toBe('implicit deny');
  });

  test.each<[string, string, Context, boolean]>([
    ['two keys can be compared', 'StringEquals', { 'aws:key': '1', 'aws:other': '1' }, true],
    ['and differ', 'StringEquals', { 'aws:key': '1', 'aws:other': '2' }, false],
    ['without a value a positive operator fails', 'StringEquals', { 'aws:key': '1' }, false],
    ['without a value a negated operator holds', 'StringNotEquals', { 'aws:key': '1' }, true],
    ['without a value a pattern fails', 'StringLike', { 'aws:key': '' }, false],
    ['without a value a negated pattern holds', 'StringNotLike', { 'aws:key': '' }, true],
  ])('in a condition: %s', (_name, operator, context, expected) => {
    expect(holds(operator, '${aws:other}', context)).toBe(expected);
  });
});

describe('Conditions', () => {
  test('all operators and all keys must hold, and one of the values', () => {
    const document = policy(statement({ Condition: { StringEquals: { a: ['1', '2'], b: '3' }, Bool: { c: true } } }));
    expect(decision(document, { context: { a: '2', b: '3', c: 'true' } })).toBe('allow');
    expect(decision(document, { context: { a: '2', b: '4', c: 'true' } })).toBe('implicit deny');
    expect(decision(document, { context: { a: '2', b: '3', c: 'false' } })).toBe('implicit deny');
  });

  test('the names of keys have no case, those of tags neither', () => {
    const document = policy(statement({ Condition: { StringEquals: { 'AWS:ResourceTag/Team': 'red' } } }));
    expect(decision(document, { context: { 'aws:resourcetag/team': 'red' } })).toBe('allow');
  });

  test('negated operators are NOR', () => {
    expect(holds('StringNotEquals', ['a', 'b'], { 'aws:key': 'b' })).toBe(false);
    expect(holds('StringNotEquals', ['a', 'b'], { 'aws:key': 'c' })).toBe(true);
  });

  test.each<[string, boolean]>([
    ['StringEquals',
      false],
    ['StringNotEquals', true], ['StringEqualsIgnoreCase', false], ['StringNotEqualsIgnoreCase', true],
    ['StringLike', false], ['StringNotLike', true], ['ArnEquals', false], ['ArnNotEquals', true], ['ArnLike', false],
    ['ArnNotLike', true],
    ['NumericEquals', false], ['NumericNotEquals', true], ['NumericLessThan', false], ['DateEquals', false],
    ['DateNotEquals', true],
    ['Bool', false], ['BinaryEquals', false], ['IpAddress', false], ['NotIpAddress', true],
    ['StringEqualsIfExists', true], ['StringNotEqualsIfExists', true], ['NumericLessThanIfExists', true],
    ['IpAddressIfExists', true],
    ['ForAllValues:StringEquals', true], ['ForAllValues:StringNotEquals', true],
    ['ForAllValues:StringEqualsIfExists', true],
    ['ForAnyValue:StringEquals', false], ['ForAnyValue:StringNotEquals', false],
  ])('%s without the key: %s', (operator, expected) => {
    expect(holds(operator, '1', {})).toBe(expected);
    if (operator.startsWith('For')) { expect(holds(operator, '1', { 'aws:key': [] })).toBe(expected); }
  });

  test('ForAnyValue with IfExists and without the key is not defined', () => {
    expect(holds('ForAnyValue:StringEqualsIfExists', 'a', {}, { anyValueIfExists: true })).toBe(true);
    expect(holds('ForAnyValue:StringEqualsIfExists', 'a', {}, { anyValueIfExists: false })).toBe(false);
    expect(holds('ForAnyValue:StringEqualsIfExists', 'a', { 'aws:key': ['b'] }, { anyValueIfExists: true }))
      .toBe(false);
  });

  test.each<[string, string, Context, boolean]>([
    ['Null', 'true', {}, true],
    ['Null', 'true', { 'aws:key': 'a' }, false],
    ['Null', 'false', {}, false],
    ['Null', 'false', { 'aws:key': 'a' }, true],
    ['StringEquals', 'A', { 'aws:key': 'a' }, false],
    ['StringEquals', 'a*', { 'aws:key': 'ab' }, false],
    ['StringEquals', 'a*', { 'aws:key': 'a*' }, true],
    ['StringEquals', '${*}', { 'aws:key': '*' }, true],
    ['StringEqualsIgnoreCase', 'A', { 'aws:key': 'a' }, true],
    ['StringLike', 'a*:?', { 'aws:key': 'a:/b:c' }, true],
    ['StringLike', 'a${*}', { 'aws:key': 'ab' }, false],
    ['StringLike', 'A*', { 'aws:key': 'ab' }, false],
    ['StringEqualsIfExists', 'a', { 'aws:key': 'b' }, false],
    ['Bool', 'true', { 'aws:key': 'true' }, true],
    ['Bool', 'false', { 'aws:key': 'true' }, false],
    ['BinaryEquals', 'QmluYXJ5', { 'aws:key': 'QmluYXJ5' }, true],
    ['BinaryEquals', 'QmluYXJ5', { 'aws:key': 'Qmlu' }, false],
  ])('%s of %s with %j: %s', (operator, value, context, expected) => {
    expect(holds(operator, value, context)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['arn:aws:s3:::data', 'arn:aws:s3:::data', true],
    ['arn:aws:s3:::*', 'arn:aws:s3:::data:x', true],
    ['arn:aws:*:::data', 'arn:aws:s3:::data', true],
    ['arn:aws:s3*:data', 'arn:aws:s3:::data', false],
    ['arn:aws:s3:*:*:data', 'arn:aws:s3:a:b:c:data', false],
    ['arn:aws:s3:::data', 'data', false],
  ])('ArnLike and ArnEquals of %s with %s: %s', (pattern, value, expected) => {
    for (const colons of ['none', 'trailing star', 'all'] as const) {
      for (const operator of ['ArnLike', 'ArnEquals']) {
        expect(holds(operator, pattern, { 'aws:key': value }, { colons })).toBe(expected);
      }
      for (const operator of ['ArnNotLike', 'ArnNotEquals']) {
        expect(holds(operator, pattern, { 'aws:key': value }, { colons })).toBe(!expected);
      }
    }
  });

  test.each<[string, string, string, boolean]>([
    ['NumericEquals', '10', '10.0', true],
    ['NumericLessThan', '10', '9', true], // as text, 9 is greater
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericLessThan', '10', 'ten', false],
    ['NumericNotEquals', '10', 'ten', true],
    ['DateEquals', '2024-01-01T00:00:00Z', '1704067200', true],
    ['DateEquals', '2024', '2024-01-01', true],
    ['DateEquals', '2024-01-01T01:00:00+01:00', '2024-01-01T00:00:00Z', true],
    ['DateLessThan', '2024-01-01', '2023-12-31T23:59:59Z', true],
    ['DateLessThanEquals', '2024-01-01', '2024-01-01', true],
    ['DateGreaterThan', '2024-01-01', '2024-01-01', false],
    ['DateGreaterThanEquals', '2024-01-01', '2024-01-01', true],
    ['DateNotEquals', '2024-01-01', 'yesterday', true],
    ['IpAddress', '10.0.0.0/8', '10.255.0.1', true],
    ['IpAddress', '10.0.0.0/8', '11.0.0.1', false],
    ['IpAddress', '10.0.0.1', '10.0.0.1', true],
    ['IpAddress', '10.0.0.1', '10.0.0.2', false],
    ['IpAddress', '0.0.0.0/0', '::1', false],
    ['IpAddress', '2001:db8::/32', '2001:db8:0:1::5', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::', false],
    ['NotIpAddress', '10.0.0.0/8', '11.0.0.1', true],
    ['NotIpAddress', '10.0.0.0/8', 'nowhere', true],
  ])('%s of %s with %s: %s', (operator, value, actual, expected) => {
    expect(holds(operator, value, { 'aws:key': actual })).toBe(expected);
  });

  test.each<[string, string[], string[], boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['a', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'd'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAnyValue:StringLike', ['a*'], ['ab', 'c'], true],
  ])('%s of %j with %j: %s', (operator, values, actual, expected) => {
    expect(holds(operator, values, { 'aws:key': actual })).toBe(expected);
  });

  test('a set operator may take an empty string as no value', () => {
    expect(holds('ForAllValues:StringEquals', 'a', { 'aws:key': '' }, { emptyString: 'no value' })).toBe(true);
    expect(holds('ForAllValues:StringEquals', 'a', { 'aws:key': '' }, { emptyString: 'value' })).toBe(false);
  });

  test('several values without a set operator are not defined', () => {
    expect(holds('StringEquals', 'a', { 'aws:key': ['a', 'b'] }, { severalValues: 'any value' })).toBe(true);
    expect(holds('StringEquals', 'a', { 'aws:key': ['a', 'b'] }, { severalValues: 'no match' })).toBe(false);
  });

  test('an operator that IAM does not have is an error of the test', () => {
    expect(() => holds('StringMatches', 'a', { 'aws:key': 'a' })).toThrow('no such condition operator');
  });
});
