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

/** In the order of `--help`. Each loads what it needs when it runs. */
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
    // A bug must not look like a finding, which is what node's own exit code would say.
    process.stderr.write(e instanceof UsageError ? `${e.message}\n` : `cdk-pod-identity failed, which is a bug. Please report it: ${(e as Error).stack}\n`);
    return EXIT.unusable;
  }
}

// A reader that has seen enough closes the pipe: `cdk-pod-identity check | head`.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code !== 'EPIPE') { process.stderr.write(`The output could not be written: ${e.message}\n`); }
  process.exit(e.code === 'EPIPE' ? EXIT.clean : EXIT.unusable);
});

if (isMainThread) {
  void main(process.argv).then((code) => { process.exitCode = code; });
} else {
  void import('./compare/pair-workers').then(({ servePairs }) => servePairs(workerData));
}
