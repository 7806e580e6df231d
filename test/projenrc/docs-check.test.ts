import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { check } from '../../projenrc/docs-check/check';
import { HABITS, habitsIn } from '../../projenrc/docs-check/habits';
import { headingProblems } from '../../projenrc/docs-check/headings';
import { linkProblems } from '../../projenrc/docs-check/links';
import { readMarkdown } from '../../projenrc/docs-check/markdown';
import { type PassageKind, sentencesOf } from '../../projenrc/docs-check/passage';
import { publicDocstringProblems } from '../../projenrc/docs-check/public-docstrings';
import { readSource } from '../../projenrc/docs-check/source';
import { spellingProblems } from '../../projenrc/docs-check/spelling';

interface Example { readonly kind?: PassageKind; readonly found: readonly string[]; readonly not: readonly string[] }

/** For each habit, sentences that show it, and sentences that only look like it. */
const EXAMPLES: { readonly [habit: string]: Example } = {
  'of-first': {
    found: ['Of a resource, only the name is resolved.', 'It is read. Of each layer.'],
    not: ['Of course, this also holds.', 'The name of a resource is resolved.'],
  },
  'what-is': {
    found: ['What a statement leaves, is searched.'],
    not: ['What does a pattern match?', 'What a statement leaves is searched.'],
  },
  'inverted-condition': {
    found: [
      'Were a bucket granted to which the role has no access, `cdk synth` would fail.',
      'Should the role change, run it again.',
    ],
    not: ['If you grant a bucket that the role cannot access, `cdk synth` fails.', 'Should I use it?'],
  },
  'as-many-as': {
    found: ['As many combinations are examined one by one.', 'A text may have as many errors as characters.'],
    not: ['It takes twice as many steps as before.', 'The button shows as many more.'],
  },
  'is-no': {
    found: ['The text is no template: it has no Resources.', 'These are no files.'],
    not: ['The role is no longer used.', 'There is no such file.', 'It has no Resources.'],
  },
  'there-is-no-that': {
    found: ['There is no statement that allows it.'],
    not: ['No statement allows it.', 'There is no session policy.'],
  },
  'where-condition': {
    found: [
      'It exits with 0 where nothing was found.',
      'Where the role allows it, the pods are denied.',
      'This counts only where both are given.',
      'The reason, where it is given, has a code.',
      'The command fails where the page is stale.',
      'A verdict is `…` where the policy exceeds the role.',
    ],
    not: [
      'The page shows where the policy is defined.',
      'Where grants go, with each kind of role.',
      'The key stays in the section, where nothing reads it.',
    ],
  },
  'takes-for': {
    found: ['API Gateway takes the stage for the ARN.', 'To take it for the whole list could lose items.'],
    not: [
      'It takes 20 minutes for a cluster.',
      'A check takes a long time for such a role.',
      'The command takes a file.',
    ],
  },
  'is-about': {
    found: ['The other findings are about the deployed policy.', 'The action is not about a resource.'],
    not: ['The package is about 4 MB.', 'It is about to end.', 'Say something about the role.'],
  },
  'says-of': {
    found: ['The two files say different things of it.', 'They say nothing of the pods.'],
    not: ['The message says which role it is.', 'The files conflict.'],
  },
  'makes-of': {
    found: ['Check what CloudFormation makes of the template.'],
    not: ['The catalog has every request that AWS makes of it.', 'The data is made of the packages.'],
  },
  'mend': { found: ['The suggestion mends the policy.'], not: ['We recommend and amend it.'] },
  'besides': { found: ['Besides, the role is shared.'], not: ['The folder beside it has the others.'] },
  'at-once': { found: ['The file is written at once.'], not: ['It is read once, at synth.'] },
  'by-hand': { found: ['Compare them by hand.'], not: ['On the other hand, the role is shared.'] },
  'known-at-deployment': {
    found: ['The name is known at deployment only.', 'Its value is known only after the deployment.'],
    not: ['The name is a deploy-time value.', 'The ARN is known at synth.'],
  },
  'british': {
    found: [
      'The request is not authorised.',
      'The behaviour differs.',
      'Organisation policies count.',
      'The catalogue has it.',
      'It moves towards the end.',
    ],
    not: [
      'The request is authorized.',
      'Four hours of noise otherwise promise a precise analysis.',
      'The glamour of it is contoured.',
    ],
  },
  'private-counterexample': {
    found: ['The search finds an example against it.'],
    not: ['The search finds a counterexample.'],
  },
  'private-cache': { found: ['The context remembers the answers.'], not: ['The context caches the answers.'] },
  'private-fallback': { found: ['The name is a stand-in for the ARN.'], not: ['A variable stands in for the ARN.'] },
  'private-lazily': {
    found: ['The file is loaded at first use.'],
    not: ['The file is loaded lazily.', 'Use the first one.'],
  },
  'private-disjoint': { found: ['The two patterns have nothing in common.'], not: ['The two patterns are disjoint.'] },
  'private-set': {
    found: ['This decides the fate of the statement.'],
    not: ['This reports the access change.', 'It is replaced atomically.'],
  },
  'fragment': {
    kind: 'docstring',
    found: ['In lower case.', 'Without blanks.'],
    not: [
      'The name, in lower case.',
      'For each role, the policies that the check has read. Others are gaps.',
      'In lower case, as IAM compares it.',
    ],
  },
  'semicolon-in-summary': {
    kind: 'public docstring',
    found: ['The text of the policy; `undefined` if it is empty.'],
    not: ['The text of the policy. It is short; `undefined` if it is empty.'],
  },
};
const ROWS = Object.entries(EXAMPLES);
const idsIn = (text: string, kind: PassageKind = 'markdown') => (
  habitsIn({ kind, line: 1, text }).map(({ habit }) => habit.id));

