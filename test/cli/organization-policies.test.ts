/** `--scp` and `--rcp` of every command, through the bundled binary. */
/* eslint-disable @stylistic/max-len -- a row is easier to read on one line */
import { Cli } from './run';
import { allow, deny, document } from '../make';
import { association, role } from '../rules/app';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const REGIONS = document({
  Sid: 'OnlyEurope',
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
});
const TEMPLATE = {
  Resources: {
    Role: role([allow('*', '*')], { RoleName: 'app' }),
    Pods: association([allow('dynamodb:GetItem', TABLE), allow('dynamodb:PutItem', TABLE.replace('eu-west-1', 'us-east-1'))]),
  },
};
const ANSWER = { Policy: { PolicySummary: { Name: 'Regions', Type: 'SERVICE_CONTROL_POLICY' }, Content: JSON.stringify(REGIONS) } };

const cli = new Cli({
  'everything.json': document(allow('*', '*')),
  'home.json': document(allow('dynamodb:GetItem', TABLE)),
  'abroad.json': document(allow('dynamodb:GetItem', TABLE), allow('dynamodb:PutItem', TABLE.replace('eu-west-1', 'us-east-1'))),
  'objects.json': document(allow('s3:GetObject', 'arn:aws:s3:::data/*')),
  'regions.json': REGIONS,
  'full.json': document(allow('*', '*')),
  'only-s3.json': document(allow('s3:*', '*')),
  'answer.json': ANSWER,
  'list.json': [ANSWER, document(allow('*', '*'))],
  'queues.json': document({ ...deny('sqs:DeleteQueue'), Principal: '*' }),
  'delete-queue.json': document(allow('sqs:DeleteQueue', 'arn:aws:sqs:eu-west-1:111122223333:jobs')),
  'template.json': TEMPLATE,
  'pairs.jsonl': [allow('dynamodb:GetItem', TABLE), allow('dynamodb:PutItem', TABLE.replace('eu-west-1', 'us-east-1'))]
    .map((one) => JSON.stringify({ session: document(one), role: document(allow('*', '*')) })).join('\n'),
});
afterAll(() => cli.remove());

const PLACE = '--account 111122223333 --region eu-west-1';

describe('compare', () => {
  test.each([
    ['what the organization lets through', 'home.json', '--scp regions.json', 0, 'narrows', []],
    ['what it denies', 'abroad.json', '--scp regions.json', 1, 'exceeds', ['dead by service control policies of regions.json']],
    ['what it limits', 'objects.json', '--scp regions.json', 1, 'exceeds', ['guardrail by service control policies of regions.json']],
    ['what one of the levels does not allow', 'home.json', '--scp full.json --scp only-s3.json', 1, 'exceeds', ['dead by service control policies of only-s3.json']],
    ['what all levels allow', 'objects.json', '--scp full.json --scp only-s3.json', 0, 'narrows', []],
    ['what AWS CLI answers', 'abroad.json', '--scp answer.json', 1, 'exceeds', ['dead by service control policies of answer.json']],
    ['a list of policies', 'abroad.json', '--scp list.json', 1, 'exceeds', ['dead by service control policies of list.json']],
    ['a policy of resources', 'delete-queue.json', '--rcp queues.json', 1, 'exceeds', ['dead by resource control policies of queues.json']],
  ])('%s', (_what, session, options, exit, verdict, excesses) => {
    const { status, stdout } = cli.run(`compare --session ${session} --role everything.json --format json ${options}`);
    const found = JSON.parse(stdout);
    expect([status, found.verdict, (found.excesses ?? []).map(({ kind, denied }: any) => `${kind} by ${denied.layer} of ${denied.source}`)])
      .toEqual([exit, verdict, excesses]);
  });

  test('the text says which statement of which file denies', () => {
    const { stdout } = cli.run('compare --session abroad.json --role everything.json --scp answer.json');
    expect(stdout).toContain('exceeds: the session policy allows requests that the organization does not allow');
    expect(stdout).toContain("by the service control policies of answer.json: statement 0 (Sid 'OnlyEurope') of SCP 'Regions' (answer.json) denies it");
    expect(stdout).toContain('AccessDenied, "with an explicit deny in a service control policy"');
    expect(stdout).toContain('role and organization together deny the request in every context');
    expect(stdout).toContain('remove the statement: role and organization together allow nothing of it');
  });

  test('the effective permissions are those of all levels', () => {
    const { stdout } = cli.run('compare --session abroad.json --role everything.json --scp regions.json --scp only-s3.json --effective --format json');
    expect(JSON.parse(stdout).effective.document.Statement).toEqual([]);
    const some = cli.run('compare --session abroad.json --role everything.json --scp regions.json --effective --format json');
    expect(JSON.parse(some.stdout).effective.document.Statement).toContainEqual({
      Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    });
  });

  test('pairs share the organization', () => {
    const { status, stdout } = cli.run('compare --pairs pairs.jsonl --scp regions.json');
    const verdicts = stdout.trim().split('\n').map((line) => JSON.parse(line));
    expect([status, verdicts.map(({ verdict }) => verdict), verdicts[1].excesses[0].denied.source]).toEqual([1, ['narrows', 'exceeds'], 'regions.json']);
  });
});

