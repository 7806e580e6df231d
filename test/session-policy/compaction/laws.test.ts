/** The laws of compaction with a part of the corpus. laws.deep.test.ts tries them with all of it, and more requests. */
import { cutFromManagedPolicies, grantsOnSharedRole, handWritten, randomActions, randomQuestions } from './corpus';
import { grantedStatements, WALL } from './grant-statements';
import { MODES, Tally, tryLaws, tryWithIntrinsics } from './laws';

const REQUESTS = 150;
/** A proof beside a role takes seconds for some policies, so only some of them have one here. */
const WITHOUT_ROLE = MODES.filter((mode) => mode !== 'role');

const CORPORA = {
  'grants of the CDK': grantsOnSharedRole().filter((_, i) => i % 20 === 0),
  'cut from managed policies': cutFromManagedPolicies(2),
  'written for pods': handWritten().filter((_, i) => i % 12 === 0),
  'random policies': randomQuestions(12),
  'random actions': randomActions(5),
};

function expectNoBreach(tallies: readonly Tally[]): void {
  expect(tallies.flatMap(({ breaches }) => breaches)).toEqual([]);
  const total = (count: 'requests' | 'allowed') => tallies.reduce((sum, tally) => sum + tally[count], 0);
  // Requests that the policy does not allow show little.
  expect(total('allowed')).toBeGreaterThan(total('requests') / 50);
}

test.each(Object.entries(CORPORA))('%s', (_name, corpus) => {
  expectNoBreach(corpus.map((entry, i) => tryLaws(entry, REQUESTS, i, WITHOUT_ROLE)));
});

test('grants of the CDK, on a role that service accounts share', () => {
  expectNoBreach(grantsOnSharedRole().filter((_, i) => i % 25 === 0).map((entry, i) => tryLaws(entry, REQUESTS, i)));
});

test('grants of the CDK, before their deploy-time values are known', () => {
  expectNoBreach(grantedStatements().filter(({ name }, i) => i % 10 === 0 || name === WALL)
    .map((granted, i) => tryWithIntrinsics(granted, REQUESTS, i)));
});