test('each habit has examples', () => {
  expect(Object.keys(EXAMPLES)).toEqual(HABITS.map(({ id }) => id));
});

const FOUND = ROWS.flatMap(([id, { kind, found }]) => found.map((text) => [id, text, kind] as const));
const NOT = ROWS.flatMap(([id, { kind, not }]) => not.map((text) => [id, text, kind] as const));

test.each(FOUND)('%s: %s', (id, text, kind) => {
  expect(idsIn(text, kind)).toEqual([id]);
});

test.each(NOT)('not %s: %s', (_, text, kind) => {
  expect(idsIn(text, kind)).toEqual([]);
});

test.each([
  ['inverted-condition', 'Were a bucket granted besides to which the role has no access, `…` would fail.'],
  ['of-first', 'Of a box of which AWS makes no request at all, nothing is left that is worth writing.'],
  ['as-many-as', 'As many combinations of conditions are looked at one by one; the others stay open.'],
  ['where-condition', '`…` exits with 0 where nothing was found that counts'],
  ['says-of', 'Take two that say different things of a role for knowing neither'],
])('%s, among others: %s', (id, text) => {
  expect(idsIn(text)).toContain(id);
});

test('a quotation is not examined', () => {
  expect(idsIn('AWS writes "the name is known at deployment".')).toEqual([]);
});

test('a habit is reported with its line', () => {
  const passage = { kind: 'markdown', line: 7, text: 'One. Two\nand three are\nno files.' } as const;
  expect(habitsIn(passage)).toMatchObject([{ line: 8, words: 'are no ' }]);
});

test('sentences end at a mark and at an empty line', () => {
  expect(sentencesOf({ line: 1, text: 'One is 1.5, e.g. this. Two?\n`Three`\n\nfour: five' })).toEqual([
    { line: 1, text: 'One is 1.5, e.g. this. ' },
    { line: 1, text: 'Two?\n' },
    { line: 2, text: '`Three`\n\n' },
    { line: 4, text: 'four: five' },
  ]);
});

test('a Markdown page has passages, without code', () => {
  const page = readMarkdown('page.md', [
    '# A `b`', '', 'One', 'two `three`.', '', '| x | y |', '|---|---|', '| [cell](a.md) | z |', '',
    '```ts', 'run(); // comment', '```',
  ].join('\n'));
  expect(page.passages.map(({ line, kind, text }) => [line, kind, text])).toEqual([
    [1, 'markdown', 'A `…`'],
    [3, 'markdown', 'One\ntwo `…`.'],
    [6, 'markdown', 'x'],
    [6, 'markdown', 'y'],
    [8, 'markdown', 'cell'],
    [8, 'markdown', 'z'],
    [11, 'code', 'comment'],
  ]);
  expect(page.links).toEqual([{ target: 'a.md', line: 8 }]);
  expect(page.headings).toEqual([{ level: 1, line: 1, anchor: 'a-b' }]);
});

