import { Option } from 'commander';
import { EXIT } from '../exit-codes';
import type { Register } from '../main';
import { Input } from '../policies/input';
import { layerOf } from '../policies/layers';
import { PolicyOptions, policyOptions, readRole, readSession } from '../policies/options';

interface ExplainOptions extends PolicyOptions {
  readonly context: readonly string[];
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

const HELP = `
Evaluates one request as IAM does: the session policy, the identity policies and the permissions boundary must each allow it, and
none may deny it. Condition keys that are not given are missing from the request. Resource policies, and policies of the
organization, are not looked at.

Examples:
  cdk-pod-identity explain s3:GetObject arn:aws:s3:::bucket/key --session session.json --role role.json
  cdk-pod-identity explain ec2:RunInstances '*' --context aws:RequestedRegion=eu-west-1 --role-managed PowerUserAccess
  cdk-pod-identity explain dynamodb:GetItem arn:aws:dynamodb:eu-west-1:111122223333:table/T \\
      --context dynamodb:Attributes=id --context dynamodb:Attributes=name --session session.json --role role.json

Exit codes: 0 allowed; 1 denied, or unclear where IAM's documentation is; 2 bad usage, input that could not be read, or a policy
that AWS rejects`;

/** `cdk-pod-identity explain`: why one request is allowed or denied. */
export const registerExplain: Register = (program, run) => {
  const command = program.command('explain').description('tell why one request is allowed or denied, from policy files')
    .argument('<action>', 'such as s3:GetObject')
    .argument('<resource>', "an ARN, or '*' for actions that are not about a resource");
  policyOptions(command)
    .option('--context <key=value>', 'a condition key of the request; a key that is repeated has several values',
      (one: string, before: readonly string[]) => [...before, one], [])
    .option('--all', 'also list the statements about other actions where a layer has many')
    .addOption(new Option('--format <format>', 'how to write the answer').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .action((action: string, resource: string, options: ExplainOptions) => run(() => explain(action, resource, options)));
};

async function explain(action: string, resource: string, options: ExplainOptions): Promise<number> {
  const { explained, requestOf } = await import('../explain/explanation');
  const request = requestOf(action, resource, options.context);
  const input = new Input();
  const session = await readSession(options, input);
  const role = await readRole(options, input);
  const explanation = explained([...(session ? [layerOf('session policy', [session])] : []), ...role], request);
  if (options.format === 'json') {
    process.stdout.write(`${JSON.stringify(explanation, undefined, 2)}\n`);
  } else {
    const { asText } = await import('../explain/as-text');
    const { colorsFor } = await import('../colors');
    process.stdout.write(asText(explanation, options.all === true, colorsFor(process.stdout)));
  }
  return explanation.outcome === 'allowed' ? EXIT.clean : EXIT.findings;
}
