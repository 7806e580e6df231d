import {
  app, AppCase, bothWays, DATA, DELETE_A, DELETE_EXCEEDS, inDoubt, inDoubtOfResources, one, READ_A, ref, sub,
} from './app-case';
import { allow, association, policy, role, US } from '../rules/app';

const join = (...items: unknown[]) => ({ 'Fn::Join': ['', items] });
const onBucket = (bucket: unknown) => allow('s3:Get*', join('arn:aws:s3:::', bucket, '/*'));
const inMap = (...keys: unknown[]) => ({ 'Fn::FindInMap': ['Buckets', ...keys] });
const MAPPINGS = { Mappings: { Buckets: { 'us-east-1': { Name: 'data' }, 'eu-west-1': { Name: 'logs' } } } };
const parameter = (more: object = {}) => ({ Parameters: { Name: { Type: 'String', ...more } } });
const BUCKET = { Type: 'AWS::S3::Bucket' };
const session = (text: unknown) => association(undefined, { Policy: text, DisableSessionTags: true });
const statement = (resource: string) =>
  `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"${resource}"}}`;
const DELETE_ALL = allow('s3:DeleteObject', '*');
const OUTSIDE = 'SessionPolicyExceedsRole';
const NOTHING = 'NoEffectivePermissions';

/** Values that are put together, on either side. */
export const VALUES: readonly AppCase[] = [
  ...bothWays('Fn::Sub with a pseudo parameter',
    (pods) => one({ Role: role([allow('s3:Get*', sub('arn:${AWS::Partition}:s3:::data/*'))]), Pods: pods() }, {}, US)),
  ...bothWays('Fn::Sub with variables of its own', (pods) => one({
    Role: role([allow('s3:Get*', { 'Fn::Sub': ['arn:aws:s3:::${Bucket}/*', { Bucket: 'data' }] })]), Pods: pods(),
  })),
  ...bothWays('Fn::Sub of a name',
    (pods) => one({
      Role: role([allow('s3:Get*', sub('${Data.Arn}/*'))]),
      Data: { ...BUCKET, Properties: { BucketName: 'data' } },
      Pods: pods(),
    }, {}, US)),
  ...bothWays('Fn::Sub of a name in a partition that is not known', (pods) => one({
    Role: role([allow('s3:Get*', sub('${Data.Arn}/*'))]),
    Data: { ...BUCKET, Properties: { BucketName: 'data' } },
    Pods: pods(),
  })),
  ...bothWays('Fn::Join with Fn::Select and Fn::Split', (pods) => one({
    Role: role([onBucket({ 'Fn::Select': [5, { 'Fn::Split': [':', 'arn:aws:s3:::data'] }] })]), Pods: pods(),
  })),
  ...bothWays('Fn::Split for a list of resources', (pods) => one({
    Role: role([allow('s3:Get*', { 'Fn::Split': [',', 'arn:aws:s3:::logs/*,arn:aws:s3:::data/*'] })]), Pods: pods(),
  })),
  ...bothWays('Fn::FindInMap by a region that is known',
    (pods) => one({ Role: role([onBucket(inMap(ref('AWS::Region'), 'Name'))]), Pods: pods() }, MAPPINGS, US)),
  app('Fn::FindInMap by a region that is not known',
    one({ Role: role([onBucket(inMap(ref('AWS::Region'), 'Name'))]), Pods: association([READ_A]) }, MAPPINGS),
    [[NOTHING, "This applies if ${AWS::Region} is not 'us-east-1'."]]),
  app('Fn::FindInMap with a default', one({
    Role: role([onBucket(inMap(ref('AWS::Region'), 'Name', { DefaultValue: 'data' }))]), Pods: association([READ_A]),
  }, MAPPINGS), [[NOTHING, "This applies if ${AWS::Region} is not 'us-east-1' and ${AWS::Region} is 'eu-west-1'."]]),
  ...inDoubtOfResources('Fn::FindInMap of a map that is not there',
    (pods) => one({ Role: role([onBucket(inMap('us-east-1', 'Name'))]), Pods: pods() }), 'Fn::FindInMap'),
  ...bothWays('a parameter with the one value that is allowed',
    (pods) => one({ Role: role([onBucket(ref('Name'))]), Pods: pods() }, parameter({ AllowedValues: ['data'] }))),
  ...bothWays('a parameter in both', (pods) => one({
    Role: role([DATA, allow('s3:*', sub('arn:aws:s3:::${Name}/*'))]), Pods: pods(),
  }, parameter({ AllowedValues: ['logs', 'more'] }))),
  app('a parameter whose values are all outside',
    one(
      { Role: role([onBucket(ref('Name'))]), Pods: association([READ_A]) },
      parameter({ AllowedValues: ['logs', 'more'] }),
    ),
    [[NOTHING, 'Stack/Role allows none of what the session policy allows']]),
  ...inDoubtOfResources('a parameter, whatever its default',
    (pods) => one({ Role: role([onBucket(ref('Name'))]), Pods: pods() }, parameter({ Default: 'data' })), '${Name}'),
  ...inDoubtOfResources('a parameter from Systems Manager, whatever its allowed keys', (pods) => one({
    Role: role([onBucket(ref('Name'))]), Pods: pods(),
  }, parameter({ Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['data'] })), '${Name}'),
  ...inDoubt('a list parameter',
    (pods) => one(
      { Role: role([allow('s3:*', ref('Name'))]), Pods: pods() }, parameter({ Type: 'CommaDelimitedList' }),
    ),
    'depends on the deploy-time value ${Name}'),
  ...bothWays('a list parameter in a statement about other actions', (pods) => one(
    { Role: role([DATA, allow('s3:List*', ref('Name'))]), Pods: pods() }, parameter({ Type: 'CommaDelimitedList' }),
  )),
  ...bothWays('a list parameter beside what is written out', (pods) => one(
    { Role: role([DATA, allow('s3:Get*', { 'Fn::Split': [',', ref('Name')] })]), Pods: pods() }, parameter(),
  )),
  ...inDoubt('a list parameter in a statement that denies', (pods) => one(
    { Role: role([DATA, DELETE_ALL, { ...allow('*', ref('Name')), Effect: 'Deny' }]), Pods: pods() },
    parameter({ Type: 'CommaDelimitedList' }),
  ), 'denies requests that may be among those'),
  app('a list parameter in a condition', one({
    Role: role([
      DATA, { ...allow('*', '*', { StringEquals: { 's3:ExistingObjectTag/vpc': ref('Name') } }), Effect: 'Deny' },
    ]),
    Pods: association([READ_A]),
  }, parameter({ Type: 'List<AWS::EC2::VPC::Id>' })),
  [['SessionPolicyOmitsCondition', "with s3:ExistingObjectTag/vpc = 'example', ${Name} = 'example'"]]),
  app('one list parameter in two elements, which may have different items of it',
    one({
      Role: role([
        allow('s3:*', '*'),
        { ...allow('*', ref('Name'), { StringNotEquals: { 'aws:SourceVpc': ref('Name') } }), Effect: 'Deny' },
      ]),
      Pods: association([READ_A]),
    }, parameter({ Type: 'CommaDelimitedList' })),
    [['NarrowingUndetermined', 'denies requests that may be among those']]),
  ...inDoubtOfResources('a dynamic reference on one side',
    (pods) => one({ Role: role([onBucket('{{resolve:ssm:/bucket}}')]), Pods: pods() }), '${resolve:ssm:/bucket}'),
  app('a dynamic reference on both sides', one({
    Role: role([allow('s3:*', 'arn:aws:s3:::{{resolve:ssm:/bucket}}/*')]),
    Pods: association([allow('s3:GetObject', 'arn:aws:s3:::{{resolve:ssm:/bucket}}/a/*')]),
  })),
  app('a dynamic reference to another version', one({
    Role: role([allow('s3:*', 'arn:aws:s3:::{{resolve:ssm:/bucket:1}}/*')]),
    Pods: association([allow('s3:GetObject', 'arn:aws:s3:::{{resolve:ssm:/bucket:2}}/a/*')]),
  }), [['NarrowingUndetermined', '${resolve:ssm:/bucket']]),
  app('a session policy by Fn::Join, inside', one({
    Role: role([allow('s3:Get*', sub('${Data.Arn}/*'))]),
    Data: BUCKET,
    Pods: session(join(...statement('|/a/*').split('|').flatMap(
      (piece, i) => (i === 0 ? [piece] : [{ 'Fn::GetAtt': ['Data', 'Arn'] }, piece]),
    ))),
  })),
  app('a session policy by Fn::Sub, inside', one({
    Role: role([allow('s3:Get*', sub('${Data.Arn}/*'))]),
    Data: BUCKET,
    Pods: session(sub(statement('${Data.Arn}/a/*'))),
  })),
  app('a session policy by Fn::Sub, of another bucket', one({
    Role: role([allow('s3:Get*', sub('${Data.Arn}/*'))]),
    Data: BUCKET,
    Logs: BUCKET,
    Pods: session(sub(statement('${Logs.Arn}/a/*'))),
  }), [[OUTSIDE, "(with ${Stack/Logs} = 'example-bucket-1')"]]),
  app('a session policy by Fn::ToJsonString, inside', one({
    Role: role([DATA]),
    Pods: session({ 'Fn::ToJsonString': policy(allow('s3:GetObject', join('arn:aws:s3:::', 'data', '/a/*'))) }),
  }, { Transform: 'AWS::LanguageExtensions' })),
  app('a session policy by Fn::ToJsonString, outside', one({
    Role: role([DATA]),
    Pods: session({ 'Fn::ToJsonString': policy(READ_A, { ...DELETE_A, Resource: [sub('arn:aws:s3:::${Name}/*')] }) }),
  }, { Transform: 'AWS::LanguageExtensions', ...parameter() }), [[OUTSIDE, 's3:DeleteObject on arn:aws:s3:::']]),
  ...bothWays('role policies by Fn::ToJsonString', (pods) => one({
    Role: role([], { Policies: [{ PolicyName: 'Access', PolicyDocument: { 'Fn::ToJsonString': policy(DATA) } }] }),
    Pods: pods(),
  }, { Transform: 'AWS::LanguageExtensions' })),
  app('a policy variable that Fn::Sub leaves alone', one({
    Role: role([allow('s3:*', sub('arn:aws:s3:::data/${!aws:PrincipalTag/team}/*'))]),
    Pods: association([allow('s3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/team}/a/*')]),
  })),
  app('a policy variable and all that it may be', one({
    Role: role([allow('s3:*', sub('arn:aws:s3:::data/${!aws:PrincipalTag/team}/*'))]),
    Pods: association([allow('s3:GetObject', 'arn:aws:s3:::data/*/a/*')]),
  }), [[
    'SessionPolicyOmitsCondition',
    'a request such as s3:GetObject on arn:aws:s3:::data/example/a/example',
  ]]),
  app('names of the stack', one({
    Role: role([allow('s3:*', sub('arn:aws:s3:::${AWS::StackName}-${AWS::AccountId}/*'))]),
    Pods: association([allow('s3:GetObject', 'arn:aws:s3:::pods-111122223333/a/*')]),
  }, {}, { ...US, name: 'pods' })),
  app('numbers and booleans where text is expected', one({
    Role: role([allow('sqs:*', join('arn:aws:sqs:us-east-1:', 111122223333, ':jobs'))]),
    Pods: association(
      [allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:jobs')], { DisableSessionTags: 'true' },
    ),
  })),
  app('a value of a custom resource on both sides', one({
    Custom: { Type: 'Custom::Bucket' },
    Role: role([allow('s3:*', sub('arn:aws:s3:::${Custom.Name}/*'))]),
    Pods: session(join(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::',
      { 'Fn::GetAtt': 'Custom.Name' }, '/a/*"}]}',
    )),
  })),
  app('both of two actions, of which one is outside',
    one({
      Role: role([DATA]), Pods: association([allow(['s3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::data/a/*')]),
    }),
    [DELETE_EXCEEDS]),
];
