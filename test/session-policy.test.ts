import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../lib';
import { runs } from './runs';
import { associationsIn, sessionPolicyOf } from './templates';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

function associate(sessionPolicy?: SessionPolicy): PodIdentityAssociation {
  const role = new PodIdentityRole(stack, 'Role', {
    inlinePolicies: {
      All: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })] }),
    },
  });
  return new PodIdentityAssociation(stack, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role,
    sessionPolicy,
  });
}

/** The Policy property, as it is written into the template. */
function rendered(): any {
  return associationsIn(Template.fromStack(stack).toJSON())[0].Policy;
}

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' };
const DOCUMENT = { Version: '2012-10-17', Statement: [READ] };
const TEXT =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}]}';

function temporaryFile(content: string): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'session-policy-')), 'policy.json');
  fs.writeFileSync(file, content);
  return file;
}

describe('sources', () => {
  test.each<[string, () => SessionPolicy]>([
    ['a document', () => SessionPolicy.fromDocument(iam.PolicyDocument.fromJson(DOCUMENT))],
    ['statements', () => SessionPolicy.fromStatements(iam.PolicyStatement.fromJson(READ))],
    ['an object', () => SessionPolicy.fromJson(DOCUMENT)],
    ['an object with one statement',
      () => SessionPolicy.fromJson({ Version: '2012-10-17', Id: 'mine', Statement: READ })],
    ['a file', () => SessionPolicy.fromFile(temporaryFile(JSON.stringify(DOCUMENT, undefined, 2)))],
    ['a file with a byte order mark', () => SessionPolicy.fromFile(temporaryFile(`\uFEFF${JSON.stringify(DOCUMENT)}`))],
  ])('%s', (_name, make) => {
    associate(make());
    expect(rendered()).toBe(TEXT);
  });

  test('everything except some actions', () => {
    associate(SessionPolicy.allExcept(
      { actions: ['s3:DeleteObject*', 's3:PutObject'], resources: ['arn:aws:s3:::data/*'] },
      { sid: 'NoUsers', actions: ['iam:*User'] },
    ));
    expect(sessionPolicyOf({ Policy: rendered() }).Statement).toEqual([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Sid: 'NoUsers', Effect: 'Deny', Action: 'iam:*User', Resource: '*' },
      { Effect: 'Deny', Action: ['s3:DeleteObject*', 's3:PutObject'], Resource: 'arn:aws:s3:::data/*' },
    ]);
  });

  test.each<[string, any[], string]>([
    ['nothing', [], 'denied is empty'],
    ['no actions', [{ actions: ['s3:*'] }, { actions: [] }], 'denied[1] lists no actions'],
    ['a plain list, as in JavaScript', [['s3:PutObject']], 'denied[0] lists no actions'],
    ['what is not an action', [{ actions: ['s3'] }], "'s3'"],
  ])('everything except %s is an error', (_, denied, message) => {
    expect(() => SessionPolicy.allExcept(...denied)).toThrow(message);
  });

  test('a document or statement that is completed later', () => {
    const document = new iam.PolicyDocument();
    const statement = new iam.PolicyStatement();
    const pods = associate(SessionPolicy.fromDocument(document));
    pods.sessionPolicy.addStatements(statement);
    document.addStatements(iam.PolicyStatement.fromJson({ ...READ, Action: 's3:PutObject' }));
    statement.addActions('s3:GetObject');
    statement.addResources('arn:aws:s3:::data/*');
    expect(sessionPolicyOf({ Policy: rendered() }).Statement).toEqual([
      { ...READ, Action: ['s3:GetObject', 's3:PutObject'] },
    ]);
  });

  test('a statement is frozen by synthesis, and comes out the same each time', () => {
    const statement = iam.PolicyStatement.fromJson(READ);
    associate(SessionPolicy.fromStatements(statement));
    const app = stack.node.root as App;
    const text = () => fs.readFileSync(
      app.synth({ force: true }).getStackByName(stack.stackName).templateFullPath, 'utf-8',
    );
    expect(text()).toBe(text());
    expect(() => statement.addActions('s3:PutObject')).toThrow('addActions: freeze() has been called');
  });

  test('a list that is a deploy-time value comes with the resource that converts it to text', () => {
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' });
    associate(
      SessionPolicy.fromStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: list.valueAsList })),
    );
    const template = Template.fromStack(stack).toJSON();
    const [, reference] = associationsIn(template)[0].Policy['Fn::Join'][1];
    expect(template.Resources[reference['Fn::GetAtt'][0]].Type).toBe('Custom::AWSCDKCfnJsonStringify');
  });

  test('what is added after a synthesis counts in the next', () => {
    const pods = associate(SessionPolicy.fromStatements(iam.PolicyStatement.fromJson(READ)));
    const app = stack.node.root as App;
    app.synth();
    pods.sessionPolicy.addStatements(iam.PolicyStatement.fromJson({ ...READ, Action: 's3:PutObject' }));
    const { Resources } = app.synth({ force: true }).getStackByName(stack.stackName).template;
    expect(sessionPolicyOf(associationsIn({ Resources })[0]).Statement[0].Action).toEqual([
      's3:GetObject', 's3:PutObject',
    ]);
  });

  test.each<[string, any]>([
    ['a statement', iam.PolicyStatement.fromJson(READ)], ['a date', new Date(0)],
  ])('%s is not a document', (_name, document) => {
    expect(() => SessionPolicy.fromDocument(document))
      .toThrow('SessionPolicy.fromDocument: object is not an iam.PolicyDocument');
  });

  test('isSessionPolicy', () => {
    expect(SessionPolicy.isSessionPolicy(SessionPolicy.fromStatements())).toBe(true);
    expect([undefined, null, {}, new iam.PolicyDocument()].map((x) => SessionPolicy.isSessionPolicy(x))).toEqual([
      false, false, false, false,
    ]);
  });
});

