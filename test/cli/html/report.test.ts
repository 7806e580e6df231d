import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { FEW, many } from './fleets';
import { SIGNS } from '../../../cli/html/words';
import { Cli } from '../run';
import { association, CLEAN, EXCEEDING, policy, role } from '../templates';

let cli: Cli;
beforeAll(() => {
  cli = new Cli();
  cli.write({ 'few.json': FEW, 'clean.json': CLEAN, 'exceeding.json': EXCEEDING });
});
afterAll(() => cli.remove());

const pageOf = (...args: string[]) => {
  const { status, stdout, stderr } = cli.run(['report', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};
/** As people read it, without markup. */
const textOf = (html: string) => html.replace(/<(script|style)>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#8203;/g, '\u200b')
  .replace(/&amp;/g, '&').replace(/\s+/g, ' ');

describe('the command', () => {
  test.each<[string, string[], number, string | RegExp, string | RegExp]>([
    ['writes a file and says what was found',
      ['few.json', '-o', 'a.html'], 0, '3 associations in 1 template: 1 error, 1 warning (a.html)\n', ''],
    ['writes to standard output', ['clean.json'], 0, /^<!DOCTYPE html>\n<html lang="en">/, ''],
    ['takes severities',
      ['few.json', '-o', 'a.html', '--severity', 'UnscopedAssociation=off'], 0,
      '3 associations in 1 template: 1 error (a.html)\n', ''],
    ['has help with an example', ['--help'], 0, /report -o report\.html/, ''],
    ['cannot go on without templates', [], 2, '', /^cdk\.out: there is no such file or folder/],
    ['cannot go on with a missing file', ['no.json'], 2, '', 'no.json: there is no such file or folder\n'],
    ['cannot go on with an unknown option', ['few.json', '--format', 'html'], 2, '', /unknown option '--format'/],
    ['cannot write to a folder that does not exist',
      ['few.json', '-o', 'no/a.html'], 2, '', '--output no/a.html: it cannot be written: there is no such folder (ENOENT)\n'],
  ])('%s', (_, args, status, stdout, stderr) => {
    const result = cli.run(['report', ...args]);
    expect(result.status).toBe(status);
    if (typeof stdout === 'string') {
      expect(result.stdout).toBe(stdout);
    } else {
      expect(result.stdout).toMatch(stdout);
    }
    if (typeof stderr === 'string') {
      expect(result.stderr).toBe(stderr);
    } else {
      expect(result.stderr).toMatch(stderr);
    }
  });

  test('is check --format html, which fails on findings', () => {
    const checked = cli.run(['check', 'few.json', '--format', 'html']);
    expect(checked.status).toBe(1);
    expect(checked.stdout).toBe(pageOf('few.json'));
  });

  test('writes the same bytes in every run', () => {
    cli.write({ 'many.json': many(12) });
    expect(pageOf('many.json')).toBe(pageOf('many.json'));
  });
});

describe('the page', () => {
  test('shows what each service account has, and what is taken away', () => {
    const text = textOf(pageOf('few.json'));
    expect(text).toContain('Cluster prod');
    expect(text).toContain(
      'tenant-a / app Cluster prod none 497 ◐ 2 if narrowed, pods have 2 of 2 actions of the role, 2 in part, 2 under conditions ○ 0/\u200b3 taken away, pods have 0 of 3 actions of the role',
    );
    expect(text)
      .toContain('platform / dispatcher Cluster prod 1 warning no session policy ● 2 kept, pods have 2 of 2 actions of the role');
    expect(text).toContain('× beyond the role: GetObjectTagging');
  });

  test('has the findings with their fix and page, and the statements of every policy', () => {
    const html = pageOf('few.json');
    const text = textOf(html);
    const [{ findings }] = JSON.parse(cli.run(['check', 'few.json', '--format', 'json']).stdout).associations.filter(
      (one: { path: string }) => one.path === 'TenantB',
    );
    expect(text).toContain(findings[0].message.replace(/\s+/g, ' '));
    expect(text).toContain(findings[0].fix.replace(/\s+/g, ' '));
    expect(html).toContain(`href="${findings[0].help}"`);
    expect(text).toContain('Session policy: 3 statements');
    expect(text).toContain('Effective permissions: 3 statements');
    expect(text).toContain('"s3:prefix": "tenant-a/*"');
    expect(text).toContain("inline policy 'tables' of Tenants : 1 statement");
    expect(html.match(/class="role"/g)).toHaveLength(1); // once, for all that use it
  });

  test('says why something is not known', () => {
    cli.write({
      'unknown.json': {
        Resources: { Pods: association('s3:GetObject', { RoleArn: 'arn:aws:iam::111122223333:role/theirs' }) },
      },
    });
    const text = textOf(pageOf('unknown.json'));
    expect(text).toContain('? 1 undetermined: 1 action');
    expect(text).toContain(
      'The permissions are not completely known, so some of them are undetermined: no template defines the role arn:aws:iam::111122223333:role/theirs',
    );
    expect(text).toContain('Effective permissions: 0 statements, as far as they are known');
  });

  test('shows what guardrails of the role deny, without a finding', () => {
    const tls = { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const guarded = role('s3:*', {
      Policies: [
        { PolicyName: 'access', PolicyDocument: policy('s3:*') },
        { PolicyName: 'guardrails', PolicyDocument: { Version: '2012-10-17', Statement: [tls] } },
      ],
    });
    cli.write({ 'guarded.json': { Resources: { Role: guarded, Pods: association('s3:GetObject') } } });
    const text = textOf(pageOf('guarded.json'));
    expect(text).toContain('Findings None.');
    expect(text).toContain('Guardrails of the role deny requests that the session policy allows, such as: s3:GetObject on');
    expect(text).toContain("with aws:SecureTransport = 'false'): statement 0 of inline policy 'guardrails' of Role denies it");
  });

  test('counts what the policies of resources take', () => {
    const documentOf = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });
    const ANY_KEY = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
    const admin = { Principal: { AWS: 'arn:aws:iam::111122223333:role/admin' } };
    cli.write({
      'key.json': {
        Resources: {
          Role: role('', { Policies: [{ PolicyName: 'access', PolicyDocument: documentOf(ANY_KEY) }] }),
          Pods: association('', { Policy: undefined }),
          Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: documentOf({ ...ANY_KEY, ...admin }) } },
        },
      },
    });
    const text = textOf(pageOf('key.json'));
    expect(text).toContain('What the identity policies and the policies of resources allow together.');
    expect(text).toMatch(/"Action": "kms:\*", "NotResource": "arn:\S+key\/\S*Key\}"/);
    expect(text).toContain('Only the resource policies and organization policies that were given are examined.');
    expect(text).not.toContain('Resource policies are not looked at');
  });

  test('has a row for each case that conditions of the template make', () => {
    const other = {
      'Fn::If': ['IsProd', JSON.stringify({
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      }), { Ref: 'AWS::NoValue' }],
    };
    cli.write({
      'cases.json': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
        Resources: {
          Role: role('s3:*'),
          Pods: association('s3:*', { Policy: other }),
          Never: association('s3:*', { Namespace: 'never' }, { Condition: 'No' }),
        },
      },
    });
    const text = textOf(pageOf('cases.json'));
    expect(text).toMatch(/default \/ app Cluster prod where \$\{Stage\} is 'prod' 1 error 1 warning 96 /);
    expect(text).toMatch(/default \/ app Cluster prod where \$\{Stage\} is not 'prod' 1 error 1 warning no session policy/);
  });

  test('has the expected and the possible characters of a session policy', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: 'arn:aws:ssm:us-east-1:111122223333:parameter/${Setting}',
      }],
    });
    const rest = text.length - '${Setting}'.length;
    cli.write({
      'size.json': {
        Resources: {
          Setting: { Type: 'AWS::SSM::Parameter' },
          Role: role('ssm:*'),
          Pods: association('ssm:*', { Policy: { 'Fn::Sub': text } }),
        },
      },
    });
    const expected = rest + 'CFN-Setting-abcdefghijk1'.length;
    const page = pageOf('size.json');
    expect(textOf(page)).toContain(`Session policy, characters ${expected} expected (${rest + 1} to ${rest + 255})`);
    expect(page).toContain(`value="${expected}"`);
  });

  test('names what could not be read', () => {
    cli.write({ 'broken.json': '{\n' });
    expect(textOf(cli.run(['report', 'few.json', 'broken.json']).stdout)).toContain(
      'broken.json:2:1: not JSON: close brace expected, found the end',
    );
  });

  test('has no rows if there are no associations', () => {
    cli.write({ 'none.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } });
    expect(textOf(pageOf('none.json'))).toContain('The templates have no associations.');
  });
});

