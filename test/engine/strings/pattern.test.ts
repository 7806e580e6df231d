import { SymbolicString } from '../../../lib/engine';
import {
  actionPattern, arnFields, Element, hasWildcard, matchesEverything, mayHoldAny, mayHoldPolicyVariable, resourcePattern,
  sameElements, samePattern,
} from '../../../lib/engine/strings/pattern';
import { splitPolicyVariables } from '../../../lib/engine/strings/variables';
import { BUCKET, glob, variable } from '../make';

const X = variable('X');
const B = variable('B', BUCKET);

/** Wildcards that stand for themselves are shown with a backslash. */
function show(elements: readonly Element[]): string {
  return elements.map((e) => {
    if (e.type === 'char') { return (e.char === '*' || e.char === '?' ? '\\' : '') + e.char; }
    return e.type === 'variable' ? e.variable.label : e.type === 'many' ? '*' : '?';
  }).join('');
}

describe('a pattern', () => {
  test.each<[string | SymbolicString, string]>([
    ['s3:GetObject', 's3:getobject'], // actions have no case
    ['s3:**', 's3:*'],
    ['s3:*?', 's3:?*'], // which is the same
    ['s3:*?*?x', 's3:??*x'],
    [SymbolicString.of(X, ':Get*'), '${X}:get*'],
  ])('of actions: %s is %s', (source, expected) => {
    expect(show(actionPattern(source).elements)).toBe(expected);
  });

  test.each<[string | SymbolicString, string]>([
    ['arn:aws:s3:::B/x', 'arn:aws:s3:::B/x'],
    ['arn:aws:s3:::b/**', 'arn:aws:s3:::b/*'],
    ['arn:aws:s3:::b/*?', 'arn:aws:s3:::b/?*'],
    ['arn:aws:s3:::b:*?', 'arn:aws:s3:::b:?*'],
    ['***?', '?*'],
    // In the first five fields a `*` at the end may be read otherwise than one inside.
    ['arn:aws:s*?:::b', 'arn:aws:s*?:::b'],
    ['arn:aws:s**:::b', 'arn:aws:s**:::b'],
    ['arn:aws:s3:*?', 'arn:aws:s3:*?'],
    ['arn*?', 'arn*?'],
    ['arn:aws:s3:::${aws:username}/${*}', 'arn:aws:s3:::${aws:username}/\\*'],
    ['arn:aws:s3:::${?}${$}', 'arn:aws:s3:::\\?$'],
    [SymbolicString.of('arn:aws:s3:::', X, '/?*'), 'arn:aws:s3:::${X}/?*'],
  ])('of resources: %s is %s', (source, expected) => {
    const pattern = resourcePattern(source, true);
    expect([show(pattern.elements), pattern.unclear]).toEqual([expected, undefined]);
  });

  test('of resources, in a document without variables', () => {
    expect(show(resourcePattern('arn:aws:s3:::${aws:username}/${*}', false).elements))
      .toBe('arn:aws:s3:::${aws:username}/${*}');
  });

  test.each<[string | SymbolicString, string]>([
    ['arn:aws:s3:::${no variable!}', "'${no variable!}' is not a policy variable that IAM documents"],
    ['arn:aws:s3:::${', "'arn:aws:s3:::${' is not a policy variable that IAM documents"],
    ['arn:aws:s3:${aws:RequestedRegion}::b',
      '${aws:RequestedRegion} stands before the resource part of the ARN, where IAM does not document variables'],
    ['${aws:username}',
      '${aws:username} stands before the resource part of the ARN, where IAM does not document variables'],
  ])('%s is not understood', (source, expected) => {
    expect(resourcePattern(source, true).unclear).toBe(expected);
    expect(resourcePattern(source, false).unclear).toBeUndefined(); // there it is text
  });

  test('a variable behind an ARN of which nothing is known is understood', () => {
    expect(resourcePattern(SymbolicString.of(X, '/${aws:username}'), true).unclear).toBeUndefined();
  });
});

