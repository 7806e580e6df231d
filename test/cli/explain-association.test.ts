import { Cli } from './run';
import { association, policy, role } from './templates';

const ARN = 'arn:aws:s3:::data/x';
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const statement = (Effect: string, Action: string, Resource: unknown, Condition?: object) => ({
  Effect, Action, Resource, Condition,
});
const having = (...Statement: unknown[]) => role('s3:*', {
  Policies: [{ PolicyName: 'access', PolicyDocument: { Version: '2012-10-17', Statement } }],
});
const ALL = statement('Allow', 's3:*', '*');
/** Without a session policy, and with session tags. */
const tagged = (properties: object = {}) => association('', {
  Policy: undefined, DisableSessionTags: undefined, ...properties,
});
const SHARED = 'arn:aws:iam::111122223333:role/shared';
const artifact = (name: string) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://111122223333/eu-west-1',
  properties: { templateFile: `${name}.json` },
  displayName: `App/${name}`,
  metadata: {
    [`/App/${name}/Orders/Pods/Resource`]: [{ type: 'aws:cdk:logicalId', data: 'Pods' }],
    [`/App/${name}/Role/Resource`]: [{ type: 'aws:cdk:logicalId', data: 'Role' }],
  },
});

const HERE = ['--account', '111122223333', '--region', 'us-east-1'];
const FILES = {
  'plain.json': { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject') } },
  'two.json': {
    Resources: {
      Role: role('s3:*'),
      Pods: association('s3:Get*'),
      Pods2: association('s3:Get*', { ServiceAccount: 'two', ClusterName: 'second' }),
    },
  },
  'cdk.out/manifest.json': { artifacts: { One: artifact('One'), Two: artifact('Two') } },
  'cdk.out/One.json': { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { Namespace: 'one' }) } },
  'cdk.out/Two.json': { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { Namespace: 'two' }) } },
  'account.json': {
    Resources: {
      Role: having(statement('Allow', 'sqs:*', {
        'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q',
      })),
      Pods: tagged({ DisableSessionTags: true }),
    },
  },
  'resources.json': {
    Resources: {
      Role: having(
        statement('Allow', 's3:*', 'arn:aws:s3:::data/*'),
        statement('Allow', 'kms:*', '*'),
        statement('Allow', 'ec2:*', '*'),
      ),
      Pods: tagged({ DisableSessionTags: true }),
      Data: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'data',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { ...statement('Deny', 's3:DeleteObject', 'arn:aws:s3:::data/*'), Principal: '*' },
              { ...statement('Deny', 's3:PutObject', 'arn:aws:s3:::data/*'), Principal: { AWS: { Ref: 'Who' } } },
            ],
          },
        },
      },
      Other: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'other',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { ...statement('Allow', 's3:GetObject', 'arn:aws:s3:::other/*'), Principal: { AWS: { Ref: 'Who' } } },
            ],
          },
        },
      },
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Version: '2012-10-17',
            Statement: [
              { ...statement('Allow', 'kms:*', '*'), Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' } },
            ],
          },
        },
      },
    },
    Parameters: { Who: { Type: 'String' } },
  },
  'guarded.json': {
    Resources: {
      Role: having(statement('Allow', 'sqs:*', '*', { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })),
      Pods: tagged({ DisableSessionTags: true }),
    },
  },
  'bucket.json': {
    Parameters: { Stage: { Type: 'String' } },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Role: having(
        statement('Allow', 's3:Get*', { 'Fn::Join': ['', [arnOf('Bucket'), '/*']] }),
        statement('Deny', 's3:*', { 'Fn::Sub': 'arn:aws:s3:::${Stage}/*' }),
      ),
      Pods: tagged({ DisableSessionTags: true }),
    },
  },
  'boundary.json': {
    Resources: {
      Role: role('s3:*', { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b' }),
      Pods: association('s3:GetObject'),
    },
  },
  'target.json': {
    Resources: {
      Role: having(statement('Allow', 'sts:*', '*')),
      Target: role('s3:*'),
      Pods: association('s3:GetObject', { TargetRoleArn: arnOf('Target') }),
    },
  },
  'imported.json': { Resources: { Pods: association('s3:GetObject', { RoleArn: SHARED }) } },
  'roles.json': { version: 1, roles: { [SHARED]: { inlinePolicies: { access: policy('s3:*') } } } },
  'exports.json': {
    Resources: { Role: role('s3:Put*') }, Outputs: { R: { Value: arnOf('Role'), Export: { Name: 'team-role' } } },
  },
  'imports.json': { Resources: { Pods: association('s3:GetObject', { RoleArn: { 'Fn::ImportValue': 'team-role' } }) } },
  'key.json': {
    Parameters: { Name: { Type: 'String' } },
    Resources: {
      Role: role('s3:*', {
        Policies: [{
          PolicyName: 'access',
          PolicyDocument: {
            'Fn::Sub': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:StopInstances","Resource":"*",'
              + '"Condition":{"StringEquals":{"aws:ResourceTag/${Name}":"owned"}}}}',
          },
        }],
      }),
      Pods: tagged({ DisableSessionTags: true }),
    },
  },
  'addon.json': {
    Resources: {
      Role: role('s3:*'),
      Addon: {
        Type: 'AWS::EKS::Addon',
        Properties: {
          ClusterName: 'prod',
          AddonName: 'aws-mountpoint-s3-csi-driver',
          PodIdentityAssociations: ['first', 'second'].map((ServiceAccount) => (
            { ServiceAccount, RoleArn: arnOf('Role') })),
        },
      },
    },
  },
  'cases.json': {
    Parameters: { Stage: { Type: 'String' }, Other: { Type: 'String' } },
    Conditions: {
      Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, Odd: { 'Fn::Equals': [{ Ref: 'Other' }, 'odd'] },
    },
    Resources: {
      Role: having(ALL, { 'Fn::If': ['Prod', statement('Deny', 's3:Put*', '*'), { Ref: 'AWS::NoValue' }] }),
      Pods: tagged({ DisableSessionTags: true }),
    },
  },
  'never.json': {
    Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Role: role('s3:*'), Pods: { ...association('s3:*'), Condition: 'No' } },
  },
  'tags.json': {
    Resources: {
      Role: having(
        statement('Allow', 's3:GetObject', 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*'),
        statement('Allow', 's3:PutObject', '*', { StringEquals: { 'aws:PrincipalTag/kubernetes-pod-name': 'a' } }),
        statement('Allow', 's3:DeleteObject', 'arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-pod-name}/*'),
      ),
      Pods: tagged(),
      Without: tagged({ ServiceAccount: 'without', DisableSessionTags: true }),
      Unknown: tagged({ ServiceAccount: 'unknown', DisableSessionTags: { 'Fn::ImportValue': 'x' } }),
    },
  },
  'limited.json': {
    Resources: {
      Role: having(statement('Allow', '*', '*')),
      Pods: tagged({ DisableSessionTags: true }),
      Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
      DataPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'data',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              ...statement('Deny', 's3:PutObject', 'arn:aws:s3:::data/*'), Principal: '*',
            }, {
              ...statement('Deny', 's3:*', 'arn:aws:s3:::data/*', { Bool: { 'aws:SecureTransport': 'false' } }),
              Principal: '*',
            }],
          },
        },
      },
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Version: '2012-10-17',
            Statement: [{
              ...statement('Allow', 'kms:*', '*'), Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' },
            }],
          },
        },
      },
    },
  },
  'invalid.json': { Resources: { Role: role('s3:*'), Pods: association('', { Policy: '{' }) } },
  'odd.json': { Resources: { Role: role('s3:*'), Pods: association('s3:GetObject', { Namespace: 'a\u001b[2Jb' }) } },
  'broken.yaml': 'Resources: {',
};

