import { execSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Cli } from './run';
import { association, CLEAN, EXCEEDING, EXCEEDING_YAML, role } from './templates';

let cli: Cli;
beforeEach(() => {
  cli.write({});
  fs.readdirSync(cli.folder).forEach((name) => fs.rmSync(path.join(cli.folder, name), { recursive: true }));
});
beforeAll(() => { cli = new Cli(); });
afterAll(() => cli.remove());

const EXPORTING = {
  Resources: { Role: role('s3:GetObject') },
  Outputs: { Role: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'team-role' } } },
};
const IMPORTING = { Resources: { Pods: association('s3:*', { RoleArn: { 'Fn::ImportValue': 'team-role' } }) } };
const CHILD = {
  Parameters: { Arn: { Type: 'String' } }, Resources: { Pods: association('s3:*', { RoleArn: { Ref: 'Arn' } }) },
};
const PARENT = `
Resources:
  Role: ${JSON.stringify(role('s3:GetObject'))}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./children/child.json
      Parameters: {Arn: !GetAtt Role.Arn}
`;
const SNAPSHOT = {
  version: 1,
  roles: {
    'arn:aws:iam::111122223333:role/pods': {
      inlinePolicies: {
        access: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' }],
        },
      },
    },
  },
};
const ON_IMPORTED_ROLE = {
  Resources: { Pods: association('s3:*', { RoleArn: 'arn:aws:iam::111122223333:role/pods' }) },
};

function stackArtifact(name: string): object {
  return {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/eu-west-1',
    properties: { templateFile: `${name}.template.json` },
  };
}

