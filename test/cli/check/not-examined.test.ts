/* eslint-disable @stylistic/max-len -- a template is easier to compare on few lines */
/** What may hide associations is named in every format, and counts as its severity says. */
import { Cli } from '../run';
import { association, CLEAN, policy, role } from '../templates';

const cli = new Cli();
afterAll(() => cli.remove());

const LOOP = {
  Parameters: { Teams: { Type: 'CommaDelimitedList' } },
  Resources: { 'Role': role('s3:*'), 'Fn::ForEach::Pods': ['Team', { Ref: 'Teams' }, { 'Pods${Team}': association('s3:*') }] },
};
const MACRO = { Transform: 'MyMacro', Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
const NESTED = { Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://s3.amazonaws.com/b/child.json' } } } };
const check = (files: { readonly [name: string]: string | object }, options = '') => {
  cli.write(files);
  return cli.run(['check', ...Object.keys(files).filter((name) => /^t/.test(name)), ...options.split(' ').filter((one) => one !== '')]);
};

test('the text names a loop at its line, and the summary counts it', () => {
  const { status, stdout, stderr } = check({
    't.yaml': `
Parameters: {Teams: {Type: CommaDelimitedList}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Fn::ForEach::Pods:
    - Team
    - !Ref Teams
    - Pods\${Team}: {Type: AWS::EKS::PodIdentityAssociation}
`,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('warning  TemplateNotExamined  t.yaml:5');
  expect(stdout.replace(/\s+/g, ' ')).toContain('Not examined: the resources of Fn::ForEach::Pods (its parameter Teams has no default).');
  expect(stdout).toContain('0 associations in 1 template: 1 warning\n');
});

test.each<[string, string, number]>([
  ['by default', '', 0], ['with --fail-on warning', '--fail-on warning', 1], ['with --strict', '--strict', 1],
  ['as an error', '--severity TemplateNotExamined=error', 1], ['off', '--fail-on warning --severity TemplateNotExamined=off', 0],
])('the exit code tells it %s', (_name, options, expected) => {
  const { status, stdout } = check({ 't.json': MACRO }, options);
  expect(status).toBe(expected);
  expect(stdout.includes('TemplateNotExamined')).toBe(!options.endsWith('off'));
});

test('JSON has it apart from the associations', () => {
  const report = JSON.parse(check({ 't.json': LOOP }, '--format json').stdout);
  expect(report.summary).toEqual({ templates: 1, associations: 0, errors: 0, warnings: 1, acknowledged: 0 });
  expect(report.templateFindings).toEqual([{
    stack: 't.json',
    file: 't.json',
    findings: [expect.objectContaining({
      rule: 'TemplateNotExamined',
      severity: 'warning',
      code: 'LoopNotExpanded',
      property: '',
      line: 43,
      fingerprint: expect.stringMatching(/^\w{32}$/),
      help: expect.stringContaining('TemplateNotExamined.md'),
    })],
  }]);
});

test('JSON of templates that are examined whole has no such member', () => {
  expect(JSON.parse(check({ 't.json': CLEAN }, '--format json').stdout)).not.toHaveProperty('templateFindings');
});

test('SARIF has a result in the file, with the other templates', () => {
  const [run] = JSON.parse(check({ 't1.json': MACRO, 't2.json': MACRO }, '--format sarif').stdout).runs;
  expect(run.results).toHaveLength(1);
  const [{ ruleId, ruleIndex, level, message, locations, relatedLocations }] = run.results;
  expect([ruleId, level]).toEqual(['PodIdentity::TemplateNotExamined', 'warning']);
  expect(run.tool.driver.rules[ruleIndex].name).toBe('TemplateNotExamined');
  expect(message.text).toContain('The same applies to t2.json.');
  const uris = [...locations, ...relatedLocations].map((one) => one.physicalLocation.artifactLocation.uri);
  expect(uris).toEqual(['t1.json', 't2.json']);
});

test('JUnit has a test of the template that fails if warnings count', () => {
  const quiet = check({ 't.json': MACRO }, '--format junit').stdout;
  expect(quiet).toMatch(/<testcase[^>]*name="is examined whole"[^>]*>\s*<system-out>[^]*TemplateNotExamined/);
  expect(quiet).not.toContain('<failure');
  expect(check({ 't.json': MACRO }, '--format junit --fail-on warning').stdout)
    .toMatch(/<failure message="TemplateNotExamined" type="PodIdentity::TemplateNotExamined">/);
});

test('the page shows it before the matrix', () => {
  const page = check({ 't.json': NESTED }, '--format html').stdout;
  expect(page).toContain('the template of the nested stack Child');
  expect(page.indexOf('the template of the nested stack Child')).toBeLessThan(page.indexOf('<main>'));
  expect(page).toContain('The parts of the templates that were examined have no associations.');
});

test('many templates of one cause are one finding of the text', () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`t${i}.json`, MACRO]));
  const { stdout } = check(many);
  expect(stdout.match(/TemplateNotExamined {2}/g)).toHaveLength(1);
  expect(stdout).toMatch(/60 warnings \(1 cause\)\n$/);
  expect(stdout.replace(/\s+/g, ' ')).toContain('59 other templates: t1.json');
  expect(stdout.length).toBeLessThan(3000);
});

