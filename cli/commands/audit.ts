/**
 * `cdk-pod-identity audit`: reads the associations and roles of a live cluster, checks them, and compares them with templates.
 * Bad options and missing files fail before the first call to AWS. Invariant: everything that could not be read is reported, beside
 * the findings of the rest. It exits with 2, except a role that does not exist, which is a finding, and an association that was
 * deleted during the run.
 */
import { DOCS } from '../../lib/util/docs';
import { EXIT, UsageError } from '../exit-codes';
import { ConnectionOptions, connectionOptions } from '../live/connection';
import { rolesOption } from '../options/environment';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { ReportOptions, reportOptions, severitiesIn } from '../options/report';
import { oneLine } from '../visible';
import { helpText } from '../wrap';
import type { Register } from './register';

interface AuditOptions extends ReportOptions, ConnectionOptions, OrganizationOptions {
  readonly roles: readonly string[];
  readonly cluster: string;
  readonly against?: readonly string[];
}

const HELP = `
Reads the pod identity associations of a cluster and the policies of their roles, and runs every check on them. With --against,
the command also reports how the cluster differs from templates and cloud assemblies. It compares session policies by what they
allow, not by text. It changes nothing in the account. It finds credentials, region and endpoint as the AWS CLI does. The IAM policy
that it needs: ${DOCS}/cli-audit.md#permissions

Examples:
  cdk-pod-identity audit --cluster prod
  cdk-pod-identity audit --cluster prod --against cdk.out --profile prod --region eu-west-1
  cdk-pod-identity audit --cluster prod --against 'stacks/**/*.yaml' --fail-on warning
  cdk-pod-identity audit --cluster prod --roles other-account.json --format sarif -o audit.sarif

Exit codes: 0, no finding at or above --fail-on; 1, findings; 2, bad usage or something that could not be read, even if there are
findings`;

export const registerAudit: Register = (program, run) => {
  const command = program.command('audit').description('Checks the associations of a live cluster, and compares them with templates')
    .requiredOption('--cluster <name>', 'the name of the EKS cluster')
    .option('--against <path...>', 'cloud assemblies, templates, and folders or globs of them, to compare the cluster with');
  const withRoles = rolesOption(reportOptions(command, ['text', 'json', 'sarif', 'junit']), 'that cannot be read, such as those of other accounts');
  connectionOptions(organizationOptions(withRoles))
    .addHelpText('after', helpText(HELP))
    .action((options: AuditOptions) => run(() => audit(options)));
};

async function audit(options: AuditOptions): Promise<number> {
  const { RULES } = await import('../../lib/rules/run-rules');
  const { AUDIT_RULES, DRIFT_RULES, ROLE_NOT_FOUND } = await import('../report/audit-rules');
  const { auditOf, isGone } = await import('../live/audit');
  const { accountOf, rolesToRead } = await import('../live/declarations');
  const { connect, withoutSecrets } = await import('../live/connection');
  const { sentencesOf } = await import('../live/gaps');
  const { checkClusterName } = await import('../live/cluster-name');
  const { readAssociations } = await import('../live/read-associations');
  const { readRoles } = await import('../live/read-roles');
  const { expectedAssociations } = await import('../live/drift/expected');
  const { driftOf } = await import('../live/drift/drift');
  const { Progress } = await import('../live/progress');
  const { redactAll } = await import('../live/redact');
  const { declarationsIn } = await import('../deployment/declarations');
  const { findStacks } = await import('../templates/sources');
  const { Unreadable } = await import('../files/unreadable');
  const { organizationIn, readOrganization } = await import('../policies/organization');
  const { publish } = await import('./publish');
  const { printError } = await import('../output/streams');
  const { checkOutput } = await import('../output/write-output');

  checkClusterName(options.cluster);
  const severities = severitiesIn(options.severity, [...RULES, ...AUDIT_RULES].map(({ id }) => id));
  const given = declarationsIn(options.roles);
  const organization = organizationIn(readOrganization(options));
  const broken = findStacks(options.against ?? [], {}).filter((one) => one instanceof Unreadable);
  if (broken.length > 0) { throw new UsageError(...broken.map(({ message }) => message)); } // fail before minutes of reading
  checkOutput(options.output);
  const progress = new Progress();
  const clients = await connect(options);
  const { region, associations, deleted, unread, isListCut, account, roles, gaps } = await withoutSecrets(clients, async () => {
    const { eks, iam } = clients;
    const at = await clients.region();
    const read = await readAssociations(eks, options.cluster, progress);
    const of = read.associations.map(({ arn }) => accountOf(arn)).find((one) => one !== undefined);
    const rolesRead = await readRoles(iam, rolesToRead(read.associations, of), progress);
    return { ...read, region: at, account: of, roles: rolesRead, gaps: [...read.gaps, ...rolesRead.gaps.filter((gap) => !isGone(gap))] };
  }).finally(() => progress.end());

  const cluster = { name: options.cluster, account, region };
  const expected = options.against && expectedAssociations(options.against, cluster);
  const notRead = redactAll([
    ...deleted.map((id) => `Association ${id} was deleted while the cluster was read.`),
    ...sentencesOf(gaps),
  ], [...clients.secrets]);
  const exit = publish(redactAll({
    templates: expected?.templates ?? 0,
    inputs: [...options.roles, ...options.scp, ...options.rcp, ...options.against ?? [], ...expected?.files ?? []],
    associations: auditOf({
      cluster,
      associations,
      roles,
      given,
      drift: expected && driftOf(associations, expected, cluster, { listed: unread, isListCut }),
      settings: {
        strict: options.strict,
        distinctResources: true,
        reader: 'templates',
        organization,
        severities: new Map(RULES.flatMap(({ id }) => (severities.has(id) ? [[id, severities.get(id)!]] : []))),
      },
      severities,
    }),
    audit: { cluster: options.cluster, account, region, rules: expected ? [ROLE_NOT_FOUND, ...DRIFT_RULES] : [ROLE_NOT_FOUND], notRead },
  }, [...clients.secrets]), options);
  // Most formats do not show these sentences where people look.
  if (options.format !== 'text' || options.output !== undefined) { notRead.forEach((sentence) => printError(`not read: ${oneLine(sentence)}\n`)); }
  return gaps.length > 0 ? EXIT.unusable : exit;
}
