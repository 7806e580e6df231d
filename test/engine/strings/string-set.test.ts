import { Element } from '../../../lib/engine/strings/pattern';
import {
  intersectPatterns, StringSet, stringsMatching, subtractPatterns,
} from '../../../lib/engine/strings/string-set';
import { glob, UNLIMITED } from '../make';

const globs = (text: string) => text.split('|').map(glob);

/** `a*|b* & *c - ac|bc`: what matches one of the first two patterns and the third, but none of the last two. `any` is all strings. */
function set(text: string): StringSet {
  const [required, forbidden] = text.split(' - ');
  return [
    ...(required === 'any' ? [] : required.split(' & ').map((union) => ({ negated: false, patterns: globs(union) }))),
    ...(forbidden === undefined ? [] : [{ negated: true, patterns: globs(forbidden) }]),
  ];
}

function show(result: StringSet | undefined): string {
  if (!result) { return 'nothing'; }
  const element = (e: Element) => (e.type === 'char' ? e.char
    : e.type === 'variable' ? e.variable.id : (e.type === 'many' ? '*%' : '?_')[e.except ? 1 : 0]);
  const union = (negated: boolean) => result.filter((r) => r.negated === negated).map(
    (r) => r.patterns.map((p) => p.map(element).join('')).join('|'),
  );
  return [union(false).join(' & ') || 'any', ...union(true)].join(' - ');
}

test.each<[string, string]>([
  ['a*|b', 'a*|b'],
  ['*', 'any'],
  ['**', 'any'],
  ['a|*', 'any'],
  ['?*', '?*'],
  ['%', '%'], // no colon is in it
  ['|a', '|a'], // the empty string, or a
])('what %s matches is %s', (text, expected) => {
  expect(show(stringsMatching(globs(text)))).toBe(expected);
});

describe('without', () => {
  test.each<[string, string, string]>([
    ['any', 'a*', 'any - a*'],
    ['a*', 'ab*', 'a* - ab*'],
    ['a*', 'ab*|b*', 'a* - ab*'], // only what it has
    ['a* - ab*', 'ac*', 'a* - ab*|ac*'],
    ['a* & *b', 'ab*', 'a* & *b - ab*'],
    ['a*|b*', 'a*', 'a*|b* - a*'],
    ['a*', 'a*', 'nothing'],
    ['ab*', 'a*|c', 'nothing'],
    ['a*|b*', 'a*|b*', 'nothing'],
    ['*b & a*', 'a*', 'nothing'],
    ['a* - ab*', 'a|a_*|a:*', 'nothing'],
    ['any - a*', '|?*', 'nothing'],
  ])('%s without %s is %s', (from, taken, expected) => {
    expect(show(subtractPatterns(set(from), globs(taken), UNLIMITED))).toBe(expected);
  });

  test.each<[string, string]>([
    ['a*', 'b*'],
    ['a*|b*', 'c*|d*'],
    ['a* & *b', 'c*'],
    ['a* & *b', 'a*c'],
    ['a* - ab*', 'abc*'], // is out already
  ])('%s without %s is what it was', (from, taken) => {
    const before = set(from);
    expect(subtractPatterns(before, globs(taken), UNLIMITED)).toBe(before);
  });
});

describe('within', () => {
  test.each<[string, string, string]>([
    ['any', 'a*', 'a*'],
    ['any - ab', 'a*', 'a* - ab'],
    ['a*', '*b', '*b & a*'],
    ['a*', '*b|c', '*b & a*'], // only what it has
    ['a*|b*', 'a*', 'a* & a*|b*'],
    ['a*', 'b*', 'nothing'],
    ['a*|b*', 'c', 'nothing'],
    ['a* & *b', 'a*c', 'nothing'],
    ['a* - ab*', 'ab*', 'nothing'],
    ['any - a*', 'ab', 'nothing'],
  ])('%s within %s is %s', (from, taken, expected) => {
    expect(show(intersectPatterns(set(from), globs(taken), UNLIMITED))).toBe(expected);
  });

  test.each<[string, string]>([
    ['ab*', 'a*'],
    ['ab*|ac*', 'a*|d*'],
    ['ab*|cd*', 'a*|c*'],
    ['*b & ab*', 'a*'],
    ['ab* - abc', 'a*'],
  ])('%s within %s is what it was', (from, taken) => {
    const before = set(from);
    expect(intersectPatterns(before, globs(taken), UNLIMITED)).toBe(before);
  });
});
