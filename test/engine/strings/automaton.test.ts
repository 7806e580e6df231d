import * as fc from 'fast-check';
import { Automaton, FILLERS, Requirement } from '../../../lib/engine/strings/automaton';
import { Budget, BudgetExceeded } from '../../../lib/engine/strings/budget';
import { Element } from '../../../lib/engine/strings/pattern';
import { runs, SEED } from '../../runs';
import { BUCKET, glob, stepsOf, UNLIMITED, variable } from '../make';

// A failure prints its seed and its path. The same cases every time, unless the environment asks for others.
const RUNS = runs(100, 300);

/** `a*|b & *c - ab*`: a word of the first or the second pattern and of the third, but not of the fourth. */
function requirements(text: string): Requirement[] {
  const [wanted, ...unwanted] = text.split(' - ');
  const union = (negated: boolean) => (patterns: string) => ({ negated, patterns: patterns.split('|').map(glob) });
  return [...(wanted === 'any' ? [] : wanted.split(' & ').map(union(false))), ...unwanted.map(union(true))];
}

const shortest = (asked: readonly Requirement[], budget = UNLIMITED) => new Automaton(asked, budget).shortestString();

/** A naive matcher: `values` are the texts of the symbolic variables. */
function matches(elements: readonly Element[], word: string, values: ReadonlyMap<string, string> = new Map()): boolean {
  if (elements.length === 0) { return word === ''; }
  const [element, ...rest] = elements;
  const [first, behind] = [word.slice(0, 1), word.slice(1)];
  switch (element.type) {
    case 'variable': {
      const value = values.get(element.variable.id)!;
      return word.startsWith(value) && matches(rest, word.slice(value.length), values);
    }
    case 'many':
      return matches(rest, word,
        values) || (first !== '' && !element.except?.includes(first) && matches(elements, behind, values));
    case 'one':
      return first !== '' && !element.except?.includes(first) && matches(rest, behind, values);
    case 'char': {
      const same = element.letterCase === 'ignored' ? element.char.toLowerCase() === first
        .toLowerCase() : element.char === first;
      return first !== '' && same && matches(rest, behind, values);
    }
  }
}

const meets = (asked: readonly Requirement[], word: string, values?: ReadonlyMap<string, string>) =>
  asked.every(({ negated, patterns }) => patterns.some((p) => matches(p, word, values)) !== negated);

/** All words of these letters, the shortest first. */
function words(letters: string, maxLength: number): string[] {
  const all = [['']];
  while (all.length <= maxLength) {
    all.push(all[all.length - 1].flatMap((word) =>
      [...letters].map((letter) => word + letter)));
  }
  return all.flat();
}

test.each<[string, string, number | undefined]>([
  // what it shows, what is asked, the length of the shortest word; none if there is no word
  ['nothing is asked', 'any', 0],
  ['a word', 'abc', 3],
  ['* may take nothing', 'a*b', 2],
  ['? takes one character', '?', 1],
  ['each ? takes one', '???', 3],
  ['the shorter of a union', 'abc|ab', 2],
  ['both ends', 'a* & *b', 2],
  ['both ends in one character', 'a* & *a', 1],
  ['ends that overlap', 'ab* & *bc', 3],
  ['three together', 'a* & *b* & *c', 3],
  ['all but the empty word', 'any - ', 1],
  ['behind a forbidden prefix', 'a* - a|ab*', 2],
  ['longer than all that is forbidden', 'a* - a|a?|a??', 4],
  ['two forbidden unions', 'a* - a - a?', 3],
  ['a colon where it has to be', '*:* - %', 1],
  ['_ takes no colon', '_ - ?', undefined],
  ['? takes one', '? - _', 1],
  ['different words', 'ab & ac', undefined],
  ['different beginnings', 'a* & b*', undefined],
  ['different lengths', '?? & ???', undefined],
  ['the same', 'a*b - a*b', undefined],
  ['a part', 'ab* - a*', undefined],
  ['a prefix and each way to go on', 'a* - a|a_*|a:*', undefined],
  ['each length', 'any - |?|??*', undefined],
  ['one case of two', '<a> - a', 1],
  ['both cases', '<a> - a|A', undefined],
  ['each case of two letters but one', '<ab> - ab|aB|Ab', 2],
])('%s: %s', (_name, text, length) => {
  const asked = requirements(text);
  const word = shortest(asked);
  expect(word?.toString().length).toBe(length);
  if (word !== undefined) { expect(meets(asked, word as string)).toBe(true); }
});

test('nothing matches an empty union', () => {
  expect(shortest([{ negated: false, patterns: [] }])).toBeUndefined();
  expect(shortest([{ negated: true, patterns: [] }])).toBe('');
});

test.each([31, 32, 33, 63, 64, 65, 200])('patterns of %i characters: more positions than a number has bits',
  (length) => {
    const long = 'a'.repeat(length);
    expect(shortest(requirements(`${long}*b & *${long}?b`))).toBe(`${long}${FILLERS[0]}b`);
    expect(shortest(requirements(`${long}* - ${long}|${long}?*`))).toBeUndefined();
  });

