/**
 * Every command, as it is published, on hostile input of every kind: files, their names and contents, words of the command line, answers
 * of AWS, full disks and closed pipes. What has to hold is in promises.ts.
 *
 *   FUZZ_RUNS=8000 TEST_DEEP=1 npx jest -c test/jest.deep.json test/hostile     more runs than CI makes
 */
import * as os from 'os';
import { Attack } from './attack';
import { attackOf } from './attacks';
import { brokenPromises, Pace } from './promises';
import { runAttack } from './run-attack';
import { deepRuns, LONG_SEARCH, SEED } from '../runs';

const RUNS = deepRuns(600, 'FUZZ_RUNS');

jest.setTimeout(LONG_SEARCH);

/**
 * How long a run may take, on a machine on which one without hostile input takes 200 ms. Nearly all take less than two seconds alone;
 * CI does other work beside it.
 */
async function measurePace(): Promise<Pace> {
  const good: Attack = {
    kind: 'good',
    files: {},
    args: ['check', '--help'],
    format: 'text',
    count: 0,
    failsOnFindings: false,
  };
  const times: number[] = [];
  for (let i = 0; i < 3; i++) { times.push((await runAttack(good)).milliseconds); }
  const slowness = Math.max(1, Math.max(...times) / 200);
  return { base: 5_000 * slowness, perMegabyte: 5_000 * slowness };
}

/** Other work of the machine makes a run slow now and then, and a hang is one that is slow each time. */
async function problemsOf(attack: Attack, usual: Pace): Promise<string[]> {
  for (let attempt = 1, pace = usual; ; attempt++, pace = await measurePace()) {
    const problems = brokenPromises(attack, await runAttack(attack), pace);
    const isOnlySlow = problems.length > 0 && problems.every((problem) => problem.startsWith('took'));
    if (!isOnlySlow || attempt === 3) { return problems; }
  }
}

test('hostile input breaks no promise', async () => {
  const pace = await measurePace();
  const broken = new Map<string, string[]>();
  const counts = new Map<string, number>();
  let next = 0;
  const worker = async () => {
    while (next < RUNS) {
      const seed = SEED + next++;
      const attack = attackOf(seed);
      counts.set(attack.kind, (counts.get(attack.kind) ?? 0) + attack.count);
      for (const problem of await problemsOf(attack, pace)) {
        const at = `${attack.kind}: ${problem.replace(/\d{3,}/g, 'N')}`;
        broken.set(at, [...broken.get(at) ?? [], `${seed} ${problem} ${JSON.stringify(attack.args)}`.slice(0, 300)]);
      }
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  process.stderr.write(`${RUNS} runs with ${total} hostile inputs: ${JSON.stringify(Object.fromEntries(counts))}\n`);
  expect([...broken].map(([problem, seeds]) => ({
    problem,
    times: seeds.length,
    seeds: seeds.slice(0, 5),
  }))).toEqual([]);
  expect(total).toBeGreaterThan(2 * RUNS);
});
