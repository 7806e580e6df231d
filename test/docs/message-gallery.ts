/**
 * The text of docs/messages.md, from real runs: each rule's message at synth, on the failing example of its page, and from `check`, on the
 * app of the end-to-end table in which the rule fires; then one finding in the other formats, and the rules of `audit`.
 *
 * Invariant: deterministic. Lines that differ between machines or runs are left out, such as the place of a construct in the source.
 */
import * as fs from 'fs';
import * as path from 'path';
import { appOf } from './run-snippets';
import { AUDIT_RULES, AuditRuleId } from '../../cli/report/audit-rules';
import { wrap } from '../../cli/wrap';
import { RuleId } from '../../lib/analysis/finding';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { ACKNOWLEDGEMENT_HAS_NO_EFFECT } from '../../lib/validation/app-rules';
import { AccountState, allow, answersOf, roleArn } from '../cli/live/account';
import { AwsServer } from '../cli/live/aws-server';
import { Cli } from '../cli/run';
import { association as associationOf, policy } from '../cli/templates';
import { AppCase } from '../end-to-end/app-case';
import { TABLES } from '../end-to-end/tables';
import { deny, document } from '../make';
import { printedBy } from '../printed-at-synth';

const DOCS = path.join(__dirname, '..', '..', 'docs');
export const MESSAGES_PAGE = path.join(DOCS, 'messages.md');

const RULES = ALL_RULES.map(({ id }) => id).sort();

/** The finding that is shown in every format. */
const SHOWN = 'SessionPolicyExceedsRole';

