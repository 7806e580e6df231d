import * as fc from 'fast-check';
import { Universe, accessOf } from './access';
import { crossAccountQuestions, GeneratedQuestion, resourcePolicyQuestions } from './generate';
import { listOf, statementsOf } from '../oracle/readings';
import { SEED } from '../runs';

const sample = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { seed: SEED, numRuns: 300 });

/** How many of them have each verdict. */
function tallyOf(universes: readonly Universe[]): { readonly [access: string]: number } {
  const tally: { [access: string]: number } = {};
  universes.map(accessOf).forEach((access) => { tally[access] = (tally[access] ?? 0) + 1; });
  return tally;
}

const questions: readonly GeneratedQuestion[] = sample(resourcePolicyQuestions);

test('there are questions with every verdict', () => {
  const tally = tallyOf(questions.map(({ universe }) => universe));
  expect(Object.keys(tally).sort()).toEqual(
    ['allowed', 'denied', 'depends', 'not allowed', 'partly denied', 'unknown']);
});

test('questions across accounts are allowed and not allowed', () => {
  const tally = tallyOf(sample(crossAccountQuestions));
  expect(Object.keys(tally)).toEqual(expect.arrayContaining(['allowed', 'not allowed']));
});

test('no template contains an ARN of a key, whose id nobody knows', () => {
  const texts = questions.map(({ template }) => JSON.stringify(template));
  expect(texts.filter((text) => /:key\/1234abcd/.test(text))).toEqual([]);
  expect(texts.some((text) => text.includes('AWS::KMS::Key'))).toBe(true);
});

test('a session policy names the requests of the question, and no pattern of actions', () => {
  for (const { universe: { caller: { session }, requests } } of questions) {
    const actions = statementsOf(session!).flatMap(({ Action }) => listOf(Action));
    expect(requests.map(({ action }) => action)).toEqual(expect.arrayContaining([...actions]));
  }
});