test('check', () => {
  expect(cli.run(`check template.json ${PLACE}`).status).toBe(0);
  const { status, stdout } = cli.run(`check template.json ${PLACE} --scp regions.json`);
  expect([status, stdout]).toEqual([1, expect.stringContaining('DeniedByOrganizationPolicy')]);
  expect(stdout).toContain('leave them out of --scp');
});

test('report', () => {
  const { status, stdout } = cli.run(`report template.json ${PLACE} --scp regions.json -o page.html`);
  expect([status, stdout]).toEqual([0, expect.anything()]);
  const page = cli.read('page.html');
  expect(page).toContain('SCP regions.json');
  expect(page).toContain('The policies of the organization also limit the pods: <bdi>service control policies of regions.json</bdi>');
  expect(page).toContain('and the policies of the organization allow together');
});

describe('explain', () => {
  const ABROAD = TABLE.replace('eu-west-1', 'us-east-1');
  test.each([
    ['of policy files', `explain dynamodb:PutItem ${ABROAD} --session abroad.json --role everything.json --scp full.json --scp regions.json`],
    ['of a template', `explain dynamodb:PutItem ${ABROAD} template.json --association ns/sa ${PLACE} --scp full.json --scp regions.json`],
  ])('a request %s', (_what, command) => {
    const { status, stdout } = cli.run(command);
    expect(status).toBe(1);
    expect(stdout).toContain('explicitDeny: dynamodb:PutItem');
    expect(stdout).toContain('AccessDenied, "with an explicit deny in a service control policy"');
    expect(stdout).toContain('service control policies of full.json: allowed');
    expect(stdout).toContain('service control policies of regions.json: explicitDeny');
    expect(stdout).toContain("statement 0 (Sid 'OnlyEurope') of SCP regions.json matches: Deny");
  });

  test('a request that no statement of a level allows', () => {
    const { stdout } = cli.run(`explain dynamodb:GetItem ${TABLE} --role everything.json --scp only-s3.json --format json`);
    const { outcome, message, layers } = JSON.parse(stdout);
    expect([outcome, message]).toEqual(['implicitDeny', 'because no service control policy allows the dynamodb:GetItem action']);
    expect(layers.map(({ layer, source }: any) => [layer, source])).toEqual([['identity policies', undefined], ['service control policies', 'only-s3.json']]);
  });
});

