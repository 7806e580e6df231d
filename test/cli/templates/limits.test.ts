/** What the parsers of templates do with text that is made to take long, or much memory. */
import { parse } from '../../../cli/templates/parse';
import { Positions } from '../../../cli/templates/positions';

const said = (text: string): unknown => {
  try {
    return parse(text, 'f');
  } catch (e) {
    return (e as Error).message;
  }
};

const TOO_DEEP = 'it is nested too deeply: more than 1,000 levels are not read';

describe('up to 1,000 levels are read', () => {
  test.each<[string, (levels: number) => string, string]>([
    ['lists of JSON', (n) => `{"a":${'['.repeat(n - 1)}${']'.repeat(n - 1)}}`, 'f:1:1005'],
    ['objects of JSON', (n) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`, 'f:1:5001'],
    ['lists', (n) => `${'['.repeat(n)}${']'.repeat(n)}`, 'f:1:1001'],
    ['maps', (n) => `x: ${'{a: '.repeat(n - 1)}${'}'.repeat(n - 1)}`, 'f:1:4000'],
    ['lists in lines', (n) => `${'- '.repeat(n)}a\n`, 'f:1:2001'],
    ['maps in lines', (n) => Array.from({ length: n }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), 'f:1001:1002'],
    ['keys', (n) => `${'? '.repeat(n)}a\n`, 'f:1:2001'],
    ['lists beside an anchor', (n) => `- &a 1\n- ${'['.repeat(n - 1)}${']'.repeat(n - 1)}`, 'f:2:1002'],
    ['lists that do not end', (n) => `x: ${'['.repeat(n - 1)}`, 'f:1:1003'],
  ])('%s', (kind, text, at) => {
    expect(JSON.stringify(said(text(1000)))).not.toContain('nested');
    expect(said(text(1001))).toMatch(new RegExp(`^f:\\d+:\\d+: ${TOO_DEEP}$`));
    expect(said(text(2000))).toBe(`${at}: ${TOO_DEEP}`);
    if (!kind.endsWith('in lines')) { expect(said(text(100_000))).toBe(`${at}: ${TOO_DEEP}`); }
  });

  test('brackets in strings do not count', () => {
    const text = '['.repeat(5000);
    expect(said(JSON.stringify({ a: text, b: '\\"' }))).toEqual({ a: text, b: '\\"' });
    expect(said(`a: '${text}'`)).toEqual({ a: text });
    expect(said(`a: &b '${text}'`)).toEqual({ a: text });
  });
});

test('so many values are not read', () => {
  expect(said(`{"a": [${'{},'.repeat(2_500_000)}{}]}`)).toMatch(/^f:1:\d+: it has more than 5,000,000 brackets and commas$/);
  expect(said(`b: &b 1\na: [${'a,'.repeat(350_000)}]`)).toMatch(/^f:2:\d+: it has more than 1,000,000 tokens \(/);
});

test('so much YAML is not read', () => {
  const MB = 1024 * 1024;
  expect(said(`a: 1${' '.repeat(8 * MB - 4)}`)).toEqual({ a: 1 });
  expect(said(`a: 1${' '.repeat(8 * MB)}`)).toBe(
    'f: it has 9 MB; at most 8 MB are read of YAML. CloudFormation accepts templates of up to 1 MB');
});

/** Each took more than 4 seconds. `npx projen bench:parse` measures how the time grows. */
test.each<[string, string, unknown]>([
  ['empty lines', `${'\n'.repeat(80_000)}a: 1`, { a: 1 }],
  ['empty lines of Windows', `${'\r\n'.repeat(80_000)}a: 1`, { a: 1 }],
  ['empty lines in a string', `a: "b\n${'\n'.repeat(80_000)}  c"`, { a: `b${'\n'.repeat(80_000)}c` }],
  ['errors on one line', `a: ${'!a '.repeat(30_000)}`, 'f:1:7: not YAML: A node can have at most one tag'],
  ['brackets', '] '.repeat(40_000), 'f:1:1: not YAML: Unexpected flow-seq-end token in YAML document: "]"'],
  ['escapes', `a: "${'\\x'.repeat(40_000)}"`, 'f:1:5: not YAML: Invalid escape sequence \\x\\x'],
  ['names', `a: &a 1\n${Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join('')}`, expect.objectContaining({ k19999: 1 })],
  ['aliases', `a: &a 1\nb: [${'*a,'.repeat(20_000)}]`, expect.objectContaining({ a: 1 })],
  ['returns', `${'\r'.repeat(80_000)}a: 1\n`, expect.stringMatching(/^f:1:1: not YAML: The : indicator must be at most 1024/)],
])('%s', (_, text, expected) => {
  expect(said(text)).toEqual(expected);
});

test('a name twice is an error, however it is written', () => {
  expect(said('a: &b 1\nc: 2\n"c": 3')).toBe('f:3:1: not YAML: Map keys must be unique');
  expect(said('a: &b 1\n1: 2\n"1": 3')).toBe('f:3:1: not YAML: Map keys must be unique');
  expect(said('a: &b {x: 1}\nc: {<<: *b, <<: *b}')).toBe('f:2:13: not YAML: Map keys must be unique');
});

test('an alias stands for the last anchor before it', () => {
  expect(said('[&a 1, *a, &b [*a], &a 2, *a, *b]')).toEqual([1, 1, [1], 2, 2, [1]]);
  expect(said('[*a, &a 1]')).toBe('f: the alias *a has no anchor');
  const text = 'A: &a {P: 1}\nB: *a\nC: &a {P: 2}\nD: *a\n';
  expect(['B', 'D'].map((name) => new Positions(text).at([name, 'P'])!.line)).toEqual([1, 3]);
});
