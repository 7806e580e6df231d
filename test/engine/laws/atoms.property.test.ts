import * as fc from 'fast-check';
import { atomPairs, atomQuestions } from './atom-questions';
import { expectWitness } from './expectations';
import { anyValues, likelyValues, withAtoms, withValues } from './placeholders';
import { check, kindOf, KNOWN_ACTIONS, parse, Question, seeds } from './question';
import { sampleExcess, SAMPLES } from './request-sampler';
import { Tally } from './tally';
import { decideNarrowing, Verdict } from '../../../lib/engine';
import { Dice } from '../../dice';
import { DEFAULT_READING, PolicyDocument, StatementDocument } from '../../oracle/evaluate';
import { exceedsFor } from '../../oracle/readings';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

function decideWithAtoms(question: Question): Verdict | undefined {
  const parsed = parse(question, withAtoms);
  return parsed && decideNarrowing(parsed, { knownActions: KNOWN_ACTIONS });
}

const ASSIGNMENTS = 12;

/** Whatever the symbolic variables turn out to be, sampling finds no excess. */
function expectNarrowsForAllValues(question: Question, seed: number): void {
  const dice = new Dice(seed);
  for (let i = 0; i < ASSIGNMENTS; i++) {
    const values = anyValues(dice);
    const concrete = withValues(question, values);
    if (!parse(concrete)) { continue; }
    const found = sampleExcess(concrete, seed + i, SAMPLES / 3);
    expect(found && { values, ...found }).toBeUndefined();
  }
}

/** Whatever the symbolic variables turn out to be, the role is not proven to cover the session policy. */
function expectExceedsForAllValues(question: Question, seed: number): void {
  const dice = new Dice(seed);
  for (let i = 0; i < ASSIGNMENTS; i++) {
    const values = likelyValues(dice);
    expect({ values, kind: kindOf(withValues(question, values)) }).not.toEqual({ values, kind: 'narrows' });
  }
}

/** Each witness holds for the values that it assumes, whatever the other symbolic variables turn out to be. */
function expectWitnessesAsAssumed(question: Question, verdict: Verdict & { kind: 'exceeds' }, seed: number): void {
  const dice = new Dice(seed);
  for (const { witness } of verdict.excesses) {
    const concrete = withValues(question, { ...likelyValues(dice), ...Object.fromEntries(witness.assumed) });
    if (parse(concrete)) { expectWitness(concrete, witness); }
  }
}

describe('decideNarrowing speaks for every value of a symbolic variable', () => {
  test('a policy that narrows does so with any values', () => {
    const tally = new Tally();
    check(fc.tuple(atomQuestions, seeds), ([question, seed]) => {
      const verdict = decideWithAtoms(question);
      tally.add(verdict);
      if (verdict?.kind === 'narrows') { expectNarrowsForAllValues(question, seed); }
    }, 3);
    tally.expectAll();
  });

  test('a pattern that is inside another is so with any values', () => {
    const tally = new Tally();
    check(fc.tuple(atomPairs, seeds), ([question, seed]) => {
      const verdict = decideWithAtoms(question);
      tally.add(verdict);
      if (verdict?.kind === 'narrows') { expectNarrowsForAllValues(question, seed); }
      if (verdict?.kind === 'exceeds') {
        expectWitnessesAsAssumed(question, verdict, seed);
        expectExceedsForAllValues(question, seed);
      }
    }, 3);
    tally.expectAll();
  });

  test('a witness is one for the values that it assumes', () => {
    check(fc.tuple(atomQuestions, seeds), ([question, seed]) => {
      const verdict = decideWithAtoms(question);
      if (verdict?.kind === 'exceeds') { expectWitnessesAsAssumed(question, verdict, seed); }
    }, 2);
  });

  test('a policy that exceeds does so with any values of different names', () => {
    check(fc.tuple(atomQuestions, seeds), ([question, seed]) => {
      if (decideWithAtoms(question)?.kind === 'exceeds') { expectExceedsForAllValues(question, seed); }
    }, 2);
  });
});

test('a proof does not depend on generated names being different', () => {
  const about = (Effect: string, Resource: string): StatementDocument => ({
    Effect, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Resource}`,
  });
  const session: PolicyDocument = { Version: '2012-10-17', Statement: about('Allow', '<name1>/*') };
  const role: PolicyDocument = { Version: '2012-10-17', Statement: [about('Allow', '*'), about('Deny', '<name2>/*')] };
  expect(decideWithAtoms({ session, identity: [role] })!.kind).toBe('undetermined');
});

test('a value in a NotResource may be a policy variable, which may have no value', () => {
  const about = (rest: Partial<StatementDocument>): PolicyDocument => ({
    Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', ...rest },
  });
  const question = {
    session: about({ Resource: 'arn:aws:s3:::<name1>' }), identity: [about({ NotResource: 'arn:aws:s3:::<text1>/*' })],
  };
  const concrete = withValues(question, { '<text1>': '${aws:username}', '<name1>': 'data' });
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::data', context: new Map() };
  expect(exceedsFor(concrete, request, { ...DEFAULT_READING, unresolvedNotResource: 'does not apply' })).toBe(true);
  expect(decideWithAtoms(question)!.kind).not.toBe('narrows');
});

test('a value may begin a policy variable that the text behind it ends', () => {
  const about = (Resource: string): PolicyDocument => ({
    Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource },
  });
  const question = { session: about('arn:aws:s3:::<text1>{aws:username}'), identity: [about('arn:aws:s3:::<text1>*')] };
  const concrete = withValues(question, { '<text1>': '$' });
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bob', context: new Map([['aws:username', 'bob']]) };
  expect(exceedsFor(concrete, request, DEFAULT_READING)).toBe(true);
  expect(decideWithAtoms(question)!.kind).not.toBe('narrows');
});