describe('the properties of a pattern', () => {
  test.each<
    [string | SymbolicString, 'a wildcard' | 'no wildcard', 'a variable' | 'no variable', 'everything' | 'something']
  >([
    ['arn:aws:s3:::b', 'no wildcard', 'no variable', 'something'],
    ['arn:aws:s3:::b?', 'a wildcard', 'no variable', 'something'],
    ['arn:aws:s3:::b*', 'a wildcard', 'no variable', 'something'],
    ['*', 'a wildcard', 'no variable', 'everything'],
    ['**', 'a wildcard', 'no variable', 'everything'],
    ['?*', 'a wildcard', 'no variable', 'something'],
    ['*${no variable!}', 'a wildcard', 'no variable', 'something'],
    ['arn:aws:s3:::${*}', 'no wildcard', 'no variable', 'something'],
    ['arn:aws:s3:::${aws:username}', 'no wildcard', 'a variable', 'something'],
    [SymbolicString.of('arn:aws:s3:::', X), 'no wildcard', 'a variable', 'something'], // its text may have one
    [SymbolicString.of('arn:aws:s3:::', B), 'no wildcard', 'no variable', 'something'],
  ])('%s: %s, %s, matches %s', (source, wildcard, policyVariable, matches) => {
    const pattern = resourcePattern(source, true);
    expect([hasWildcard(pattern), mayHoldPolicyVariable(pattern), matchesEverything(pattern)])
      .toEqual([wildcard === 'a wildcard', policyVariable === 'a variable', matches === 'everything']);
  });

  test.each<[string | SymbolicString, string | undefined]>([
    ['arn:aws:s3:::b', 'arn aws s3 - - b'],
    ['arn:aws:s3:::b:c:*', 'arn aws s3 - - b:c:*'],
    ['arn:*:?:a*::', 'arn * ? a* - -'],
    ['arn:aws:s3::b', undefined],
    ['*', undefined],
    [SymbolicString.of('arn:aws:s3:::', X), 'arn aws s3 - - ${X}'],
    [SymbolicString.of('arn:aws:', B, ':::', X, ':c'), 'arn aws ${B} - - ${X}:c'],
    [SymbolicString.of('arn:aws:', X, ':::b'), undefined], // it may have colons
    [SymbolicString.of(X, '/b'), undefined],
  ])('the fields of %s are %s', (source, expected) => {
    const fields = arnFields(resourcePattern(source, true).elements);
    expect(fields?.map((f) => show(f) || '-').join(' ')).toBe(expected);
  });
});

