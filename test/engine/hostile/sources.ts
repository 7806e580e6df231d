/** All ways to make hostile inputs, and how many inputs each makes: for the tests, and for bench/hostile.ts. */
import { infixGlobs, manyStars, oneLetter, questionMarks, wildcardsAtRandom } from './globs';
import { Source } from './input';
import { deepOrWide, prototypeNames, randomJson } from './json-shapes';
import { mutatedPolicies, unknownValue, valueInRealPolicy } from './mutations';
import {
  actionsOnResources, arnsApart, manyDenies, manyKeys, manyStatements, manyValues, pigeons, randomClauses,
  splittingConditions,
} from './sizes';
import { textAnywhere, variablesAnywhere } from './texts';
import { ADDRESS, BINARY, DATE, mixedValues, NUMERIC, TRUTH, valuesOf } from './values';

/** Small inputs are most of all, so that there can be many. */
export const SOURCES: readonly Source[] = [
  { name: 'ten disjoint infix globs', share: 120, make: infixGlobs },
  { name: 'a star, a letter and question marks', share: 100, make: questionMarks },
  { name: 'forty stars', share: 150, make: manyStars },
  { name: 'one letter and stars', share: 1500, make: oneLetter },
  { name: 'wildcards at random', share: 5500, make: wildcardsAtRandom },
  { name: 'a few characters of anything', share: 8300, make: (dice) => textAnywhere(dice, () => 1 + dice.below(12)) },
  { name: '2,048 characters of anything', share: 350, make: (dice) => textAnywhere(dice, () => 2048) },
  { name: 'policy variables', share: 5500, make: variablesAnywhere },
  { name: 'numbers', share: 3000, make: valuesOf(NUMERIC) },
  { name: 'dates', share: 3000, make: valuesOf(DATE) },
  { name: 'addresses', share: 3000, make: valuesOf(ADDRESS) },
  { name: 'base64', share: 1500, make: valuesOf(BINARY) },
  { name: 'truths', share: 1000, make: valuesOf(TRUTH) },
  { name: 'one key compared in several ways', share: 2500, make: mixedValues },
  { name: 'hundreds of denies', share: 40, make: manyDenies },
  { name: 'hundreds of statements', share: 60, make: manyStatements(300) },
  { name: '10,000 statements', share: 2, make: manyStatements(10_000) },
  { name: 'hundreds of values', share: 100, make: manyValues },
  { name: 'many condition keys', share: 100, make: manyKeys },
  { name: 'conditions that split', share: 500, make: splittingConditions },
  { name: 'many actions on many resources', share: 30, make: actionsOnResources },
  { name: 'ARNs that differ in every field', share: 500, make: arnsApart },
  { name: 'clauses at random', share: 20, make: randomClauses },
  { name: 'pigeons in too few holes', share: 3, make: pigeons },
  { name: 'deep and wide JSON', share: 400, make: deepOrWide },
  { name: 'names that JavaScript knows', share: 2500, make: prototypeNames },
  { name: 'random JSON in every position', share: 5000, make: valueInRealPolicy((dice) => randomJson(dice)) },
  { name: 'deploy-time values', share: 1500, make: valueInRealPolicy(unknownValue), symbolic: true },
  { name: 'mutated policies', share: 5000, make: mutatedPolicies },
];

/** How many inputs of each source make about `runs` inputs: one of each at least. */
export function countOf(source: Source, runs: number): number {
  const total = SOURCES.reduce((sum, { share }) => sum + share, 0);
  return Math.max(1, Math.ceil(runs * source.share / total));
}
