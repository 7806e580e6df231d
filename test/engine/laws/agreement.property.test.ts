import * as fc from 'fast-check';
import { expectNoExcess, expectWitnesses } from './expectations';
import { check, decide, seeds } from './question';
import { questions } from './questions';
import { firstExcess, pairs, universes } from './small-universe';
import { Tally } from './tally';
import { LONG_SEARCH } from '../../runs';

jest.setTimeout(LONG_SEARCH);

describe('decideNarrowing agrees with an independent evaluator', () => {
  test('about policies that look real', () => {
    const tally = new Tally();
    check(fc.tuple(questions, seeds), ([question, seed]) => {
      const verdict = decide(question);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(question, verdict); }
      if (verdict?.kind === 'narrows') { expectNoExcess(question, seed); }
    }, 6);
    tally.expectAll();
  });

  test('about every request of a small universe', () => {
    const tally = new Tally();
    check(universes, (catalog) => {
      const verdict = decide(catalog.question);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(catalog.question, verdict); }
      if (verdict?.kind === 'narrows') { expect(firstExcess(catalog)).toBeUndefined(); }
    }, 3);
    tally.expectAll();
  });
});

describe('decideNarrowing compares two patterns', () => {
  test('as every reading does for every request of a small universe', () => {
    const tally = new Tally();
    check(pairs, (catalog) => {
      const verdict = decide(catalog.question);
      tally.add(verdict);
      if (verdict?.kind === 'exceeds') { expectWitnesses(catalog.question, verdict); }
      if (verdict?.kind === 'narrows') { expect(firstExcess(catalog)).toBeUndefined(); }
    }, 10);
    tally.expectAll();
  });
});
