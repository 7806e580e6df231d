import { findKeyState, holdsForMissingKey } from '../../../lib/engine/regions/key-states';
import { literals, UNLIMITED } from '../make';

/** What is shown of a key: that it is missing, a value, or several. What is unclear is in doubt. */
function state(text: string, mayHaveSeveral: boolean): string {
  const found = findKeyState(literals(text), mayHaveSeveral, UNLIMITED);
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
    // An operator on sets may take the empty string for a key without values.
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
