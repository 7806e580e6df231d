/** The command line takes the arguments of each command that the pages show in a block. It runs none of them. */
import * as fs from 'fs';
import * as path from 'path';
import { Command } from 'commander';
import { registerAudit } from '../../cli/commands/audit';
import { registerCheck } from '../../cli/commands/check';
import { registerCompact } from '../../cli/commands/compact';
import { registerCompare } from '../../cli/commands/compare';
import { registerDiff } from '../../cli/commands/diff';
import { registerExplain } from '../../cli/commands/explain';
import { registerReport } from '../../cli/commands/report';
import { registerSnapshot } from '../../cli/commands/snapshot';

const ROOT = path.join(__dirname, '..', '..');
const REGISTERS = [
  registerAudit, registerCheck, registerCompact, registerCompare, registerDiff, registerExplain, registerReport,
  registerSnapshot,
];

/** The page of all messages and the records of decisions have no commands to copy. */
const PAGES = fs.readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf-8' })
  .filter((name) => name.endsWith('.md') && !/messages\.md$|\badr\b/.test(name)).map((name) => path.join('docs', name))
  .concat('README.md');

/** As a shell takes it, up to a comment, a pipe or a redirection. Brackets mark what is optional. */
function argumentsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain);
  const end = words.findIndex((word) => ['#', '|', '>', '&&', ';'].includes(word));
  return words.slice(0, end < 0 ? undefined : end).map((word) => word.replace(/^\[|\]$/g, ''));
}

const COMMAND = /^.*\bcdk-pod-identity ((?:check|report|diff|compare|compact|explain|snapshot|audit)\b.*)$/gm;

const COMMANDS = PAGES.flatMap((page) => {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf-8');
  const blocks = [...text.matchAll(/^```(?:sh|console)\n([^]*?)^```$/gm)].map(
    ([, block]) => block.replace(/\\\n/g, ' '));
  return blocks.flatMap((block) => [...block.matchAll(COMMAND)])
    .map(([, line]) => [page, line.trim(), argumentsOf(line)] as const);
});

test('there are commands enough', () => expect(COMMANDS.length).toBeGreaterThan(40));

async function isTaken(args: readonly string[]): Promise<boolean> {
  let isChosen = false;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  REGISTERS.forEach((register) => register(program, () => { isChosen = true; }));
  await program.parseAsync([...args], { from: 'user' });
  return isChosen;
}

test('an option that the command does not have is an error', () => (
  expect(isTaken(['report', '--fail-on', 'error'])).rejects.toThrow('unknown option')));

test.each(COMMANDS)('%s: %s', async (_page, _line, args) => {
  expect(await isTaken(args)).toBe(true);
});
