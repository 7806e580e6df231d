import { SymbolicString } from '../../../lib/engine';
import { KeyFacts } from '../../../lib/engine/regions/key-facts';
import { findKeyState, holdsForMissingKey } from '../../../lib/engine/regions/key-states';
import { glob, literals, UNLIMITED, variable } from '../make';

/** What is shown of a key: that it is missing, a value, or several. What is unclear is in doubt. */
function state(text: string, mayHaveSeveral: boolean, facts?: KeyFacts): string {
  const found = findKeyState(literals(text), mayHaveSeveral, UNLIMITED, facts);
  if (!found) { return 'none'; }
  const value = found.value === undefined ? 'missing'
    : Array.isArray(found.value) ? `[${found.value.join(' ')}]` : `${found.value}`;
  return `${value === '' ? "''" : value}${found.certain ? '' : ' (in doubt)'}`;
}

describe('a key that is missing', () => {
  test.each<[string, boolean | undefined]>([
    ['StringEquals k a', false],
    ['StringNotEquals k a', true],
    ['NumericLessThan k 5', false],
    ['NotIpAddress k 10.0.0.0/8', true],
    ['StringEqualsIfExists k a', true],
    ['StringNotEqualsIfExists k a', true],
    ['Null k true', true],
    ['Null k false', false],
    ['Null k true|false', true],
    ['ForAllValues:StringEquals k a', true],
    ['ForAllValues:StringNotEquals k a', true],
    ['ForAnyValue:StringEquals k a', false],
    ['ForAnyValue:StringNotEquals k a', false],
    ['ForAnyValue:StringEqualsIfExists k a', undefined], // IfExists says that it holds, ForAnyValue that it does not
    ['ForAllValues:StringEqualsIfExists k a', true],
  ])('%s: %s', (text, expected) => {
    expect(holdsForMissingKey(literals(text)[0].entry.meaning!)).toBe(expected);
  });
});

describe('a key with one value', () => {
  test.each<[string, string]>([
    // The simplest first: a missing key, a value.
    ['StringNotEquals k a', 'missing'],
    ['not StringEquals k a', 'missing'],
    ['StringEquals k a', 'a'],
    ['not StringNotEquals k a', 'a'],
    ['StringEqualsIfExists k a', 'missing'],
    ['not StringEqualsIfExists k a', 'example'],
    ['not StringNotEqualsIfExists k a', 'a'],
    ['Null k true', 'missing'],
    ['not Null k true', 'example'],
    ['Null k false', 'example'],
    ['not Null k false', 'missing'],
    ['Null k false & StringNotEquals k a', 'example'],
    ['Null k false & StringEqualsIfExists k a', 'a'],
    ['Null k true & StringNotEquals k a', 'missing'],
    ['Null k true & StringEquals k a', 'none'],
    ['Null k true & Null k false', 'none'],
    ['Null k true & not StringEqualsIfExists k a', 'none'],
    ['not Null k true|false', 'none'],
    ['StringEquals k a & StringEquals k b', 'none'],
    ['StringEquals k a & not StringEquals k a', 'none'],
    ['StringEquals k a|b & not StringEquals k a', 'b'],
    ['StringNotEquals k a & not StringNotEquals k b', 'b'],
    ['StringEqualsIfExists k a & StringNotEqualsIfExists k a', 'missing'],
    ['StringEqualsIfExists k a & StringNotEqualsIfExists k a & Null k false', 'none'],
    ['NumericLessThan k 5 & StringEquals k a', '4 (in doubt)'], // compared as a number and as text
    ["StringEquals k ''", "'' (in doubt)"],
    // A condition of which IAM's documents do not say what it means may hold or not; it never both does and does not.
    ['NumericEquals k one', 'missing (in doubt)'],
    ['not NumericEquals k one', 'missing (in doubt)'],
    ['NumericEquals k one & StringEquals k a', 'a (in doubt)'],
    ['NumericEquals k one & not NumericEquals k one', 'none'],
    ['NumericEquals k one & not NumericEquals k two', 'missing (in doubt)'],
    ['NumericEquals k one & StringEquals k a & StringEquals k b', 'none'],
  ])('%s: %s', (text, expected) => {
    expect(state(text, false)).toBe(expected);
  });
});

