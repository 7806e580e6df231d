/**
 * The `cdk-pod-identity` command: parses the arguments, runs the chosen subcommand, and sets the exit code (exit-codes.ts).
 * The folders hold the steps: `commands` and `options` define the command line; `templates`, `policies` and `live` read the
 * input; `deployment`, `check`, `access`, `compare`, `compact`, `explain` and `diff` compute the answers; `report`, `diff-report` and
 * `html` format them; `output` prints and writes. The same file also runs as a worker thread of `compare --pairs` (compare/pair-workers.ts).
 * Invariant: an unexpected error exits with 2, never with the code of a finding.
 */
import { isMainThread, workerData } from 'worker_threads';
import { Command, CommanderError, Help } from 'commander';
import { version } from '../package.json';
import { registerAudit } from './commands/audit';
import { registerCheck } from './commands/check';
import { registerCompact } from './commands/compact';
import { registerCompare } from './commands/compare';
import { registerDiff } from './commands/diff';
import { registerExplain } from './commands/explain';
import { Register } from './commands/register';
import { registerReport } from './commands/report';
import { registerSnapshot } from './commands/snapshot';
import { EXIT, UsageError } from './exit-codes';
import { messagesLost, print, printError } from './output/streams';
import { oneLine } from './visible';
import { helpText } from './wrap';

/** The order is that of `--help`. Each command imports the modules that it needs when it runs. */
const COMMANDS: readonly Register[] = [
  registerCheck, registerReport, registerDiff, registerCompare, registerCompact, registerExplain, registerSnapshot, registerAudit,
];

async function main(args: readonly string[]): Promise<number> {
  let chosen: (() => Promise<number>) | undefined;
  const program = new Command('cdk-pod-identity')
    .description('Checks EKS Pod Identity associations and their session policies: in templates, in policy files, and in clusters')
    .version(version)
    .addHelpText('after', helpText('Exit codes: 0, nothing that makes the command fail; 1, findings, changes or a negative answer; 2, bad usage or unreadable input. `cdk-pod-identity COMMAND --help` describes those of a command.'))
    .showHelpAfterError('(--help shows the usage)')
    .configureOutput({ writeOut: print, writeErr: printError, outputError: (message, write) => write(usageErrorIn(message)) })
    .configureHelp({ optionDescription: (option) => new Help().optionDescription(option).replace(/ \(default: (?:\[\]|false)\)$/, '') })
    .exitOverride();
  COMMANDS.forEach((register) => register(program, (command) => { chosen = command; }));
  try {
    await program.parseAsync([...args]);
    return chosen ? await chosen() : EXIT.clean;
  } catch (e) {
    if (e instanceof CommanderError) { return e.exitCode === 0 ? EXIT.clean : EXIT.unusable; }
    printError(e instanceof UsageError ? `${e.message}\n` : bugIn(e));
    return EXIT.unusable;
  }
}

/** The text for an error that commander found. It may echo arguments, and end with a suggestion on a line of its own. */
function usageErrorIn(message: string): string {
  const [, said, suggestion = ''] = /^([^]*?)(\n\(Did you mean [^\n]*\?\))?\n?$/.exec(message)!;
  return `${oneLine(said)}${suggestion}\n`;
}

/** The text for an error that no command expects. */
function bugIn(error: unknown): string {
  return `cdk-pod-identity failed, which is a bug. Please report it: ${error instanceof Error ? error.stack : String(error)}\n`;
}

if (isMainThread) {
  // A bug must not look like a finding: Node.js itself would exit with 1.
  process.on('uncaughtException', (e) => {
    printError(bugIn(e));
    process.exit(EXIT.unusable);
  });
  void main(process.argv).then((code) => { process.exitCode = messagesLost() ? EXIT.unusable : code; });
} else {
  void import('./compare/pair-workers').then(({ servePairs }) => servePairs(workerData));
}
