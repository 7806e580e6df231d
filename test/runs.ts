/**
 * How many cases the tests with random cases try, and which ones. No other test reads these settings from the environment:
 *
 *   TEST_DEEP=1        the deep counts; the files named `*.deep.test.ts` always use theirs
 *   FC_SEED            other cases; a test without a setting tries the same cases in every run
 *   FC_RUNS            a count of its own for every property
 *   FUZZ_RUNS, Z3_RUNS, MANAGED_SAMPLES
 *                      a count of its own for hostile inputs, questions to Z3, and sampled pairs of managed policies
 *   TEST_VERBOSE=1     print what was counted, and what took longest
 */
type Setting = 'FC_RUNS' | 'FUZZ_RUNS' | 'Z3_RUNS' | 'MANAGED_SAMPLES';

export const SEED = Number(process.env.FC_SEED ?? 20121017);

export const VERBOSE = process.env.TEST_VERBOSE === '1';

/** A timeout, in milliseconds, that never ends a test: a count from the environment may ask for a long search. */
export const LONG_SEARCH = 24 * 60 * 60 * 1000;

/** The number of cases: `quick` in the run that developers wait for, `deep` with `TEST_DEEP=1`. */
export function runs(quick: number, deep: number, setting: Setting = 'FC_RUNS'): number {
  return deepRuns(process.env.TEST_DEEP === '1' ? deep : quick, setting);
}

/** The number of cases in a file that is part of the deep run only. */
export function deepRuns(count: number, setting: Setting = 'FC_RUNS'): number {
  return Number(process.env[setting] ?? count);
}
