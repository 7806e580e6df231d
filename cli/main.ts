/**
 * The `cdk-pod-identity` command: parses the arguments, runs the chosen subcommand, and sets the exit code (exit-codes.ts).
 * The folders hold the steps: `commands` and `options` define the command line; `templates`, `policies` and `live` read the
 * input; `deployment`, `check`, `access`, `compare` and `explain` compute the answers; `report` and `html` write them. The same
 * file also runs as a worker thread of `compare --pairs` (compare/pair-workers.ts).
 * Invariant: an unexpected error exits with 2, never with the code of a finding.
 */
import { isMainThread, workerData } from 'worker_threads';
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { registerAudit } from './commands/audit';
import { registerCheck } from './commands/check';
import { registerCompare } from './commands/compare';
import { registerExplain } from './commands/explain';
import { Register } from './commands/register';
import { registerReport } from './commands/report';
import { registerSnapshot } from './commands/snapshot';
import { EXIT, UsageError } from './exit-codes';

/** The order is that of `--help`. Each command imports the modules that it needs when it runs. */
const COMMANDS: readonly Register[] = [registerCheck, registerReport, registerCompare, registerExplain, registerSnapshot, registerAudit];

async function main(args: readonly string[]): Promise<number> {
  let chosen: (() => Promise<number>) | undefined;
  const program = new Command('cdk-pod-identity')
    .description('Checks EKS Pod Identity associations and their session policies: in templates, in policy files, and in clusters')
    .version(version)
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 bad usage or input that could not be read')
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride();
  COMMANDS.forEach((register) => register(program, (command) => { chosen = command; }));
  try {
    await program.parseAsync([...args]);
    return chosen ? await chosen() : EXIT.clean;
  } catch (e) {
    if (e instanceof CommanderError) { return e.exitCode === 0 ? EXIT.clean : EXIT.unusable; }
    // A bug must not look like a finding: Node.js itself would exit with 1.
    process.stderr.write(e instanceof UsageError ? `${e.message}\n` : `cdk-pod-identity failed, which is a bug. Please report it: ${(e as Error).stack}\n`);
    return EXIT.unusable;
  }
}

// EPIPE means that the reader closed the pipe, as in `cdk-pod-identity check | head`. That is not a failure.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code !== 'EPIPE') { process.stderr.write(`The output could not be written: ${e.message}\n`); }
  process.exit(e.code === 'EPIPE' ? EXIT.clean : EXIT.unusable);
});

if (isMainThread) {
  void main(process.argv).then((code) => { process.exitCode = code; });
} else {
  void import('./compare/pair-workers').then(({ servePairs }) => servePairs(workerData));
}
