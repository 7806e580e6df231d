import { Cli } from './run';
import { allow, document as policy } from '../make';

const KEY = 'arn:aws:s3:::bucket/key';

let cli: Cli;
beforeAll(() => {
  cli = new Cli({
    'session.json': policy(
      { Sid: 'Objects', ...allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::bucket/*') }, allow('sqs:SendMessage'),
    ),
    'role.json': policy(
      allow('s3:*', '*', { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } }),
      { Effect: 'Deny', Action: 's3:Put*', NotResource: 'arn:aws:s3:::bucket/public/*' },
    ),
    'tags.json': policy(allow('ec2:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })),
    'many.json': policy(...Array.from({ length: 20 }, (_, i) => allow(`sqs:Action${i}`)), allow('s3:GetObject')),
    'region.json': policy(allow('sqs:*', '*', {
      StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/pods' },
    })),
    'account.json': policy(allow('s3:*', 'arn:aws:s3:::${aws:PrincipalAccount}/*')),
    'old.json': policy(allow('*', 'arn:aws:s3*')),
    'rejected.json': policy({ Effect: 'Allow', Action: 's3', Resource: '*' }),
  });
});
afterAll(() => cli.remove());

test.each<[string, string, number, string[]]>([
  ['allowed', `s3:GetObject ${KEY} --context aws:SourceVpc=vpc-2`, 0, [
    `allowed: s3:GetObject on ${KEY}`,
    "  with aws:sourcevpc = 'vpc-2'",
    '',
    'session policy: allowed',
    "  statement 0 (Sid 'Objects') of session.json matches: Allow",
    '  statement 1 of session.json does not match',
    '    the action is not sqs:SendMessage',
    '',
    'identity policies: allowed',
    '  statement 0 of role.json matches: Allow',
    "    the condition StringEquals aws:SourceVpc 'vpc-1', 'vpc-2' holds: the request has 'vpc-2'",
    '  statement 1 of role.json does not match',
    '    the action is not s3:Put*',
  ]],
  ['a condition that does not hold', `s3:GetObject ${KEY} --context AWS:SourceVPC=vpc-3`, 1, [
    `implicitDeny: s3:GetObject on ${KEY}: AccessDenied, "because no identity-based policy allows the s3:GetObject action"`,
    "    the condition StringEquals aws:SourceVpc 'vpc-1', 'vpc-2' does not hold: the request has 'vpc-3'",
  ]],
  ['a key that is missing', `s3:GetObject ${KEY}`, 1, [
    '  without aws:SourceVpc (--context aws:SourceVpc=… gives it a value)',
    "    the condition StringEquals aws:SourceVpc 'vpc-1', 'vpc-2' does not hold: the request does not have the key",
  ]],
  ['a denial', `s3:PutObject ${KEY} --context aws:SourceVpc=vpc-1`, 1, [
    `explicitDeny: s3:PutObject on ${KEY}: AccessDenied, "with an explicit deny in an identity-based policy"`,
    'session policy: allowed',
    'identity policies: explicitDeny',
    '  statement 1 of role.json matches: Deny',
  ]],
  ['another resource', 's3:GetObject arn:aws:s3:::other/key --context aws:SourceVpc=vpc-1', 1, [
    'implicitDeny: s3:GetObject on arn:aws:s3:::other/key: AccessDenied, "because no session policy allows the s3:GetObject action"',
    '    the resource is not arn:aws:s3:::bucket/*',
  ]],
  ['a resource that is left out', 's3:PutObject arn:aws:s3:::bucket/public/x --context aws:SourceVpc=vpc-1', 0, [
    '    the resource matches NotResource arn:aws:s3:::bucket/public/*',
  ]],
  ['a boundary', `s3:GetObject ${KEY} --context aws:SourceVpc=vpc-1 --boundary tags.json`, 1, [
    'permissions boundary: implicitDeny',
    'no permissions boundary allows the s3:GetObject action',
  ]],
])('%s', (_, args, status, lines) => {
  const ran = cli.run(`explain ${args} --session session.json --role role.json`);
  expect([ran.status, ran.stderr]).toEqual([status, '']);
  for (const line of lines) { expect(ran.stdout).toContain(line); }
});

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:q';
const ROLE = 'arn:aws:iam::111122223333:role/pods';

test.each<[string, string, number, string[]]>([
  ['the region of the resource, and the role', `${QUEUE} --role-arn ${ROLE}`, 0, [
    `allowed: sqs:SendMessage on ${QUEUE}`,
    "  with aws:RequestedRegion = 'eu-west-1', which follows from the resource or the role",
    `  with aws:PrincipalArn = '${ROLE}', which follows from the resource or the role`,
    "    the condition StringEquals aws:RequestedRegion 'eu-west-1' holds: the request has 'eu-west-1'",
  ]],
  ['another region', `${QUEUE.replace('eu-west-1', 'us-east-1')} --role-arn ${ROLE}`, 1, [
    "  with aws:RequestedRegion = 'us-east-1', which follows from the resource or the role",
    "    the condition StringEquals aws:RequestedRegion 'eu-west-1' does not hold: the request has 'us-east-1'",
  ]],
  ['a role of which nothing is known', QUEUE, 1, [
    'the answer depends on <account of the role>, <name of the role>, <partition of the role>, which --role-arn gives',
  ]],
  ['a value that is given counts', `${QUEUE} --role-arn ${ROLE} --context aws:requestedregion=us-east-1`, 1, [
    "  with aws:requestedregion = 'us-east-1'\n",
    "    the condition StringEquals aws:RequestedRegion 'eu-west-1' does not hold: the request has 'us-east-1'",
  ]],
])('values that follow from the request: %s', (_, args, status, lines) => {
  const ran = cli.run(`explain sqs:SendMessage ${args} --role region.json`);
  expect([ran.status, ran.stderr]).toEqual([status, '']);
  for (const line of lines) { expect(ran.stdout).toContain(line); }
});

test('policy variables have the values that follow from the request', () => {
  const object = 'arn:aws:s3:::111122223333/x';
  const status = (args: string) => cli.run(`explain s3:GetObject ${object} --role account.json ${args}`).status;
  expect([status(`--role-arn ${ROLE}`), status(`--role-arn ${ROLE.replace('1111', '4444')}`)]).toEqual([0, 1]);
});

test('values that follow from the request, as JSON', () => {
  const { stdout } = cli.run(`explain sqs:SendMessage ${QUEUE} --role region.json --role-arn ${ROLE} --format json`);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'allowed',
    request: { context: {} },
    implied: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalArn': ROLE },
    missing: [],
  });
});

test.each<[string, string, number, string]>([
  ['several values',
    'ec2:CreateTags * --role tags.json --context aws:TagKeys=a --context aws:TagKeys=b', 0,
    "'a', 'b' holds: the request has 'a', 'b'"],
  ['one of several values',
    'ec2:CreateTags * --role tags.json --context aws:TagKeys=a --context aws:TagKeys=c', 1,
    "does not hold: the request has 'a', 'c'"],
  ['a value with an equals sign',
    'ec2:CreateTags * --role tags.json --context aws:TagKeys=a=b', 1, "the request has 'a=b'"],
  ['many statements',
    `s3:GetObject ${KEY} --role many.json`, 0, '20 statements are about other actions (--all lists them)'],
  ['all of them', `s3:GetObject ${KEY} --role many.json --all`, 0, 'the action is not sqs:Action19'],
  ['a managed policy',
    `s3:GetObject ${KEY} --role-managed ReadOnlyAccess`, 0, 'arn:aws:iam::aws:policy/ReadOnlyAccess matches: Allow'],
  ['what is not documented',
    `s3:GetObject ${KEY} --role old.json`, 1, 'the resource may match arn:aws:s3*: the documentation of IAM leaves it open'],
])('without a session policy: %s', (_, args, status, said) => {
  const ran = cli.run(`explain ${args}`);
  expect([ran.status, ran.stdout]).toEqual([status, expect.stringContaining(said)]);
});

test.each<[string, string, string]>([
  ['no arguments', '', "error: missing required argument 'action'"],
  ['no role', `s3:GetObject ${KEY}`, '--role is missing'],
  ['the name of a role', `s3:GetObject ${KEY} --role role.json --role-arn pods`, '--role-arn "pods": not the ARN of a role'],
  ['a pattern of actions',
    `s3:Get* ${KEY} --role role.json`, "'s3:Get*' is not one action, such as s3:GetObject\n"],
  ['no ARN', 's3:GetObject bucket/key --role role.json', "'bucket/key' is neither an ARN nor '*'"],
  ['a key without a value',
    `s3:GetObject ${KEY} --role role.json --context aws:SourceVpc`, '--context aws:SourceVpc: write key=value'],
  ['a policy that AWS rejects',
    `s3:GetObject ${KEY} --role rejected.json`, 'rejected.json: Statement[0].Action "s3" is not an action'],
])('unusable: %s', (_, args, message) => {
  const ran = cli.run(['explain', ...args.split(' ').filter((arg) => arg !== '')]);
  expect(ran).toEqual({ signal: null, status: 2, stdout: '', stderr: expect.stringContaining(message) });
  expect(ran.stderr).not.toContain('    at ');
});

test('an action that AWS does not have is warned of, with the action that may be meant', () => {
  const { status, stderr } = cli.run(`explain s3:GetObjct ${KEY} --role role.json --format json`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^warning: s3:GetObjct is not an action of .* of 20\d\d-\d\d-\d\d\. .* Write s3:GetObject, if that is what you mean\.\n$/);
});

test('as JSON', () => {
  const { status, stdout } = cli.run('explain ec2:CreateTags * --role tags.json --context aws:TagKeys=c --format json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    outcome: 'implicitDeny',
    message: 'because no identity-based policy allows the ec2:CreateTags action',
    request: { action: 'ec2:CreateTags', resource: '*', context: { 'aws:tagkeys': 'c' } },
    implied: {},
    missing: [],
    dependsOn: [],
    layers: [{
      layer: 'identity policies',
      outcome: 'implicitDeny',
      message: 'because no identity-based policy allows the ec2:CreateTags action',
      unknown: [],
      dependsOn: [],
      statements: [{
        statement: { policy: 'tags.json', index: 0, json: expect.objectContaining({ Action: 'ec2:*' }) },
        match: 'no',
        action: 'yes',
        resource: 'yes',
        conditions: [
          { operator: 'ForAllValues:StringEquals', key: 'aws:TagKeys', values: ['a', 'b'], actual: ['c'], match: 'no' },
        ],
        dependsOn: [],
      }],
    }],
  });
});
