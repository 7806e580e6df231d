import { stackOf } from './make-stack';
import { SymbolicString, Unresolved } from '../../lib/engine';
import { inEveryCase } from '../../lib/template/cases';
import { Evaluator } from '../../lib/template/evaluator';
import { referencedResource } from '../../lib/template/references';
import { StackTemplate, TemplateSet } from '../../lib/template/template-set';

const RESOURCES = {
  Bucket: { Type: 'AWS::S3::Bucket' },
  Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'my-data' } },
  NamedByParameter: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${Prefix}-data' } } },
  Table: { Type: 'AWS::DynamoDB::Table' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Sometimes: {
    Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::If': ['IsData', 'same', { Ref: 'AWS::NoValue' }] } },
  },
  Too: {
    Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::If': ['IsData', 'same', { Ref: 'AWS::NoValue' }] } },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'pods', Path: '/eks/' } },
  Custom: { Type: 'Custom::Thing' },
  Child: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: {
      Parameters: {
        Given: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Names: 'a,b', Loop: { 'Fn::GetAtt': ['Child', 'Outputs.Loop'] },
      },
    },
  },
};

const MAPPINGS = {
  Names: { 'us-east-1': { bucket: 'virginia', all: ['a', 'b'] }, 'eu-west-1': { bucket: 'ireland', all: [] } },
  One: { only: { bucket: 'the-one' } },
};
const main = stackOf('Main', {
  Resources: RESOURCES,
  Mappings: MAPPINGS,
  Parameters: { Prefix: {}, List: { Type: 'CommaDelimitedList' } },
  Conditions: { IsData: { 'Fn::Equals': [{ Ref: 'Prefix' }, 'data'] }, Yes: { 'Fn::Equals': ['a', 'a'] } },
});
const known = stackOf(
  'Known', { Resources: RESOURCES, Mappings: MAPPINGS },
  { name: 'known-stack', account: '111122223333', region: 'eu-west-1' },
);
const china = stackOf('China', { Resources: RESOURCES }, { region: 'cn-north-1' });
const odd = stackOf('Odd', { Resources: RESOURCES }, { region: 'moon-base-1' });
const child = stackOf('Child', {
  Parameters: { Given: {}, Loop: {}, NotGiven: {}, Names: { Type: 'CommaDelimitedList' } },
  Outputs: { Bucket: { Value: { Ref: 'Given' } }, Loop: { Value: { Ref: 'Loop' } } },
}, { parent: { stackId: 'Main', logicalId: 'Child' } });
const exporter = stackOf('Exporter', {
  Resources: RESOURCES,
  Outputs: {
    A: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: 'the-bucket' } },
    B: { Value: { Ref: 'Named' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-bucket' } } },
    C: { Value: 'c', Export: { Name: { Ref: 'Prefix' } } },
    Odd: 7,
    None: null,
  },
}, { name: 'exporter' });
const templates = new TemplateSet([main, known, china, odd, child, exporter]);
const evaluator = new Evaluator(templates);

const read = (value: unknown, stack: StackTemplate) => {
  const text = evaluator.textOf(value, stack);
  return text instanceof Unresolved ? text : text.toString();
};

