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
EKS accepts session policies of at most 2,048 characters. The shorter policy goes to standard output. Its length, and what the proof
assumes, go to standard error. The command takes a step only if it can prove that the effect stays the same. --mode chooses for
which requests:

  lossless  for every request that policies can describe. The default without a
            role
  catalog   for every request that AWS makes: a wildcard matches no other action
            that AWS has
  role      for every request that AWS makes and the role allows: a wildcard
            matches nothing else that the role allows now. The default with
            --role or --role-managed

Examples:
  cdk-pod-identity compact --session session.json > short.json
  cdk-pod-identity compact --session session.json --mode catalog
  cdk-pod-identity compact --session session.json --role role.json --boundary boundary.json
  aws eks describe-pod-identity-association --cluster-name C --association-id A | cdk-pod-identity compact --session -

Exit codes: 0, the shorter policy fits; 1, it is still longer than EKS accepts; 2, bad usage, unreadable input, or a policy that AWS rejects`;

export const registerCompact: Register = (program, run) => {
  policyFileOptions(program.command('compact').description('Shortens a session policy without changing its effect, from policy files'))
    .addOption(new Option('--mode <mode>', 'for which requests the effect stays the same (default: role if a role is given, otherwise lossless)').choices(['lossless', 'catalog', 'role']))
    .addOption(new Option('--format <format>', 'text: the policy on standard output, and a report on standard error; json: both as one object').choices(['text', 'json']).default('text'))
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
  if (!session) { throw new UsageError('--session is missing. Give the file of the session policy: --session session.json'); }
  if (!hasRole && mode === 'role') { throw new UsageError('--mode role needs the policies of the role. Give them with --role or --role-managed'); }
  if (!hasRole && options.boundary !== undefined) { throw new UsageError('--boundary needs the policies of the role, too. Give them with --role or --role-managed'); }
  const compaction = compactPolicy(session, mode, hasRole ? await readRole(options, input) : []);
  if (options.format === 'json') {
    print(`${JSON.stringify(compaction, undefined, 2)}\n`);
  } else {
    const { asText } = await import('../compact/as-text');
    print(`${JSON.stringify(compaction.policy)}\n`);
    printError(fitToTerminal(asText(compaction, mode, hasRole), errorTerminal()));
  }
  return compaction.size.compacted > compaction.size.limit ? EXIT.findings : EXIT.clean;
}