test.each<[string, { [name: string]: string | object }, string[], number, string]>([
  ['a clean template', { 'a.json': CLEAN }, ['a.json'], 0, '1 association in 1 template: no findings\n'],
  ['a finding', { 'a.json': EXCEEDING }, ['a.json'], 1, '1 association in 1 template: 1 error\n'],
  ['YAML', { 'a.yaml': EXCEEDING_YAML }, ['a.yaml'], 1, '1 association in 1 template: 1 error\n'],
  ['YAML after a comment',
    { 'a.yml': `# a template\n---\n${EXCEEDING_YAML}` }, ['a.yml'], 1, '1 association in 1 template: 1 error\n'],
  ['JSON with a byte order mark',
    { 'a.json': `\uFEFF${JSON.stringify(EXCEEDING)}` }, ['a.json'], 1, '1 association in 1 template: 1 error\n'],
  ['UTF-16, as PowerShell writes it',
    { 'a.yaml': Buffer.from(`\uFEFF${EXCEEDING_YAML}`, 'utf16le') },
    ['a.yaml'], 1, '1 association in 1 template: 1 error\n'],
  ['an export and its import',
    { 'a.json': EXPORTING, 'b.json': IMPORTING }, ['a.json', 'b.json'], 1, '1 association in 2 templates: 1 error\n'],
  ['an import alone', { 'b.json': IMPORTING }, ['b.json'], 0, '1 association in 1 template: 1 warning\n'],
  ['a nested stack',
    { 'a.yaml': PARENT, 'children/child.json': CHILD }, ['a.yaml'], 1, '1 association in 2 templates: 1 error\n'],
  ['a nested stack that is named, too',
    { 'a.yaml': PARENT, 'children/child.json': CHILD }, ['.'], 1, '1 association in 2 templates: 1 error\n'],
  ['a folder, whose other files do not matter', {
    'in/a.json': EXCEEDING,
    'in/b/c.yaml': EXCEEDING_YAML.replace('Namespace: default', 'Namespace: other'),
    'in/package.json': { name: 'x' },
    'in/k8s.yaml': 'kind: Pod\n---\nkind: Pod\n',
    'in/broken.yaml': 'a: [',
    'in/node_modules/x/a.json': EXCEEDING,
  }, ['in'], 1, '2 associations in 2 templates: 2 errors\n'],
  ['a glob',
    { 'in/a.json': EXCEEDING, 'in/b.json': CLEAN }, ['in/a*.json'], 1, '1 association in 1 template: 1 error\n'],
  ['one file named twice',
    { 'a.json': EXCEEDING }, ['a.json', './a.json', '*.json'], 1, '1 association in 1 template: 1 error\n'],
  ['a file and its folder',
    { 'in/a.json': EXCEEDING }, ['in/a.json', 'in', 'in/*'], 1, '1 association in 1 template: 1 error\n'],
  ['a template without associations',
    { 'a.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } }, ['a.json'], 0,
    '0 associations in 1 template: no findings\n'],
  ['a severity',
    { 'a.json': EXCEEDING }, ['a.json', '--severity', 'SessionPolicyExceedsRole=warning'], 0,
    '1 association in 1 template: 1 warning\n'],
  ['a severity, with the whole id',
    { 'a.json': EXCEEDING }, ['a.json', '--severity', 'PodIdentity::SessionPolicyExceedsRole=off'], 0,
    ': no findings\n'],
  ['warnings that count', { 'b.json': IMPORTING }, ['b.json', '--fail-on', 'warning'], 1, ': 1 warning\n'],
  ['errors that do not count', { 'a.json': EXCEEDING }, ['a.json', '--fail-on', 'never'], 0, ': 1 error\n'],
  ['strict', { 'b.json': IMPORTING }, ['b.json', '--strict'], 1, ': 1 error\n'],
  ['an imported role', { 'a.json': ON_IMPORTED_ROLE }, ['a.json', '--account', '111122223333'], 0, ': 1 warning\n'],
  ['an imported role with a snapshot',
    { 'a.json': ON_IMPORTED_ROLE, 'roles.json': SNAPSHOT },
    ['a.json', '--roles', 'roles.json', '--account', '111122223333'], 1, ': 1 error\n'],
  ['the account of a template',
    { 'a.json': ON_IMPORTED_ROLE, 'roles.json': SNAPSHOT },
    ['a.json', '--roles', 'roles.json', '--account', '444455556666', '--severity', 'SessionPolicyExceedsRole=off'], 1,
    ': 1 error\n'],
])('%s', (_, files, args, status, summary) => {
  cli.write(files);
  const result = cli.run(['check', ...args]);
  expect(result).toMatchObject({ status, stderr: '' });
  expect(result.stdout.endsWith(summary) ? summary : result.stdout).toBe(summary);
});

const TAB = 'Resources:\n\tPods: {}\n';
const BOMB = `Resources:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `  ${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[i]}`).join(',')}]\n`).join('')}`;

test.each<[string, { [name: string]: string | object }, string[], string | RegExp]>([
  ['no cdk.out', {}, [], 'cdk.out: there is no such file or folder. Run `cdk synth` first, or name the templates\n'],
  ['a missing file', {}, ['no.json'], 'no.json: there is no such file or folder\n'],
  ['an empty folder', { 'in/readme.txt': '' }, ['in'], /^in: the folder contains neither CloudFormation templates/],
  ['an empty name', {}, [''], "'': an empty name is not a path. Is a variable of the shell empty?\n"],
  ['a glob without matches', {}, ['*.foo'], '*.foo: no file or folder matches this pattern\n'],
  ['a glob without templates',
    { 'a.json': { name: 'x' } }, ['*.json'],
    '*.json: no file that matches this pattern is a CloudFormation template\n'],
  ['JSON that is none',
    { 'a.json': '{\n  "Resources": {"a": 1,}\n}' }, ['a.json'],
    'a.json:2:24: not JSON: property name expected, found "}"\n'],
  ['JSON that ends early', { 'a.json': '{"Resources": {' }, ['a.json'], /^a\.json:1:\d+: not JSON: /],
  ['JSON that repeats a name', { 'a.json': '{"Resources": {"A": {},\n"A": {}}}' }, ['a.json'],
    'a.json:2:1: "A" is repeated in Resources: readers of JSON keep one of the two values and drop the other\n'],
  ['YAML with tabs', { 'a.yaml': TAB }, ['a.yaml'], 'a.yaml:2:1: not YAML: Tabs are not allowed as indentation\n'],
  ['a snapshot that is not JSON', { 'a.yaml': 'Resources: {}\n', 'r.json': '{\n"a":' }, ['a.yaml', '--roles', 'r.json'],
    '--roles r.json:2:5: not JSON: value expected, found the end\n'],
  ['an empty --output', { 'a.yaml': 'Resources: {}\n' }, ['a.yaml', '--output', ''],
    /^--output '': the name of the file is empty/],
  ['YAML with a key twice',
    { 'a.yaml': 'Resources:\n  A: {}\n  A: {}\n' }, ['a.yaml'], 'a.yaml:3:3: not YAML: Map keys must be unique\n'],
  ['YAML of several documents',
    { 'a.yaml': 'Resources: {}\n---\nResources: {}\n' }, ['a.yaml'],
    /^a\.yaml:2:1: not YAML: the file contains several documents/],
  ['YAML with aliases of aliases', { 'a.yaml': BOMB }, ['a.yaml'],
    'a.yaml: its YAML aliases repeat more than 100,000 values\n'],
  ['YAML with an alias of itself',
    { 'a.yaml': 'Resources: &a\n  A: *a\n' }, ['a.yaml'], 'a.yaml: its aliases are nested too deeply\n'],
  ['deep YAML', { 'a.yaml': `Resources: ${'['.repeat(50_000)}` }, ['a.yaml'], /^a\.yaml.*\n$/],
  ['deep JSON',
    { 'a.json': `{"Resources": ${'['.repeat(200_000)}${']'.repeat(200_000)}}` }, ['a.json'], /^a\.json.*\n$/],
  ['a deep template in JSON',
    {
      'a.json': `{"Resources": {"A": {"Type": "T", "Properties": ${'{"a":'.repeat(100_000)}{"Fn::ImportValue": "x"}${'}'.repeat(100_000)}}}}`,
    },
    ['a.json'], 'a.json:1:5034: it is nested too deeply: more than 1,000 levels are not read\n'],
  ['a named file that is not a template',
    { 'a.json': { name: 'x' } }, ['a.json'], 'a.json:1: it is not a CloudFormation template: it has no Resources\n'],
  ['a named file that is empty',
    { 'a.yaml': '' }, ['a.yaml'], 'a.yaml:1: it is not a CloudFormation template: it has no Resources\n'],
  ['a binary file', { 'a.json': '\u0000\u0001\u0002' }, ['a.json'], /^a\.json:1/],
  ['a nested stack of itself',
    { 'a.json': { Resources: { A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'a.json' } } } } },
    ['a.json'], 'a.json: its nested stacks lead in a circle\n'],
  ['a broken manifest', { 'cdk.out/manifest.json': '{"artifacts": ' }, [], /^cdk\.out\/manifest\.json:1:\d+: not JSON/],
  ['a manifest without its template',
    {
      'cdk.out/manifest.json': {
        artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'A.template.json' } } },
      },
    },
    [], 'cdk.out/A.template.json: there is no such file or folder\n'],
  ['a manifest that leads out',
    {
      'cdk.out/manifest.json': {
        artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: '../A.json' } } },
      },
    },
    [], /outside of its folder/],
  ['an unknown rule',
    { 'a.json': CLEAN }, ['a.json', '--severity', 'Foo=off'],
    /^--severity Foo=off: there is no rule Foo\. The rules are .*DuplicateAssociation, /],
  ['a severity that is none',
    { 'a.json': CLEAN }, ['a.json', '--severity', 'UnscopedAssociation=info'],
    /^--severity UnscopedAssociation=info: write RULE=error, /],
  ['an unknown format',
    { 'a.json': CLEAN }, ['a.json', '--format', 'pdf'], /Allowed choices are text, json, sarif, junit, html/],
  ['an unknown option', { 'a.json': CLEAN }, ['a.json', '--foo'], /unknown option '--foo'/],
  ['an account that is none',
    { 'a.json': CLEAN }, ['a.json', '--account', '1'], '--account 1: not the id of an account, which has 12 digits, such as 111122223333\n'],
  ['a region that is none',
    { 'a.json': CLEAN }, ['a.json', '--region', 'here'],
    '--region here: not the name of a region, such as eu-west-1\n'],
  ['a missing snapshot',
    { 'a.json': CLEAN }, ['a.json', '--roles', 'no.json'], '--roles no.json: there is no such file or folder\n'],
  ['a snapshot that is none',
    { 'a.json': CLEAN }, ['a.json', '--roles', 'a.json'], /^--roles a\.json: 'Resources' is not one of version/],
  ['an output in no folder',
    { 'a.json': CLEAN }, ['a.json', '-o', 'no/out.txt'], '--output no/out.txt: it cannot be written: there is no such folder (ENOENT)\n'],
])('cannot go on with %s', (_, files, args, message) => {
  cli.write(files);
  const result = cli.run(['check', ...args]);
  expect(result).toMatchObject({ status: 2, stdout: '' });
  if (typeof message === 'string') {
    expect(result.stderr).toBe(message);
  } else {
    expect(result.stderr).toMatch(message);
  }
  expect(result.stderr).not.toMatch(/\n\s+at /);
});

/** It attaches a policy to the role, and has the association twice. */
const BROKEN = 'Resources:\n  More: {Type: AWS::IAM::Policy, Properties: {Roles: [!ImportValue role]}\n';
const HALF = {
  ...EXCEEDING, Resources: { ...EXCEEDING.Resources, Bad: association('s3:GetObject', { Namespace: 'A_B' }) },
};

test.each<[string, { [name: string]: string | object }, string[], string, string[]]>([
  ['a broken template',
    { 'a.json': HALF, 'b.yaml': BROKEN }, ['.'],
    'b.yaml:3:1: not YAML: Flow map in block collection must be sufficiently indented and end with a }\n', [
      'error  InvalidKubernetesName  a.json:', 'warning  NarrowingUndetermined  a.json:',
      'the template of b.yaml could not be read (line 3: not YAML:', '; 1 could not be read\n',
    ]],
  ['a file that is not there',
    { 'a.json': HALF }, ['b.json', 'a.json'], 'b.json: there is no such file or folder\n',
    ['InvalidKubernetesName', 'the template of b.json could not be read (there is no such file']],
  ['several',
    { 'in/a.template.json': '{', 'in/b.yaml': TAB, 'in/c.json': CLEAN }, ['in'],
    'in/a.template.json:1:2: not JSON: close brace expected, found the end\nin/b.yaml:2:1: not YAML: Tabs are not allowed as indentation\n',
    [
      '1 association in 1 template: 1 warning; 2 could not be read\n',
    ]],
  ['an export that an import needs',
    { 'a.json': EXPORTING, 'b.json': IMPORTING, 'c.json': '{"Resources": {}' }, ['.'],
    'c.json:1:17: not JSON: close brace expected, found the end\n', [
      'warning  NarrowingUndetermined  b.json:', 'the template of c.json could not be read',
    ]],
  ['the export itself',
    { 'a.json': '{"Outputs": {}', 'b.json': IMPORTING }, ['a.json', 'b.json'],
    'a.json:1:15: not JSON: close brace expected, found the end\n', [
      'warning  NarrowingUndetermined  b.json:', 'no template defines the role ${Fn::ImportValue "team-role"}',
    ]],
  ['a nested stack',
    { 'a.yaml': PARENT, 'b.json': HALF }, ['.'], 'children/child.json: there is no such file or folder\n', [
      'InvalidKubernetesName', 'the template of a.yaml/Child could not be read', '2 associations in 2 templates',
    ]],
  ['a snapshot of the role beside it',
    { 'a.json': ON_IMPORTED_ROLE, 'roles.json': SNAPSHOT, 'b.yaml': BROKEN },
    ['a.json', 'b.yaml', '--roles', 'roles.json', '--account', '111122223333'], 'b.yaml:3:1: not YAML: ', [
      'warning  NarrowingUndetermined  a.json:',
    ]],
  ['a stage',
    {
      'cdk.out/manifest.json': { artifacts: { A: stackArtifact('A'), B: stackArtifact('B') } },
      'cdk.out/A.template.json': HALF,
      'cdk.out/B.template.json': '{',
    },
    [], 'cdk.out/B.template.json:1:2: not JSON: close brace expected, found the end\n',
    ['InvalidKubernetesName', 'the template of B could not be read']],
])('what can be read is checked beside what cannot: %s', (_, files, args, message, found) => {
  cli.write(files);
  const { status, stdout, stderr } = cli.run(['check', ...args]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  const flat = (text: string) => text.replace(/\s+/g, ' ');
  for (const said of found) { expect(flat(stdout)).toContain(flat(said)); }
  // It might allow it.
  expect(stdout).not.toContain('SessionPolicyExceedsRole  ');
});

describe('what an app acknowledges', () => {
  const RESOURCE = '/Stack/Pods/Resource';
  const assembly = (metadata: object, inManifest: boolean) => ({
    'cdk.out/manifest.json': {
      artifacts: {
        Stack: {
          ...stackArtifact('Stack'), ...(inManifest ? { metadata } : { additionalMetadataFile: 'Stack.metadata.json' }),
        },
      },
    },
    'cdk.out/Stack.metadata.json': metadata,
    'cdk.out/Stack.template.json': {
      Resources: {
        Role: role('s3:GetObject'),
        Pods: association('s3:*'),
        Others: association('s3:*', { ServiceAccount: 'others' }),
      },
    },
  });
  const metadata = (at: string, id: string) => ({
    [RESOURCE]: [{ type: 'aws:cdk:logicalId', data: 'Pods' }],
    '/Stack/Others/Resource': [{ type: 'aws:cdk:logicalId', data: 'Others' }],
    [at]: [
      ...at === RESOURCE ? [{ type: 'aws:cdk:logicalId', data: 'Pods' }] : [],
      { type: 'aws:cdk:acknowledged-rules', data: { [id]: 'The role\u001b is changed next week' } },
    ],
  });
  const ID = 'PodIdentity::SessionPolicyExceedsRole';

  test.each<[string, string, string, string, number]>([
    ['at the association', '/Stack/Pods', ID, '1 error, 1 finding acknowledged', 1],
    ['at the resource in it', RESOURCE, ID, '1 error, 1 finding acknowledged', 1],
    ['at the stack', '/Stack', ID, '2 findings acknowledged', 0],
    ['by the id that the plugin reports', '/Stack', `${ID}[Stack/Pods]`, '1 error, 1 finding acknowledged', 1],
    ['of another rule', '/Stack', 'PodIdentity::UnscopedAssociation', '2 errors (1 cause)', 1],
    ['of another plugin', '/Stack', 'Other::SessionPolicyExceedsRole', '2 errors (1 cause)', 1],
    ['at another construct', '/Stack/Po', ID, '2 errors (1 cause)', 1],
  ])('%s, does not count', (_, at, id, counted, status) => {
    for (const inManifest of [true, false]) {
      cli.write(assembly(metadata(at, id), inManifest));
      expect(cli.run(['check'])).toMatchObject({
        status, stdout: expect.stringContaining(`2 associations in 1 template: ${counted}\n`),
      });
    }
  });

  test('is shown with its reason', () => {
    cli.write(assembly(metadata('/Stack/Pods', ID), false));
    expect(cli.run(['check']).stdout).toMatch(
      /  Stack\/Pods\n    acknowledged  SessionPolicyExceedsRole  cdk\.out\/Stack\.template\.json:\d+\n      The role\\u001b is changed next week\n\n/,
    );
    const json = JSON.parse(cli.run(['check', '--format', 'json']).stdout);
    expect([
      json.summary, json.associations[0].findings[0].acknowledged, 'acknowledged' in json.associations[1].findings[0],
    ]).toEqual([
      { templates: 1, associations: 2, errors: 1, warnings: 0, acknowledged: 1 }, 'The role\u001b is changed next week',
      false,
    ]);
    const [one, other] = JSON.parse(cli.run(['check', '--format', 'sarif']).stdout).runs[0].results;
    expect([one.suppressions, other.suppressions]).toEqual([
      [{ kind: 'inSource', status: 'accepted', justification: 'The role\u001b is changed next week' }], undefined,
    ]);
    const junit = cli.run(['check', '--format', 'junit']).stdout;
    expect(junit).toContain('failures="1"');
    expect(junit).toContain('Acknowledged: The role');
  });
});

test('people read findings by file and association, within 80 columns', () => {
  cli.write({ 'a.yaml': EXCEEDING_YAML });
  const { stdout } = cli.run(['check', 'a.yaml']);
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'a.yaml',
    '  Pods',
    '    error  SessionPolicyExceedsRole  a.yaml:26',
    '      Pods: the session policy allows s3:AbortMultipartUpload on',
  ]);
  expect(stdout)
    .toContain('blob/main/docs/rules/SessionPolicyExceedsRole.md\n\n1 association in 1 template: 1 error\n');
  expect(stdout.split('\n').filter((line) => line.length > 80 && / \S+ /.test(line))).toEqual([]);
  expect(stdout).not.toContain('\u001b');
});

test('what a template says cannot move the cursor', () => {
  cli.write({
    'a.json': { Resources: { Role: role('s3:GetObject'), Pods: association('s3:*', { Namespace: 'a\u001b[2Jb' }) } },
  });
  expect(cli.run(['check', 'a.json']).stdout).not.toContain('\u001b');
});

test('colors are for terminals', () => {
  cli.write({ 'a.json': EXCEEDING });
  const onTerminal = (env: NodeJS.ProcessEnv, ...args: string[]) => execSync(
    `script -qec '${process.execPath} ${cli.binary} check a.json --fail-on never ${args.join(' ')}' /dev/null`,
    { cwd: cli.folder, encoding: 'utf-8', env: { PATH: process.env.PATH, TERM: 'xterm', ...env } },
  );
  expect(onTerminal({})).toContain('\u001b[31merror\u001b[39m');
  expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[31m');
  expect(onTerminal({}, '--no-color')).not.toContain('\u001b[31m');
});

test('a reader may close the pipe', () => {
  cli.write({ 'a.json': EXCEEDING });
  const stderr = execSync(
    `${process.execPath} ${cli.binary} check a.json --format sarif 2>err | head -c 1 >/dev/null; cat err`,
    { cwd: cli.folder, encoding: 'utf-8' },
  );
  expect(stderr).toBe('');
});

test('findings go to a file, and the summary to the terminal', () => {
  cli.write({ 'a.json': EXCEEDING });
  expect(cli.run(['check', 'a.json', '--format', 'json', '-o', 'out.json'])).toMatchObject({
    status: 1, stdout: '1 association in 1 template: 1 error (out.json)\n',
  });
  expect(JSON.parse(cli.read('out.json')).summary).toEqual({
    templates: 1, associations: 1, errors: 1, warnings: 0, acknowledged: 0,
  });
});

test('help has examples and exit codes', () => {
  expect(cli.run(['--help'])).toMatchObject({
    status: 0, stdout: expect.stringContaining('Exit codes: 0, nothing that makes the command fail; 1, findings'),
  });
  expect(cli.run(['check', '--help'])).toMatchObject({
    status: 0, stdout: expect.stringContaining('cdk synth && cdk-pod-identity check'),
  });
});

test('the place of an entry of an add-on', () => {
  cli.write({
    'a.yaml': `Resources:
  Role: ${JSON.stringify(role('s3:*', { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } }))}
  Driver:
    Type: AWS::EKS::Addon
    Properties:
      ClusterName: prod
      AddonName: aws-ebs-csi-driver
      PodIdentityAssociations:
        - {RoleArn: arn:aws:iam::111122223333:role/other, ServiceAccount: first}
        - ServiceAccount: second
          RoleArn: !GetAtt Role.Arn
