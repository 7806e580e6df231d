import * as fc from 'fast-check';
import { Budget, BudgetExceeded } from '../../../lib/engine/strings/budget';
import { findString, isMetBy } from '../../../lib/engine/strings/find-string';
import { Element } from '../../../lib/engine/strings/pattern';
import { runs, SEED } from '../../runs';
import { glob, UNLIMITED } from '../make';

/** `a*|b & *c`: a word of the first two patterns that is one of the third, too. */
function required(text: string) {
  return text === ''
    ? []
    : text.split(' & ').map((union) => ({ negated: false, patterns: union.split('|').map(glob) }));
}

/** `a*|b`: a word of neither. */
function forbidden(text: string) {
  return text === '' ? [] : text.split(' & ').map((union) => ({ negated: true, patterns: union.split('|').map(glob) }));
}

describe('findWord', () => {
  test.each<[string, string, string, string]>([
    // what it shows, required, forbidden, a word
    ['nothing is asked', '', '', ''],
    ['the shortest string of a pattern', 'a*b', '', 'ab'],
    ['the shortest of a union', 'abc*|a*|ab*', '', 'a'],
    ['the first of two that are as short', 'b*|a*', '', 'b'],
    ['? is one character', 'a?', '', 'ax'],
    ['_ is one character, but no colon', 'a_', '', 'ax'],
    ['a union of words', 'ab|cd', 'a*', 'cd'],
    ['a word of two unions', 'ab|cd & ?d', '', 'cd'],
    ['a word as long as its pattern', 'abc & a*', 'a', 'abc'],
    ['what both patterns match', 'a* & *b', '', 'ab'],
    ['what both match, with an overlap', 'ab* & *bc', '', 'abc'],
    ['what three match', 'a* & *b* & *c', '', 'abc'],
    ['any string but some', '', 'x*', ''],
    ['any string but the empty one', '', '|x', 'example'],
    ['a pattern without a part of it', 'a*', 'ab*|a', 'ax'],
    ['a pattern that forbidden ones cannot reach', 'a*', 'b*|?b*', 'a'],
    ['two forbidden unions', 'a*', 'a & ax*', 'aexample'],
    ['letters of a kind that no pattern names', '?', 'x|e|a', 'i'],
    ['a colon where it has to be', '*:* & *a', '', ':a'],
    ['a colon where it is left out', '*:*', '%', ':'],
    ['_ does not match a colon, ? does', '?', '_', ':'],
    ['% stops before a colon', '%b & *:*', '', '-'],
    ['a word in any case', '<a>*', '', 'a'],
    ['a word in any case of the same', '<ab>', '<ab>', '-'],
    ['any case, and more', '<a>* & *b', 'a*', 'Ab'],
  ])('%s: %s but not %s', (_name, wanted, unwanted, word) => {
    const found = findString([...required(wanted), ...forbidden(unwanted)], UNLIMITED);
    expect(found?.toString() ?? '-').toBe(word);
  });

  // A word in any case is several.
  test.each<[string, string, string, string]>([
    ['one case of two', '<a>', 'a', 'A'],
    ['one case of four', '<ab>', 'ab|aB|Ab', 'AB'],
    ['each case', '<a>', 'a|A', '-'],
  ])('%s: %s but not %s', (_name, wanted, unwanted, word) => {
    const found = findString([...required(wanted), ...forbidden(unwanted)], UNLIMITED);
    expect(found?.toString() ?? '-').toBe(word);
  });

  test.each<[string, string, string]>([
    // what it shows, required, forbidden: there is no such string
    ['the same', 'a*', 'a*'],
    ['a part', 'a*b', 'a*'],
    ['each part of a union', 'ab*|ac*', 'a*'],
    ['each part by another pattern', 'ab*|cd*', 'a*|c*'],
    ['a word', 'ab', 'a?'],
    ['different words', 'ab & ac', ''],
    ['different beginnings', 'a* & b*', ''],
    ['different lengths', '? & ??', ''],
    ['an empty union', '', '*'],
    ['the empty string and all others', '', '|?*'],
    ['a prefix: all ways to go on', 'a*', 'ab*|a|a_*|a:*'],
    ['lengths: all of them', '?*', '?|??|???*'],
    ['both ends: a word that has them has them', 'a* & *b', 'a*b'],
    ['an infix between both ends', 'a*c & *b*', 'a*b*c'],
    ['with and without a colon', '*', '%|*:*'],
    ['both cases', '<a>*', '<a>?*|<a>'],
  ])('there is none: %s: %s but not %s', (_name, wanted, unwanted) => {
    expect(findString([...required(wanted), ...forbidden(unwanted)], UNLIMITED)).toBeUndefined();
  });

  test.each<[string, string, string, string]>([
    // Symbolic variables are Greek letters: texts that are unknown, but the same wherever the letter is the same.
    ['a symbolic variable is what it is', 'α', '', '${α}'],
    ['a symbolic variable is itself', 'α', 'α', '-'],
    ['a symbolic variable is not another one', 'α', 'β', '${α}'],
    ['* takes it', 'α', '*', '-'],
    ['? does not: it may be longer', 'α', '?', '${α}'],
    ['% does not: it may have a colon', 'α', '%', '${α}'],
    ['it is not a text that is written out', 'α', 'a', '${α}'],
    ['the same beginning', 'αb*', 'α*', '-'],
    ['the same beginning, but more behind it', 'α*', 'αb*', '${α}'],
    ['all ways to go on behind it', 'α*', 'α|α?*', '-'],
    ['what is not tried first', 'α*', 'α|αx*|αe*|αq*|α1*', '${α}a'],
    ['what is not tried first, in front of it', '*α', 'α|xα|eα|exampleα|qα|q7α|111122223333α', 'a${α}'],
    ['another symbolic variable is another', 'α*', 'α|αx*|αe*|αq*|α1*|β*', '${α}a'],
    ['% does not take it with more behind it', 'α*', 'α|αx*|αe*|αq*|α1*|%', '${α}a'],
    ['% takes the name of a bucket', 'Γ*', '%|Γx*|Γe*|Γq*|Γ1*', '${Γ}:'],
    ['_ does not take it', '*α', 'α|xα|eα|exampleα|qα|q7α|111122223333α|__*', 'a${α}'],
    ['two patterns with symbolic variables: each alone', 'α & β', '', '${β}'], // they may have the same value
    ['two patterns with symbolic variables, one of which is forbidden', 'α & β', 'β', '-'],
    ['two patterns with symbolic variables, the first of which is forbidden', 'α & β', 'α', '-'],
    ['a union of a symbolic variable and a text', 'α|b & b*', 'b', '${α}'],
    ['a symbolic variable and a text in one pattern', 'aα & *b', '', 'a${α}'],
    ['with one of two patterns that it may meet', 'bα & b*|c*', '', 'b${α}'],
    ['a generated name may be what somebody wrote', 'Γ & data', '', '${Γ}'],
    ['with a pattern that it cannot meet', 'aα & b*', '', '-'],
    ['with a pattern that it may meet', 'α & b*', '', '${α}'],
    ['the one of a union that may meet', 'aα|bα & b*', '', 'b${α}'],
    ['a pattern without symbolic variables that is forbidden', 'α & b*', 'b*', '-'],
  ])('%s: %s but not %s', (_name, wanted, unwanted, word) => {
    const found = findString([...required(wanted), ...forbidden(unwanted)], UNLIMITED);
    expect(found?.toString() ?? '-').toBe(word);
  });

  test('characters that nobody uses, where every usual one means something', () => {
    const usual = [...'abcdefghijklmnopqrstuvwxyz0123456789'].join('|');
    expect(findString([...required('?'), ...forbidden(usual)], UNLIMITED)).toMatch(/^[^a-z0-9]$/);
  });

  test('work is counted', () => {
    const question = [...required('*a?????????'), ...forbidden('*b?????????|*a*')];
    expect(() => findString(question, new Budget(2))).toThrow(BudgetExceeded);
  });
});