describe('nothing of a template becomes markup', () => {
  const HOSTILE = [
    '<script>alert(1)</script>', '</script><script>alert(2)</script>', '"><img src=x onerror=alert(3)>',
    "' onfocus='alert(4)", '<!-- ', ']]>', '&lt;b&gt; &amp;',
    '</style><b>', '</title>', 'javascript:alert(5)', '\u202egnp.exe\u202c', '\ud800 lone', '\u0000\u001b[2J',
    'a\u200bb', '${alert(6)}', 'שלום',
  ];
  const hostile = () => {
    const resources = Object.fromEntries(HOSTILE.flatMap((name, i) => [
      [`Role${i}${name}`,
        role('s3:*', {
          RoleName: name,
          Policies: [{
            PolicyName: name,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: { Sid: 'x', Effect: 'Allow', Action: ['s3:*', `${name}:*`], Resource: `arn:aws:s3:::${name}` },
            },
          }],
        })],
      [`Pods${i}${name}`,
        association('s3:*', {
          ClusterName: name,
          Namespace: name,
          ServiceAccount: name,
          RoleArn: { 'Fn::GetAtt': [`Role${i}${name}`, 'Arn'] },
        }, { Metadata: { 'aws:cdk:path': `S/${name}/Resource` } })],
    ]));
    cli.write({ 'hostile.json': JSON.stringify({ Resources: resources }) });
    return pageOf('hostile.json');
  };

  test('but only text', () => {
    const html = hostile();
    const own = pageOf('few.json');
    const tags = (page: string, tag: string) => page.match(new RegExp(`<${tag}[\\s>]`, 'g'))?.length ?? 0;
    expect(['script', 'style', 'title', 'img', 'link', 'meta'].filter((tag) => tags(html, tag) !== tags(own, tag)))
      .toEqual([]);
    const attributes = html.replace(/<(script|style)>[^]*?<\/\1>/g, '')
      .replace(/="[^"]*"/g, '=""')
      .match(/<[a-z][^<>]*>/g)!
      .join(' ');
    expect(attributes).not.toMatch(/\s(on\w+|style|src)=/);
    expect([...html.matchAll(/href="(?!#|https:\/\/github\.com\/cdk-eks-pod-identity\/|data:,")[^"]*/g)]).toEqual([]);
    expect(textOf(html)).toContain("Cluster ' onfocus='alert(4)");
    expect(textOf(html)).toContain('Cluster </script><script>alert(2)</script>');
  });

  test('and all of it can be seen', () => {
    const html = hostile();
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ud800-\udfff\ufffd]/u);
    expect(html).toContain('\\u202egnp.exe\\u202c');
    expect(html).toContain('\\ud800 lone');
    expect(html).toContain('<bdi>שלום</bdi>');
  });

  test('and the page runs its own script only', () => {
    const html = pageOf('few.json');
    const contentPolicy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
    for (const tag of ['script', 'style']) {
      const contents = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map((match) => match[1]);
      expect(contents).toHaveLength(1);
      expect(contentPolicy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(contents[0]).digest('base64')}'`);
    }
    expect(contentPolicy).toMatch(/^default-src 'none';/);
    expect(html).not.toContain(' style="');
  });
});

