import * as fs from 'fs';
import * as path from 'path';
import type { Log } from 'sarif';
import { Cli } from './run';
import { sarifErrors } from './sarif-schema';
import { association, EXCEEDING, EXCEEDING_YAML, role } from './templates';
import { ALL_RULES } from '../../lib/rules/run-rules';

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
  cli.write({
    'a.json': EXCEEDING,
    'with blank/b.yaml': EXCEEDING_YAML.replace('Namespace: default', 'Namespace: "<&\'\\x01>"'),
    'c.json': {
      Resources: {
        Role: role('s3:*'),
        Pods: association('s3:GetObject', { Namespace: 'c', Policy: { Ref: 'AWS::NoValue' } }),
        Other: association('s3:GetObject', { Namespace: 'd' }),
      },
    },
  });
});
afterAll(() => cli.remove());

const FILES = ['a.json', 'with blank/b.yaml', 'c.json'];
const run = (format: string, ...args: string[]) => cli.run(['check', ...FILES, '--format', format, ...args]).stdout;

describe('SARIF', () => {
  const log = (): Log => JSON.parse(run('sarif'));

  test('is valid by the schema of OASIS', () => {
    expect(sarifErrors({ ...log(), version: '2.0.0' })).not.toEqual([]);
    expect(sarifErrors(log())).toEqual([]);
  });

  test('has every rule with a sentence and its page', () => {
    const rules = log().runs[0].tool.driver.rules!;
    expect(rules.map(({ id }) => id)).toEqual(ALL_RULES.map(({ id }) => `PodIdentity::${id}`));
    for (const { name, helpUri, shortDescription } of rules) {
      const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'rules', path.basename(helpUri!)), 'utf-8');
      expect(page).toContain(`# PodIdentity::${name}\n`);
      expect(shortDescription!.text).toMatch(/^[A-Z].{20,}\.$/);
      expect(page.replace(/\s+/g, ' ')).toContain(shortDescription!.text.slice(0, 15));
    }
  });

  test.each([
    ['a.json', 'SessionPolicyExceedsRole'],
    ['with%20blank/b.yaml', 'InvalidKubernetesName'],
  ])('says where in %s', (uri, rule) => {
    const [result] = log().runs[0].results!.filter((one) => one.ruleId === `PodIdentity::${rule}`
      && one.locations![0].physicalLocation!.artifactLocation!.uri === uri);
    const { startLine, startColumn, endLine, endColumn } = result.locations![0].physicalLocation!.region!;
    const lines = cli.read(decodeURIComponent(uri)).split('\n').slice(startLine! - 1, endLine);
    lines[lines.length - 1] = lines[lines.length - 1].slice(0, endColumn! - 1);
    lines[0] = lines[0].slice(startColumn! - 1);
    expect(lines.join('\n')).toMatch(rule === 'InvalidKubernetesName' ? /^Namespace: "[^"]*"$/ : /^"Policy": ".*"$/);
    expect(result.ruleIndex).toBe(ALL_RULES.findIndex(({ id }) => id === rule));
  });

  test('has fingerprints that outlive a change of lines', () => {
    const prints = () => log().runs[0].results!.map(
      ({ partialFingerprints }) => partialFingerprints!['podIdentityFinding/v1'],
    );
    const before = prints();
    expect(new Set(before).size).toBe(before.length);
    const text = cli.read('a.json');
    cli.write({ 'a.json': `\n\n${text}` });
    expect(prints()).toEqual(before);
    cli.write({ 'a.json': text });
  });
});

test('JSON has the shape that docs/cli.md shows', () => {
  const { version, summary, associations } = JSON.parse(run('json'));
  expect({ version, summary }).toEqual({
    version: 1, summary: { templates: 3, associations: 4, errors: 3, warnings: 1, acknowledged: 0 },
  });
  expect(associations[0]).toEqual({
    path: 'Pods',
    stack: 'a.json',
    logicalId: 'Pods',
    file: 'a.json',
    cluster: 'prod',
    namespace: 'default',
    serviceAccount: 'app',
    findings: [{
      rule: 'SessionPolicyExceedsRole',
      severity: 'error',
      code: 'NotAllowedByRole',
      message: expect.stringContaining('Pods: the session policy allows s3:'),
      fix: expect.stringContaining('replace it with'),
      property: 'Policy',
      line: expect.any(Number),
      column: 9,
      endLine: expect.any(Number),
      endColumn: expect.any(Number),
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      cause: expect.stringMatching(/^[0-9a-f]{32}$/),
      help: 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/docs/rules/SessionPolicyExceedsRole.md',
    }],
  });
  expect(associations.map(({ findings }: { findings: unknown[] }) => findings.length)).toEqual([1, 2, 1, 0]);
  expect(JSON.stringify(Object.keys(associations[0]))).toBe(JSON.stringify(Object.keys(associations[3])));
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'cli.md'), 'utf-8');
  [...Object.keys(associations[0]), ...Object.keys(associations[0].findings[0])].forEach(
    (name) => expect(page).toContain(`\`${name}\``),
  );
});

describe('what could not be read', () => {
  const broken = (format: string) => {
    cli.write({ 'broken.json': '{\n "Resources": {' });
    const ran = cli.run(['check', 'a.json', 'broken.json', 'missing.json', '--format', format]);
    fs.rmSync(path.join(cli.folder, 'broken.json'));
    expect(ran.status).toBe(2);
    return ran.stdout;
  };

  test('is in JSON', () => {
    const { associations, unreadable } = JSON.parse(broken('json'));
    expect(unreadable).toEqual([
      { file: 'broken.json', reason: 'not JSON: close brace expected, found the end', line: 2, column: 16 },
      { file: 'missing.json', reason: 'there is no such file or folder' },
    ]);
    expect(associations).toHaveLength(1);
  });

  test('is in SARIF', () => {
    const log: Log = JSON.parse(broken('sarif'));
    expect(sarifErrors(log)).toEqual([]);
    const [{ executionSuccessful, toolExecutionNotifications: notifications = [] }] = log.runs[0].invocations!;
    expect([executionSuccessful, ...notifications.map(({ message }) => message.text)]).toEqual([
      false, 'broken.json could not be read: not JSON: close brace expected, found the end',
      'missing.json could not be read: there is no such file or folder',
    ]);
    expect(notifications[0].locations![0].physicalLocation!.region).toEqual({ startLine: 2, startColumn: 16 });
  });

  test('is in JUnit', () => expect(broken('junit')).toContain('errors="2"'));
});

describe('JUnit', () => {
  test.each([
    ['error', 3, 1],
    ['warning', 4, 0],
    ['never', 0, 4],
  ])('fails tests on --fail-on %s', (failOn, failures, others) => {
    const xml = run('junit', '--fail-on', failOn);
    expect(xml).toContain(
      `<testsuites name="cdk-pod-identity" tests="24" failures="${failures}" errors="0" skipped="0">`,
    );
    expect(xml.match(/<failure /g) ?? []).toHaveLength(failures);
    expect(xml.match(/<system-out>/g) ?? []).toHaveLength(others);
  });

  test('has nothing that XML does not have', () => {
    expect(run('junit')).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  });
});