describe('isMetBy', () => {
  test.each<[string, string, string, boolean]>([
    // text, required, forbidden, whether it is certain
    ['ab', 'a* & *b', '', true],
    ['ab', 'a* & *c', '', false],
    ['ab', 'x|a?', 'b*', true],
    ['ab', '', 'ab', false],
    ['ab', '', '*b|c', false],
    ['α', 'α', 'b', false], // the symbolic variable may be `b`
    ['aα', '', 'b*', true],
    ['α', 'a', '', false],
    ['α', 'β', '', false],
    ['α', '*', '', true],
  ])('%s meets %s and not %s: %s', (text, wanted, unwanted, expected) => {
    expect(isMetBy([...required(wanted), ...forbidden(unwanted)], glob(text), UNLIMITED)).toBe(expected);
  });
});

describe('against all short words', () => {
  // As in ARNs, wildcards that stop at colons stand before those that do not.
  const part = (elements: string) => fc.array(fc.constantFrom(...elements), { maxLength: 3 }).map(
    (chars) => chars.join(''),
  );
  const pattern = fc.tuple(part('ab:%_'), part('ab:*?')).map(([head, tail]) => head + tail);
  const requirement = fc.record({
    negated: fc.boolean(), patterns: fc.array(pattern.map(glob), { minLength: 1, maxLength: 2 }),
  });
  const words = (length: number): string[] => (length === 0
    ? ['']
    : words(length - 1).flatMap((w) => [...'abx:'].map((c) => w + c)));
  const allWords = [0, 1, 2, 3, 4, 5].flatMap(words);

  function expression(elements: readonly Element[]): string {
    const class_ = (except: string | undefined) => (except ? `[^${except}]` : '[^]');
    return elements.map((e) => (e.type === 'char' ? e.char
      : e.type === 'variable' ? ''
        : e.type === 'many' ? `${class_(e.except)}*` : class_(e.except))).join('');
  }

  test('a word that is found meets the requirements, and where none is found there is none', () => {
    fc.assert(fc.property(fc.array(requirement, { minLength: 1, maxLength: 3 }), (requirements) => {
      const expected = requirements.map(
        ({ negated, patterns }) => ({ negated, expressions: patterns.map((p) => new RegExp(`^(${expression(p)})$`)) }),
      );
      const meets = (word: string) => expected.every(
        ({ negated, expressions }) => expressions.some((e) => e.test(word)) !== negated,
      );
      const found = findString(requirements, UNLIMITED);
      expect(found === undefined ? allWords.find(meets) : meets(found as string) || found).toBe(
        found === undefined ? undefined : true,
      );
    }), { seed: SEED, numRuns: runs(100, 400) });
  });
});
