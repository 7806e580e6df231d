/** `SessionPolicy.size` before and after synthesis, against the texts that can be deployed, and against the checks. */
import {
  App, Aws, CfnCondition, CfnMapping, CfnOutput, CfnParameter, CfnResource, Fn, Lazy, NestedStack, Stack, Stage,
  Token, Validations,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PodIdentityAssertions, PodIdentityAssociation, PodIdentityRole, SessionPolicy } from '../../lib';
import { renderedLength } from '../../lib/session-policy/size';

const ENV = { account: '111122223333', region: 'us-east-1' };

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const allow = (...resources: string[]) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources });

function associate(sessionPolicy: SessionPolicy, scope: Stack = stack): PodIdentityAssociation {
  return new PodIdentityAssociation(scope, 'Pods', {
    cluster: eks.Cluster.fromClusterAttributes(scope, 'Cluster', { clusterName: 'prod' }),
    namespace: 'ns',
    serviceAccount: 'sa',
    role: new PodIdentityRole(scope, 'Role', {
      inlinePolicies: {
        all: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['*'], resources: ['*'] })] }),
      },
    }),
    sessionPolicy,
  });
}

/** The number of characters of a session policy with these resources. */
function lengthWith(...resources: string[]): number {
  const resource = resources.length === 1 ? resources[0] : resources;
  return JSON.stringify({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resource }],
  }).length;
}

const bucketOf = (scope: Stack, props?: s3.BucketProps) => new s3.Bucket(scope, 'Bucket', props);
const other = () => new Stack(app, 'Other');
const x = (length: number) => 'x'.repeat(length);

/** As long as the name of the bucket that CloudFormation generates. */
const BUCKET = 'stack-bucket83908e77-abcdefghijk1';

/** What is expected of cases with generated names, parameters or conditions. All others expect the shortest, with a usual region. */
const EXPECTED: { readonly [what: string]: string[] } = {
  'Ref in a longer string': [`arn:aws:s3:::${BUCKET}/*`],
  'Fn::GetAtt in a longer string': [`arn:aws:s3:::${BUCKET}/*`],
  'a hundred references in longer strings': Array.from(
    { length: 100 }, (_, i) => `arn:aws:s3:::stack-b${i}83908e77-abcdefghijk1/*`,
  ),
  'Fn::Join': [`arn:aws:s3:::a-${BUCKET}-b`],
  'Fn::Sub with a map': [`arn:aws:s3:::${BUCKET}/x`],
  'Fn::Sub that names a resource': [`arn:aws:s3:::${BUCKET}/x`],
  'Fn::Select of Fn::Split': [`arn:aws:s3:::${BUCKET}/y`],
  'a lazy value': [`arn:aws:s3:::${BUCKET}`],
  'equal references': [`arn:aws:s3:::${BUCKET}`],
  'a parameter with allowed values': ['arn:aws:s3:::production'],
  'a parameter with allowed values and a default': ['arn:aws:s3:::dev'],
  'a parameter with a default': ['arn:aws:s3:::data-of-dev'],
  'a condition': ['arn:aws:s3:::production'],
  'another stack': [`arn:aws:s3:::${BUCKET}/*`], // Other is as long as Stack
  'a nested stack without a name': ['arn:aws:s3:::/*'.padEnd('arn:aws:s3:::/*'.length + 62, 'x')], // it is cut off
};
const NOTHING_EXPECTED = [
  'a parameter with lengths', 'a Systems Manager parameter, whose lengths are those of its key',
];

