import { Text, Unknown } from '../../lib/engine';
import { referencedResource } from '../../lib/template/references';
import { StackTemplate, Template, TemplateSet } from '../../lib/template/template-set';
import { textOf } from '../../lib/template/text-of';

function stackOf(id: string, template: Template, more: Partial<StackTemplate> = {}): StackTemplate {
  return { id, file: `${id}.json`, assembly: '', template, pathOf: (logicalId) => `${id}/${logicalId}`, ...more };
}

const RESOURCES = {
  Bucket: { Type: 'AWS::S3::Bucket' },
  Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'my-data' } },
  NamedByParameter: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${Prefix}-data' } } },
  Table: { Type: 'AWS::DynamoDB::Table' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'pods', Path: '/eks/' } },
  Custom: { Type: 'Custom::Thing' },
  Child: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Given: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Loop: { 'Fn::GetAtt': ['Child', 'Outputs.Loop'] } } } },
};

const main = stackOf('Main', { Resources: RESOURCES, Parameters: { Prefix: {} } });
const known = stackOf('Known', { Resources: RESOURCES }, { account: '111122223333', region: 'eu-west-1' });
const china = stackOf('China', { Resources: RESOURCES }, { region: 'cn-north-1' });
const odd = stackOf('Odd', { Resources: RESOURCES }, { region: 'moon-base-1' });
const child = stackOf('Child', {
  Parameters: { Given: {}, Loop: {}, NotGiven: {} },
  Outputs: { Bucket: { Value: { Ref: 'Given' } }, Loop: { Value: { Ref: 'Loop' } } },
}, { parent: { stackId: 'Main', logicalId: 'Child' } });
const exporter = stackOf('Exporter', { Resources: RESOURCES, Outputs: { A: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: 'the-bucket' } } } });
const templates = new TemplateSet([main, known, china, odd, child, exporter]);

const read = (value: unknown, stack: StackTemplate) => {
  const text = textOf(value, stack, templates);
  return text instanceof Unknown ? text : text.toString();
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
    ['region and account', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}'],
    ['region and account, known', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:111122223333:table/${Table}', known],
    ['a Ref that is an ARN', { Ref: 'Topic' }, 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Topic}'],
    ['a role with a path', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/eks/pods'],
    ['an attribute that nobody knows', { 'Fn::GetAtt': ['Custom', 'Arn'] }, '${Custom.Arn}'],
    ['an attribute named like a member of objects', { 'Fn::GetAtt': ['Bucket', 'constructor'] }, '${Bucket.constructor}'],
    ['a resource named like a member of objects', { Ref: 'constructor' }, '${constructor}'],
    ['a parameter', { Ref: 'Prefix' }, '${Prefix}'],
    ['a join', { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'a', '*']] }, 'arn:${AWS::Partition}:s3:::my-data/a/*'],
    ['a join with nothing in it', { 'Fn::Join': ['', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'ab'],
    ['a join of an unknown list', { 'Fn::Join': [',', { Ref: 'Prefix' }] }, '${Fn::Join [",",{"Ref":"Prefix"}]}'],
    ['a Sub', { 'Fn::Sub': '${Named.Arn}/${Prefix}/${!literal}' }, 'arn:${AWS::Partition}:s3:::my-data/${Prefix}/${literal}'],
    ['a Sub with a map', { 'Fn::Sub': ['${Here}/${Prefix}', { Here: { 'Fn::GetAtt': ['Named', 'Arn'] } }] }, 'arn:${AWS::Partition}:s3:::my-data/${Prefix}'],
    ['Select of a list', { 'Fn::Select': ['1', ['a', { Ref: 'Bucket' }]] }, '${Bucket}'],
    ['Select beyond a list', { 'Fn::Select': [5, ['a']] }, '${Fn::Select [5,["a"]]}'],
    ['Select of a split ARN', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] }, '${Bucket}'],
    ['Select of a split that hides its delimiters', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'Prefix' }] }] },
      '${Fn::Select [0,{"Fn::Split":[",",{"Ref":"Prefix"}]}]}'],
    ['an import', { 'Fn::ImportValue': 'the-bucket' }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['an import from elsewhere', { 'Fn::ImportValue': 'not-ours' }, '${Fn::ImportValue "not-ours"}'],
    ['an import in another environment', { 'Fn::ImportValue': 'the-bucket' }, '${Fn::ImportValue "the-bucket"}', known],
    ['a parameter of a nested stack', { Ref: 'Given' }, 'arn:${AWS::Partition}:s3:::${Bucket}', child],
    ['a parameter that its parent does not give', { Ref: 'NotGiven' }, '${NotGiven}', child],
    ['an output of a nested stack', { 'Fn::GetAtt': ['Child', 'Outputs.Bucket'] }, 'arn:${AWS::Partition}:s3:::${Bucket}'],
    ['FindInMap', { 'Fn::FindInMap': ['M', 'k', 'v'] }, '${Fn::FindInMap ["M","k","v"]}'],
    ['an intrinsic of the future', { 'Fn::GetStackOutput': { StackName: 's' } }, '${Fn::GetStackOutput {"StackName":"s"}}'],
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
  ])('%s is unknown, and says why', (_name, value, reason) => {
    expect(read(value, main)).toEqual(expect.objectContaining({ reason: expect.stringMatching(reason) }));
  });

  test('a value is the same atom wherever it is read from', () => {
    const idOf = (value: unknown, stack: StackTemplate) => (textOf(value, stack, templates) as Text).parts.map((p) => (typeof p === 'string' ? p : p.id));
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
    const found = referencedResource(value, stack, templates);
    expect(found && [found.ref.stack.pathOf(found.ref.logicalId), found.attribute].filter(Boolean).join(' ')).toBe(expected);
  });
});
