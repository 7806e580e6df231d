/**
 * How short compaction makes session policies, beside other tools, and whether what the others write has the same effect.
 *
 *   npm run bench:compaction               everything; prints the table of docs/compaction.md
 *   npm run bench:compaction -- --write    also writes it there
 *   npm run bench:compaction -- --smoke    a few; only shows that the benchmark works
 *
 * The other tools run as external processes: `policy_sentry` (MIT) and `policyuniverse` (Apache-2.0), of the Python that
 * BENCH_PYTHON names. A tool that is not installed is skipped, and the output says so:
 *   python3 -m venv DIR && DIR/bin/pip install policy_sentry==0.15.2 policyuniverse==1.5.1.20231109
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { SESSION_POLICY_MAX_CHARACTERS } from '../lib/session-policy/limit';
import { ResolvedStatement } from '../lib/session-policy/minimize';
import { CorpusEntry, grantsOnSharedRole, realCuts } from '../test/session-policy/compaction/corpus';
import { documentOf, sample } from '../test/session-policy/compaction/equality';
import { WALL } from '../test/session-policy/compaction/grant-statements';
import { compactEntry, lengthOf, MODES } from '../test/session-policy/compaction/laws';

const PAGE = path.join(__dirname, '..', 'docs', 'compaction.md');
const [BEGIN, END] = ['<!-- begin: written by `npm run bench:compaction -- --write` -->', '<!-- end -->'];
const TOOLS = ['policy_sentry', 'policyuniverse'] as const;

interface Size {
  /** 1 measures every grant, 2 every second one. */
  readonly every: number;
  readonly cuts: number;
  /** Requests that the results of other tools are tried with. */
  readonly requests: number;
}
const FULL: Size = { every: 1, cuts: 30, requests: 50 };
const SMOKE: Size = { every: 40, cuts: 2, requests: 50 };
/** Policies twice as long as EKS takes: some of them fit afterwards. */
const LONGEST_CUT = 2 * SESSION_POLICY_MAX_CHARACTERS;

/** The policy that each way of writing gives; `undefined`: the tool rejects the policy. */
type Ways = ReadonlyMap<string, ReadonlyArray<readonly ResolvedStatement[] | undefined>>;

function waysOf(corpus: readonly CorpusEntry[]): Ways {
  return new Map([
    ['as written', corpus.map(({ written }) => written)],
    ...MODES.map((mode) => [`\`${mode}\``, corpus.map((entry) => compactEntry(entry, mode).statements)] as const),
    ...TOOLS.flatMap((tool) => {
      const minimized = minimizeWith(tool, corpus);
      return minimized ? [[`${tool}`, minimized] as const] : [];
    }),
  ]);
}

/** `undefined`: the tool is not installed. */
function minimizeWith(tool: string, corpus: readonly CorpusEntry[]): Array<readonly ResolvedStatement[] | undefined> | undefined {
  const python = process.env.BENCH_PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', `import ${tool}`]).status !== 0) {
    console.log(`${tool} was skipped: ${python} does not have it`);
    return undefined;
  }
  const input = corpus.map(({ written }) => `${JSON.stringify(documentOf(written))}\n`).join('');
  const { stdout } = spawnSync(python, [path.join(__dirname, 'minimize.py'), tool], { input, encoding: 'utf-8', maxBuffer: 1e9 });
  return stdout.trimEnd().split('\n').map((line) => JSON.parse(line).Statement);
}

interface Row {
  readonly way: string;
  readonly cells: readonly string[];
}

function rowsOf(corpus: readonly CorpusEntry[], requests: number): Row[] {
  return [...waysOf(corpus)].map(([way, policies]) => {
    const lengths = policies.flatMap((statements) => (statements ? [lengthOf(statements)] : [])).sort((a, b) => a - b);
    const fitting = lengths.filter((length) => length <= SESSION_POLICY_MAX_CHARACTERS).length;
    const isOurs = way.startsWith('`') || way === 'as written';
    return {
      way,
      cells: [
        count(lengths[Math.floor(lengths.length / 2)]), count(lengths[lengths.length - 1]), `${fitting} of ${corpus.length}`,
        isOurs ? '' : verdictOn(corpus, policies, requests),
      ],
    };
  });
}

/** The verdict of the oracle and of the lengths on what another tool wrote. */
function verdictOn(corpus: readonly CorpusEntry[], policies: ReadonlyArray<readonly ResolvedStatement[] | undefined>, requests: number): string {
  let [different, longer, rejected] = [0, 0, 0];
  corpus.forEach(({ written }, i) => {
    const compacted = policies[i];
    if (!compacted) { rejected++; return; }
    if (lengthOf(compacted) > lengthOf(written)) { longer++; }
    if (sample({ written, compacted, mode: 'catalog' }, requests, i).difference) { different++; }
  });
  return [`${different} with another effect`, `${longer} longer`, ...rejected > 0 ? [`${rejected} rejected`] : []].join(', ');
}

function count(length: number): string {
  return length.toLocaleString('en-US');
}

function tableOf(corpora: ReadonlyArray<readonly [string, readonly CorpusEntry[]]>, requests: number): string {
  return corpora.map(([title, corpus]) => [
    `**${title}**`,
    '',
    '| written by | median | worst | fit | beside what was written, on requests that AWS makes |',
    '|---|--:|--:|--:|---|',
    ...rowsOf(corpus, requests).map(({ way, cells }) => `| ${way} | ${cells.join(' | ')} |`),
  ].join('\n')).join('\n\n');
}

function main(): void {
  const { every, cuts, requests } = process.argv.includes('--smoke') ? SMOKE : FULL;
  const grants = grantsOnSharedRole();
  const wall = grants.filter(({ name }) => name === WALL);
  const table = tableOf([
    [`${WALL[0].toUpperCase()}${WALL.slice(1)}`, wall],
    ['Each grant of the CDK', grants.filter(({ name }, i) => name !== WALL && i % every === 0)],
    ['Policies cut from AWS\'s managed policies', realCuts(cuts, LONGEST_CUT)],
  ], requests);
  console.log(table);
  if (process.argv.includes('--write')) {
    const page = fs.readFileSync(PAGE, 'utf-8');
    const [before, after] = [page.slice(0, page.indexOf(BEGIN)), page.slice(page.indexOf(END))];
    fs.writeFileSync(PAGE, `${before}${BEGIN}\n\n${table}\n\n${after}`);
  }
}

main();