describe('bad input throws, with place, value and fix', () => {
  test.each<[string, any, RegExp]>([
    ['null',
      null,
      /^SessionPolicy\.fromJson: EKS would reject this session policy: null is not a policy document, which is a JSON object/],
    ['text', '{}', /"\{\}" is not a policy document, which is a JSON object/],
    ['a list', [READ], /is not a policy document, which is a JSON object/],
    ['nothing inside', {}, /has no Statement/],
    ['no statements', { Version: '2012-10-17', Statement: [] }, /Statement has no statements/],
    ['a prototype',
      JSON.parse(
        '{"Version":"2012-10-17","Statement":[{"__proto__":{"Effect":"Allow"},"Action":"a:b","Resource":"*"}]}',
      ),
      /Statement\[0\] "__proto__" is not an element of an IAM policy/],
    ['an unknown version',
      { ...DOCUMENT, Version: '2020-01-01' }, /Version "2020-01-01" is not one of 2012-10-17, 2008-10-17/],
    ['a variable in the old version',
      { Statement: [{ ...READ, Resource: 'arn:aws:s3:::b/${aws:username}' }] },
      /Version is missing, so '\$\{…\}' in it is literal text.*set Version/],
    ['a principal',
      { ...DOCUMENT, Statement: [{ ...READ, Principal: '*' }] },
      /Statement\[0\]\.Principal "\*" is not allowed.*Remove the element/],
    ['an effect',
      { ...DOCUMENT, Statement: [{ ...READ, Effect: 'allow' }] },
      /Statement\[0\]\.Effect "allow" is neither 'Allow' nor 'Deny'/],
    ['no effect', { ...DOCUMENT, Statement: [{ Action: '*', Resource: '*' }] }, /Statement\[0\] has no Effect/],
    ['no action',
      { ...DOCUMENT, Statement: [{ Effect: 'Allow', Resource: '*' }] },
      /Statement\[0\] has neither Action nor NotAction/],
    ['two actions',
      { ...DOCUMENT, Statement: [{ ...READ, NotAction: '*' }] }, /Statement\[0\] has both Action and NotAction/],
    ['no resource',
      { ...DOCUMENT, Statement: [{ Effect: 'Allow', Action: '*' }] },
      /Statement\[0\] has neither Resource nor NotResource/],
    ['an action without service',
      { ...DOCUMENT, Statement: [{ ...READ, Action: 'GetObject' }] },
      /Statement\[0\]\.Action "GetObject" is not an action: write 'service:Name'/],
    ['an action with a number',
      { ...DOCUMENT, Statement: [{ ...READ, Action: [7] }] }, /Statement\[0\]\.Action 7 is not a string/],
    ['an empty list',
      { ...DOCUMENT, Statement: [{ ...READ, Resource: [] }] }, /Statement\[0\]\.Resource is an empty list/],
    ['an unknown operator',
      { ...DOCUMENT, Statement: [{ ...READ, Condition: { StringEqual: { a: 'b' } } }] },
      /Statement\[0\]\.Condition "StringEqual" is not a condition operator/],
    ['a condition list',
      { ...DOCUMENT, Statement: [{ ...READ, Condition: [] }] },
      /Statement\[0\]\.Condition \[\] is not a JSON object of operators/],
    ['an unknown element',
      { ...DOCUMENT, Statement: [{ ...READ, Comment: 'x' }] },
      /Statement\[0\] "Comment" is not an element of an IAM policy/],
    ['a Sid with a space',
      { ...DOCUMENT, Statement: [{ ...READ, Sid: 'my sid' }] }, /Statement\[0\]\.Sid "my sid" may only have/],
    ['a Sid twice',
      { ...DOCUMENT, Statement: [{ ...READ, Sid: 'x' }, { ...READ, Sid: 'x' }] },
      /Statement\[1\]\.Sid "x" is used twice/],
  ])('%s', (_name, document, message) => {
    expect(() => SessionPolicy.fromJson(document)).toThrow(message);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['an object that refers to itself',
      () => { const o: any = {}; o.Statement = o; return SessionPolicy.fromJson(o); },
      /^SessionPolicy\.fromJson: .* not plain JSON/],
    ['a BigInt', () => SessionPolicy.fromJson({ Statement: BigInt(1) }), /^SessionPolicy\.fromJson: .* not plain JSON/],
    ['no document',
      () => SessionPolicy.fromDocument(undefined as any),
      /^SessionPolicy\.fromDocument: undefined is not an iam\.PolicyDocument/],
    ['JSON for a document',
      () => SessionPolicy.fromDocument(DOCUMENT as any), /use SessionPolicy\.fromJson for plain JSON/],
    ['JSON for a statement',
      () => SessionPolicy.fromStatements(READ as any),
      /^SessionPolicy: addStatements needs iam\.PolicyStatement objects/],
    ['no statement', () => SessionPolicy.fromStatements(undefined as any), /^SessionPolicy: addStatements needs/],
    ['a resource that is not an ARN',
      () => SessionPolicy.fromStatements(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['my-bucket'] })),
      /Statement\[0\]\.Resource "my-bucket" is neither an ARN .* nor '\*'/],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(message);
  });

  test('a file that is not there', () => {
    expect(() => SessionPolicy.fromFile('no/such.json'))
      .toThrow("SessionPolicy.fromFile: cannot read 'no/such.json' (ENOENT). Give the path of a JSON policy document.");
  });

  test('a file that repeats a name', () => {
    const file = temporaryFile('{"Version":"2012-10-17","Statement":[\n{"Effect":"Deny","Effect":"Allow"}]}');
    expect(() => SessionPolicy.fromFile(file)).toThrow(
      `'${file}' could not be read as JSON: "Effect" is repeated in Statement[0]: readers of JSON keep one of the two values `
      + 'and drop the other (line 2, column 18)',
    );
  });

  test('a file that is not JSON', () => {
    const file = temporaryFile('Version: 2012-10-17');
    expect(() => SessionPolicy.fromFile(file)).toThrow(`SessionPolicy.fromFile: '${file}' could not be read as JSON: `);
  });

  test('a file that is not a policy is named', () => {
    const file = temporaryFile('{}');
    expect(() => SessionPolicy.fromFile(file)).toThrow(
      `${file}: EKS would reject this session policy: has no Statement`,
    );
  });

  test('a statement that is refused leaves nothing behind', () => {
    const policy = SessionPolicy.fromStatements();
    const bad = new iam.PolicyStatement({ sid: 'my sid', actions: ['s3:GetObject'], resources: ['*'] });
    expect(() => policy.addStatements(iam.PolicyStatement.fromJson(READ), bad)).toThrow(
      /^SessionPolicy: EKS would reject a session policy with this statement: Statement\[1\]\.Sid "my sid"/,
    );
    expect(policy.isEmpty).toBe(true);
  });
});