const IN_ACCOUNT = ['--account', '111122223333', '--region', 'eu-west-1'];

let cli: Cli;
beforeAll(() => { cli = new Cli(); cli.write(FILES); });
afterAll(() => cli.remove());

test.each<[string, string[], number, string[]]>([
  ['allowed', ['s3:GetObject', ARN, '--association', 'Pods', 'plain.json'], 0, [
    'Pods: pods of default/app of cluster prod (plain.json)\nrole: Role\nallowed: s3:GetObject on arn:aws:s3:::data/x\n\nsession policy: allowed\n',
  ]],
  ['denied by the session policy', ['s3:PutObject', ARN, '--association', 'Pods', 'plain.json'], 1, [
    'implicitDeny: s3:PutObject', 'because no session policy allows the s3:PutObject action',
    'session policy: implicitDeny', 'identity policies: allowed',
  ]],
  ['by namespace and service account',
    ['s3:GetObject', ARN, '--association', 'default/two', 'two.json'], 0,
    ['Pods2: pods of default/two of cluster second']],
  ['a logical id that is the beginning of another',
    ['s3:GetObject', ARN, '--association', 'Pods', 'two.json'], 0, ['Pods: pods of default/app']],
  ['by construct path, in cdk.out', ['s3:GetObject', ARN, '--association', 'App/One/Orders/Pods'], 0, [
    'App/One/Orders/Pods: pods of one/app of cluster prod (cdk.out/One.json)\nrole: App/One/Role\n',
  ]],
  ['by the end of the construct path',
    ['s3:GetObject', ARN, '--association', 'Two/Orders/Pods'], 0, ['App/Two/Orders/Pods: pods of two/app']],
  ...([
    ['what no resource policy concerns', 's3:GetObject', ARN, 0, ['allowed: s3:GetObject']],
    ['what the policy of a resource denies', 's3:DeleteObject', ARN, 1,
      ['explicitDeny: s3:DeleteObject', 'statement 0 of the policy of the bucket data matches: Deny']],
    ['what it may deny', 's3:PutObject', ARN, 1,
      ['unclear: s3:PutObject', 'not completely known: a resource policy may deny it, or not allow it']],
    ['what it may allow', 's3:GetObject', 'arn:aws:s3:::other/x', 1,
      ['unclear: s3:GetObject', 'not completely known: a resource policy may allow it']],
    ['what the policy of a key does not allow', 'kms:Decrypt', '${Key.Arn}', 1,
      ['implicitDeny: kms:Decrypt', 'because no resource-based policy allows']],
    ['no resource, beside such a key', 'ec2:DescribeVpcs', '*', 0, ['allowed: ec2:DescribeVpcs']],
  ] as Array<[string, string, string, number, string[]]>).map(
    ([name, action, on, status, shown]): [string, string[], number, string[]] => (
      [name, [action, on, '--association', 'Pods', ...HERE, 'resources.json'], status, shown])),
  ['the account and the region of templates that do not say theirs',
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--association', 'Pods', 'account.json'], 1, [
      'the answer depends on the deploy-time values ${AWS::AccountId}, ${AWS::Region}',
      'identity policies: unclear, depends on ${AWS::AccountId}, ${AWS::Region}\n',
    ]],
  ['the account of the role, which its stack tells',
    [
      'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:q', '--association', 'Pods', 'guarded.json', '--account',
      '111122223333', '--region', 'eu-west-1',
    ], 0, ["  with aws:PrincipalAccount = '111122223333', which follows from the resource or the role\n"]],
  ['the account of the role, which is a deploy-time value',
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:q', '--association', 'Pods', 'guarded.json'], 1, [
      'the answer depends on the deploy-time value ${AWS::AccountId}',
      "  with aws:PrincipalAccount = '${AWS::AccountId}', which follows from the resource or the role\n",
    ]],
  ['these, given',
    [
      'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--association', 'Pods', 'account.json', '--account',
      '111122223333', '--region', 'eu-west-1',
    ],
    0, []],
  ['others, given',
    [
      'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--association', 'Pods', 'account.json', '--account',
      '444455556666', '--region', 'eu-west-1',
    ],
    1, ['implicitDeny']],
  ['a request in words of the template, that a value may deny',
    ['s3:GetObject', '${Bucket.Arn}/x', '--association', 'Pods', 'bucket.json'], 1, [
      'unclear: s3:GetObject on arn:${AWS::Partition}:s3:::${Bucket}/x: the answer depends on the deploy-time values ${AWS::Partition}, ${Bucket}, ${Stage}',
      'statement 0 of inline policy \'access\' of Role matches: Allow',
      'statement 1 of inline policy \'access\' of Role may match: Deny',
    ]],
  ['a request that no value can allow',
    ['s3:PutObject', 'arn:aws:s3:::other', '--association', 'Pods', 'bucket.json'], 1, ['implicitDeny']],
  ['a condition key with a parameter, in words of the template',
    [
      'ec2:StopInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', '--association', 'Pods', 'key.json',
      '--context', 'AWS:ResourceTag/${Name}=owned',
    ], 0, ["  with aws:ResourceTag/${Name} = 'owned'\n", "the request has 'owned'"]],
  ['a key that the one with a parameter may be',
    [
      'ec2:StopInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', '--association', 'Pods', 'key.json',
      '--context', 'aws:ResourceTag/prod=owned',
    ], 1, ['unclear: ', 'the answer depends on the deploy-time value ${Name}']],
  ['a key that the one with a parameter is not',
    [
      'ec2:StopInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', '--association', 'Pods', 'key.json',
      '--context', 'aws:RequestTag/prod=owned',
    ], 1, ['implicitDeny: ', '  without aws:ResourceTag/${Name} (--context aws:ResourceTag/${Name}=… gives it a value)\n']],
  ['an entry of an add-on',
    ['s3:GetObject', ARN, '--association', 'Addon/second', 'addon.json'], 0,
    ['Addon: pods of kube-system/second of cluster prod (addon.json)\nrole: Role\nallowed: ']],
  ['an entry of an add-on by its service account',
    ['s3:GetObject', ARN, '--association', 'kube-system/first', 'addon.json'], 0, ['pods of kube-system/first']],
  ['a boundary that is not known', ['s3:GetObject', ARN, '--association', 'Pods', 'boundary.json'], 1, [
    'unclear: s3:GetObject on arn:aws:s3:::data/x: the answer depends on the unknown part of the permissions boundary\n',
    'permissions boundary: unclear\n  not completely known: ',
  ]],
  ['a target role',
    ['s3:GetObject', ARN, '--association', 'Pods', 'target.json'], 0,
    ['target role: Target, assumed by the role Role, whose own policies do not count\nallowed: ']],
  ['a role that is not known',
    ['s3:GetObject', ARN, '--association', 'Pods', 'imported.json'], 1,
    ['role: arn:aws:iam::111122223333:role/shared\nunclear: ', 'no template defines']],
  ['a role that is not known, for what the session policy denies',
    ['s3:PutObject', ARN, '--association', 'Pods', 'imported.json'], 1, ['implicitDeny']],
  ['a role of a snapshot',
    ['s3:GetObject', ARN, '--association', 'Pods', 'imported.json', '--roles', 'roles.json'], 0, []],
  ['an exported role',
    ['s3:GetObject', ARN, '--association', 'Pods', 'imports.json', 'exports.json'], 1,
    ['role: Role\nimplicitDeny', 'no identity-based policy']],
  ['cases', ['s3:PutObject', ARN, '--association', 'Pods', 'cases.json'], 1, [
    'the answer depends on conditions of the templates\n\ncase 1, if ${Stage} is \'prod\'\nrole: Role\nexplicitDeny: ',
    'case 2, if ${Stage} is not \'prod\'\nrole: Role\nallowed: ',
  ]],
  ['cases that answer the same',
    ['s3:GetObject', ARN, '--association', 'Pods', 'cases.json'], 0,
    ['allowed in each case of the conditions of the templates\n']],
  ['a session tag in a resource',
    ['s3:GetObject', 'arn:aws:s3:::data/default/x', '--association', 'Pods', 'tags.json'], 0,
    ["with aws:principaltag/kubernetes-namespace = 'default'"]],
  ['another value of a session tag',
    ['s3:GetObject', 'arn:aws:s3:::data/other/x', '--association', 'Pods', 'tags.json'], 1, ['implicitDeny']],
  ['session tags that are off',
    ['s3:GetObject', 'arn:aws:s3:::data/default/x', '--association', 'Without', 'tags.json'], 1, ['implicitDeny']],
  ['session tags that may be off',
    ['s3:GetObject', 'arn:aws:s3:::data/default/x', '--association', 'Unknown', 'tags.json'], 1,
    ['unclear', 'whether the pods have session tags is a deploy-time value']],
  ['a session tag that is a deploy-time value',
    ['s3:PutObject', ARN, '--association', 'Pods', 'tags.json'], 1,
    ['the answer depends on the session tag kubernetes-pod-name, a deploy-time value']],
  ['such a tag in a resource',
    ['s3:DeleteObject', ARN + '/y', '--association', 'Pods', 'tags.json'], 1,
    ['the answer depends on the session tag kubernetes-pod-name, a deploy-time value']],
  ['such a tag, given',
    ['s3:PutObject', ARN, '--association', 'Pods', 'tags.json', '--context', 'aws:PrincipalTag/kubernetes-pod-name=a'],
    0, []],
  ['denied by the policy of a bucket',
    ['s3:PutObject', ARN, '--association', 'Pods', 'limited.json', ...IN_ACCOUNT], 1,
    ['with an explicit deny in a resource-based policy',
      'resource policies: explicitDeny\n  statement 0 of the policy of the bucket data matches: Deny']],
  ['denied by the policy of a bucket in this way',
    ['s3:GetObject', ARN, '--association', 'Pods', 'limited.json', ...IN_ACCOUNT,
      '--context', 'aws:SecureTransport=false'], 1,
    ['resource policies: explicitDeny']],
  ['not left to IAM policies by the policy of a key',
    ['kms:Decrypt', '${Key.Arn}', '--association', 'Pods', 'limited.json', ...IN_ACCOUNT], 1,
    ['because no resource-based policy allows the kms:Decrypt action',
      'resource policies: implicitDeny\n  the policy of the resource must allow the request\n']],
  ['what no resource policy limits',
    ['s3:GetObject', ARN, '--association', 'Pods', 'limited.json', ...IN_ACCOUNT], 0,
    ['resource policies: allowed\n  statement 0 of the policy of the bucket data does not match\n    the action is not s3:PutObject\n',
      'statement 1 of the policy of the bucket data does not match']],
  ['a session policy that is none',
    ['s3:PutObject', ARN, '--association', 'Pods', 'invalid.json'], 1,
    ['session policy: unclear\n  not completely known: the session policy could not be read']],
  ['what would move the cursor',
    ['s3:GetObject', ARN, '--association', 'Pods', 'odd.json'], 0, ['pods of a\\u001b[2Jb/app']],
])('%s', (_, args, status, said) => {
  const ran = cli.run(['explain', ...args]);
  expect(ran).toMatchObject({ status, stderr: '' });
  for (const text of said) { expect(ran.stdout).toContain(text); }
  expect(ran.stdout).not.toMatch(/[\u001b\uFDD0-\uFDEF]/);
});