test('other formats gather nothing of it', () => {
  const { associations } = JSON.parse(cli.run(['check', 'few.json', '--format', 'json']).stdout);
  expect(Object.keys(associations[0])).not.toContain('details');
});

describe('docs/cli-report.md', () => {
  const docs = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'cli-report.md'), 'utf-8');

  test.each([.../```sh\n([^]*?)```/.exec(docs)![1].matchAll(/^npx -p cdk-eks-pod-identity cdk-pod-identity (.*?)(?:\s+#.*)?$/gm)].map(
    (match) => match[1],
  ))('%s', (command) => {
    cli.write({
      'cdk.out/a.template.json': CLEAN,
      'stacks/in/a.yaml': JSON.stringify(CLEAN),
      'template.yaml': JSON.stringify(EXCEEDING),
      'roles.json': { version: 1, roles: {} },
    });
    fs.rmSync(path.join(cli.folder, 'report.html'), { force: true });
    expect(cli.run(command.split(/\s+/).map((word) => word.replace(/^'(.*)'$/, '$1')))).toMatchObject({
      status: 0, stderr: '',
    });
    expect(cli.read('report.html')).toMatch(/^<!DOCTYPE html>/);
  });

  test('has every sign, and only pictures that are there', () => {
    Object.values(SIGNS).forEach(({ sign, name }) => expect(docs).toContain(`| ${sign} | ${name} |`));
    const readme = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'README.md'), 'utf-8');
    const pictures = [...`${docs}${readme}`.matchAll(
      /\((?:https:\/\/raw\.githubusercontent\.com\/cdk-eks-pod-identity\/cdk-eks-pod-identity\/main\/docs\/)?(images\/[^)]*)\)/g,
    )];
    expect(pictures.length).toBeGreaterThan(3);
    pictures.forEach(([, picture]) =>
      expect(fs.statSync(path.join(__dirname, '..', '..', '..', 'docs', picture)).size).toBeLessThan(200_000));
  });
});

test('the notices name what is bundled for it', () => {
  const notices = fs.readFileSync(path.join(path.dirname(cli.binary), 'THIRD-PARTY-NOTICES'), 'utf-8');
  ['preact', 'preact-render-to-string'].forEach(
    (name) => expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm')),
  );
  ['axe-core', 'playwright-core'].forEach((name) => expect(notices).not.toContain(name));
});