describe('tokens in JSON are left to the synthesis', () => {
  const text = Token.asString({ Ref: 'Name' });
  const list = Token.asList({ Ref: 'List' });
  const json = (statement: object, more = {}) => SessionPolicy.fromJson({
    ...DOCUMENT, Statement: [{ ...READ, ...statement }], ...more,
  });

  test.each<[string, () => SessionPolicy]>([
    ['a text', () => json({ Action: `x${text}`, Resource: `my-${text}` })],
    ['a value', () => json({ Condition: Lazy.any({ produce: () => ({ Bool: { b: 'true' } }) }) })],
    ['an item', () => json({ Resource: ['arn:aws:s3:::a', Lazy.any({ produce: () => 'arn:aws:s3:::b' })] })],
    ['all statements', () => SessionPolicy.fromJson({ ...DOCUMENT, Statement: Lazy.any({ produce: () => [READ] }) })],
    ['a number', () => json({ Action: Token.asNumber({ Ref: 'Number' }) })],
    ['a list', () => json({ Resource: list })],
    ['a list among others', () => json({ Resource: [...list, 'my-bucket'] })],
    ['a key', () => json({ Condition: { [text]: 'x' } })],
    ['a key that only looks like one', () => json({ Condition: { StringEquals: { 'Token[': 'x', '1e+289': 'y' } } })],
    ['members and items that are not there',
      () => json({ Sid: undefined, Action: ['a:b', undefined] }, { Id: undefined })],
  ])('%s', (_name, make) => {
    expect(SessionPolicy.isSessionPolicy(make())).toBe(true);
  });

  test.each<[string, () => SessionPolicy, string]>([
    ['an effect', () => json({ Effect: 'Alow', Action: text }), 'Statement[0].Effect "Alow" is neither'],
    ['text that only looks like a token',
      () => json({ Resource: 'Token[' }), 'Statement[0].Resource "Token[" is neither an ARN'],
    ['an element that only looks like a token',
      () => json({}, { 'Token[': 1 }), '"Token[" is not an element of an IAM policy'],
    ['a date',
      () => json({ Condition: { DateEquals: { 'aws:CurrentTime': new Date(0) } } }),
      'Condition.DateEquals.aws:CurrentTime {} is not a string'],
    ['a function', () => json({ Effect: () => 1 }), 'Statement[0].Effect undefined is neither'],
    ['an object of a class',
      () => json({ Resource: new (class { public readonly a = 1; })() }),
      'Statement[0].Resource {"a":1} is not a string'],
    ['an operator called __proto__',
      () => json({ Condition: JSON.parse('{"__proto__":{"a":"b"}}') }), '"__proto__" is not a condition operator'],
    ['a member called __proto__',
      () => json({}, JSON.parse('{"__proto__":{"a":"b"}}')), '"__proto__" is not an element of an IAM policy'],
  ])('and what stands beside them is checked: %s', (_name, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('the rendered policy', () => {
  /** Fisher-Yates with a fixed little generator, so that orders are the same on every machine. */
  function shuffled<T>(items: readonly T[], seed: number): T[] {
    const result = [...items];
    let state = seed;
    for (let i = result.length - 1; i > 0; i--) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const j = state % (i + 1);
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }

  test('has the same bytes whatever order grants come in, and however often', () => {
    const texts = Array.from({ length: 12 }, (_, seed) => {
      stack = new Stack(new App(), 'Stack');
      const pods = associate();
      const bucket = new s3.Bucket(stack, 'Bucket');
      const table = new dynamodb.Table(stack, 'Table', {
        partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      });
      const grants = [
        () => bucket.grantRead(pods, 'a/*'),
        () => bucket.grantRead(pods, 'b/*'),
        () => bucket.grantPut(pods, 'a/*'),
        () => table.grantReadData(pods),
        () => table.grantWriteData(pods),
        () => pods.sessionPolicy.addStatements(new iam.PolicyStatement({
          sid: 'Mine', actions: ['sqs:*', 'sns:Publish'], resources: ['*'],
        })),
        () => bucket.grantRead(pods, 'a/*'),
      ];
      shuffled(grants, seed).forEach((grant) => grant());
      return JSON.stringify(rendered());
    });
    expect(new Set(texts).size).toBe(1);
  });

  test('leaves AWS::NoValue out', () => {
    associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['dynamodb:Query'], resources: ['arn:aws:dynamodb:::table/t', Aws.NO_VALUE],
    })));
    expect(rendered()).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:Query","Resource":"arn:aws:dynamodb:::table/t"}]}',
    );
  });

  test('escapes quotes and backslashes', () => {
    associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::data/*'],
      conditions: { StringEquals: { 'aws:PrincipalTag/quote': 'say "hi" \\' } },
    })));
    expect(JSON.parse(rendered()).Statement[0].Condition.StringEquals['aws:PrincipalTag/quote']).toBe('say "hi" \\');
  });

  test('takes lazy values', () => {
    associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: Lazy.list({ produce: () => ['s3:GetObject'] }),
      resources: [Lazy.string({ produce: () => 'arn:aws:s3:::data/*' })],
    })));
    expect(rendered()).toBe(TEXT);
  });

  /** A policy with these condition values, as it is rendered, and as the CDK writes the same document. */
  function withConditions(conditions: Record<string, unknown>): { readonly ours: unknown; readonly ofTheCdk: unknown } {
    const { policy } = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'], conditions: { StringEquals: conditions },
    }))).node.defaultChild as CfnPodIdentityAssociation;
    const document = { ...DOCUMENT, Statement: [{ ...READ, Condition: { StringEquals: conditions } }] };
    return { ours: stack.resolve(policy), ofTheCdk: stack.resolve(stack.toJsonString(document)) };
  }

  const ref = Token.asString({ Ref: 'Bucket' });
  const arn = Token.asString({ 'Fn::GetAtt': ['Bucket', 'Arn'] });

  test.each<[string, Record<string, unknown>]>([
    ['nothing but text', { a: 's3:"Put\\"', b: 1, c: true, d: [], e: ['x', 'y'] }],
    ['a reference alone, and within text', { a: ref, b: `x${ref}`, c: `${ref}y`, d: ['x', ref] }],
    ['text that the CDK joins',
      { a: Fn.join('', ['arn:', ref, ':"quoted"']), b: Fn.join('-', ['a', ref]), c: `${arn}/*` }],
    ['a join within a join',
      {
        a: Fn.join('', [
          '1', Token.asString({ 'Fn::Join': ['', ['2', { 'Fn::Join': ['', ['3', 4]] }, { Ref: 'R' }, '5']] }), '6',
        ]),
      }],
    ['numbers that are joined', { a: Token.asString({ 'Fn::Join': ['', [1, { Ref: 'R' }, 2, 3]] }) }],
    ['text within intrinsics that JSON escapes', { a: Token.asString({ 'Fn::Sub': ['"${x}"\n', { x: '\\' }] }) }],
    ['intrinsics next to each other', { a: `${ref}${arn}` }],
    ['tokens that make text',
      { a: Lazy.string({ produce: () => `lazy "${ref}"` }), b: Lazy.string({ produce: () => undefined }) }],
    ['a token that makes tokens', { a: Lazy.any({ produce: () => ['x', ref] }) }],
    ['a list with a token that is not there', { a: ['x', Lazy.string({ produce: () => undefined }), 'y'] }],
    ['a token in a key', { [Lazy.string({ produce: () => 'aws:key' })]: 'x' }],
    ['a number that is a token', { a: Token.asNumber({ Ref: 'Number' }), b: `${Token.asNumber({ Ref: 'Number' })}` }],
    ['members and items that are not there', { a: undefined, b: ['x', undefined, 'y'] }],
    ['what looks like a token', { 'Token[': 'Token[', 'b': '1e+289' }],
    ['characters that stand for nothing', { a: '\uE0000\uE000', b: ref }],
  ])('is what the CDK writes: %s', (_, conditions) => {
    const { ours, ofTheCdk } = withConditions(conditions);
    expect(ours).toEqual(ofTheCdk);
  });

  test('is what the CDK writes, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '/*'),
      fc.constantFrom(ref, arn, Fn.join('', ['"', ref]), Fn.sub('${A}"')),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    // A key that is a number would stand before the others, and keys are sorted.
    const key = fc.string().map((name) => `k${name}`);
    fc.assert(fc.property(fc.dictionary(key, text, { maxKeys: 4, noNullPrototype: true }), (values) => {
      stack = new Stack(new App(), 'Stack');
      const { ours, ofTheCdk } = withConditions(
        Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))),
      );
      expect(ours).toEqual(ofTheCdk);
    }), { numRuns: runs(40, 500) });
  });

  test('leaves one token in the memory of the app, however often it is rendered', () => {
    const statement = iam.PolicyStatement.fromJson({ ...READ, Resource: arn });
    const { policy } = associate(
      SessionPolicy.fromStatements(statement),
    ).node.defaultChild as CfnPodIdentityAssociation;
    const tokens = () => (global as any).__cdkTokenMap.stringTokenMap.size;
    const before = tokens();
    const texts = [1, 2, 3].map(() => stack.resolve(policy));
    expect(tokens() - before).toBe(1);
    expect(texts[2]).toEqual(texts[0]);
  });

  test.each<[string, iam.PolicyStatementProps, string]>([
    ['an item of a list token',
      { conditions: { StringEquals: { a: `x${Token.asList({ Ref: 'List' })[0]}` } } },
      'Found an encoded list token string in a scalar string context'],
    ['a list token among others',
      { resources: [...Token.asList({ Ref: 'List' }), 'arn:aws:s3:::x'] }, 'Cannot add elements to list token'],
    ['a member that the CDK would lose',
      { conditions: { StringEquals: JSON.parse('{"__proto__":"x","b":"y"}') } },
      "Stack/Pods: the session policy contains the key '__proto__'"],
  ])('is an error with %s', (_, props, message) => {
    associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'], ...props,
    })));
    expect(() => (stack.node.root as App).synth()).toThrow(message);
  });

  test('takes what lazy values and statements have become in the next synthesis', () => {
    let resource = 'arn:aws:s3:::data/*';
    const association = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: [Lazy.uncachedString({ produce: () => resource })],
    })));
    const synthesised = () => (stack.node.root as App).synth({ force: true }).getStackByName('Stack').template;
    expect(associationsIn(synthesised())[0].Policy).toBe(TEXT);
    resource = 'arn:aws:s3:::other/*';
    association.sessionPolicy.addStatements(new iam.PolicyStatement({
      actions: ['s3:PutObject'], resources: [resource],
    }));
    expect(associationsIn(synthesised())[0].Policy).toBe(
      TEXT.replace('data', 'other').replace('"s3:GetObject"', '["s3:GetObject","s3:PutObject"]'),
    );
  });
});

test('a list that only the deployment knows is not put inside of another list', () => {
  const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  associate(SessionPolicy.fromStatements(
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: list }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }),
  ));
  expect(sessionPolicyOf({
    Policy: JSON.parse(
      JSON.stringify(rendered()).replace(/\{"Fn::GetAtt":\["CdkJsonStringify[^\]]*\]\}/, '"\\"LIST\\""'),
    ),
  }).Statement).toEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'] },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'LIST' },
  ]);
});

describe('size', () => {
  test('of literal text is exact, and what is rendered', () => {
    const pods = associate(SessionPolicy.fromJson(DOCUMENT));
    const size = { minimum: TEXT.length, maximum: TEXT.length, expected: TEXT.length };
    expect(pods.sessionPolicy.size).toEqual(size);
    expect(SessionPolicy.fromJson(DOCUMENT).size).toEqual(size);
  });

  test('of an empty policy is nothing', () => {
    expect(associate().sessionPolicy.size).toEqual({ minimum: 0, maximum: 0, expected: 0 });
  });

  test('of a generated bucket has the bounds of its ARN', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    const pods = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:ListBucket'], resources: [bucket.bucketArn],
    })));
    const rest =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":""}]}'.length;
    // arn:PARTITION:s3:::NAME
    expect(pods.sessionPolicy.size).toEqual({
      minimum: rest + 'arn::s3:::'.length + 3 + 3,
      maximum: rest + 'arn::s3:::'.length + 10 + 63,
      expected: rest + 'arn:aws:s3:::stack-bucket83908e77-abcdefghijk1'.length,
    });
  });

  test('of a bucket with a name in a known environment is exact', () => {
    stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
    const bucket = new s3.Bucket(stack, 'Bucket', { bucketName: 'my-data' });
    const pods = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:ListBucket'], resources: [bucket.bucketArn],
    })));
    const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::my-data"}]}';
    expect(pods.sessionPolicy.size).toEqual({ minimum: text.length, maximum: text.length, expected: text.length });
  });

  test('of resources of other stacks has their names and environments', () => {
    const app = new App();
    const env = (region: string) => ({ env: { account: '111122223333', region }, crossRegionReferences: true });
    stack = new Stack(app, 'Stack', env('ap-southeast-2'));
    const buckets = ['aaa', 'b'.repeat(60)].map(
      (bucketName) => new s3.Bucket(new Stack(app, `S${bucketName.length}`, env('us-east-1')), 'B', { bucketName }),
    );
    const queue = new sqs.Queue(new Stack(app, 'Q', env('us-east-1')), 'Q', { queueName: 'q' });
    const role = new iam.Role(stack, 'Target', {
      roleName: 'r', path: '/a/long/path/', assumedBy: new iam.AccountRootPrincipal(),
    });
    const resources = [...buckets.map((b) => b.bucketArn), queue.queueArn, role.roleArn];
    const pods = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({ actions: ['a:b'], resources })));
    const arns = [
      'arn:aws:s3:::aaa', `arn:aws:s3:::${'b'.repeat(60)}`, 'arn:aws:sqs:us-east-1:111122223333:q',
      'arn:aws:iam::111122223333:role/a/long/path/r',
    ];
    const { length } = JSON.stringify({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: arns }],
    });
    expect(pods.sessionPolicy.size).toEqual({ minimum: length, maximum: length, expected: length });
  });

  test('of a parameter has no maximum', () => {
    const pods = associate(SessionPolicy.fromStatements(new iam.PolicyStatement({
      actions: ['s3:ListBucket'], resources: [new CfnParameter(stack, 'Arn').valueAsString],
    })));
    const minimum =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":""}]}'.length;
    expect(pods.sessionPolicy.size).toEqual({ minimum, maximum: undefined });
  });

  test('can be asked before more is granted: nothing is frozen', () => {
    const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::data/*'] });
    const pods = associate(SessionPolicy.fromStatements(statement));
    const before = pods.sessionPolicy.size.minimum;
    statement.addActions('s3:PutObject');
    expect(pods.sessionPolicy.size.minimum).toBe(before + ',"s3:PutObject"'.length + '[]'.length);
  });
});