/** Each makes resources of a statement. Then: the shortest and the longest that are deployed for them. */
const CASES: Array<[string, () => string[], string[], string[] | undefined]> = [
  ['Ref in a longer string', () => [`arn:aws:s3:::${bucketOf(stack).bucketName}/*`],
    [`arn:aws:s3:::${x(3)}/*`], [`arn:aws:s3:::${x(63)}/*`]],
  ['Fn::GetAtt in a longer string', () => [bucketOf(stack).arnForObjects('*')],
    [`arn:${x(3)}:s3:::${x(3)}/*`], [`arn:${x(10)}:s3:::${x(63)}/*`]],
  ['a hundred references in longer strings',
    () => Array.from({ length: 100 }, (_, i) => `arn:aws:s3:::${new s3.Bucket(stack, `B${i}`).bucketName}/*`),
    Array.from({ length: 100 }, () => `arn:aws:s3:::${x(3)}/*`),
    Array.from({ length: 100 }, () => `arn:aws:s3:::${x(63)}/*`)],
  ['pseudo parameters', () => [`arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:q`],
    [`arn:${x(3)}:sqs:${x(9)}:${x(12)}:q`], [`arn:${x(10)}:sqs:${x(20)}:${x(12)}:q`]],
  ['pseudo parameters of a known environment', () => {
    stack = new Stack(app, 'Known', { env: ENV });
    return [`arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${Aws.STACK_NAME}`];
  }, ['arn:aws:sqs:us-east-1:111122223333:Known'], ['arn:aws:sqs:us-east-1:111122223333:Known']],
  ['Fn::Join', () => [Fn.join('-', ['arn:aws:s3:::a', bucketOf(stack).bucketName, 'b'])],
    [`arn:aws:s3:::a-${x(3)}-b`], [`arn:aws:s3:::a-${x(63)}-b`]],
  ['Fn::Sub with a map', () => [Fn.sub('arn:aws:s3:::${Name}/x', { Name: bucketOf(stack).bucketName })],
    [`arn:aws:s3:::${x(3)}/x`], [`arn:aws:s3:::${x(63)}/x`]],
  ['Fn::Sub that names a resource', () => {
    const name = stack.getLogicalId(bucketOf(stack).node.defaultChild as s3.CfnBucket);
    return [Fn.sub(`arn:aws:s3:::\${${name}}/x`)];
  }, [`arn:aws:s3:::${x(3)}/x`], [`arn:aws:s3:::${x(63)}/x`]],
  ['Fn::Select of Fn::Split', () => [`arn:aws:s3:::${Fn.select(5, Fn.split(':', bucketOf(stack).bucketArn))}/y`],
    [`arn:aws:s3:::${x(3)}/y`], [`arn:aws:s3:::${x(63)}/y`]],
  ['a lazy value', () => [`arn:aws:s3:::${Lazy.string({ produce: () => bucketOf(stack).bucketName })}`],
    [`arn:aws:s3:::${x(3)}`], [`arn:aws:s3:::${x(63)}`]],
  ['a lazy list', () => Lazy.list({ produce: () => ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }),
    ['arn:aws:s3:::a', 'arn:aws:s3:::b'], ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
  ['equal references', () => {
    const bucket = bucketOf(stack);
    return [bucket.bucketArn, `${bucket.bucketArn}`, Fn.getAtt(nameOf(bucket), 'Arn').toString()];
  }, [`arn:${x(3)}:s3:::${x(3)}`], [`arn:${x(10)}:s3:::${x(63)}`]],
  ['a parameter', () => [`arn:aws:s3:::${new CfnParameter(stack, 'P').valueAsString}`], ['arn:aws:s3:::'], undefined],
  ['a parameter with allowed values', () => [
    `arn:aws:s3:::${new CfnParameter(stack, 'P', { allowedValues: ['dev', 'production'] }).valueAsString}`,
  ], ['arn:aws:s3:::dev'], ['arn:aws:s3:::production']],
  ['a parameter with allowed values and a default', () => [
    `arn:aws:s3:::${new CfnParameter(stack, 'P', { allowedValues: ['dev', 'production'], default: 'dev' }).valueAsString}`,
  ], ['arn:aws:s3:::dev'], ['arn:aws:s3:::production']],
  ['a parameter with a default', () => [
    `arn:aws:s3:::${new CfnParameter(stack, 'P', { default: 'data-of-dev' }).valueAsString}`,
  ], ['arn:aws:s3:::'], undefined],
  ['a parameter with an empty default', () => [
    `arn:aws:s3:::${new CfnParameter(stack, 'P', { default: '' }).valueAsString}`,
  ], ['arn:aws:s3:::'], undefined],
  ['a parameter with lengths', () => [
    `arn:aws:s3:::${new CfnParameter(stack, 'P', { minLength: 3, maxLength: 20 }).valueAsString}`,
  ], [`arn:aws:s3:::${x(3)}`], [`arn:aws:s3:::${x(20)}`]],
  ['a Systems Manager parameter, whose lengths are those of its key', () => [`arn:aws:s3:::${new CfnParameter(stack, 'P', {
    type: 'AWS::SSM::Parameter::Value<String>', minLength: 3, maxLength: 20,
  }).valueAsString}`], ['arn:aws:s3:::'], undefined],
  ['a list parameter', () => new CfnParameter(stack, 'P', { type: 'CommaDelimitedList' }).valueAsList, [], undefined],
  ['a mapping', () => [`arn:aws:s3:::${new CfnMapping(stack, 'Names', {
    mapping: { all: { name: 'my-bucket' } },
  }).findInMap('all', 'name')}`], ['arn:aws:s3:::my-bucket'], ['arn:aws:s3:::my-bucket']],
  ['a condition', () => {
    new CfnCondition(stack, 'IsProd', {
      expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'prod'),
    });
    return [`arn:aws:s3:::${Fn.conditionIf('IsProd', 'production', 'dev')}`];
  }, ['arn:aws:s3:::dev'], ['arn:aws:s3:::production']],
  ['an import of an export of this app', () => {
    new CfnOutput(other(), 'Out', { exportName: 'bucket-name', value: 'from-there' });
    return [`arn:aws:s3:::${Fn.importValue('bucket-name')}`];
  }, ['arn:aws:s3:::from-there'], ['arn:aws:s3:::from-there']],
  ['an import from elsewhere', () => [`arn:aws:s3:::${Fn.importValue('elsewhere')}`], ['arn:aws:s3:::'], undefined],
  ['another stack', () => [bucketOf(other()).arnForObjects('*')],
    [`arn:${x(3)}:s3:::${x(3)}/*`], [`arn:${x(10)}:s3:::${x(63)}/*`]],
  ['another stack, with a name', () => [bucketOf(other(), { bucketName: 'named' }).arnForObjects('*')],
    [`arn:${x(3)}:s3:::named/*`], [`arn:${x(10)}:s3:::named/*`]],
  ['a name that refers to another resource', () => {
    const first = bucketOf(stack, { bucketName: 'abc' });
    return [new s3.Bucket(stack, 'Second', { bucketName: `${first.bucketName}-copy` }).arnForObjects('*')];
  }, [`arn:${x(3)}:s3:::abc-copy/*`], [`arn:${x(10)}:s3:::abc-copy/*`]],
  ['a nested stack', () => [bucketOf(new NestedStack(stack, 'Nested'), { bucketName: 'inner' }).arnForObjects('*')],
    [`arn:${x(3)}:s3:::inner/*`], [`arn:${x(10)}:s3:::inner/*`]],
  ['a nested stack without a name', () => [bucketOf(new NestedStack(stack, 'Nested')).arnForObjects('*')],
    [`arn:${x(3)}:s3:::${x(3)}/*`], [`arn:${x(10)}:s3:::${x(63)}/*`]],
  ['a parameter that a nested stack is given', () => {
    const { bucketName } = bucketOf(stack, { bucketName: 'outer' });
    const nested = new NestedStack(stack, 'Nested', { parameters: { Name: bucketName } });
    return [bucketOf(nested, { bucketName: new CfnParameter(nested, 'Name').valueAsString }).arnForObjects('*')];
  }, [`arn:${x(3)}:s3:::outer/*`], [`arn:${x(10)}:s3:::outer/*`]],
  ['an overridden name', () => {
    const bucket = bucketOf(stack);
    (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride('BucketName', 'overridden');
    return [bucket.arnForObjects('*')];
  }, [`arn:${x(3)}:s3:::overridden/*`], [`arn:${x(10)}:s3:::overridden/*`]],
  ['an overridden logical id', () => {
    const bucket = bucketOf(stack, { bucketName: 'named' });
    (bucket.node.defaultChild as s3.CfnBucket).overrideLogicalId('Mine');
    return [Fn.sub('arn:aws:s3:::${Mine}')];
  }, ['arn:aws:s3:::named'], ['arn:aws:s3:::named']],
  ['a property whose name begins with capitals', () => [
    new rds.CfnDBCluster(stack, 'Db', { dbClusterIdentifier: 'main' }).attrDbClusterArn,
  ], [`arn:${x(3)}:rds:${x(9)}:${x(12)}:cluster:main`], [`arn:${x(10)}:rds:${x(20)}:${x(12)}:cluster:main`]],
  ['a value that consists of two names', () => [new lambda.CfnAlias(stack, 'Alias', {
    name: 'live', functionName: 'f', functionVersion: '1',
  }).ref], [`arn:${x(3)}:lambda:${x(9)}:${x(12)}:function:f:live`],
  [`arn:${x(10)}:lambda:${x(20)}:${x(12)}:function:f:live`]],
  ['a resource without a type of its own', () => [
    new CfnResource(stack, 'R', { type: 'AWS::S3::Bucket', properties: { BucketName: 'raw' } }).getAtt('Arn')
      .toString(),
  ], [`arn:${x(3)}:s3:::raw`], [`arn:${x(10)}:s3:::raw`]],
  ['a role with a path', () => [new iam.Role(stack, 'Target', {
    roleName: 'r', path: '/team/', assumedBy: new iam.AccountRootPrincipal(),
  }).roleArn], [`arn:${x(3)}:iam::${x(12)}:role/team/r`], [`arn:${x(10)}:iam::${x(12)}:role/team/r`]],
];

function nameOf(bucket: s3.Bucket): string {
  return stack.getLogicalId(bucket.node.defaultChild as s3.CfnBucket);
}

function expectedOf(what: string, shortest: string[], longest?: string[]): number | undefined {
  if (NOTHING_EXPECTED.includes(what)) { return undefined; }
  if (what in EXPECTED) { return lengthWith(...EXPECTED[what]); }
  return longest && lengthWith(...shortest.map((text) => text.replace(`:${x(9)}:`, `:${x(10)}:`)));
}

test.each(CASES)('%s', (what, resources, shortest, longest) => {
  const pods = associate(SessionPolicy.fromStatements(allow(...resources())));
  const isList = shortest.length === 0; // stands for a whole value, without quotes
  const size = {
    minimum: isList ? lengthWith('') - '""'.length : lengthWith(...shortest),
    maximum: longest && lengthWith(...longest),
    expected: expectedOf(what, shortest, longest),
  };
  expect(pods.sessionPolicy.size).toEqual(size);
  Validations.of(pods).acknowledge({ id: 'PodIdentity::SessionPolicyTooLarge', reason: 'it is measured' });
  const ofChecks = () => PodIdentityAssertions.fromStack(stack).serviceAccount('ns', 'sa').sessionPolicy()!.size;
  if (what === 'a condition') {
    expect(ofChecks).toThrow('The session policy of Stack/Pods depends on the conditions of the templates.');
  } else {
    expect(ofChecks()).toEqual(size);
  }
  expect(pods.sessionPolicy.size).toEqual(size); // after the CDK made exports and imports
});

test('in another stack than the bucket, and in a stage', () => {
  const stage = new Stage(app, 'Stage', { env: ENV });
  const pods = associate(SessionPolicy.fromStatements(
    allow(bucketOf(new Stack(stage, 'Data'), { bucketName: 'data' }).arnForObjects('*')),
  ), new Stack(stage, 'Apps'));
  const length = lengthWith('arn:aws:s3:::data/*');
  expect(pods.sessionPolicy.size).toEqual({ minimum: length, maximum: length, expected: length });
});

test('asking changes nothing: no statement is frozen, and the template is the same', () => {
  const make = (ask: boolean) => {
    app = new App();
    stack = new Stack(app, 'Stack');
    const key = new kms.Key(stack, 'Key');
    const list = new CfnParameter(stack, 'P', { type: 'CommaDelimitedList' }).valueAsList;
    const far = new Stack(app, 'Far');
    const endpoint = new CfnResource(far, 'E', { type: 'AWS::EC2::VPCEndpoint' });
    const names = Token.asList(endpoint.getAtt('DnsEntries', undefined));
    const pods = associate(SessionPolicy.fromStatements(allow(key.keyArn), allow(...list)));
    const size = () => (ask ? pods.sessionPolicy.size : undefined);
    size();
    key.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['kms:Decrypt'], resources: ['*'], principals: [new iam.AnyPrincipal()],
    }));
    pods.sessionPolicy.addStatements(allow(names[0] === undefined ? 'x' : Fn.select(0, names)));
    size();
    return Template.fromStack(stack).toJSON();
  };
  expect(make(true)).toEqual(make(false));
});

