/** The laws of compaction with the whole corpus. FC_RUNS=10000 tries 10,000 requests for each policy and mode that changes something. */
import {
  CorpusEntry, cutFromManagedPolicies, grantsOnSharedRole, handWritten, randomActions, randomQuestions, realCuts,
} from './corpus';
import { grantedStatements } from './grant-statements';
import { MODES, Tally, tryLaws, tryWithIntrinsics } from './laws';
import { deepRuns, LONG_SEARCH, VERBOSE } from '../../runs';

const REQUESTS = deepRuns(1000);
const RANDOM = 60;
const CUTS = deepRuns(20, 'MANAGED_SAMPLES');

/** Proofs beside a role take seconds for some policies. */
const modesOf = (index: number) => (index % 10 === 0 ? MODES : MODES.filter((mode) => mode !== 'role'));

jest.setTimeout(LONG_SEARCH);

const CORPORA: { readonly [name: string]: () => readonly CorpusEntry[] } = {
  'grants of the CDK': () => grantsOnSharedRole(),
  'written for pods': handWritten,
  'cut from managed policies': () => cutFromManagedPolicies(CUTS),
  'cut from managed policies, longer than EKS accepts': () => realCuts(CUTS, 4096),
  'random policies': () => randomQuestions(RANDOM),
  'random actions': () => randomActions(RANDOM),
};

function expectNoBreach(name: string, tallies: readonly Tally[]): void {
  expect(tallies.flatMap(({ breaches }) => breaches)).toEqual([]);
  const total = (count: 'requests' | 'allowed') => tallies.reduce((sum, tally) => sum + tally[count], 0);
  if (VERBOSE) {
    process.stdout.write(
      `${name}: ${total('requests')} requests, ${total('allowed')} of them allowed, for ${tallies.length} policies\n`,
    );
  }
  // Requests that the policy does not allow show little.
  expect(total('allowed')).toBeGreaterThan(total('requests') / 50);
}

test.each(Object.entries(CORPORA))('%s', (name, corpus) => {
  expectNoBreach(name, corpus().map((entry, i) => tryLaws(entry, REQUESTS, i, modesOf(i))));
});

test('grants of the CDK, before their deploy-time values are known', () => {
  expectNoBreach('with intrinsics', grantedStatements().map((granted, i) => tryWithIntrinsics(granted, REQUESTS, i)));
});
