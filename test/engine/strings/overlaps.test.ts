import { mayBeEqual, mayMatch, SymbolicString } from '../../../lib/engine';
import { Budget, BudgetExceeded } from '../../../lib/engine/strings/budget';
import { elementsMayOverlap } from '../../../lib/engine/strings/overlaps';
import { ACCOUNT, PARTITION } from '../../../lib/template/value-kinds';
import { BUCKET, glob, UNLIMITED, variable } from '../make';

describe('patterns of text', () => {
  test.each<[string, string, boolean]>([
    ['', '', true],
    ['', 'a', false],
    ['', '*', true],
    ['', '?', false],
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'A', false],
    ['<a>', 'A', true],
    ['<a>', '<A>', true],
    ['<a>', 'b', false],
    ['ab', 'a', false],
    ['ab', 'a*', true],
    ['ab', 'a?', true],
    ['ab', 'a??', false],
    ['a*', '*b', true],
    ['a*b', 'ac*', true],
    ['a*b', 'a*c', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['*a?', '?b*', true], // bab, say
    ['?a', 'a?', true],
    ['?ab', 'a?a', false],
    ['**', '???', true],
    ['%', 'a:b', false],
    ['%', 'ab', true],
    ['_', ':', false],
    ['_', 'a', true],
    ['%:%', '*:*', true],
    ['%:%', '*:*:*', false],
    ['_?', '::', false],
    ['%', '*', true],
    ['α', 'a', true], // a text of which nothing is known may be any
    ['α', '', true],
    ['α', '%', true],
    ['aα', 'b*', false],
    ['aα', 'aβ', true],
    ['αb', 'a', false],
    // in any case, behind a wildcard
    ['*<a>?', 'bAc', true],
    ['*<a>?', 'bac', true],
    ['*<a>?', 'bbc', false],
    ['*a?', 'bAc', false],
    ['*<A>?', '?<a>c', true],
    ['*a?', '?<A>c', true],
    ['*a?', '?Ac', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(elementsMayOverlap(glob(a), glob(b), 'anything', UNLIMITED)).toBe(expected);
    expect(elementsMayOverlap(glob(b), glob(a), 'anything', UNLIMITED)).toBe(expected);
    expect(elementsMayOverlap(glob(a), glob(b), 'distinct', UNLIMITED)).toBe(expected); // no generated names in them
  });
});

describe('values of which something is known', () => {
  const [P, N, A, B] = [variable('P', PARTITION), variable('N', ACCOUNT), variable('A', BUCKET), variable('B', BUCKET)];
  test.each<[string, string | SymbolicString, string | SymbolicString, boolean]>([
    ['the same text', 'a', 'a', true],
    ['other text', 'a', 'b', false],
    ['wildcards are literal', 'a*', 'ab', false],
    ['a partition may be written out', SymbolicString.of(P), 'aws', true],
    ['no partition has digits', SymbolicString.of(P), 'aws1', false],
    ['no account has letters', SymbolicString.of(N), 'abc', false],
    ['a partition is not an account', SymbolicString.of(P, ':'), SymbolicString.of(N, ':'), true], // both may be empty, as far as is looked at
    ['a partition and an account, with something between', SymbolicString.of(P, 'a'), SymbolicString.of(N, '1'), false],
    ['a generated name is itself', SymbolicString.of(A), SymbolicString.of(A), true],
    ['a generated name is not another one', SymbolicString.of(A), SymbolicString.of(B), false],
    ['nobody wrote it down', SymbolicString.of(A), 'my-bucket', false],
    ['with the same text around', SymbolicString.of('x', A, 'y'), SymbolicString.of('x', A, 'y'), true],
    ['with other text behind it', SymbolicString.of(A, '/a'), SymbolicString.of(A, '/b'), false],
    ['with more text behind it', SymbolicString.of(A), SymbolicString.of(A, 'b'), false],
    ['a text of which nothing is known may be a generated name',
      SymbolicString.of(variable('X')), SymbolicString.of(A), true],
  ])('%s', (_name, a, b, expected) => {
    expect([mayBeEqual(a, b), mayBeEqual(b, a)]).toEqual([expected, expected]);
  });
});

describe('a pattern and a text', () => {
  const [A, B, N] = [variable('A', BUCKET), variable('B', BUCKET), variable('N', ACCOUNT)];
  test.each<[string, string | SymbolicString, string | SymbolicString, boolean]>([
    ['wildcards of the pattern', 'pr*', 'prod', true],
    ['no wildcards of the text', 'prod', 'pr*', false],
    ['another text', 'te?t-*', 'prod', false],
    ['an account', SymbolicString.of('1*:', N), SymbolicString.of(N, ':', N), true],
    ['no account', 'a*', SymbolicString.of(N), false],
    ['a generated name', 'a*', SymbolicString.of('a', A), true],
    ['a generated name that nobody wrote down', 'a-prod', SymbolicString.of('a-', A), false],
    ['another generated name', SymbolicString.of('*', A), SymbolicString.of('a', B), false],
    ['more than is compared', `${'a*'.repeat(1000)}b`, SymbolicString.of('a'.repeat(3000), N), true],
  ])('%s', (_name, pattern, text, expected) => {
    expect(mayMatch(pattern, text)).toBe(expected);
  });
});

describe('generated names that are distinct', () => {
  test.each<[string, string, boolean]>([
    // Γ and Δ are names of buckets
    ['Γ', '?', true],
    ['Γ', 'a?', true],
    ['Γ', '?a', true],
    ['Γ', 'a?b', true],
    ['Γ', 'a*b', true],
    ['Γ', 'a?:', false],
    ['Γ', '?:a', false],
    ['Γ', 'A?', false],
    ['Γ', 'ab', false],
    ['Γ', 'Δ', false],
    ['Γ*', 'Δ', false],
    ['Γ?', 'Δ*', false], // no generated name begins with another
    ['*Γ', 'Δ*', true],
    ['Γ', 'α', true],
    ['Γa', 'αa', true],
    ['Γa', 'Γ?', true],
    ['Γa', 'Γb', false],
    ['ΓΔ', 'ΓΔ', true],
    ['ΓΔ', 'ΔΓ', false],
    ['Γ:Δ', 'Γ:*', true],
    ['Γ:Δ', '*:Δ', true],
    ['Γ:Δ', 'Δ:*', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(elementsMayOverlap(glob(a), glob(b), 'distinct', UNLIMITED)).toBe(expected);
    expect(elementsMayOverlap(glob(b), glob(a), 'distinct', UNLIMITED)).toBe(expected);
  });
});

test('work is counted', () => {
  expect(() => elementsMayOverlap(glob('*a*b*'), glob('*b*a*'), 'anything', new Budget(1))).toThrow(BudgetExceeded);
});
