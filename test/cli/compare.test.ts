import { Cli } from './run';

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource = '*', more = {}) => ({
  Effect: 'Allow', Action, Resource, ...more,
});
const BUCKET = 'arn:aws:s3:::bucket/*';
const ROLE = 'arn:aws:iam::111122223333:role/pods';
const READ = policy(allow('s3:Get*'));

let cli: Cli;
beforeAll(() => {
  cli = new Cli({
    'get.json': policy(allow('s3:GetObject', BUCKET)),
    'put.json': JSON.stringify(policy(allow(['s3:GetObject', 's3:PutObject'], BUCKET, { Sid: 'Objects' }))),
    'fixed.json': policy(
      allow(['s3:GetObject', 's3:PutObject'], BUCKET, { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    ),
    'repeated.json': policy(allow('s3:GetObject', BUCKET), allow('s3:GetObject', 'arn:aws:s3:::bucket/a')),
    'read.json': READ,
    'bin/other.json': READ,
    'write.json': policy(allow('s3:Put*')),
    'deny.json': policy(allow('s3:*'), { Sid: 'NotThese', Effect: 'Deny', Action: 's3:Put*', Resource: '*' }),
    'in-vpc.json': policy(allow('*', '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })),
    'of-role.json': policy(allow('s3:*', '*', { Condition: { ArnLike: { 'aws:PrincipalArn': `${ROLE}-*` } } })),
    'of-org.json': policy(
      allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    ),
    'lower.json': { Version: '2012-10-17', Statement: [{ ...allow('s3:GetObject'), sid: 'x' }] },
    'role-policy.json': { RoleName: 'R', PolicyName: 'Access', PolicyDocument: READ },
    'role-policy-encoded.json': {
      RoleName: 'R', PolicyName: 'Access', PolicyDocument: encodeURIComponent(JSON.stringify(READ)),
    },
    'policy-version.json': { PolicyVersion: { VersionId: 'v1', Document: READ } },
    'encoded.txt': encodeURIComponent(JSON.stringify(READ)),
    'association.json': {
      association: { policy: JSON.stringify(policy(allow('s3:GetObject', BUCKET)), undefined, 2) },
    },
    'marked.json': `\uFEFF${JSON.stringify(READ)}`,
    'repeats.json': '{"Version":"2012-10-17","Statement":[\n{"Effect":"Deny","Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}',
    'repeats-inside.json': { PolicyDocument: '{"Version":"2012-10-17","Version":"2008-10-17"}' },
    'get-role.json': { Role: { RoleName: 'R', AssumeRolePolicyDocument: policy(allow('sts:AssumeRole')) } },
    'role.json': { RoleName: 'R', AssumeRolePolicyDocument: policy(allow('sts:AssumeRole')) },
    'get-policy.json': { Policy: { PolicyName: 'P', DefaultVersionId: 'v1' } },
    'attached.json': { AttachedPolicies: [{ PolicyName: 'P', PolicyArn: 'arn:aws:iam::aws:policy/P' }] },
    'details.json': { RoleDetailList: [{ RoleName: 'R', RolePolicyList: [] }], Policies: [] },
    'detail.json': { RoleName: 'R', RolePolicyList: [{ PolicyName: 'P', PolicyDocument: READ }] },
    'versions.json': { PolicyName: 'P', PolicyVersionList: [{ Document: READ, IsDefaultVersion: true }] },
    'template.json': { Resources: {} },
    'utf16le.json': Buffer.from(`\uFEFF${JSON.stringify(READ)}`, 'utf16le'),
    'utf16be.json': Buffer.from(`\uFEFF${JSON.stringify(READ)}`, 'utf16le').swap16(),
    'broken.json': '{\n  "Version": "2012-10-17",\n  "Statement": [,]\n}\n',
    'cut.json': '{"Version": "2012-10-17", ',
    'empty.json': '',
    'deep.json': `{"Version":"2012-10-17","Statement":${JSON.stringify(READ.Statement)},"Id":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    'list.json': [READ],
    'rejected.json': { Version: '2012-10-17', Statement: [{ Effect: 'Alow', Action: 's3:Get*', Resource: '*' }] },
    'separator.json': policy(allow('s3:GetObject', 'arn:aws:s3:::bucket/\u2028')),
    'escaped.json': JSON.stringify(policy(allow('s3:GetObject', 'arn:aws:s3:::bucket/x'))).replace('/x', '/\\u2028'),
    'placeholder.json': policy(allow('iam:GetRole', 'arn:aws:iam::{$ACCOUNT}:role/eksctl-*')),
    'encoding.json': { PolicyDocument: '%7B%' },
    'nested.json': { PolicyDocument: '{"Version" "x"}' },
  });
});
afterAll(() => cli.remove());

test.each<[string, string, number, string]>([
  ['all is inside', '--session get.json --role read.json', 0, 'narrows: '],
  ['a role whose policy has such a character', '--session get.json --role separator.json', 1, 'exceeds: '],
  ['a session policy that has it escaped', '--session escaped.json --role read.json', 0, 'narrows: '],
  ['all is inside two policies', '--session put.json --role read.json --role write.json', 0, 'narrows: '],
  ['what get-role-policy answers', '--session get.json --role role-policy.json', 0, 'narrows: '],
  ['the same encoded', '--session get.json --role role-policy-encoded.json', 0, 'narrows: '],
  ['what get-policy-version answers', '--session get.json --role policy-version.json', 0, 'narrows: '],
  ['UTF-16', '--session get.json --role utf16le.json', 0, 'narrows: '],
  ['UTF-16 in the other order of bytes', '--session get.json --role utf16be.json', 0, 'narrows: '],
  ['encoded text', '--session get.json --role encoded.txt', 0, 'narrows: '],
  ['what describe-pod-identity-association answers',
    '--session association.json --role read.json', 0, 'Size 116 of 2,048 characters, minified (162 as written)'],
  ['a byte order mark', '--session get.json --role marked.json', 0, 'narrows: '],
  ['a managed policy by name', '--session get.json --role-managed AmazonS3ReadOnlyAccess', 0, 'narrows: '],
  ['a managed policy by its name without the path',
    '--session get.json --role-managed AWSLambdaBasicExecutionRole', 1, 'exceeds: '],
  ['a managed policy by ARN', '--session get.json --role arn:aws:iam::aws:policy/ReadOnlyAccess', 0, 'narrows: '],
  ['the request', '--session put.json --role read.json', 1, 'allows   s3:PutObject on arn:aws:s3:::bucket/'],
  ['what denies it',
    '--session put.json --role read.json', 1, '"because no identity-based policy allows the s3:PutObject action"'],
  ['what it can be narrowed to',
    '--session put.json --role read.json', 1,
    'instead  {"Sid":"Objects","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}'],
  ['the statement that denies it',
    '--session put.json --role deny.json', 1, "statement 1 (Sid 'NotThese') of deny.json denies it"],
  ['nothing is left', '--session put.json --role-managed AWSLambdaBasicExecutionRole', 1, 'remove the statement'],
  ['the boundary',
    '--session put.json --role-managed AdministratorAccess --boundary read.json', 1,
    'denied   by the permissions boundary'],
  ['a managed boundary',
    '--session put.json --role write.json --role read.json --boundary arn:aws:iam::aws:policy/PowerUserAccess', 0,
    'narrows: '],
  ['a missing key', '--session put.json --role in-vpc.json', 1, 'without aws:SourceVpc'],
  ['a condition that is kept', '--session fixed.json --role in-vpc.json', 0, 'narrows: '],
  ['a role that a condition names', `--session get.json --role of-role.json --role-arn ${ROLE}-a`, 0, 'narrows: '],
  ['a role that it does not name', `--session get.json --role of-role.json --role-arn ${ROLE}`, 1, 'exceeds: '],
  ['a role of which nothing is known', '--session get.json --role of-role.json', 0, 'undetermined: '],
  ['what the verdict takes for granted',
    '--session get.json --role of-org.json', 0,
    "\n  assumed  the account of the role is in the organization 'o-a1b2c3d4e5', which the policies name\n"],
  ['statements without effect',
    '--session repeated.json --role read.json', 0, 'statement 1 of repeated.json: other statements'],
  ['what could not be understood', '--session get.json --role lower.json', 0, 'undetermined: '],
  ['the same, strictly', '--session get.json --role lower.json --strict', 1, 'undetermined: '],
  ['effective permissions', '--session put.json --role read.json --effective', 1, '"Action": "s3:GetObject"'],
  ['no effective permissions of what is not understood',
    '--session get.json --role lower.json --effective', 0, 'not in this document: lower.json could not be understood'],
])('%s', (_, args, status, said) => {
  const ran = cli.run(`compare ${args}`);
  expect([ran.status, ran.stdout]).toEqual([status, expect.stringContaining(said)]);
  expect(ran.stderr).toBe(said.startsWith('undetermined') && status === 0 || said.startsWith('not in this document')
    ? 'warning: the verdict is undetermined. With --strict, the exit code would be 1\n' : '');
});

test.each<[string, string, string]>([
  ['no session policy', '--role read.json', '--session is missing. Give the file of the session policy: --session session.json\n'],
  ['no role',
    '--session get.json',
    '--role is missing. Give the identity policies of the role: --role role.json, or --role-managed ReadOnlyAccess\n'],
  ['an unknown flag',
    '--sesion get.json',
    "error: unknown option '--sesion'\n(Did you mean --session?)\n(--help shows the usage)\n"],
  ['an unknown format',
    '--format xml',
    "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json.\n(--help shows the usage)\n"],
  ['a file that is not there', '--session none.json --role read.json', 'none.json: there is no such file or folder\n'],
  ['a directory', '--session bin --role read.json', 'bin: it is a folder; a file is needed\n'],
  ['broken JSON', '--session get.json --role broken.json', 'broken.json:3:17: not JSON: value expected, found ",]"\n'],
  ['JSON that is cut off',
    '--session cut.json --role read.json', 'cut.json:1:27: not JSON: property name expected, found the end\n'],
  ['a repeated name', '--session repeats.json --role read.json',
    'repeats.json:2:18: "Effect" is repeated in Statement[0]: readers of JSON keep one of the two values and drop the other\n'],
  ['a repeated name inside', '--session get.json --role repeats-inside.json',
    'repeats-inside.json, in PolicyDocument:1:25: "Version" is repeated: readers of JSON keep one of the two values and drop the other\n'],
  ['what get-role answers', '--session get.json --role get-role.json', expect.stringMatching(
    /^get-role\.json: it is what `aws iam get-role` answers, which has the trust policy .* Give what `aws iam get-role-policy`/,
  ) as unknown as string],
  ['a role without its envelope',
    '--session get.json --role role.json',
    expect.stringContaining('it is what `aws iam get-role`') as unknown as string],
  ['what get-policy answers', '--session get.json --role get-policy.json',
    expect.stringContaining('Give what `aws iam get-policy-version` answers for its DefaultVersionId') as unknown as string],
  ['what list-attached-role-policies answers', '--session get.json --role attached.json',
    expect.stringContaining('it lists the names of policies, without their documents') as unknown as string],
  ['the details of an account',
    '--session get.json --role details.json',
    expect.stringContaining('.RoleDetailList[0].RolePolicyList[0].PolicyDocument') as unknown as string],
  ['the details of a role', '--session get.json --role detail.json',
    expect.stringContaining('.RolePolicyList[0].PolicyDocument') as unknown as string],
  ['the versions of a policy', '--session get.json --role versions.json',
    expect.stringContaining('.PolicyVersionList[0].Document') as unknown as string],
  ['a template', '--session template.json --role read.json',
    'template.json: it is a CloudFormation template. `cdk-pod-identity check` reads templates; here, give a policy document\n'],
  ['an empty file',
    '--session empty.json --role read.json', 'empty.json:1:1: not JSON: value expected, found nothing, because the text is empty\n'],
  ['no policy',
    '--session list.json --role read.json',
    'list.json: [{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}] is not a policy document, which is a JSON object with Version and Statement. AWS rejects the policy\n'],
  ['a session policy with a character that STS rejects',
    '--session separator.json --role read.json',
    'separator.json: it has the character U+2028, and STS accepts characters up to U+00FF only, without control characters\n'],
  ['a session policy with an ARN that AWS rejects',
    '--session placeholder.json --role read.json',
    'placeholder.json: Statement[0].Resource "arn:aws:iam::{$ACCOUNT}:role/eksctl-*" has \'{$ACCOUNT}\' in place of an account ID. AWS rejects the policy\n'],
  ['a policy that AWS rejects',
    '--session get.json --role rejected.json',
    "rejected.json: Statement[0].Effect \"Alow\" is neither 'Allow' nor 'Deny'. AWS rejects the policy\n"],
  ['a policy that is nested deeper than the stack',
    '--session deep.json --role read.json', 'deep.json:1:1096: it is nested too deeply: more than 1,000 levels are not read\n'],
  ['a broken encoding',
    '--session get.json --role encoding.json',
    'encoding.json: the document is URL-encoded, and the encoding is broken\n'],
  ['broken JSON inside',
    '--session get.json --role nested.json',
    'nested.json, in PolicyDocument:1:12: not JSON: colon expected, found "\\"x\\"}"\n'],
  ['a managed policy that does not exist',
    '--session get.json --role-managed ReadOnlyAcces',
    expect.stringContaining('did you mean arn:aws:iam::aws:policy/ReadOnlyAccess?\n') as unknown as string],
  ['standard input twice', '--session - --role -', '- (standard input) is given twice, and can be read once only\n'],
  ['pairs and files',
    '--pairs - --role read.json',
    '--role and --pairs exclude each other, because each line of the pairs has its own policies\n'],
  ['pairs and the ARN of a role',
    `--pairs - --role-arn ${ROLE}`,
    '--role-arn and --pairs exclude each other, because each line of the pairs has its own policies\n'],
  ['the name of a role',
    '--session get.json --role read.json --role-arn pods',
    '--role-arn "pods": not the ARN of a role, such as arn:aws:iam::111122223333:role/example\n'],
  ['pairs as text', '--pairs - --format text', '--format text is for one pair, and --pairs writes JSON lines. Remove --format text\n'],
  ['pairs that are not there', '--pairs none.jsonl', 'none.jsonl: there is no such file or folder\n'],
  ['pairs in a directory', '--pairs bin', 'bin: it is a folder; a file is needed\n'],
])('unusable: %s', (_, args, message) => {
  expect(cli.run(`compare ${args}`, {}, JSON.stringify(READ))).toEqual({
    signal: null, status: 2, stdout: '', stderr: message,
  });
});

test('as JSON', () => {
  const { status, stdout } = cli.run(
    'compare --format json --effective --session put.json --role deny.json --no-reference',
  );
  const statement = {
    policy: 'put.json',
    index: 0,
    sid: 'Objects',
    json: { Sid: 'Objects', ...allow(['s3:GetObject', 's3:PutObject'], BUCKET) },
  };
  const instead = { Sid: 'Objects', ...allow('s3:GetObject', BUCKET) };
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    verdict: 'exceeds',
    excesses: [{
      statement,
      kind: 'dead',
      request: {
        action: 's3:PutObject', resource: expect.stringMatching(/^arn:aws:s3:::bucket\/./), context: {}, missing: [],
      },
      denied: {
        layer: 'identity policies',
        statement: {
          policy: 'deny.json',
          index: 1,
          sid: 'NotThese',
          json: { Sid: 'NotThese', Effect: 'Deny', Action: 's3:Put*', Resource: '*' },
        },
        why: "statement 1 (Sid 'NotThese') of deny.json denies it",
        message: 'with an explicit deny in an identity-based policy',
      },
      instead: [instead],
    }],
    size: { minified: 149, asWritten: 149, limit: 2048 },
    withoutEffect: [],
    effective: {
      document: policy(
        allow(['s3:GetObject', 's3:PutObject'], BUCKET), { Effect: 'Deny', Action: 's3:Put*', Resource: '*' },
      ),
      omitted: [],
    },
  });
});

test('what the verdict takes for granted, as JSON', () => {
  const compare = (role: string) => (
    JSON.parse(cli.run(`compare --format json --session get.json --role ${role}.json`).stdout));
  expect(compare('of-org')).toMatchObject({
    verdict: 'narrows',
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    assumptions: [{ code: 'Principal', message: expect.stringContaining("in the organization 'o-a1b2c3d4e5'") }],
  });
  expect(Object.keys(compare('read'))).toEqual(['verdict', 'size', 'withoutEffect']);
});

test('a session policy of Deny statements only narrows, and the pods can do nothing', () => {
  const args = ['compare', '--session', '-', '--role', 'read.json'];
  const session = JSON.stringify(policy({ Effect: 'Deny', Action: 's3:PutObject', Resource: '*' }));
  expect(cli.run(args, {}, session).stdout).toMatch(
    /^narrows: .*\n {2}note {5}the session policy has no Allow statement, so the pods can do nothing, whatever the role allows\n/,
  );
  expect(JSON.parse(cli.run([...args, '--format', 'json'], {}, session).stdout)).toMatchObject({ allowsNothing: true });
});

test('the kind of each excess', () => {
  const kindOf = (role: object) => {
    cli.write({ 'kind.json': role });
    const { stdout } = cli.run('compare --format json --session read.json --role kind.json');
    return JSON.parse(stdout).excesses.map(({ kind }: { kind: string }) => kind);
  };
  const denied = (key: string) => (
    { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringEquals: { [key]: 'x' } } });
  expect(kindOf(policy(allow('sqs:*')))).toEqual(['dead']);
  expect(kindOf(policy(allow('s3:*'), denied('s3:ExistingObjectTag/class')))).toEqual(['conditional']);
  expect(kindOf(policy(allow('s3:*'), denied('aws:SourceVpc')))).toEqual(['guardrail']);
});

test('with the reference data, what AWS never asks for does not count', () => {
  const args = ['compare', '--session', '-', '--role-managed', 'AmazonS3FullAccess'];
  const session = JSON.stringify(policy(allow('s3:NoSuch*')));
  expect(cli.run(args, {}, session).status).toBe(0);
  expect(cli.run(['compare', '--session', '-', '--role', 'read.json'], {}, session).stdout).toMatch(
    /^narrows: .*according to the service authorization reference of \d{4}-\d\d-\d\d/,
  );
  expect(cli.run(['compare', '--session', '-', '--role', 'read.json', '--no-reference'], {}, session).status).toBe(1);
});

test('colors only on a terminal', () => {
  const ran = cli.run('compare --session put.json --role read.json');
  expect(ran.stdout).not.toContain('\u001b');
});

test('--help has examples and the exit codes', () => {
  const { status, stdout } = cli.run('compare --help');
  expect(status).toBe(0);
  expect(stdout).toContain('cdk-pod-identity compare --session session.json --role role.json');
  expect(stdout).toContain('Exit codes: 0, narrows, or undetermined without --strict');
});
