/**
 * The verdict depends on what policies mean, and not on how they are written. `rewritings.ts` has the ways to write the same
 * question. `spelling.property.test.ts` asks more of the simplest ones.
 *
 * A decision that runs out of steps may differ from one that does not. Without a catalog, a search that finds a request may
 * differ from one that does not find it: what it tries depends on the statements around. Proofs never differ.
 */
import * as fc from 'fast-check';
import { complements, manyConditions } from './complements';
import { check, parse, Question } from './question';
import { questions } from './questions';
import { reorderAllows, rewrite, REWRITINGS, Step } from './rewritings';
import { Tally } from './tally';
import { decideNarrowing, NarrowingOptions, statementAsJson, Verdict } from '../../../lib/engine';
import { requestCatalog } from '../../../lib/reference/request-catalog';
import { WELL_KNOWN_ACTIONS } from '../../../lib/reference/well-known-actions';
import { Dice } from '../../dice';
import { LONG_SEARCH, runs, SEED } from '../../runs';
import { inputOf } from '../hostile/input';
import { SOURCES } from '../hostile/sources';
import { documentOf, Pair, principalOf } from '../requests/pair';
import { TABLES } from '../requests/tables';

jest.setTimeout(LONG_SEARCH);

/** The number of times that each pair of the tables is rewritten. */
const REWRITINGS_OF_A_PAIR = runs(1, 20);

const SMALL_BUDGET = 20_000;

const WITHOUT_CATALOG: NarrowingOptions = { knownActions: WELL_KNOWN_ACTIONS };
const WAYS: ReadonlyArray<[string, NarrowingOptions]> = [
  ['without the reference catalog', WITHOUT_CATALOG],
  ['with the reference catalog', { ...WITHOUT_CATALOG, catalog: requestCatalog() }],
];

const NAMES = Object.keys(REWRITINGS);
const diceSeeds = fc.nat(2 ** 31);
const steps: fc.Arbitrary<Step> = fc.record({ name: fc.constantFrom(...NAMES), seed: diceSeeds });
const chains = fc.array(steps, { minLength: 1, maxLength: 4 });
/** Rewritten before, so that there are statements to join, and the same in several letter cases. */
const rewritten = fc.tuple(questions, fc.array(steps, { maxLength: 2 }))
  .map(([question, chain]) => rewrite(question, chain));

function questionOf({ session, role, boundary }: Pair): Question {
  return {
    session: documentOf(session), identity: [documentOf(role)], ...(boundary && { boundary: documentOf(boundary) }),
  };
}

function decide(question: Question, options: NarrowingOptions): Verdict | undefined {
  const parsed = parse(question);
  return parsed && decideNarrowing(parsed, options);
}

function runsOut(verdict: Verdict): boolean {
  return verdict.kind === 'undetermined' && verdict.reasons.some(({ code }) => code === 'Budget');
}

/** Whether the verdicts are of the same kind, as far as steps and searches suffice. */
function agree(before: Verdict, after: Verdict, { catalog, budget }: NarrowingOptions): boolean {
  const kinds = [before.kind, after.kind];
  if (before.kind === after.kind) { return true; }
  if (!kinds.includes('undetermined')) { return false; }
  return budget !== undefined || runsOut(before) || runsOut(after) || (!catalog && !kinds.includes('narrows'));
}

/** Decides the question as it is and rewritten. `undefined` if IAM would not accept it. */
function expectAgreement(
  question: Question, chain: readonly Step[], options: NarrowingOptions, title?: string,
): Verdict | undefined {
  const before = decide(question, options);
  if (!before) { return undefined; }
  const after = decide(rewrite(question, chain), options)!;
  const kinds = [before.kind, after.kind];
  expect({ title, chain, kinds, agree: agree(before, after, options) }).toEqual({ title, chain, kinds, agree: true });
  return before;
}