test('another template may attach a policy by what it imports', () => {
  const names = {
    'exports2.json': {
      ...FILES['exports.json'],
      Outputs: { ...FILES['exports.json'].Outputs, N: { Value: { Ref: 'Role' }, Export: { Name: 'team-role-name' } } },
    },
  };
  cli.write({
    ...names,
    'attaches2.json': {
      Resources: {
        More: {
          Type: 'AWS::IAM::Policy',
          Properties: { Roles: [{ 'Fn::ImportValue': 'team-role-name' }], PolicyDocument: policy('s3:GetObject') },
        },
      },
    },
  });
  expect(cli.run([
    'explain', 's3:GetObject', ARN, '--association', 'Pods', 'imports.json', 'exports2.json', 'attaches2.json',
  ])).toMatchObject({
    status: 0, stdout: expect.stringContaining('AWS::IAM::Policy More matches: Allow'),
  });
});

test.each<[string, string[], string | RegExp]>([
  ['no such association', ['--association', 'Po', 'two.json'], [
    '--association Po: no association matches. These exist:',
    '  Pods  (default/app of cluster prod, in two.json)',
    '  Pods2  (default/two of cluster second, in two.json)\n',
  ].join('\n')],
  ['several',
    ['--association', 'Orders/Pods'],
    /several associations match\. .*\n  App\/One\/Orders\/Pods  \(one\/app .*\n  App\/Two\/Orders\/Pods  \(two\/app .*\n$/],
  ['no associations',
    ['--association', 'Pods', 'exports.json'], '--association Pods: the templates have no associations\n'],
  ['one that is never deployed',
    ['--association', 'Pods', 'never.json'], 'Pods is deployed in no case of its condition\n'],
  ['a missing file', ['--association', 'Pods', 'no.json'], 'no.json: there is no such file or folder\n'],
  ['policy files, too',
    ['--association', 'Pods', 'two.json', '--role', 'roles.json'],
    '--association and the options of policy files (--session, --role, --role-managed, --boundary, --role-arn) exclude each other, because the templates have the policies\n'],
  ['the ARN of a role, too',
    ['--association', 'Pods', 'two.json', '--role-arn', 'arn:aws:iam::111122223333:role/pods'],
    '--association and the options of policy files (--session, --role, --role-managed, --boundary, --role-arn) exclude each other, because the templates have the policies\n'],
  ['a template without an association', ['two.json'], /^two\.json: templates need the option --association, /],
  ['an account without an association',
    ['--role', 'roles.json', '--account', '111122223333'], /^--account applies to templates/],
  ['a region that is none',
    ['--association', 'Pods', 'two.json', '--region', 'here'],
    '--region here: not the name of a region, such as eu-west-1\n'],
  ['a snapshot that is none', ['--association', 'Pods', 'two.json', '--roles', 'two.json'], /^--roles two\.json: /],
])('unusable: %s', (_, args, message) => {
  const { status, stdout, stderr } = cli.run(['explain', 's3:GetObject', ARN, ...args]);
  expect([status, stdout]).toEqual([2, '']);
  if (typeof message === 'string') { expect(stderr).toBe(message); } else { expect(stderr).toMatch(message); }
});

test.each([
  ['${Bucket}', 'no resource or parameter Bucket'],
  ['${AWS::NoValue}', 'is not text'],
  ['bucket/x', "'bucket/x' is neither an ARN nor '*'"],
  ['bucket/${AWS::Region}', "'bucket/${AWS::Region}' is neither an ARN nor '*'"],
  ['${Bucket', "'${Bucket' is neither an ARN nor '*'"],
])('unusable as a resource: %s', (resource, message) => {
  expect(cli.run(['explain', 's3:GetObject', resource, '--association', 'Pods', 'plain.json'])).toMatchObject({
    status: 2, stdout: '', stderr: expect.stringContaining(message),
  });
});

test('what cannot be read may attach a policy', () => {
  expect(cli.run(['explain', 's3:GetObject', ARN, '--association', 'Pods', 'plain.json', 'broken.yaml'])).toEqual({
    status: 2,
    stdout: expect.stringContaining(
      'identity policies: unclear\n  not completely known: the template of broken.yaml could not be read',
    ),
    stderr: expect.stringMatching(/^broken\.yaml:1:\d+: not YAML: .*\n$/),
    signal: null,
  });
});

test('as JSON', () => {
  const explanation = JSON.parse(cli.run([
    'explain', 's3:GetObject', 'arn:${AWS::Partition}:sqs:::x',
    '--association', 'Pods', 'target.json', '--format', 'json',
  ]).stdout);
  expect(explanation).toEqual({
    association: {
      path: 'Pods',
      logicalId: 'Pods',
      file: 'target.json',
      namespace: 'default',
      serviceAccount: 'app',
      cluster: 'prod',
    },
    outcome: 'implicitDeny',
    cases: [{
      where: [],
      role: 'Target',
      assumedFirst: 'Role',
      outcome: 'implicitDeny',
      message: 'because no session policy allows the s3:GetObject action',
      request: { action: 's3:GetObject', resource: 'arn:${AWS::Partition}:sqs:::x', context: {} },
      implied: {},
      missing: [],
      dependsOn: [],
      layers: [
        expect.objectContaining({ layer: 'session policy', outcome: 'implicitDeny', unknown: [], dependsOn: [] }),
        expect.objectContaining({ layer: 'identity policies' }),
      ],
    }],
  });
});
