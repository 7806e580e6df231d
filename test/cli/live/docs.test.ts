import * as fs from 'fs';
import * as path from 'path';
import { ACCOUNT, AccountState, allow, answersOf, roleArn, TRUST } from './account';
import { besideAws } from './beside-aws';
import { serviceOf } from './model';
import { policyOf, resourceAnswers } from './resources';
import { MAX_ATTEMPTS } from '../../../cli/live/connection';
import { NAMED } from '../../../cli/live/gaps';
import * as limits from '../../../cli/live/limits';
import { AT_A_TIME } from '../../../cli/live/pool';
import { AUDIT_RULES } from '../../../cli/report/audit-rules';
import { runRules } from '../../../lib/rules/run-rules';
import { TemplateSet } from '../../../lib/template/template-set';
import { association } from '../templates';

const ROOT = path.join(__dirname, '..', '..', '..');
const AUDIT = fs.readFileSync(path.join(ROOT, 'docs', 'cli-audit.md'), 'utf-8');
const SNAPSHOT = fs.readFileSync(path.join(ROOT, 'docs', 'cli-snapshot.md'), 'utf-8');

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
}
interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}
const policyIn = (page: string): Policy => JSON.parse(/```json\n([^]*?)```/.exec(page)![1]);
const POLICY = policyIn(AUDIT);
const OF_RESOURCES = policyIn(SNAPSHOT);
const actionsIn = (policy: Policy) => policy.Statement.flatMap(({ Action }) => Action).sort();
const actionsOf = (...sids: string[]) => POLICY.Statement.filter(({ Sid }) => sids.length === 0 || sids.includes(Sid))
  .flatMap(({ Action }) => Action).sort();

const FULL: AccountState = {
  cluster: 'prod',
  associations: [{ id: 'a-1', serviceAccount: 'app', role: 'team-pods', policy: allow('s3:GetObject') }],
  roles: {
    'team-pods': { inline: { access: allow(['s3:GetObject', 's3:PutObject']) }, attached: ['team'], boundary: 'team' },
    'batch': { path: '/teams/' },
  },
  policies: { team: allow('*', '*') },
};
/** The resources of the page, as its policy names them. */
const RESOURCES = OF_RESOURCES.Statement.map(({ Resource }) => Resource);
const { cli, server, env: beside } = besideAws(answersOf(FULL, resourceAnswers({
  policies: Object.fromEntries(RESOURCES.map((arn) => [arn, policyOf(arn)])),
})));
const actionOf = (operation: string) => `${serviceOf(operation).prefix}:${operation}`;
const env = () => ({
  ...beside,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SHARED_CREDENTIALS_FILE: `${cli.folder}/credentials`,
});
beforeAll(() => {
  const KEYS = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n';
  const template = { Resources: { Pods: association('s3:GetObject', { RoleArn: roleArn('team-pods') }) } };
  cli.write({
    'credentials': `[prod]\n${KEYS}[default]\n${KEYS}`,
    'cdk.out/a.template.json': template,
    'stacks/in/a.yaml': template,
    'other-account.json': { version: 1 },
  });
});

test('the policy of the page is what the commands of the SDK need', () => {
  const actionsOfFile = (file: string) => {
    const source = fs.readFileSync(path.join(ROOT, 'cli', 'live', file), 'utf-8');
    return [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => actionOf(name)).sort();
  };
  expect(actionsOfFile('aws-reader.ts')).toEqual(actionsOf());
  expect(actionsOfFile('resource-reader.ts')).toEqual([...actionsIn(OF_RESOURCES), 'sts:GetCallerIdentity'].sort());
});