test('a source has comments, docstrings and messages', () => {
  const passages = readSource('lib/file.tsx', `
/**
 * Makes \`x\`.
 * @param y what it is
 * @example
 * code();
 */
export function make(y: string) {
  // One
  // two.
  call(\`has \${y} of \${'the other text'}\`, 'a long '
    + 'text', 'name'); // after
  return <div><p title="a title here">Of {y}<b>{' '}account</b>{y && <i>in a role</i>}.</p></div>;
}
/** Inside. */
function inside() { /* nothing */ }
`, 'public');
  expect(passages.map(({ line, kind, text }) => [line, kind, text.trim()])).toEqual([
    [2, 'public docstring', 'Makes `…`.'],
    [4, 'comment', 'what it is'],
    [9, 'comment', 'One\ntwo.'],
    [11, 'message', 'has `…` of `…`'],
    [11, 'message', 'the other text'],
    [11, 'message', 'a long text'],
    [12, 'comment', 'after'],
    [13, 'message', 'Of `…` account`…`.'],
    [13, 'message', 'a title here'],
    [13, 'message', 'in a role'],
    [15, 'docstring', 'Inside.'],
    [16, 'comment', 'nothing'],
  ]);
});

test('a test has comments, docstrings and titles', () => {
  const passages = readSource('test/file.test.ts', `
/** Rows. */
const ROWS: Row[] = [['a name here', 'some text']];
describe.each(ROWS)('in %s', (_name, text) => {
  test.skip('reads nothing', () => expect(read('not a title')).toBe('not a title, either')); // yet
  test.concurrent.each([
    ['a first name' + ' of two', 'is it'],
    [1, 'is it'],
    ...[['another name', 'is it']],
  ] as const)('finds %s', (_what, text) => {});
  test.each([['StringEquals key value', 'yes']])('%s: %s', (text, expected) => {});
  test.each([['each row', 'is it']])('%s', expectAgreement);
  const GRANTS = { 'a grant': 1, role: 2 };
  test.each(Object.entries(GRANTS))('%s', (_name, grant) => {});
  testWith('PROGRAM')(\`is \${valid} text\`, () => {});
  test.each\`a | b\`('of a template', () => {});
  describeExcess('not a title', () => {});
});
`, 'test');
  expect(passages.map(({ line, kind, text }) => [line, kind, text.trim()])).toEqual([
    [2, 'docstring', 'Rows.'],
    [3, 'title', 'a name here'],
    [4, 'title', 'in %s'],
    [5, 'title', 'reads nothing'],
    [5, 'comment', 'yet'],
    [7, 'title', 'a first name of two'],
    [9, 'title', 'another name'],
    [10, 'title', 'finds %s'],
    [11, 'title', '%s: %s'],
    [12, 'title', '%s'],
    [12, 'title', 'each row'],
    [13, 'title', 'a grant'],
    [14, 'title', '%s'],
    [15, 'title', 'is `…` text'],
    [15, 'title', 'PROGRAM'],
    [16, 'title', 'of a template'],
  ]);
});

test('only the docstrings of what is exported and not internal are public', () => {
  const passages = readSource('lib/file.ts', `
/** A. */
export interface A {
  /** B. */
  readonly b: string;
}
/** C. */
export class C {
  /** D. */
  public static d() {}
  /** E. */
  private e = 1;
  /**
   * F.
   * @internal
   */
  public f = 1;
}
/** G. */
interface G {}
/** H. */
export enum H {
  /** I. */
  ONE,
}
`, 'public');
  const of = (wanted: PassageKind) => (
    passages.filter(({ kind }) => kind === wanted).map(({ text }) => text.trim()[0]).join(''));
  expect([of('public docstring'), of('docstring')]).toEqual(['ABCDHI', 'EFG']);
});

const EXAMPLE = '/**\n * A.\n * @example\n * new A();\n */';
const member = (text: string) => `${EXAMPLE}\nexport class A {\n${text}\n}`;
test.each([
  ['a class with an example', member(''), []],
  ['a class without an example', '/** A. */\nexport class A {}', ['2: the class A has no @example']],
  ['a class that is not public', '/** A. */\nclass A { /** @throws if */ public b() {} }', []],
  ['an interface without an example', '/** A. */\nexport interface A {}', []],
  ['@throws of a method', member('/**\n * B.\n * @throws if\n */\npublic b() {}'), ['9: jsii drops the @throws of b']],
  ['@throws of a constructor', member('/** @throws if */\nconstructor() {}'), ['7: jsii drops the @throws of the']],
  ['@throws of an internal method', member('/**\n * @throws if\n * @internal\n */\npublic _b() {}'), []],
  ['@throws of a private method', member('/** @throws if */\nprivate b() {}'), []],
  ['a period in a name, then a sentence', member('/** Is `a.b`. It is read. */\nb: string;'), ['7: the summary of b']],
  ['a period in a name, then a paragraph', member('/**\n * As in `a.b`.\n *\n * It is read.\n */\nb: string;'), []],
  ['two sentences', member('/** As in `a`. It is read. */\nb: string;'), []],
])('docstrings for all languages: %s', (_, source, expected) => {
  const problems = publicDocstringProblems('lib/a.ts', source);
  expect(problems.map(({ line, message }) => `${line}: ${message.replace('public-docstring: ', '')}`)).toEqual(
    expected.map((text) => expect.stringContaining(text)));
});

