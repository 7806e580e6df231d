import * as fc from 'fast-check';
import { expectNoExcess, expectWitnesses } from './expectations';
import { check, decide, seeds } from './question';
import { questions } from './questions';
import { firstExcess, pairs, universes } from './small-universe';
import { Tally } from './tally';
import { NarrowingOptions } from '../../../lib/engine';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

const WAYS: ReadonlyArray<[string, NarrowingOptions]> = [
  ['with shortcuts', { shortcuts: true }], ['the plain way', { shortcuts: false }],
];

describe.each(WAYS)('decideNarrowing agrees with an independent evaluator, %s', (_, options) => {
  test('about policies that look real', () => {
    const tally = new Tally();
    check(fc.tuple(questions, seeds), ([question, seed]) => {
      const verdict = decide(question, options);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(question, verdict); }
      if (verdict?.kind === 'narrows') { expectNoExcess(question, seed); }
    }, 6);
    tally.expectAll();
  });

  test('about every request of a small universe', () => {
    const tally = new Tally();
    check(universes, (universe) => {
      const verdict = decide(universe.question, options);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(universe.question, verdict); }
      if (verdict?.kind === 'narrows') { expect(firstExcess(universe)).toBeUndefined(); }
    }, 3);
    tally.expectAll();
  });
});

describe.each(WAYS)('decideNarrowing compares two patterns, %s', (_, options) => {
  test('as every reading does for every request of a small universe', () => {
    const tally = new Tally();
    check(pairs, (universe) => {
      const verdict = decide(universe.question, options);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(universe.question, verdict); }
      if (verdict?.kind === 'narrows') { expect(firstExcess(universe)).toBeUndefined(); }
    }, 10);
    tally.expectAll();
  });
});
