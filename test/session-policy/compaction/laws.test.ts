/** The laws of compaction with a part of the corpus. laws.deep.test.ts tries them with all of it, and 10,000 requests each. */
import { cutFromManagedPolicies, grantsOnSharedRole, handWritten, randomActions, randomQuestions } from './corpus';
import { tryLaws } from './laws';

const REQUESTS = 200;

const CORPORA = {
  'grants of the CDK': grantsOnSharedRole().filter((_, i) => i % 8 === 0),
  'cut from managed policies': cutFromManagedPolicies(6),
  'written for pods': handWritten().filter((_, i) => i % 6 === 0),
  'random policies': randomQuestions(40),
  'random actions': randomActions(20),
};

test.each(Object.entries(CORPORA))('%s', (_name, corpus) => {
  const tallies = corpus.map((entry, i) => tryLaws(entry, REQUESTS, i));
  expect(tallies.flatMap(({ breaches }) => breaches)).toEqual([]);
  const total = (count: 'requests' | 'allowed') => tallies.reduce((sum, tally) => sum + tally[count], 0);
  // Requests that the policy does not allow show little.
  expect(total('allowed')).toBeGreaterThan(total('requests') / 50);
});