describe('without an association', () => {
  test('values of the environment have the lengths of all environments', () => {
    const policy = SessionPolicy.fromStatements(allow(`arn:aws:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:q`));
    expect(policy.size).toEqual({
      minimum: lengthWith(`arn:aws:sqs:${x(9)}:${x(12)}:q`),
      maximum: lengthWith(`arn:aws:sqs:${x(20)}:${x(12)}:q`),
      expected: lengthWith(`arn:aws:sqs:${x(10)}:${x(12)}:q`),
    });
  });

  test('references have the values of their stacks', () => {
    stack = new Stack(app, 'Known', { env: ENV });
    const policy = SessionPolicy.fromStatements(allow(bucketOf(stack, { bucketName: 'named' }).arnForObjects('*')));
    const length = lengthWith('arn:aws:s3:::named/*');
    expect(policy.size).toEqual({ minimum: length, maximum: length, expected: length });
  });

  test('lazy conditions count as what they produce', () => {
    const statement = iam.PolicyStatement.fromJson({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::a',
      Condition: { StringEquals: Lazy.any({ produce: () => ({ 'aws:PrincipalTag/a': 'b' }) }) },
    });
    const extra = ',"Condition":{"StringEquals":{"aws:PrincipalTag/a":"b"}}'.length;
    const { minimum, maximum } = SessionPolicy.fromStatements(statement).size;
    expect([minimum, maximum]).toEqual([lengthWith('arn:aws:s3:::a') + extra, lengthWith('arn:aws:s3:::a') + extra]);
  });
});

/** docs/guides/share-one-role.md says so. */
test('with one grantReadWrite on a bucket of the stack, it has 300 to 450 characters', () => {
  const pods = associate(SessionPolicy.fromStatements());
  bucketOf(stack).grantReadWrite(pods);
  const { minimum, maximum } = pods.sessionPolicy.size;
  expect(minimum).toBeGreaterThanOrEqual(300);
  expect(maximum).toBeLessThanOrEqual(450);
});

test('statements can be measured as they are, or as another function shortens them', () => {
  const statements = [
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a'] },
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b'] },
  ];
  const length = (all: unknown) => JSON.stringify({ Version: '2012-10-17', Statement: all }).length;
  const { minimum, maximum, expected } = renderedLength(statements, undefined, (all) => all);
  expect([minimum, maximum, expected]).toEqual([length(statements), length(statements), length(statements)]);
  expect(renderedLength(statements, undefined, () => []).expected).toBe(length([]));
  expect(renderedLength(statements).expected).toBe(lengthWith('arn:aws:s3:::a', 'arn:aws:s3:::b'));
});