describe('the same', () => {
  test.each<[string, string, boolean]>([
    ['', '', true],
    ['ab', 'ab', true],
    ['ab', 'a', false],
    ['ab', 'ac', false],
    ['a', 'A', false],
    ['a', '<a>', false],
    ['<a>', '<a>', true],
    ['a', '*', false],
    ['*', 'a', false],
    ['*', '*', true],
    ['*', '%', false],
    ['*', '?', false],
    ['?', '_', false],
    ['%', '%', true],
    ['α', 'α', true],
    ['α', 'β', false],
    ['α', '*', false],
    ['α', 'a', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect([sameElements(glob(a), glob(b)), sameElements(glob(b), glob(a))]).toEqual([expected, expected]);
  });

  const old = (source: string | SymbolicString) => resourcePattern(source, false);
  const now = (source: string | SymbolicString) => resourcePattern(source, true);
  test.each([
    ['the same text', now('arn:aws:s3:::b'), now('arn:aws:s3:::b'), true],
    ['other text', now('arn:aws:s3:::b'), now('arn:aws:s3:::c'), false],
    ['text without variables, in both versions', now('arn:aws:s3:::b'), old('arn:aws:s3:::b'), true],
    ['text with variables, in both versions', now('arn:aws:s3:::${aws:username}'),
      old('arn:aws:s3:::${aws:username}'), false],
    ['what is not understood is the same as itself', now('arn:aws:s3:::${'), now('arn:aws:s3:::${'), true],
    ['but not in both versions', now('arn:aws:s3:::${'), old('arn:aws:s3:::${'), false],
    ['symbolic variables',
      now(SymbolicString.of('arn:aws:s3:::', X)), now(SymbolicString.of('arn:aws:s3:::', variable('X'))), true],
    ['other symbolic variables',
      now(SymbolicString.of('arn:aws:s3:::', X)), now(SymbolicString.of('arn:aws:s3:::', variable('Y'))), false],
    ['symbolic variables and other text',
      now(SymbolicString.of('arn:aws:s3:::', X, '/a')), now(SymbolicString.of('arn:aws:s3:::', X, '/b')), false],
    ['symbolic variables that may hold variables, in both versions', now(SymbolicString.of('arn:aws:s3:::', X)),
      old(SymbolicString.of('arn:aws:s3:::', X)), false],
    ['symbolic variables that hold none, in both versions', now(SymbolicString.of('arn:aws:s3:::', B)),
      old(SymbolicString.of('arn:aws:s3:::', B)), true],
  ])('pattern: %s', (_name, a, b, expected) => {
    expect([samePattern(a, b), samePattern(b, a)]).toEqual([expected, expected]);
  });
});

describe('variables', () => {
  test.each<[string | SymbolicString, string[]]>([
    ['', []],
    ['ab', ['ab']],
    ['a${k}b', ['a', 'variable k', 'b']],
    ['${k}${L}', ['variable k', 'variable l']],
    ["${k, 'x y'}", ["variable k or 'x y'"]],
    ["${k,''}", ["variable k or ''"]],
    ['a$b}', ['a$b}']],
    ['a$', ['a$']],
    ['${*}${?}${$}', ['escaped *', 'escaped ?', 'escaped $']],
    ['${}', ['malformed ${}']],
    ['${**}', ['malformed ${**}']],
    ['${k, x}', ['malformed ${k, x}']],
    ["${k, 'x'y}", ["malformed ${k, 'x'y}"]],
    ['${k!}', ['malformed ${k!}']],
    ['a${k', ['malformed a${k']],
    ['${k}a${', ['variable k', 'malformed a${']],
    [SymbolicString.of('a', X, 'b'), ['a', 'X', 'b']],
    // What is unknown may begin a variable, or end one.
    [SymbolicString.of('a$', X), ['malformed a$', 'X']],
    [SymbolicString.of(X, 'b}'), ['X', 'malformed b}']],
    [SymbolicString.of(X, 'b', B, '}'), ['X', 'b', 'B', 'malformed }']],
    [SymbolicString.of(X, '${k}'), ['X', 'variable k']],
    [SymbolicString.of(B, '}'), ['B', '}']],
    [SymbolicString.of(X, X), ['X', 'malformed ${X}${X}']],
    [SymbolicString.of(X, B), ['X', 'B']],
    [SymbolicString.of(B, X), ['B', 'X']],
    [SymbolicString.of('${', X, '}'), ['malformed ${', 'X', 'malformed }']],
  ])('of %s: %s', (source, expected) => {
    expect(splitPolicyVariables(source).map((part) => {
      if (typeof part === 'string') { return part; }
      return 'escaped' in part ? `escaped ${part.escaped}`
        : 'malformed' in part ? `malformed ${part.malformed}` : part.id;
    })).toEqual(expected);
  });
});

test.each<[string, string | undefined, boolean]>([
  ['a variable of any text may hold a colon', ':', true],
  ['a name without exceptions excludes nothing', '', false],
  ['a `*` without exceptions excludes nothing', undefined, false],
])('%s', (_, characters, expected) => {
  expect(mayHoldAny({ type: 'variable', variable: X }, characters)).toBe(expected);
});