test('the findings of a template stand below one heading', () => {
  const { stdout } = check({ 't1.json': { ...LOOP, ...MACRO, Resources: LOOP.Resources } });
  expect(stdout.match(/TemplateNotExamined  t1/g)).toHaveLength(2);
  expect(stdout.match(/^t1\.json$/gm)).toHaveLength(1);
});

test('a template in a folder is named although no association is near it', () => {
  cli.write({ 'folder/a.json': CLEAN, 'folder/b.json': NESTED });
  const { stdout } = cli.run('check folder');
  expect(stdout).toContain('folder/b.json');
  expect(stdout).toContain('1 association in 2 templates: 1 warning');
});

test('a loop over a parameter of another template may attach policies to any role', () => {
  const attaching = {
    Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: policy('s3:*'), Roles: [{ 'Fn::ImportValue': 'x' }] },
  };
  const { stdout } = check({
    't1.json': CLEAN,
    't2.json': { ...LOOP, Resources: { 'Fn::ForEach::More': ['Team', { Ref: 'Teams' }, { 'More${Team}': attaching }] } },
  });
  expect(stdout.replace(/\s+/g, ' ')).toContain('Fn::ForEach::More of t2.json was not expanded: its parameter Teams has no default');
});

test('a template that is nested deeply does not lose its associations', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { deep: deep(levels - 1) });
  const { stdout } = check({ 't.json': { ...CLEAN, Metadata: deep(300) } });
  expect(stdout).toBe('1 association in 1 template: no findings\n');
});

test('a nested stack in a loop, or without a local file, is named; one that is a local file is read', () => {
  const child = (TemplateURL: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } });
  const { stdout } = check({
    't.json': { Resources: { 'A': child('./child.json'), 'Fn::ForEach::C': ['X', ['1', '2'], { 'C${X}': child('./child.json') }] } },
    'child.json': CLEAN,
  });
  expect(stdout).toContain('1 association in 2 templates: 1 warning');
  expect(stdout.replace(/\s+/g, ' ')).toContain('the nested stack C1, the nested stack C2.');
});

describe('AWS::Include', () => {
  const including = (Location: string, more: object = {}) => (
    { Resources: { 'Role': role('s3:*'), 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } }, ...more } });

  test('of a local file is what the file has', () => {
    const { stdout } = check({ 't.json': including('./pods.yaml'), 'pods.yaml': JSON.stringify({ Pods: association('sqs:*') }) });
    expect(stdout).toContain('Pods');
    expect(stdout).toContain('1 association in 1 template: 1 error');
    expect(stdout).not.toContain('TemplateNotExamined');
  });

  test('of the statements of a policy changes what the role may do', () => {
    const Statement = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'statements.json' } } };
    const { stdout } = check({
      't.json': {
        Resources: {
          Role: role('s3:*', { Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }] }),
          Pods: association('s3:GetObject'),
        },
      },
      'statements.json': '[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]\n',
    });
    expect(stdout).toBe('1 association in 1 template: no findings\n');
  });

  test.each<[string, object, string]>([
    ['in S3', including('s3://bucket/pods.yaml'), 'what AWS::Include reads from s3://bucket/pods.yaml'],
    ['that has a member that is there', including('./pods.yaml', { Pods: association('s3:*') }), 'what AWS::Include reads from ./pods.yaml'],
    ['of the whole template', { ...CLEAN, Transform: { Name: 'AWS::Include', Parameters: { Location: './pods.yaml' } } },
      'what AWS::Include reads from ./pods.yaml'],
  ])('of a file %s is named', (_name, template, expected) => {
    const { status, stdout } = check({ 't.json': template, 'pods.yaml': JSON.stringify({ Pods: association('sqs:*') }) });
    expect(stdout.replace(/\s+/g, ' ')).toContain(expected);
    expect(status).toBe(0);
  });

  test.each([['is not there', undefined, 'no such file or folder'], ['is broken', '{', 'not JSON']])('of a local file that %s is unreadable', (_name, text, why) => {
    const { status, stdout, stderr } = check({ 't.json': including('./broken.json', { Own: association('s3:*') }), ...text && { 'broken.json': text } });
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^broken.json(:\\d+)*: .*${why}`));
    expect(stdout).toContain('TemplateNotExamined');
    expect(stdout).toContain('1 association in 1 template');
  });
});

test('explain names it where an association is not found', () => {
  cli.write({ 't.json': MACRO });
  const { status, stderr } = cli.run('explain s3:GetObject arn:aws:s3:::data/x --association Pods t.json');
  expect(status).toBe(2);
  expect(stderr).toContain('There may be more associations in what was not examined: the macro MyMacro in t.json');
});