test.each([
  ['one title, then its parts', [1, 2, 3, 2], []],
  ['no title', [2], [[1, '#']]],
  ['two titles', [1, 2, 1], [[3, '##']]],
  ['a skipped level', [1, 3], [[2, '##']]],
])('headings: %s', (_, levels, expected) => {
  const problems = headingProblems('page.md', levels.map((level, i) => ({ level, line: i + 1, anchor: '' })));
  expect(problems.map(({ line, message }) => [line, /(#+)\.$/.exec(message)?.[1]])).toEqual(expected);
});

test('links to files and headings that do not exist are found', () => {
  const root = path.join(__dirname, '..', '..');
  const repository = 'https://github.com/cdk-eks-pod-identity/cdk-eks-pod-identity/blob/main/';
  const targets = [
    'faq.md', '../README.md#use', `${repository}README.md#use`, 'https://example.com/missing',
    'missing.md', '../README.md#missing', `${repository}missing.md`,
  ];
  const page = readMarkdown('docs/page.md', targets.map((target) => `[x](${target})`).join('\n'));
  expect(linkProblems(root, 'docs/page.md', page)).toEqual(targets.slice(4).map((target, i) => (
    { file: 'docs/page.md', line: 5 + i, message: expect.stringContaining(target) })));
});

test('so are those of HTML', () => {
  const page = readMarkdown('docs/page.md', [
    '<p>', '<a href="missing.md"><img width="9"', '  src=\'none.png\'></a> <a href="faq.md">x</a>', '</p>', '',
    'One <a href="none.md">two</a>, <code>href="x"</code>.', '', '<!-- <a href="old.md">x</a> -->',
  ].join('\n'));
  expect(linkProblems(path.join(__dirname, '..', '..'), 'docs/page.md', page)).toEqual([
    { file: 'docs/page.md', line: 2, message: 'link: there is no file missing.md.' },
    { file: 'docs/page.md', line: 2, message: 'link: there is no file none.png.' },
    { file: 'docs/page.md', line: 6, message: 'link: there is no file none.md.' },
  ]);
});

test.each(['const a = a;', 'const a = b; const b = a;', 'const a = [...a];', 'const a = Object.entries();'])(
  'a table that names itself has no rows: %s', (constants) => {
    expect(readSource('test/a.test.ts', `${constants}\ntest.each(a)('%s', (_name) => {});\n`, 'test').map(({ text }) => text)).toEqual(['%s']);
  });

test('misspelled words are found, with their places', () => {
  const text = 'The sesion\npolicy of SARIF, ARNs and `x`y; podIdentity, s3:getObjekt, U+FFFD. A sesion’s behaviour.';
  expect(spellingProblems([{ file: 'a.md', line: 3, kind: 'markdown', text }])).toEqual([
    { file: 'a.md', line: 3, message: expect.stringMatching(/^spelling: Unknown word \(sesion\).*session/) },
    { file: 'a.md', line: 4, message: expect.stringContaining('(sesion’s)') },
    { file: 'a.md', line: 4, message: expect.stringContaining('(behaviour)') },
  ]);
});

test('all parts check the files that concern them', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'docs-check-'));
  const files = {
    'docs/page.md': '# Title\n\n### Part\n\nOf a role, [only](missing.md) the name is rread.\n',
    'CHANGELOG.md': '# Changelog\n\nOf a role, only the name is rread.\n',
    'lib/public.ts': '/** A role; or none. */\nexport const a = 1;\n',
    'lib/private/a.ts': '/** A role; or none. */\nexport const a = `it is no ${text}`;\n',
    'test/a.test.ts': "test('it is no role', () => expect('it is no role').toBe(''));\n",
    'test/b.test.ts': "test.each([\n  ['it is no user'],\n])('%s', (_name) => {});\n",
  };
  try {
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), text);
    }
    const { problems } = check(root, Object.keys(files));
    expect(problems.map(({ file, line, message }) => `${file}:${line}: ${message.split(':')[0]}`)).toEqual([
      'docs/page.md:3: heading',
      'docs/page.md:5: link',
      'docs/page.md:5: of-first',
      'CHANGELOG.md:3: of-first',
      'lib/public.ts:1: semicolon-in-summary',
      'lib/private/a.ts:2: is-no',
      'test/a.test.ts:1: is-no',
      'test/b.test.ts:2: is-no',
      'docs/page.md:5: spelling',
      'CHANGELOG.md:3: spelling',
    ]);
  } finally {
    fs.rmSync(root, { recursive: true });
  }
});