describe('wrong files', () => {
  const statement = (more: string) => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Deny", ${more}}\n  ]\n}`;
  const OK = '"Action": "s3:*", "Resource": "*"';
  test.each([
    ['not JSON', '--scp', '{\n  "Version": 1,\n  oops\n}', 'wrong.json:3:3: not JSON'],
    ['empty', '--scp', '', 'wrong.json:1:1: not JSON: '],
    ['a Principal', '--scp', statement(`${OK}, "Principal": "*"`), 'wrong.json:4:72: Statement[0].Principal "*" is not allowed in a service control policy, which applies to all'],
    ['a NotPrincipal', '--scp', statement(`${OK}, "NotPrincipal": {"AWS": "*"}`), 'Statement[0].NotPrincipal {"AWS":"*"} is not allowed in a service control policy'],
    ['no Version', '--scp', '{"Statement": []}', 'wrong.json:1:1: the policy has no Version. Policies of an organization have "Version": "2012-10-17"'],
    ['the old Version', '--scp', '{"Version": "2008-10-17",\n"Statement": []}', 'wrong.json:1:13: Version "2008-10-17" is not "2012-10-17"'],
    ['no Resource', '--scp', statement('"Action": "s3:*"'), 'wrong.json:4:5: Statement[0] has neither Resource nor NotResource. AWS rejects such a service control policy'],
    ['a wrong Effect', '--scp', statement(`${OK}, "Effect": "deny"`), '"Effect" is repeated in Statement[0]'],
    ['a wrong operator', '--scp', statement(`${OK}, "Condition": {"StringEqual": {"a": "b"}}`), '"StringEqual" is not a condition operator of IAM'],
    ['a name twice', '--scp', statement(`${OK}, "Action": "ec2:*"`), 'wrong.json:4:'],
    ['too large', '--scp', JSON.stringify(document(deny(Array.from({ length: 1000 }, (_, i) => `s3:Action${i}`)))),
      'wrong.json:1:1: the policy has 14,972 characters without white space, and AWS accepts 10,240 in a service control policy'],
    ['an empty list', '--scp', '\n []', 'wrong.json:2:2: the list has no policies'],
    ['a list of names', '--scp', '["FullAWSAccess"]', 'wrong.json:1:2: not a policy. Write a policy document'],
    ['a mistake in the second policy', '--scp', `[${JSON.stringify(document(allow('*', '*')))},\n${statement('"Action": "s3", "Resource": "*"')}]`,
      'wrong.json:5:34: Statement[0].Action "s3" is not an action'],
    ['a list of policies without documents', '--scp', '{"Policies": []}', 'it lists policies without their documents. Give what `aws organizations describe-policy'],
    ['an answer without Content', '--scp', '{"Policy": {}}', 'Policy has no Content'],
    ['a mistake in an answer', '--scp', `{"Policy":\n{"Content": ${JSON.stringify(JSON.stringify(document({ ...allow('s3:*'), Principal: '*' })))}}}`,
      'wrong.json:2:13: Statement[0].Principal'],
    ['Content that is not JSON', '--scp', '{"Policy":\n{"Content": "{"}}', 'wrong.json:2:13: Content is not JSON'],
    ['the other kind', '--rcp', JSON.stringify(ANSWER), 'its type is SERVICE_CONTROL_POLICY, and this place takes policies of type RESOURCE_CONTROL_POLICY'],
    ['no Principal', '--rcp', statement(OK), 'wrong.json:4:5: Statement[0] has no Principal. A resource control policy has "Principal": "*"'],
    ['one Principal', '--rcp', statement(`${OK}, "Principal": {"AWS": "111122223333"}`), '{"AWS":"111122223333"} is not "*", the only principal'],
    ['NotAction', '--rcp', statement('"NotAction": "s3:*", "Resource": "*", "Principal": "*"'), 'is not allowed in a resource control policy. List the actions in Action'],
    ['an Allow statement', '--rcp', JSON.stringify(document({ ...allow('s3:*'), Principal: '*' })), '"Allow" is not allowed in a resource control policy, which only denies'],
    ['too large a policy of resources', '--rcp', JSON.stringify(document({ ...deny(Array.from({ length: 400 }, (_, i) => `s3:Action${i}`)), Principal: '*' })),
      'and AWS accepts 5,120 in a resource control policy'],
    ['nested too deeply', '--scp', `${'['.repeat(2000)}${']'.repeat(2000)}`, 'wrong.json:1:1001: it is nested too deeply'],
  ])('%s', (_what, option, text, message) => {
    cli.write({ 'wrong.json': text });
    const { status, stdout, stderr } = cli.run(`compare --session home.json --role everything.json ${option} wrong.json`);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`^${option} wrong.json:`));
  });

  test('a file that does not exist, and every file with a mistake', () => {
    expect(cli.run('check template.json --scp nowhere.json').stderr).toContain('--scp nowhere.json: ');
    cli.write({ 'a.json': '{', 'b.json': '[]' });
    const { status, stderr } = cli.run('check template.json --scp a.json --rcp b.json');
    expect([status, stderr.trim().split('\n')]).toEqual([2, [expect.stringMatching(/^--scp a.json:1:2: /), expect.stringMatching(/^--rcp b.json:1:1: /)]]);
  });

  test('the output does not replace a file of the organization', () => {
    const { status, stderr } = cli.run(`check template.json ${PLACE} --scp regions.json -o regions.json`);
    expect([status, stderr]).toEqual([2, expect.stringContaining('regions.json')]);
  });
});