describe.each(WAYS)('Questions that look real, %s', (_, options) => {
  test.each(NAMES)('%s', (name) => {
    check(fc.tuple(rewritten, diceSeeds), ([question, seed]) => {
      expectAgreement(question, [{ name, seed }], options);
    }, 0.4);
  });

  test('several rewrites', () => {
    const tally = new Tally();
    check(fc.tuple(questions, chains), ([question, chain]) => tally.add(expectAgreement(question, chain, options)));
    tally.expectAll();
  });

  test('several rewrites, with a small budget', () => {
    check(fc.tuple(questions, chains), ([question, chain]) => {
      expectAgreement(question, chain, { ...options, budget: SMALL_BUDGET });
    });
  });
});

describe.each(WAYS)("Pairs that follow from AWS's pages, %s", (_, options) => {
  test.each(Object.entries(TABLES))('%s', (_name, pairs) => {
    const some = fc.sample(chains, { seed: SEED, numRuns: pairs.length * REWRITINGS_OF_A_PAIR });
    for (const [i, chain] of some.entries()) {
      const pair = pairs[i % pairs.length];
      expectAgreement(questionOf(pair), chain, { ...options, principal: principalOf(pair) }, pair.title);
    }
  });
});

const HOSTILE = [
  'ten disjoint infix globs', 'a star, a letter and question marks', 'forty stars', 'one letter and stars',
  'wildcards at random', 'policy variables', 'numbers', 'dates', 'addresses', 'one key compared in several ways',
  'conditions that split',
];

/** Questions that are hard to decide, by a number. */
const HARD: ReadonlyArray<[string, (index: number) => Question]> = [
  ['actions and resources left out', (index) => complements(new Dice(index))],
  ['twenty statements with conditions', (index) => manyConditions(new Dice(index))],
  ...SOURCES.filter(({ name }) => HOSTILE.includes(name)).map((source): [string, (index: number) => Question] => (
    [source.name, (index) => inputOf(source, SEED, index) as unknown as Question])),
];

describe.each(WAYS)('Questions that are hard to decide, %s', (_, options) => {
  test.each(HARD)('%s', (_name, hardQuestion) => {
    check(fc.tuple(diceSeeds, chains), ([index, chain]) => {
      expectAgreement(hardQuestion(index), chain, options);
    }, 0.05);
  });

  test.each(HARD)('%s, with a small budget', (_name, hardQuestion) => {
    check(fc.tuple(diceSeeds, chains), ([index, chain]) => {
      expectAgreement(hardQuestion(index), chain, { ...options, budget: SMALL_BUDGET });
    }, 0.05);
  });
});

describe.each(WAYS)('The order of what the session policy allows changes nothing at all, %s', (_, options) => {
  test.each<[string, fc.Arbitrary<Question>]>([
    ['questions that look real', rewritten],
    ['actions and resources left out', diceSeeds.map((seed) => complements(new Dice(seed)))],
    ['twenty statements with conditions', diceSeeds.map((seed) => manyConditions(new Dice(seed)))],
  ])('%s', (_name, arbitrary) => {
    check(fc.tuple(arbitrary, diceSeeds, fc.constantFrom(undefined, SMALL_BUDGET, 500)), ([question, seed, budget]) => {
      const before = decide(question, { ...options, budget });
      const after = decide(reorderAllows(question, new Dice(seed)), { ...options, budget });
      expect(after && wordsOf(after)).toEqual(before && wordsOf(before));
    }, 0.25);
  });
});

/** All that the verdict says, except the numbers and the order of statements. */
function wordsOf(verdict: Verdict): readonly string[] {
  switch (verdict.kind) {
    case 'narrows':
      return [`narrows as of ${verdict.asOf}`, ...(verdict.assumptions ?? []).map(({ message }) => message).sort()];
    case 'exceeds':
      return verdict.excesses.map(({ statement, denial, witness: { action, resource, context } }) => (
        JSON.stringify([statementAsJson(statement), denial.layer, action, resource, [...context].sort()]))).sort();
    case 'undetermined':
      return verdict.reasons.map(({ message }) => message.replace(/statement \d+/g, 'statement')).sort();
  }
}
