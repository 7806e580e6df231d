import { createRequire } from 'module';
import fc from 'fast-check';
import { change, pod, report, side } from './differences';
import type { DiffReport } from '../../../cli/diff-report/diff-report';
import { jsonDiff } from '../../../cli/diff-report/json';
import { markdownDiff, MAX_COMMENT } from '../../../cli/diff-report/markdown';
import { code, prose } from '../../../cli/diff-report/markdown-text';
import { sarifDiff } from '../../../cli/diff-report/sarif';
import { textDiff } from '../../../cli/diff-report/text';
import { Unreadable } from '../../../cli/files/unreadable';
import { visible } from '../../../cli/visible';
import { dangersIn, HOSTILE } from '../hostile-text';

/** Each format of a difference, whatever text it contains. */

interface Node {
  readonly type: string;
  readonly literal: string | null;
}

interface Walker {
  next(): { readonly entering: boolean; readonly node: Node } | null;
}

/** The parser of CommonMark that jsii reads documentation with. */
const { Parser } = createRequire(require.resolve('jsii-rosetta/package.json'))('commonmark') as {
  readonly Parser: new() => { parse(markdown: string): { walker(): Walker } };
};

const PARTS = [
  ...HOSTILE.split(' '), '@everyone', '@org/team', '#1', 'GH-1', 'owner/repo#1', 'https://evil.example',
  'www.evil.example', 'me@evil.example',
  '![x](https://evil.example/x.png)', '[x](javascript:alert(1))', '<img src=x onerror=alert(1)>',
  '</details>',
  '</summary>', '<!--', '-->',
  '`', '``', '```', '\n```\n', '~~~', '|', '\\|', '\\', '\n| a | b |', '**bold**', '__b__', '# title', '\n# title',
  '\n---\n', '- item',
  '&lt;', '&#64;x', '$x$', '$`x`$', ':smile:', '<details>', '<!-- marker -->', 'a', 'word', '1.',
  '12345678', 'deadbeefdeadbeef', ' ', '',
  '\u0000', '\ufffd',
];
const part = fc.oneof(fc.constantFrom(...PARTS), fc.string({ unit: 'binary', maxLength: 4 }));
const text = fc.array(part, { maxLength: 8 })
  .chain((parts) => fc.constantFrom(parts.join(''), parts.join(' ')));

const changes = fc.array(fc.record({
  action: text, resource: text, key: text, value: text, causes: text, isExact: fc.boolean(),
}), { maxLength: 3 }).map((list) => list.map(({ action, resource, key, value, causes, isExact }) => change(action, {
  statements: [{ Effect: 'Allow', Action: action, Resource: resource, Condition: { StringEquals: { [key]: value } } }],
  example: { action, resource, context: [[key, value]], missing: [key], assumed: [[key, value]] },
  causes,
  isExact,
})));

const pods = fc.record({
  names: fc.tuple(text, text, text),
  path: text,
  role: text,
  target: fc.option(text, { nil: undefined }),
  file: text,
  gained: changes,
  lost: changes,
  notes: fc.array(text, { maxLength: 2 }),
  undetermined: fc.array(fc.record({ code: text, message: text, resolution: text }), { maxLength: 1 }),
}).map(({ names: [cluster, namespace, serviceAccount], path, role, target, file, ...others }) => pod(serviceAccount, {
  ...others,
  cluster,
  namespace,
  base: side({ path, role }),
  head: side({ path, role: `${role}2`, targetRole: target, file }),
}));

const given: fc.Arbitrary<DiffReport> = fc.record({
  pods: fc.array(pods, { maxLength: 3 }),
  name: text,
  unexamined: fc.array(text, { maxLength: 2 }),
  unreadable: fc.array(text, { maxLength: 2 }),
}).map(({ name, unexamined, unreadable, ...others }) => report(others.pods, {
  given: { base: { name, prefix: '' }, head: { name, prefix: '' } },
  unexamined: unexamined.map((what) => ({ side: 'head', what })),
  head: { templates: 1, files: [], unreadable: unreadable.map((one) => new Unreadable(one, one)) },
}));

const check = (property: (one: DiffReport) => void) => fc.assert(fc.property(given, property), { numRuns: 200 });