describe('a key with several values', () => {
  test.each<[string, string]>([
    ['ForAllValues:StringEquals k a|b', 'missing'],
    ['ForAllValues:StringEquals k a|b & Null k false', 'a'],
    ['not ForAllValues:StringEquals k a|b', 'example'],
    ['ForAnyValue:StringEquals k a|b', 'a'],
    ['not ForAnyValue:StringEquals k a|b', 'missing'],
    ['not ForAnyValue:StringEquals k a|b & Null k false', 'example'],
    ['ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b', '[a b]'],
    ['ForAnyValue:StringLike k a* & ForAnyValue:StringLike k b*', '[aexample bexample]'],
    ['ForAnyValue:StringEquals k a & not ForAllValues:StringEquals k a', '[a example]'],
    ['ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b & ForAnyValue:StringEquals k a|c', '[a b]'],
    ['ForAnyValue:StringEquals k a & not ForAnyValue:StringEquals k a', 'none'],
    ['ForAnyValue:StringEquals k a & ForAllValues:StringEquals k b', 'none'],
    ['ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b & ForAllValues:StringEquals k a', 'none'],
    ['ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b & ForAllValues:StringEquals k a|b|c', '[a b]'],
    ['ForAnyValue:StringEquals k a & not ForAnyValue:StringEquals k b & not ForAllValues:StringEquals k a|b',
      '[a example]'],
    ['ForAnyValue:StringNotEquals k a', 'example'],
    ['ForAllValues:StringNotEquals k a & ForAnyValue:StringEquals k a', 'none'],
    ['not ForAllValues:StringNotEquals k a', 'a'],
    ['not ForAllValues:StringEqualsIfExists k a', 'example'],
    ['ForAnyValue:StringEqualsIfExists k a', 'a'],
    ['ForAnyValue:StringEqualsIfExists k a & Null k true', 'missing (in doubt)'],
    ['not ForAnyValue:StringEqualsIfExists k a & Null k true', 'missing (in doubt)'],
    ['Null k true & ForAnyValue:StringEquals k a', 'none'],
    ['Null k true & ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b', 'none'],
    // An operator without ForAllValues and ForAnyValue takes several values for any of them, or for none.
    ['StringEquals k a & StringEquals k b', '[example] (in doubt)'],
    ['StringEquals k a & StringNotEquals k a', '[example] (in doubt)'],
    ['not StringEquals k a & not StringNotEquals k a', '[example] (in doubt)'],
    ['StringEquals k a & ForAnyValue:StringEquals k b', '[b] (in doubt)'],
    ['StringEquals k a & ForAllValues:StringEquals k b', '[b] (in doubt)'],
    ['not StringEquals k a & ForAllValues:StringEquals k a & Null k false', '[a] (in doubt)'],
    // An operator on sets may treat the empty string as a key without values.
    ['ForAllValues:StringEquals k a & not ForAllValues:StringEquals k b & Null k false', 'a'],
    ['ForAllValues:StringEquals k a & ForAllValues:StringEquals k b', 'missing'],
    ['ForAllValues:StringEquals k a & ForAllValues:StringEquals k b & Null k false', "'' (in doubt)"],
    ['ForAllValues:StringEquals k a & ForAllValues:StringEquals k b & Null k false & StringLike k *', "'' (in doubt)"],
    ['ForAllValues:StringEquals k a & ForAllValues:StringEquals k b & StringEquals k c', 'none'],
    ['ForAllValues:StringEquals k a & not ForAnyValue:StringEquals k a & Null k false', "'' (in doubt)"],
    ['NumericEquals k one & ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b', '[a b] (in doubt)'],
  ])('%s: %s', (text, expected) => {
    expect(state(text, true)).toBe(expected);
  });
});

test('a key that cannot have several values has one', () => {
  expect(state('ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b', false)).toBe('none');
});

