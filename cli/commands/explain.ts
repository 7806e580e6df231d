/**
 * `cdk-pod-identity explain`: explains why one request is allowed or denied, from policy files or for an association of
 * templates.
 * The work is in cli/explain. Policy files and templates exclude each other.
 */
import { Option } from 'commander';
import type { Colors } from 'picocolors/types';
import { EXIT, UsageError } from '../exit-codes';
import type { Register } from './register';
import type { AssociationExplanation } from '../explain/explain-association';
import type { Explanation } from '../explain/explanation';
import { environmentIn, EnvironmentOptions, environmentOptions } from '../options/environment';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { PolicyOptions, policyOptions, principalIn, readRole, readSession } from '../options/policies';
import { Input } from '../policies/input';
import { layerOf } from '../policies/layers';
import { layersOf, organizationIn, readOrganization } from '../policies/organization';
import { everyString, oneLine } from '../visible';
import { fitToTerminal, helpText } from '../wrap';

interface ExplainOptions extends PolicyOptions, EnvironmentOptions, OrganizationOptions {
  readonly association?: string;
  readonly context: readonly string[];
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

const HELP = `
Evaluates one request as IAM does: the session policy, the identity policies, the permissions boundary, and each level of --scp and --rcp
must allow the request, and none may deny it. A condition key without --context has the value that follows from the resource or
the role, such as aws:RequestedRegion. All other keys are missing from the request.

With --association, the policies are those of an association in templates. The policies of resources in the templates and in --roles
count, too. ID is the construct path of the association, the end of this path, its logical id, or namespace/service-account. RESOURCE
can contain references, such as '\${Bucket.Arn}/key'. The answer names the deploy-time values that it depends on.

With policy files, resource policies do not count.

Examples:
  cdk-pod-identity explain s3:GetObject arn:aws:s3:::bucket/key --association default/orders cdk.out
  cdk-pod-identity explain sqs:SendMessage '\${Queue.Arn}' --association Pods --region eu-west-1 stacks/orders.yaml
  cdk-pod-identity explain s3:GetObject arn:aws:s3:::bucket/key --session session.json --role role.json
  cdk-pod-identity explain ec2:RunInstances '*' --context aws:RequestedRegion=eu-west-1 --role-managed PowerUserAccess
  cdk-pod-identity explain dynamodb:GetItem arn:aws:dynamodb:eu-west-1:111122223333:table/T \\
      --context dynamodb:Attributes=id --context dynamodb:Attributes=name --session session.json --role role.json

Exit codes: 0, allowed; 1, denied, or unclear, because the answer depends on a deploy-time value or IAM's documentation leaves it
open; 2, bad usage, unreadable input, or a policy that AWS rejects`;

export const registerExplain: Register = (program, run) => {
  const command = program.command('explain').description('Explains why one request is allowed or denied, from templates or from policy files')
    .argument('<action>', 'one action, such as s3:GetObject')
    .argument('<resource>', "an ARN, or '*' for an action that does not apply to a resource")
    .argument('[path...]', 'with --association: cloud assemblies, templates, and folders or globs of them (default: cdk.out)');
  organizationOptions(environmentOptions(policyOptions(command.option('--association <id>', 'the association in templates whose pods make the request'))))
    .option('--context <key=value>', 'a condition key of the request, with its value; repeat a key to give it several values',
      (one: string, before: readonly string[]) => [...before, one], [])
    .option('--all', 'also list the statements about other actions if a layer has many')
    .addOption(new Option('--format <format>', 'the format of the answer').choices(['text', 'json']).default('text'))
    .addHelpText('after', helpText(HELP))
    .action((action: string, resource: string, paths: string[], options: ExplainOptions) => run(() => (
      options.association === undefined ? explainFiles(action, resource, paths, options) : explainTemplates(action, resource, paths, options))));
};

async function explainFiles(action: string, resource: string, paths: readonly string[], options: ExplainOptions): Promise<number> {
  if (paths.length > 0) { throw new UsageError(`${paths[0]}: templates need the option --association, which names one of their associations. Give policy files with --session and --role`); }
  const odd = (['roles', 'account', 'region'] as const).find((name) => options[name] !== undefined && options[name].length > 0);
  if (odd !== undefined) { throw new UsageError(`--${odd} applies to templates only, so it needs --association`); }
  const { explain, requestOf } = await import('../explain/explanation');
  const request = requestOf(action, resource, options.context);
  const input = new Input();
  const session = await readSession(options, input);
  const role = await readRole(options, input);
  const layers = [...(session ? [layerOf('session policy', [session])] : []), ...role, ...layersOf(organizationIn(readOrganization(options)))];
  const explanation = explain(layers, request, undefined, principalIn(options));
  const { asText } = await import('../explain/as-text');
  return write(action, explanation, options, asText);
}

async function explainTemplates(action: string, resource: string, paths: readonly string[], options: ExplainOptions): Promise<number> {
  const { association, session, boundary, role, roleArn, roleManaged } = options;
  if (session !== undefined || boundary !== undefined || roleArn !== undefined || role.length + roleManaged.length > 0) {
    throw new UsageError('--association and the options of policy files (--session, --role, --role-managed, --boundary, --role-arn) exclude each other, because the templates have the policies');
  }
  const { requestOf } = await import('../explain/explanation');
  const request = requestOf(action, resource, options.context, true);
  const environment = environmentIn(options);
  const { DEFAULT_SETTINGS } = await import('../../lib/analysis/settings');
  const { declarationsIn } = await import('../deployment/declarations');
  const declarations = declarationsIn(options.roles);
  const settings = { ...DEFAULT_SETTINGS, reader: 'templates' as const, organization: organizationIn(readOrganization(options)) };
  const { findStacks } = await import('../templates/sources');
  const { Deployment, orUnreadable } = await import('../deployment/deployment');
  const { candidatesIn, findAssociation, unexaminedIn } = await import('../explain/find-association');
  const { explainAssociation } = await import('../explain/explain-association');
  const deployment = new Deployment(findStacks(paths.length > 0 ? paths : ['cdk.out'], environment), (_stacks, templates) => unexaminedIn(templates));
  const unreadable = deployment.unreadable.map(({ message }) => message);
  if (unreadable.length > 0 && deployment.stacks.length === 0) { throw new UsageError(...unreadable); }
  const explanation = orUnreadable('the templates', () => {
    const candidate = findAssociation(association!, candidatesIn(deployment), deployment.examined.flat(), unreadable);
    return explainAssociation(candidate, request, deployment, declarations, settings);
  });
  if (explanation instanceof Error) { throw new UsageError(explanation.message); }
  const { associationAsText } = await import('../explain/as-text');
  const code = await write(action, explanation, options, associationAsText);
  const { printError } = await import('../output/streams');
  unreadable.forEach((message) => printError(`${oneLine(message)}\n`));
  return unreadable.length > 0 ? EXIT.unusable : code;
}

async function write<T extends Explanation | AssociationExplanation>(
  action: string, explanation: T, { format, all = false }: ExplainOptions, asText: (explanation: T, all: boolean, colors: Colors) => string,
): Promise<number> {
  const { colorsFor } = await import('../colors');
  const { unknownAction } = await import('../explain/explanation');
  const { print, printError, terminal } = await import('../output/streams');
  print(format === 'json'
    ? `${JSON.stringify(explanation, undefined, 2)}\n`
    : fitToTerminal(asText(everyString(explanation, oneLine), all, colorsFor(terminal())), terminal()));
  const odd = unknownAction(action);
  if (odd !== undefined) { printError(`warning: ${odd}\n`); }
  return explanation.outcome === 'allowed' ? EXIT.clean : EXIT.findings;
}