describe('textOf', () => {
  test.each<[string, unknown, string, StackTemplate?]>([
    ['a string', 'plain', 'plain'],
    ['a number', 7, '7'],
    ['a boolean', true, 'true'],
    ['a generated name', { Ref: 'Bucket' }, '${Bucket}'],
    ['a generated ARN', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['with a dot', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['a given name', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:${AWS::Partition}:s3:::my-data'],
    ['in a known environment', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:s3:::my-data', known],
    ['in China', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws-cn:s3:::my-data', china],
    ['in a region that nobody knows', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:${AWS::Partition}:s3:::my-data', odd],
    ['a name with a parameter', { Ref: 'NamedByParameter' }, '${Prefix}-data'],
    ['region and account',
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}'],
    ['region and account, known',
      { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:111122223333:table/${Table}', known],
    ['a Ref that is an ARN', { Ref: 'Topic' }, 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Topic}'],
    ['a role with a path',
      { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/eks/pods'],
    ['an attribute that nobody knows', { 'Fn::GetAtt': ['Custom', 'Arn'] }, '${Custom.Arn}'],
    ['an attribute named like a member of objects',
      { 'Fn::GetAtt': ['Bucket', 'constructor'] }, '${Bucket.constructor}'],
    ['a resource named like a member of objects', { Ref: 'constructor' }, '${constructor}'],
    ['a parameter', { Ref: 'Prefix' }, '${Prefix}'],
    ['a join',
      { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'a', '*']] }, 'arn:${AWS::Partition}:s3:::my-data/a/*'],
    ['a join with nothing in it', { 'Fn::Join': ['', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'ab'],
    ['a join of an unknown list', { 'Fn::Join': [',', { Ref: 'Prefix' }] }, '${Fn::Join [",",{"Ref":"Prefix"}]}'],
    ['a Sub',
      { 'Fn::Sub': '${Named.Arn}/${Prefix}/${!literal}' }, 'arn:${AWS::Partition}:s3:::my-data/${Prefix}/${literal}'],
    ['a Sub with a map',
      { 'Fn::Sub': ['${Here}/${Prefix}', { Here: { 'Fn::GetAtt': ['Named', 'Arn'] } }] },
      'arn:${AWS::Partition}:s3:::my-data/${Prefix}'],
    ['Select of a list', { 'Fn::Select': ['1', ['a', { Ref: 'Bucket' }]] }, '${Bucket}'],
    ['Select beyond a list', { 'Fn::Select': [5, ['a']] }, '${Fn::Select [5,["a"]]}'],
    ['Select of a split ARN',
      { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] }, '${Bucket}'],
    ['Select of a split that hides its delimiters', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'Prefix' }] }] },
      '${Fn::Select [0,{"Fn::Split":[",",{"Ref":"Prefix"}]}]}'],
    ['an import', { 'Fn::ImportValue': 'the-bucket' }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['an import from elsewhere', { 'Fn::ImportValue': 'not-ours' }, '${Fn::ImportValue "not-ours"}'],
    ['an import in another environment', { 'Fn::ImportValue': 'the-bucket' }, '${Fn::ImportValue "the-bucket"}', known],
    ['a parameter of a nested stack', { Ref: 'Given' }, 'arn:${AWS::Partition}:s3:::${Bucket}', child],
    ['a parameter that its parent does not give', { Ref: 'NotGiven' }, '${NotGiven}', child],
    ['an output of a nested stack',
      { 'Fn::GetAtt': ['Child', 'Outputs.Bucket'] }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['an import whose name is put together',
      { 'Fn::ImportValue': { 'Fn::Join': ['-', ['exporter', 'bucket']] } }, 'my-data'],
    ['a weak reference',
      { 'Fn::GetStackOutput': { StackName: 'exporter', OutputName: 'A' } }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['a weak reference to another region',
      { 'Fn::GetStackOutput': { StackName: 'exporter', OutputName: 'A', Region: 'eu-west-1' } },
      '${Fn::GetStackOutput {"StackName":"exporter","OutputName":"A","Region":"eu-west-1"}}'],
    ['a weak reference to another app',
      { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'A' } },
      '${Fn::GetStackOutput {"StackName":"s","OutputName":"A"}}'],
    ['an intrinsic of the future', { 'Fn::Later': { StackName: 's' } }, '${Fn::Later {"StackName":"s"}}'],
    ['FindInMap', { 'Fn::FindInMap': ['Names', 'us-east-1', 'bucket'] }, 'virginia'],
    ['FindInMap by a known region', { 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'bucket'] }, 'ireland', known],
    ['FindInMap with one key only', { 'Fn::FindInMap': ['One', { Ref: 'Prefix' }, 'bucket'] }, 'the-one'],
    ['FindInMap that misses',
      { 'Fn::FindInMap': ['Names', 'sa-east-1', 'bucket'] }, '${Fn::FindInMap ["Names","sa-east-1","bucket"]}'],
    ['FindInMap that misses, with a default',
      { 'Fn::FindInMap': ['Names', 'sa-east-1', 'bucket', { DefaultValue: 'else' }] }, 'else'],
    ['FindInMap without a map', { 'Fn::FindInMap': ['M', 'k', 'v'] }, '${Fn::FindInMap ["M","k","v"]}'],
    ['Select of a mapped list', { 'Fn::Select': [1, { 'Fn::FindInMap': ['Names', 'us-east-1', 'all'] }] }, 'b'],
    ['a join of a split', { 'Fn::Join': ['/', { 'Fn::Split': [',', 'a,b'] }] }, 'a/b'],
    ['a join of a list that the parent gives as text', { 'Fn::Join': ['/', { Ref: 'Names' }] }, 'a/b', child],
    ['an Fn::If that is decided', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    ['the name of a stack', { Ref: 'AWS::StackName' }, 'known-stack', known],
    ['JSON', {
      'Fn::ToJsonString': {
        a: ['x"y', { Ref: 'Bucket' }, 1, true, null, { Ref: 'AWS::NoValue' }],
        b: { Ref: 'AWS::NoValue' },
        c: { d: 'e' },
      },
    },
    '{"a":["x\\"y","${Bucket}",1,true,null],"c":{"d":"e"}}'],
  ])('%s', (_name, value, expected, stack = main) => {
    expect(read(value, stack)).toBe(expected);
  });

  test.each<[string, unknown, RegExp]>([
    ['an object', { a: 1, b: 2 }, /a string was expected/],
    ['nothing', undefined, /a string was expected/],
    ['a list', ['a'], /a string was expected/],
    ['Fn::If', { 'Fn::If': ['C', 'a', 'b'] }, /Fn::If, whose value depends on the deployment/],
    ['Fn::If inside', { 'Fn::Join': ['', ['a', { 'Fn::If': ['C', 'a', 'b'] }]] }, /Fn::If/],
    ['a circle', { 'Fn::GetAtt': ['Child', 'Outputs.Loop'] }, /references that lead in a circle/],
    ['no value', { Ref: 'AWS::NoValue' }, /a value that is not there/],
    ['a split', { 'Fn::Split': [',', 'a,b'] }, /Fn::Split, a list/],
    ['a list parameter', { Ref: 'List' }, /the list parameter List/],
  ])('%s is unknown, and says why', (_name, value, reason) => {
    expect(read(value, main)).toEqual(expect.objectContaining({ reason: expect.stringMatching(reason) }));
  });

  test.each<[string, unknown, string[]]>([
    ['Fn::If', { 'Fn::If': ['IsData', 'a', 'b'] }, ["a where ${Prefix} is 'data'", "b where ${Prefix} is not 'data'"]],
    ['the value itself',
      { 'Fn::If': ['IsData', { 'Fn::Sub': 'x-${Prefix}' }, 'b'] },
      ["x-data where ${Prefix} is 'data'", "b where ${Prefix} is not 'data'"]],
    ['names that are there in one case only',
      { 'Fn::Join': [' ', [{ Ref: 'Sometimes' }, { Ref: 'Too' }]] },
      ["same same where ${Prefix} is 'data'", "${Sometimes} ${Too} where ${Prefix} is not 'data'"]],
    ['a mapping', { 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'bucket'] },
      ["virginia where ${AWS::Region} is 'us-east-1'", "ireland where ${AWS::Region} is not 'us-east-1'"]],
    ['a mapping with a default', { 'Fn::FindInMap': ['One', { Ref: 'Prefix' }, 'bucket', { DefaultValue: 'else' }] },
      ["the-one where ${Prefix} is 'only'", "else where ${Prefix} is not 'only'"]],
  ])('%s in all cases', (_name, value, expected) => {
    const cases = inEveryCase((assumptions) => new Evaluator(templates, assumptions).textOf(value, main));
    expect(cases.map((c) => `${c.value} where ${c.assumptions.descriptions().join(' and ')}`)).toEqual(expected);
  });

  test('a text that doubles with each export is cut off', () => {
    const doubling = stackOf('Doubling', {
      Outputs: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`O${i}`, {
        Value: i === 0 ? 'ha' : { 'Fn::Join': ['', [0, 1].map(() => ({ 'Fn::ImportValue': `O${i - 1}` }))] },
        Export: { Name: `O${i}` },
      }])),
    });
    expect(new Evaluator(new TemplateSet([doubling])).textOf({ 'Fn::ImportValue': 'O3' }, doubling)).toBe(
      'ha'.repeat(8),
    );
    expect(new Evaluator(new TemplateSet([doubling])).textOf({ 'Fn::ImportValue': 'O39' }, doubling)).toEqual(
      new Unresolved('a text that is too long'),
    );
  });

  test('a value is the same symbolic variable wherever it is read from', () => {
    const idOf = (value: unknown, stack: StackTemplate) => (evaluator.textOf(value, stack) as SymbolicString).parts.map(
      (p) => (typeof p === 'string' ? p : p.id),
    );
    expect(idOf({ Ref: 'Given' }, child)).toEqual(idOf({ 'Fn::GetAtt': ['Bucket', 'Arn'] }, main));
    expect(idOf({ Ref: 'Bucket' }, main)).not.toEqual(idOf({ Ref: 'Bucket' }, exporter));
    expect(idOf({ Ref: 'AWS::Region' }, main)).toEqual(idOf({ Ref: 'AWS::Region' }, exporter));
  });
});

describe('referencedResource', () => {
  test.each<[string, unknown, StackTemplate, string | undefined]>([
    ['a Ref', { Ref: 'Role' }, main, 'Main/Role'],
    ['an attribute', { 'Fn::GetAtt': ['Role', 'Arn'] }, main, 'Main/Role Arn'],
    ['a Sub of one attribute', { 'Fn::Sub': '${Role.Arn}' }, main, 'Main/Role Arn'],
    ['a Sub of more', { 'Fn::Sub': '${Role.Arn}/x' }, main, undefined],
    ['an import', { 'Fn::ImportValue': 'the-bucket' }, main, 'Exporter/Bucket Arn'],
    ['a parameter of a nested stack', { Ref: 'Given' }, child, 'Main/Bucket Arn'],
    ['an output of a nested stack', { 'Fn::GetAtt': ['Child', 'Outputs.Bucket'] }, main, 'Main/Bucket Arn'],
    ['a circle', { 'Fn::GetAtt': ['Child', 'Outputs.Loop'] }, main, undefined],
    ['text', 'Role', main, undefined],
  ])('%s', (_name, value, stack, expected) => {
    const found = referencedResource(value, stack, evaluator);
    expect(found && [found.ref.stack.pathOf(found.ref.logicalId), found.attribute].filter(Boolean).join(' '))
      .toBe(expected);
  });
});