test('of characters that nothing tells apart, the one that people read best', () => {
  expect(shortest(requirements('?'))).toBe(FILLERS[0]);
  expect(shortest(requirements(`? - ${FILLERS[0]}`))).toBe(FILLERS[1]);
});

describe('against a naive matcher', () => {
  const part = (elements: string, maxLength: number) =>
    fc.array(fc.constantFrom(...elements), { maxLength }).map((chars) => chars.join(''));
  const asking = (elements: string) => fc.array(fc.record({
    negated: fc.boolean(), patterns: fc.array(part(elements, 4).map(glob), { minLength: 1, maxLength: 2 }),
  }), { minLength: 1, maxLength: 3 });

  test('the word that is found is right and as short as any; where none is found, there is none', () => {
    const all = words('ab:x', 5);
    fc.assert(fc.property(asking('ab:%_*?'), (asked) => {
      const found = shortest(asked) as string | undefined;
      const first = all.find((word) => meets(asked, word));
      if (found === undefined) {
        expect(first).toBeUndefined();
      } else {
        expect([meets(asked, found), first === undefined ? 'longer' : found.length])
          .toEqual([true, first?.length ?? 'longer']);
      }
    }), { seed: SEED, numRuns: RUNS });
  });

  test('the same where case does not matter', () => {
    const all = words('aAbBx', 4);
    const inAnyCase = asking('ab*?').map((asked) => asked.map((r, i) => (i % 2 === 0 ? r : {
      ...r,
      patterns: r.patterns.map((p) =>
        p.map((e) => (e.type === 'char' ? { ...e, letterCase: 'ignored' as const } : e))),
    })));
    fc.assert(fc.property(inAnyCase, (asked) => {
      const found = shortest(asked) as string | undefined;
      const first = all.find((word) => meets(asked, word));
      expect(found === undefined ? first : meets(asked, found)).toBe(found === undefined ? undefined : true);
      if (first !== undefined) { expect(found).toHaveLength(first.length); }
    }), { seed: SEED, numRuns: RUNS });
  });

  test('if no word is found of patterns with symbolic variables, there is none for any of their values', () => {
    const required = part('aαΓ*?', 3).map(glob);
    const forbidden = fc.array(part('aαΓ*?%', 4).map(glob), { minLength: 1, maxLength: 3 });
    const values = ['', 'a', ':', 'aa:'].flatMap((α) => ['aaa', 'xax'].map((Γ) => new Map([['α', α], ['Γ', Γ]])));
    const all = words('a:x', 5);
    let proofs = 0;
    fc.assert(fc.property(required, forbidden, (wanted, unwanted) => {
      const asked = [{ negated: false, patterns: [wanted] }, { negated: true, patterns: unwanted }];
      if (shortest(asked) !== undefined) { return; }
      proofs++;
      for (const of of values) { expect(all.find((word) => meets(asked, word, of))).toBeUndefined(); }
    }), { seed: SEED, numRuns: RUNS });
    expect(proofs).toBeGreaterThan(RUNS / 20);
  });
});

describe('symbolic variables are letters', () => {
  test.each<[string, string, string | undefined]>([
    ['a symbolic variable is a word', 'α', '${α}'],
    ['it is itself', 'α - α', undefined],
    ['it may be another', 'α - β', '${α}'],
    ['* takes it', 'α - *', undefined],
    ['? does not: it may be longer', 'α - ?', '${α}'],
    ['% does not: it may have a colon', 'α - %', '${α}'],
    ['% takes the name of a bucket', 'Γ - %', undefined],
    ['with what stands around it', 'aα*b - aαb', `a\${α}${FILLERS[0]}b`],
  ])('%s: %s', (_name, text, expected) => {
    expect(shortest(requirements(text))?.toString()).toBe(expected);
  });

  test('a symbolic variable that is taken as text is matched by the same symbolic variable as a pattern', () => {
    const asText = { ...variable('text', BUCKET), asPattern: 'pattern' };
    const element = (of: ReturnType<typeof variable>): Element => ({ type: 'variable', variable: of });
    const asked = (other: ReturnType<typeof variable>) => [
      { negated: false, patterns: [[element(asText)]] }, { negated: true, patterns: [[element(other)]] },
    ];
    expect(shortest(asked(variable('pattern', BUCKET)))).toBeUndefined();
    expect(shortest(asked(variable('other', BUCKET)))?.toString()).toBe('${text}');
  });
});

describe('work', () => {
  const BLOWUP = requirements('*a???????????? - *b????????????|*c????????????');

  test('is counted, and stops where the budget ends', () => {
    expect(() => shortest(BLOWUP, new Budget(100))).toThrow(BudgetExceeded);
  });

  test('is the same every time', () => {
    const [first, second] = [1, 2].map(() => stepsOf(() => shortest(requirements('*a??? - *b???'))));
    expect(first).toBe(second);
    expect(first).toBeGreaterThan(0);
  });

  test('grows with the patterns as they are read, not with the words that they have', () => {
    const steps = (length: number) =>
      stepsOf(() => shortest(requirements(`${'?'.repeat(length)} - ${'?'.repeat(length - 1)}a`)));
    expect(steps(40)).toBeLessThan(6 * steps(20));
  });
});