describe('a key of which something is known', () => {
  const NEVER: KeyFacts = { presence: 'never' };
  const ALWAYS: KeyFacts = { presence: 'always' };
  const IS_A: KeyFacts = { presence: 'always', value: 'a' };
  const PERHAPS_A: KeyFacts = { presence: 'sometimes', value: 'a' };
  const SYMBOLIC: KeyFacts = { presence: 'always', value: SymbolicString.of('a', variable('X')) };
  const BEGINS_WITH_A: KeyFacts = { presence: 'always', among: [{ negated: false, patterns: [glob('a*')] }] };
  const NOT_WITH_A: KeyFacts = { presence: 'always', among: [{ negated: true, patterns: [glob('a*')] }] };
  const SINCE_2024: KeyFacts = { presence: 'always', after: Date.parse('2024-01-01T00:00:00Z') };
  test.each<[string, string, KeyFacts, string]>([
    // what it shows, conditions, facts, the state
    ['a request without the key', 'StringNotEquals k a', NEVER, 'missing'],
    ['a value that the key never has', 'StringEquals k a', NEVER, 'none'],
    ['a negated operator holds', 'not StringNotEquals k a', NEVER, 'none'],
    ['a key that is always there', 'StringNotEquals k a', ALWAYS, 'example'],
    ['a key that is always there is not missing', 'Null k true', ALWAYS, 'none'],
    ['IfExists allows no more than without it', 'StringEqualsIfExists k a', ALWAYS, 'a'],
    ['the value', 'StringEquals k a', IS_A, 'a'],
    ['a pattern of the value', 'StringLike k ?', IS_A, 'a'],
    ['another value', 'StringEquals k b', IS_A, 'none'],
    ['not the value', 'not StringEquals k a', IS_A, 'none'],
    ['the value, compared as another type', 'NumericEquals k 5', IS_A, 'none'],
    ['nothing compares the value', 'Null k false', IS_A, 'a'],
    ['a condition that IAM does not define', 'NumericEquals k one', IS_A, 'a (in doubt)'],
    ['the value or no key', 'StringNotEquals k a', PERHAPS_A, 'missing'],
    ['the value if there is a key', 'Null k false', PERHAPS_A, 'a'],
    ['another value or no key', 'StringEquals k b', PERHAPS_A, 'none'],
    ['a symbolic value that the condition may equal', 'StringEquals k ab', SYMBOLIC, 'a${X} (in doubt)'],
    ['a symbolic value that the condition may not equal', 'StringNotEquals k ab', SYMBOLIC, 'a${X} (in doubt)'],
    ['a symbolic value that certainly fits', 'StringLike k a*', SYMBOLIC, 'a${X}'],
    ['a symbolic value that certainly does not', 'StringEquals k b', SYMBOLIC, 'none'],
    ['one of the values', 'StringLike k *b', BEGINS_WITH_A, 'ab'],
    ['none of the values', 'StringLike k b*', BEGINS_WITH_A, 'none'],
    ['any of the values', 'Null k false', BEGINS_WITH_A, 'aexample'],
    ['all but some values', 'StringEquals k b|a', NOT_WITH_A, 'b'],
    ['only those values', 'StringLike k a*', NOT_WITH_A, 'none'],
    ['a later date', 'DateLessThan k 2024-01-02T00:00:00Z', SINCE_2024, '2024-01-01T00:00:00.001Z'],
    ['an earlier date', 'DateLessThan k 2024-01-01T00:00:00Z', SINCE_2024, 'none'],
    ['the date itself', 'DateEquals k 2024-01-01T00:00:00Z', SINCE_2024, 'none'],
  ])('%s: %s', (_name, text, facts, expected) => {
    expect(state(text, false, facts)).toBe(expected);
  });

  test('a known value is the only one, whatever the operators', () => {
    const several = 'ForAnyValue:StringEquals k a & ForAnyValue:StringEquals k b';
    expect([state(several, true), state(several, true, IS_A), state(several, true, BEGINS_WITH_A)])
      .toEqual(['[a b]', 'none', 'none']);
  });

  // More is known in each row than in the one before, so fewer conditions have a state.
  test.each<[string, KeyFacts[]]>([
    ['the value', [{ presence: 'sometimes' }, ALWAYS, BEGINS_WITH_A, { ...BEGINS_WITH_A, value: 'ab' }]],
    ['the presence', [{ presence: 'sometimes' }, PERHAPS_A, NEVER]],
  ])('facts only rule out states: %s', (_name, steps) => {
    const texts = [
      'StringEquals k ab', 'StringNotEquals k ab', 'Null k true', 'Null k false', 'StringLikeIfExists k b*',
      'not StringLike k a*', 'StringEquals k c', 'NumericEquals k one',
    ];
    const possible = steps.map((facts) => texts.filter((text) => state(text, false, facts) !== 'none'));
    possible.slice(1).forEach((fewer, i) => { expect(possible[i]).toEqual(expect.arrayContaining(fewer)); });
    expect(possible[possible.length - 1].length).toBeLessThan(possible[0].length);
  });
});