`,
  });
  const { stdout } = cli.run('check a.yaml --format json');
  expect(JSON.parse(stdout).associations).toMatchObject([
    { path: 'Driver', namespace: 'kube-system', serviceAccount: 'first', findings: [] },
    {
      path: 'Driver',
      namespace: 'kube-system',
      serviceAccount: 'second',
      findings: [{
        rule: 'RoleTrustPolicy', property: 'PodIdentityAssociations.1.RoleArn', line: 11, column: 11,
      }],
    },
  ]);
});

test('a file of which only the fast parser reads the text hides no finding, and a name that is not text is shown', () => {
  cli.write({
    'a.yaml': `Metadata:\n  ${'long'.repeat(300)}: a\nResources:\n`
      + `  Role: ${JSON.stringify(role('s3:*', { Policies: [{ PolicyName: { a: 1 }, PolicyDocument: { a: 1 } }] }))}\n`
      + `  Pods: ${JSON.stringify(association('s3:GetObject', { Namespace: 'Wrong_Name' }))}\n`,
  });
  const { stdout, stderr } = cli.run('check a.yaml --format json');
  expect(stderr).toBe('');
  expect(stdout).toContain('Wrong_Name');
  expect(stdout).toContain('inline policy {\\"a\\":1} of Role could not be understood');
  expect(stdout).not.toContain('[object Object]');
});
