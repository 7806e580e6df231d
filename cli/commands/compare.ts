/**
 * `cdk-pod-identity compare`: decides whether a session policy narrows a role, from policy files, for one pair or for a stream of
 * pairs. The work is in cli/compare.
 * Invariant: with `--pairs`, one bad line exits with 2 even if all other lines have verdicts.
 */
import { Option } from 'commander';
import { Comparison } from '../compare/comparison';
import { EXIT, UsageError } from '../exit-codes';
import { OrganizationOptions, organizationOptions } from '../options/organization';
import { PolicyOptions, policyOptions, principalIn, readRole, readSession } from '../options/policies';
import { Input, nameOf, unreadable } from '../policies/input';
import { policyOf } from '../policies/layers';
import { layersOf, organizationIn, readOrganization } from '../policies/organization';
import { fitToTerminal, helpText } from '../wrap';
import type { Register } from './register';

interface CompareOptions extends PolicyOptions, OrganizationOptions {
  readonly pairs?: string;
  readonly format?: 'text' | 'json';
  readonly effective?: boolean;
  readonly reference: boolean;
  readonly strict?: boolean;
}

const HELP = `
Decides whether the role (its identity policies, its permissions boundary, and the organization) allows every request that the session
policy allows. If the role does not allow a request, the answer shows the request, what denies it, and a narrower statement. Like
check-no-new-access of IAM Access Analyzer, but offline and free. A file can be -, which is standard input, once.

--pairs reads a JSON object from each line, and writes one for each, in order:
  { "id"?: …, "session": {…}, "role": {…} | "ReadOnlyAccess" | [ … ],
    "boundary"?: {…} | "arn:aws:iam::aws:policy/PowerUserAccess",
    "roleArn"?: "arn:aws:iam::111122223333:role/example" }
  { "id"?: …, "line": 1, "verdict": "narrows" | "exceeds" | "undetermined" … }
  { "id"?: …, "line": 2, "error": "…" }

Examples:
  cdk-pod-identity compare --session session.json --role role.json --boundary boundary.json
  cdk-pod-identity compare --session session.json --role-managed AmazonS3ReadOnlyAccess --effective
  aws iam get-role-policy --role-name R --policy-name P | cdk-pod-identity compare --session session.json --role -
  cdk-pod-identity compare --pairs pairs.jsonl > verdicts.jsonl

Exit codes: 0, narrows, or undetermined without --strict (with a warning); 1, exceeds, or undetermined with --strict;
2, bad usage, unreadable input, or a policy that AWS rejects`;

export const registerCompare: Register = (program, run) => {
  organizationOptions(policyOptions(program.command('compare').description('Checks that a session policy only narrows a role, from policy files')))
    .option('--pairs <file>', 'a file with many pairs, one JSON object on each line, instead of --session and --role')
    .addOption(new Option('--format <format>', 'the format of the answer (default: text, and JSON lines for --pairs)').choices(['text', 'json']))
    .option('--effective', 'also write what the session policy, the role and its boundary allow together, as one policy document')
    .option('--no-reference', 'count every request that policies can describe, also those that AWS never makes according to its service authorization reference')
    .option('--strict', 'exit with 1 if the verdict is undetermined')
    .addHelpText('after', helpText(HELP))
    .action((options: CompareOptions) => run(() => compare(options)));
};

async function compare(options: CompareOptions): Promise<number> {
  if (options.pairs !== undefined) { return compareMany(options.pairs, options); }
  const { comparePolicies, effectiveOf, narrowingOptions } = await import('../compare/comparison');
  const { sizeOf } = await import('../compare/size');
  const { print, printError, terminal } = await import('../output/streams');
  const input = new Input();
  const document = await readSession(options, input);
  if (!document) { throw new UsageError('--session is missing. Give the file of the session policy: --session session.json'); }
  const role = [...await readRole(options, input), ...layersOf(organizationIn(readOrganization(options)))];
  const session = policyOf(document, 'session');
  const comparison: Comparison = {
    ...comparePolicies(session, role, sizeOf(document), { ...narrowingOptions(options.reference), principal: principalIn(options) }),
    ...(options.effective && { effective: effectiveOf(session, role) }),
  };
  if (options.format === 'json') {
    print(`${JSON.stringify(comparison, undefined, 2)}\n`);
  } else {
    const { asText } = await import('../compare/as-text');
    const { colorsFor } = await import('../colors');
    print(fitToTerminal(asText(comparison, colorsFor(terminal())), terminal()));
  }
  if (comparison.verdict === 'undetermined' && !options.strict) {
    printError('warning: the verdict is undetermined. With --strict, the exit code would be 1\n');
  }
  return isFailure(comparison.verdict, options) ? EXIT.findings : EXIT.clean;
}

/**
 * Compares many pairs. Exits with 2 if a line is bad, although the other lines have verdicts. If the reader of the verdicts stops,
 * the other lines are still compared: the exit code is that of all lines.
 */
async function compareMany(file: string, options: CompareOptions): Promise<number> {
  const other = ['session', 'boundary', 'roleArn', 'effective'].find((name) => options[name as keyof CompareOptions] !== undefined)
    ?? (options.role.length > 0 ? 'role' : options.roleManaged.length > 0 ? 'role-managed' : undefined);
  if (other !== undefined) { throw new UsageError(`--${other === 'roleArn' ? 'role-arn' : other} and --pairs exclude each other, because each line of the pairs has its own policies`); }
  if (options.format === 'text') { throw new UsageError('--format text is for one pair, and --pairs writes JSON lines. Remove --format text'); }
  const { comparePairs } = await import('../compare/compare-pairs');
  const { print } = await import('../output/streams');
  const organization = readOrganization(options);
  const input = new Input().stream(file);
  try {
    const count = await comparePairs(input, nameOf(file), { reference: options.reference, organization }, print);
    if (count.error > 0) { return EXIT.unusable; }
    return count.exceeds > 0 || (options.strict && count.undetermined > 0) ? EXIT.findings : EXIT.clean;
  } catch (e) {
    throw (e as NodeJS.ErrnoException).syscall ? unreadable(file, e) : e;
  }
}

function isFailure(verdict: Comparison['verdict'], { strict = false }: CompareOptions): boolean {
  return verdict === 'exceeds' || (strict && verdict === 'undetermined');
}