/** A finding as `--format json` has it. */
export interface ShownFinding {
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

export interface Gallery {
  readonly page: string;
  /** The findings of `check` that the page shows. */
  readonly findings: readonly ShownFinding[];
}

/** Runs everything that the page shows. */
export async function galleryOf(cli: Cli, server: AwsServer, env: NodeJS.ProcessEnv): Promise<Gallery> {
  const checked = RULES.map((rule) => ({ rule, ...checkedBy(cli, rule) }));
  const formats = ['json', 'sarif', 'junit', 'html'].map((format) => formatted(cli, format));
  const audits: string[] = [];
  for (const rule of [SHOWN, ...AUDIT_RULES.map(({ id }) => id)] as const) {
    audits.push(`### ${linked(rule)}`, await audited(cli, server, env, rule));
  }
  const sections = [
    INTRODUCTION,
    '## Rules',
    ...checked.flatMap(({ rule, text }) => [`### ${linked(rule)}`, 'At synth:', block(printedAtSynth(rule)), 'With `check`:', text]),
    `### ${linked(ACKNOWLEDGEMENT_HAS_NO_EFFECT)}`,
    'At synth only:',
    block(printedAtSynth(ACKNOWLEDGEMENT_HAS_NO_EFFECT)),
    '## One finding in the other formats',
    `The finding of \`check\` on \`${SHOWN}\` above, in each \`--format\`:`,
    ...formats,
    '## Audit',
    '`audit` has the rules above for the associations of a cluster, and its own:',
    ...audits,
  ];
  return { page: `${sections.join('\n\n')}\n`, findings: checked.flatMap(({ findings }) => findings) };
}

const INTRODUCTION = `# Messages

Each rule's message as users see it: what \`cdk synth\` prints for the failing example of the rule's page, and what
\`cdk-pod-identity check\` prints for a template. Long lines are wrapped here. At synth, the CDK also prints the line of the source code
that creates the construct.

\`npx projen messages\` writes this page from real runs, and a test fails if it is stale.`;

function linked(rule: string): string {
  const target = AUDIT_RULES.some(({ id }) => id === rule) ? `cli-audit.md#${rule.toLowerCase()}` : `rules/${rule}.md`;
  return `[\`${rule}\`](${target})`;
}

/** A block of text, with lines of at most 120 columns if blanks allow it. */
function block(text: string, language = 'text'): string {
  const lines = text.trimEnd().split('\n').flatMap((line) => {
    const [indent] = /^ */.exec(line)!;
    return wrap(line.slice(indent.length), indent, `${indent}  `, 120);
  });
  return ['```'+language, ...lines, '```'].join('\n');
}

// ---- At synth ----

/** What `node app.js` prints for the failing example of the rule's page. */
function printedAtSynth(rule: string): string {
  const page = fs.readFileSync(path.join(DOCS, 'rules', `${rule}.md`), 'utf-8');
  const printed = printedBy(() => appOf(/^```ts fails\n([^]*?)^```$/m.exec(page)![1]));
  return printed.replace(/^(\S+\.ts:\d+:\d+|eval at .*|A copy of this report .*)\n?/gm, ''); // what differs between machines
}

// ---- With check ----

const TEMPLATE = 'template.json';

/** The app of the rule in the end-to-end tables, in which it alone fires. */
function caseOf(rule: RuleId): AppCase {
  const apps = Object.values(TABLES).flat();
  return apps.find(({ name }) => name === `${rule} fires`) ?? apps.find(({ expected, stacks, declarations }) => (
    expected.length === 1 && expected[0][0] === rule && stacks.length === 1 && declarations === undefined))!;
}

/** Names of resources that a reader does not mistake for words. */
const NAMES: { readonly [logicalId: string]: string } = {
  Pods: 'TenantA', Role: 'TenantRole', Cluster: 'ProdCluster', Target: 'DataRole',
};

function withNames(template: object): object {
  const logicalId = new RegExp(`(?<="|\\$\\{)(${Object.keys(NAMES).join('|')})(?=["}.])`, 'g');
  return JSON.parse(JSON.stringify(template).replace(logicalId, (name) => NAMES[name]));
}

const NO_DELETES = document(deny('s3:DeleteObject', '*'));

/** The words of the command for the app of the rule, whose template this writes. */
function commandFor(cli: Cli, rule: RuleId): string[] {
  const { stacks: [{ template, account, region }] } = caseOf(rule);
  cli.write({ [TEMPLATE]: withNames(template) });
  if (rule === 'DeniedByOrganizationPolicy') { cli.write({ 'scp.json': NO_DELETES }); }
  return [
    'check', TEMPLATE,
    ...account === undefined ? [] : ['--account', account],
    ...region === undefined ? [] : ['--region', region],
    ...rule === 'DeniedByOrganizationPolicy' ? ['--scp', 'scp.json'] : [],
    ...ALL_RULES.some(({ id, severity }) => id === rule && severity === 'off') ? ['--severity', `${rule}=warning`] : [],
  ];
}

/** Runs the command, which may find errors but may not fail. */
function run(cli: Cli, args: readonly string[]): string {
  const { status, stdout, stderr } = cli.run(args);
  if (status === 2 || stderr !== '') { throw new Error(`${args.join(' ')}: ${stderr}`); }
  return stdout;
}

function checkedBy(cli: Cli, rule: RuleId): { readonly text: string; readonly findings: readonly ShownFinding[] } {
  const args = commandFor(cli, rule);
  const { associations, templateFindings = [] } = JSON.parse(run(cli, [...args, '--format', 'json']));
  return {
    text: block(`$ cdk-pod-identity ${args.join(' ')}\n${run(cli, args)}`, 'console'),
    findings: [...associations, ...templateFindings].flatMap(({ findings }) => findings),
  };
}

// ---- In the other formats ----

/** The finding that every format shows, as the part of the format that shows it. */
function formatted(cli: Cli, format: string): string {
  const text = run(cli, [...commandFor(cli, SHOWN), '--format', format]);
  switch (format) {
    case 'json': return titled(format, JSON.stringify(JSON.parse(text).associations[0].findings[0], undefined, 2), 'json');
    case 'sarif': return titled(format, JSON.stringify(JSON.parse(text).runs[0].results[0], undefined, 2), 'json');
    case 'junit': return titled(format, /^ *<failure[^]*?<\/failure>/m.exec(text)![0].trimStart(), 'xml');
    default: return titled('html, as text', readable(/<ul class="findings">([^]*?)<\/ul>/.exec(text)![1]));
  }
}

function titled(title: string, text: string, language?: string): string {
  return `### ${title}\n\n${block(text, language)}`;
}

/** The text of HTML, a line for each paragraph. */
function readable(html: string): string {
  return html.replace(/<\/p>/g, '\n').replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}

// ---- With audit ----

const IN_CLUSTER = { id: 'a-1', serviceAccount: 'app', role: 'pods', policy: allow('s3:GetObject') };
const ROLES = { pods: { inline: { access: allow(['s3:GetObject', 's3:PutObject']) } } };
const EXPECTED = { RoleArn: roleArn('pods') };

/** For each rule of `audit`: what the cluster has, and the association of the template. */
const AUDITED: {
  readonly [rule in AuditRuleId | typeof SHOWN]: readonly [Partial<AccountState>, object?];
} = {
  SessionPolicyExceedsRole: [{ associations: [{ ...IN_CLUSTER, policy: allow(['s3:GetObject', 's3:DeleteObject']) }] }],
  RoleNotFound: [{ roles: {} }],
  MissingAssociation: [{ associations: [] }, {}],
  UnexpectedAssociation: [{ associations: [IN_CLUSTER, { ...IN_CLUSTER, id: 'a-2', serviceAccount: 'worker' }] }, {}],
  ChangedSessionPolicy: [{}, { Policy: JSON.stringify(policy('s3:PutObject')) }],
  ChangedSessionTags: [{ associations: [{ ...IN_CLUSTER, policy: undefined }] }, { Policy: { Ref: 'AWS::NoValue' } }],
  ChangedRole: [{}, { RoleArn: roleArn('other') }],
  ChangedTargetRole: [{}, { TargetRoleArn: roleArn('data') }],
  DriftUndetermined: [{}, { ServiceAccount: { 'Fn::ImportValue': 'name' } }],
};

/** What `audit` prints of the rule. */
async function audited(
  cli: Cli, server: AwsServer, env: NodeJS.ProcessEnv, rule: keyof typeof AUDITED,
): Promise<string> {
  const [state, properties] = AUDITED[rule];
  server.account = answersOf({ cluster: 'prod', associations: [IN_CLUSTER], roles: ROLES, ...state });
  if (properties) {
    const TenantA = associationOf('s3:GetObject', { ...EXPECTED, ...properties });
    cli.write({ [TEMPLATE]: { Resources: { TenantA } } });
  }
  const args = ['audit', '--cluster', 'prod', ...properties ? ['--against', TEMPLATE] : []];
  const { status, stdout } = await cli.start(args, env);
  if (status === 2) { throw new Error(`audit, for ${rule}: ${stdout}`); }
  return block(`$ cdk-pod-identity ${args.join(' ')}\n${stdout}`, 'console');
}
