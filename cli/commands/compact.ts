/**
 * `cdk-pod-identity compact`: prints the shortest session policy with the same effect. The work is in cli/compact.
 * Invariant: standard output has the policy, or one JSON object, and nothing else. The report goes to standard error.
 */
import { Option } from 'commander';
import type { Mode } from '../compact/compaction';
import { EXIT, UsageError } from '../exit-codes';
import { PolicyFileOptions, policyFileOptions, readRole, readSession } from '../options/policies';
import { Input } from '../policies/input';
import { fitToTerminal, helpText } from '../wrap';
import type { Register } from './register';

interface CompactOptions extends PolicyFileOptions {
  readonly mode?: Mode;
  readonly format: 'text' | 'json';
}

const HELP = `
EKS takes session policies of at most 2,048 characters. The shorter policy goes to standard output; what it saved, and what the proof takes
for granted, to standard error. Every step is proven, or not taken:

  lossless  the same effect in every request that policies can describe
  catalog   in every request that AWS makes: wildcards match no other action
            that AWS has. The default is lossless
  role      in every request that AWS makes and the role allows, as long as the
            role stays as it is: wildcards match nothing else that it allows.
            The default with --role or --role-managed

Examples:
  cdk-pod-identity compact --session session.json > short.json
  cdk-pod-identity compact --session session.json --mode catalog
  cdk-pod-identity compact --session session.json --role role.json --boundary boundary.json
  aws eks describe-pod-identity-association --cluster-name C --association-id A | cdk-pod-identity compact --session -

Exit codes: 0 it fits; 1 it is still longer than EKS takes; 2 bad usage, input that could not be read, or a policy that AWS rejects`;

export const registerCompact: Register = (program, run) => {
  policyFileOptions(program.command('compact').description('Shortens a session policy without changing its effect, from policy files'))
    .addOption(new Option('--mode <mode>', 'in which requests the effect must be the same (default: lossless, or role with a role)').choices(['lossless', 'catalog', 'role']))
    .addOption(new Option('--format <format>', 'text: the policy, and a report on standard error; json: both as one object').choices(['text', 'json']).default('text'))
    .addHelpText('after', helpText(HELP))
    .action((options: CompactOptions) => run(() => compactFiles(options)));
};

async function compactFiles(options: CompactOptions): Promise<number> {
  const hasRole = options.role.length + options.roleManaged.length > 0;
  const mode = options.mode ?? (hasRole ? 'role' : 'lossless');
  const { compactPolicy } = await import('../compact/compaction');
  const { errorTerminal, print, printError } = await import('../output/streams');
  const input = new Input();
  const session = await readSession(options, input);
  if (!session) { throw new UsageError('--session is missing: the file of the session policy'); }
  if (!hasRole && mode === 'role') { throw new UsageError('--mode role needs the policies of the role: --role or --role-managed'); }
  if (!hasRole && options.boundary !== undefined) { throw new UsageError('--boundary is that of a role: give the policies of the role, too, with --role or --role-managed'); }
  const compaction = compactPolicy(session, mode, hasRole ? await readRole(options, input) : []);
  if (options.format === 'json') {
    print(`${JSON.stringify(compaction, undefined, 2)}\n`);
  } else {
    const { asText } = await import('../compact/as-text');
    print(`${JSON.stringify(compaction.policy)}\n`);
    printError(fitToTerminal(asText(compaction, mode), errorTerminal()));
  }
  return compaction.size.compacted > compaction.size.limit ? EXIT.findings : EXIT.clean;
}
