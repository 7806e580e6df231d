import { LookupDummies } from '../../lib/template/lookup-dummies';

const missing = (provider: string, dummyValue: unknown, props: object = {}) => (
  { key: 'key', provider, props: { dummyValue, account: '111122223333', region: 'us-east-1', ...props } });

const PARAMETER = missing('ssm', 'dummy-value-for-/names/prod', { parameterName: '/names/prod' });
const ROLE = (roleName: string) => missing(
  'cc-api-provider', [{ Arn: 'arn:${Token[AWS.Partition.3]}:iam::123456789012:role/DUMMY_ARN' }],
  { typeName: 'AWS::IAM::Role', exactIdentifier: roleName },
);
const DATABASE = missing(
  'cc-api-provider', [{ 'Identifier': 'TEST', 'Endpoint.Port': '5432' }], { exactIdentifier: 'db' },
);

test.each<[string, unknown[], unknown, unknown]>([
  ['a parameter', [PARAMETER], 'dummy-value-for-/names/prod', '{{resolve:lookup:/names/prod}}'],
  ['a parameter inside of a longer text', [PARAMETER],
    'xdummy-value-for-/names/prody', 'x{{resolve:lookup:/names/prod}}y'],
  ['a parameter twice', [PARAMETER], 'dummy-value-for-/names/prod:dummy-value-for-/names/prod',
    '{{resolve:lookup:/names/prod}}:{{resolve:lookup:/names/prod}}'],
  ['a parameter whose name begins with that of another',
    [PARAMETER, missing('ssm', 'dummy-value-for-/names', { parameterName: '/names' })],
    ['dummy-value-for-/names', 'dummy-value-for-/names/prod'],
    ['{{resolve:lookup:/names}}', '{{resolve:lookup:/names/prod}}']],
  ['the last part of the name of a parameter', [PARAMETER], 'arn:aws:s3:::prod/*', 'arn:aws:s3:::prod/*'],
  ['a role, whose partition is written as a token', [ROLE('pods')],
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:role/DUMMY_ARN']] },
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, '{{resolve:lookup:pods}}']] }],
  ['the name of a role', [ROLE('pods')], { Roles: ['DUMMY_ARN'] }, { Roles: ['{{resolve:lookup:pods}}'] }],
  ['two roles, whose dummies are one text', [ROLE('pods'), ROLE('other')], ['DUMMY_ARN', 'DUMMY_ARN'],
    ['{{resolve:lookup:pods or other #1}}', '{{resolve:lookup:pods or other #2}}']],
  ['a short dummy, which has to stand alone', [DATABASE], ['TEST', 'arn:aws:s3:::TEST/*', 'LATEST', 'TESTS', 5432],
    ['{{resolve:lookup:db}}', 'arn:aws:s3:::{{resolve:lookup:db}}/*', 'LATEST', 'TESTS', 5432]],
  ['a hosted zone, whose name is the one that was given',
    [missing('hosted-zone', { Id: 'DUMMY', Name: 'example.com' }, { domainName: 'example.com' })],
    ['arn:aws:route53:::hostedzone/DUMMY', 'example.com'],
    ['arn:aws:route53:::hostedzone/{{resolve:lookup:example.com}}', 'example.com']],
  ['a VPC, which is not in the query', [missing('vpc-provider', undefined)],
    ['vpc-12345', 's-12345', '1.2.3.4/5', 'vpc-123456'],
    [...Array(3).fill('{{resolve:lookup:vpc-provider}}'), 'vpc-123456']],
  ['a name that a dynamic reference cannot have',
    [missing('ssm', 'dummy-value-for-a{}"\\', { parameterName: 'a{}"\\' })],
    'dummy-value-for-a{}"\\', '{{resolve:lookup:a}}'],
  ['a provider of somebody',
    [missing('plugin', { list: ['made-up-value'] })], 'made-up-value', '{{resolve:lookup:plugin}}'],
  ['nothing', [], 'dummy-value-for-/names/prod', 'dummy-value-for-/names/prod'],
  ['something that is not missing context', [null, 'x', { props: null }, { props: { dummyValue: 3 } }], 'x', 'x'],
])('%s', (_name, all, template, expected) => {
  expect(new LookupDummies(all).replaceIn(template)).toEqual(expected);
});

test('a manifest without missing context', () => {
  expect(new LookupDummies(undefined).replaceIn({ a: 'b' })).toEqual({ a: 'b' });
});