test('the reference data know its actions, and which resources they take', () => {
  const findings = (policy: string) => {
    const template = { Resources: { Pods: association('', { RoleArn: roleArn('pods'), Policy: policy }) } } as never;
    const stack = {
      id: 's', file: 's', assembly: '', account: ACCOUNT, region: 'eu-west-1', template, pathOf: (id: string) => id,
    };
    const role = {
      identityPolicies: [{ name: 'all', document: allow('*', '*') }], managedPolicyArns: [], trustPolicy: TRUST,
    };
    return runRules(new TemplateSet([stack]), { declarations: [{ source: 'test', arn: roleArn('pods'), role }] }).map(
      ({ rule }) => rule,
    );
  };
  const policy = JSON.stringify(POLICY);
  expect(findings(policy)).toEqual([]);
  const ofResources = JSON.stringify(OF_RESOURCES);
  expect(findings(ofResources)).toEqual([]);
  expect(findings(ofResources.replace('sns:GetTopicAttributes', 'sns:GetTopicPolicy'))).toEqual(['UnknownAction']);
  expect(findings(policy.replace('iam:GetPolicyVersion', 'iam:GetPolicyVersions'))).toEqual(['UnknownAction']);
  expect(findings(policy.replace(':cluster/prod', ':nodegroup/prod'))).toContain('ActionResourceMismatch');
});

test('it is what a whole audit asks for, and its statements are what a snapshot asks for', async () => {
  const asked = async (...args: string[]) => {
    server.seen.length = 0;
    expect(await cli.start(args, env())).toMatchObject({ status: 0, stderr: '' });
    return [...new Set(server.seen.map(({ operation }) => actionOf(operation)))].sort();
  };
  expect(await asked('audit', '--cluster', 'prod')).toEqual(actionsOf());
  expect(SNAPSHOT).toContain('For roles, the command needs the statements `Roles` and `ManagedPolicies`');
  expect(await asked('snapshot', '--role', 'team-pods')).toEqual(actionsOf('Roles', 'ManagedPolicies'));
  expect(await asked('snapshot', ...RESOURCES.flatMap((arn) => ['--resource', arn])))
    .toEqual([...actionsIn(OF_RESOURCES), 'sts:GetCallerIdentity'].sort());
});

test('the pages have the limits', () => {
  const count = (n: number) => n.toLocaleString('en-US');
  for (const text of [
    `${limits.REQUEST_SECONDS} s (\`--request-timeout\`), ${limits.MAX_ANSWER_MIB} MiB; ${limits.MAX_ERROR_KIB} KiB`,
    `| ${limits.CALL_SECONDS} s, or ${limits.ANSWERS_PER_CALL} times \`--request-timeout\``,
    `| ${limits.TOTAL_SECONDS} s (\`--timeout\`), ${limits.MAX_TOTAL_MIB} MiB of answers |`,
    `| ${MAX_ATTEMPTS}, with growing delays`,
    `| ${AT_A_TIME} |`,
    `| ${limits.MAX_PAGES} pages; ${count(limits.MAX_ASSOCIATIONS)} associations; ${count(limits.MAX_POLICIES_OF_ROLE)} inline`,
    `| ${count(limits.MAX_DOCUMENT)} characters, ${limits.MAX_DOCUMENT_DEPTH} levels |`,
    `if ${limits.FAILURES_IN_A_ROW} calls in a row fail`,
    `the names of the first ${NAMED}.`,
    `last byte; ${limits.REQUEST_SECONDS} by default`,
    `the whole run; ${limits.TOTAL_SECONDS} by default`,
  ]) { expect(AUDIT.replace(/\n/g, ' ')).toContain(text); }
  expect(SNAPSHOT).toContain(`one answer of AWS; ${limits.REQUEST_SECONDS} by default`);
  expect(SNAPSHOT).toContain(`the whole run; ${limits.TOTAL_SECONDS} by default`);
});

test('the page has each rule of the audit', () => {
  const sections = new Map(
    AUDIT.split(/^### /m).slice(1).map((section) => [section.split('\n')[0], section.split('\n').slice(1).join(' ')]),
  );
  expect([...sections.keys()]).toEqual(AUDIT_RULES.map(({ id }) => id));
  AUDIT_RULES.forEach(({ id, severity, sentence }) => {
    expect(sections.get(id)).toContain(`${severity === 'error' ? 'Error' : 'Warning'}. ${sentence.slice(0, -1)}`);
  });
});

const examples = [AUDIT, SNAPSHOT].flatMap(
  (page) => [...page.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, text]) => text.trim().split('\n')),
);

test.each(examples)('%s', async (example) => {
  const words = example.replace(/ > \S+$/, '').split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
  expect(words.slice(0, 4)).toEqual(['npx', '-p', 'cdk-eks-pod-identity', 'cdk-pod-identity']);
  const result = await cli.start(words.slice(4), env());
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(server.violations).toEqual([]);
});