function nodesIn(markdown: string): Node[] {
  const walker = new Parser().parse(markdown).walker();
  const nodes: Node[] = [];
  for (let event = walker.next(); event; event = walker.next()) {
    if (event.entering) { nodes.push(event.node); }
  }
  return nodes;
}

/** The tags that the command writes. */
const OWN = /^(<br>|<\/?details>|<details>\n<summary>[^<>]*(<code>[^<>]*<\/code>[^<>]*)*<\/summary>)$/;

test('Markdown has the markup that the command writes, and no other', () => check((one) => {
  const written = markdownDiff(one);
  expect(dangersIn(written)).toEqual([]);
  expect(visible(written)).toBe(written);
  expect(written.length).toBeLessThanOrEqual(MAX_COMMENT);
  const nodes = nodesIn(written);
  const types = new Set(nodes.map(({ type }) => type));
  ['link', 'image', 'heading', 'thematic_break', 'block_quote', 'emph'].forEach((type) => (
    expect(types).not.toContain(type)));
  const htmls = nodes.filter(({ type }) => type.startsWith('html_')).map(({ literal }) => literal!.trim());
  expect(htmls.filter((literal) => !OWN.test(literal))).toEqual([]);
  const [opened, closed] = ['<details>', '</details>'].map((tag) => (
    htmls.filter((literal) => literal.startsWith(tag)).length));
  expect(opened).toBe(closed);
  const plain = nodes.flatMap(({ type, literal }) => (type === 'text' ? [literal] : [])).join('\n');
  expect(plain).not.toMatch(/[@#<>[\]`*_~$\\&]|\w:\w|www\./);
  const tableRows = written.split('\n').filter((line) => line.startsWith('| `'));
  expect(tableRows.filter((row) => row.split('|').length !== 6)).toEqual([]);
  const blocks = nodes.filter(({ type }) => type === 'code_block');
  blocks.forEach(({ literal }) => expect(() => JSON.parse(literal!)).not.toThrow());
}));

test('a name is one code span with its characters', () => fc.assert(fc.property(text, (name) => {
  const nodes = nodesIn(`a ${code(name)} b`);
  expect(nodes.map(({ type }) => type)).toEqual(['document', 'paragraph', 'text', 'code', 'text']);
}), { numRuns: 500 }));

test.each([
  ['The role Role no longer allows s3:GetObject on arn:aws:s3:::data/*.',
    'The role Role no longer allows `s3:GetObject` on `arn:aws:s3:::data/*`.'],
  ["statement 0 of inline policy 'access' of App/Role, and 2 others",
    "statement 0 of inline policy 'access' of `App/Role`, and 2 others"],
  ['see https://evil.example @me #1 12345', 'see `https://evil.example @me #1 12345`'],
  ['a:b: c', '`a:b`: c'],
  ['(x_y)', '(`x_y`)'],
  ['...', '`...`'],
])('prose %#', (written, expected) => expect(prose(written)).toBe(expected));

test('text has the lines that the command writes, and no others', () => check((one) => {
  const plain = visible(textDiff(one, { colors: false, width: 80 }));
  expect(dangersIn(plain)).toEqual([]);
  expect(dangersIn(visible(textDiff(one, { colors: true, width: 80 }), true), true)).toEqual([]);
  const heads = plain.split('\n').filter((line) => /^(broadened|undetermined|narrowed|unchanged) {2}/.test(line));
  expect(heads.length).toBeLessThanOrEqual(one.pods.length);
}));

test('JSON and SARIF have the values of the difference', () => check((one) => {
  const [json, sarif] = [jsonDiff(one), sarifDiff(one)].map((written) => visible(written));
  expect([...dangersIn(json), ...dangersIn(sarif)]).toEqual([]);
  const written = JSON.parse(json).serviceAccounts as Array<{ serviceAccount: string }>;
  expect(written.map(({ serviceAccount }) => serviceAccount)).toEqual(
    one.pods.map(({ serviceAccount }) => serviceAccount));
  const rules = JSON.parse(sarif).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
  expect(rules.includes('PodIdentity::PermissionsBroadened')).toBe(one.pods.some(({ gained }) => gained.length > 0));
}));
