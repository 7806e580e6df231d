import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { parse } from '../../../cli/templates/parse';
import { parsePlainYaml } from '../../../cli/templates/parse-plain-yaml';
import { parseAnyYaml } from '../../../cli/templates/parse-yaml';
import { Positions } from '../../../cli/templates/positions';
import { runs } from '../../runs';

test.each<[string, unknown]>([
  ['!Ref A', { Ref: 'A' }],
  ['!Condition A', { Condition: 'A' }],
  ['!GetAtt A.B', { 'Fn::GetAtt': ['A', 'B'] }],
  ['!GetAtt A.Outputs.B', { 'Fn::GetAtt': ['A', 'Outputs.B'] }],
  ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }],
  ['!GetAtt [A, !Ref B]', { 'Fn::GetAtt': ['A', { Ref: 'B' }] }],
  ['!Sub "${A}-b"', { 'Fn::Sub': '${A}-b' }],
  ['!Sub\n  - ${A}-b\n  - A: !Ref B', { 'Fn::Sub': ['${A}-b', { A: { Ref: 'B' } }] }],
  ['!If [C, !Ref A, !Ref AWS::NoValue]', { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
  ['!Join ["", [a, !ImportValue b]]', { 'Fn::Join': ['', ['a', { 'Fn::ImportValue': 'b' }]] }],
  ['!Equals [!Ref A, "1"]', { 'Fn::Equals': [{ Ref: 'A' }, '1'] }],
  ['!FindInMap [A, !Ref B, c]', { 'Fn::FindInMap': ['A', { Ref: 'B' }, 'c'] }],
  ['!Transform {Name: AWS::Include, Parameters: {a: b}}',
    { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { a: 'b' } } }],
  ['Fn::Sub: a', { 'Fn::Sub': 'a' }],
  ['2012-10-17', '2012-10-17'],
  ['012345678901', '012345678901'],
  ['111122223333', 111122223333],
  ['yes', 'yes'],
  ['true', true],
  ['', null],
  ['[&a {b: 1}, *a]', [{ b: 1 }, { b: 1 }]],
  ['x: &a {b: 1, c: 2}\ny: {<<: *a, c: 3, d: 4}', { x: { b: 1, c: 2 }, y: { b: 1, c: 3, d: 4 } }],
  ['x: &a {b: 1}\ny: &c {c: 2, <<: *a}\nz: {d: 3, <<: *c}',
    { x: { b: 1 }, y: { b: 1, c: 2 }, z: { b: 1, c: 2, d: 3 } }],
  ['x: &a {b: 1}\ny: &c {b: 2, c: 2}\nz: {<<: [*a, *c]}',
    { x: { b: 1 }, y: { b: 2, c: 2 }, z: { b: 1, c: 2 } }],
  ['<<: {a: 1}\nb: 2', { a: 1, b: 2 }],
  ['<<: {__proto__: 1}', JSON.parse('{"__proto__": 1}')],
  ['"<<": {a: 1}', { '<<': { a: 1 } }],
  ['a: <<', { a: '<<' }],
  ['__proto__: 1', JSON.parse('{"__proto__": 1}')],
  ['{"a": [1, true, null]}', { a: [1, true, null] }],
])('reads %s', (text, value) => {
  expect(parse(text, 'file')).toEqual(value);
});

test.each([
  ['a: 1\n<<: 2', 'file:2:5: the merge key << needs a map, or a list of maps'],
  ['<<: !Ref A', 'file:1:10: the merge key << needs a map, or a list of maps'],
  ['<<: [{a: 1}, b]', 'file:1:5: the merge key << needs a map, or a list of maps'],
  ['<<: !GetAtt {a: b}', 'file:1:13: the merge key << needs a map, or a list of maps'],
])('refuses to merge %j', (text, message) => {
  expect(() => parse(text, 'file')).toThrow(message);
});

const JSON_TEXT = '{\n  "Resources": {\n    "A": {\n      "Properties": { "P": "x",\n "Q": [1] }\n    }\n  }\n}';
const YAML_TEXT =
  'Resources:\n  A:\n    Properties:\n      P: !Sub x\n      Q: [1]\n  B: &b {Properties: {P: 1}}\n  C: *b\n';

test.each([
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'P'], '"P": "x"', 4, 23],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'Q'], '"Q": [1]', 5, 2],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'R'], '"Properties": { "P": "x",\n "Q": [1] }', 4, 7],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'P'], 'P: !Sub x', 4, 7],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'Q'], 'Q: [1]', 5, 7],
  [YAML_TEXT, ['Resources', 'C', 'Properties', 'P'], 'P: 1', 6, 23],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'Q', '0'], '1', 5, 8],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'Q', '1'], '"Q": [1]', 5, 2],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'Q', '0'], '1', 5, 11],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'Q', '1'], 'Q: [1]', 5, 7],
  ['A: !If [C, [{B: 1}], []]', ['A', 'Fn::If', '1', '0', 'B'], 'B: 1', 1, 14],
  ['{"A": {"Fn::If": ["C", [{"B": 1}], []]}}', ['A', 'Fn::If', '1', '0', 'B'], '"B": 1', 1, 26],
])('finds the places of members: %#', (text, path, part, line, column) => {
  const region = new Positions(text).at(path)!;
  expect(region).toMatchObject({ line, column });
  const lines = text.split('\n').slice(region.line - 1, region.endLine);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, region.endColumn - 1);
  lines[0] = lines[0].slice(region.column - 1);
  expect(lines.join('\n')).toBe(part);
});

test('text that only the fast parser reads has no places', () => {
  const text = `a:\n  ${'long'.repeat(300)}: b\n`;
  expect(parse(text, 'file')).toEqual({ a: { ['long'.repeat(300)]: 'b' } });
  expect(new Positions(text).at(['a'])).toBeUndefined();
});

test('there is no place for what is not there at all', () => {
  expect(new Positions('{}').at(['Resources', 'A'])).toBeUndefined();
  expect(new Positions('a: b').at(['Resources', 'A'])).toBeUndefined();
});

/** Reads it with the parser that is slow and knows all of YAML. */
function slowly(text: string): unknown {
  try {
    return { value: parseAnyYaml(text, 'file') };
  } catch {
    return 'nothing';
  }
}

function agrees(text: string): boolean {
  const fast = parsePlainYaml(text);
  if (fast === undefined) { return false; }
  expect({ text, value: fast }).toEqual({ text, ...slowly(text) as object });
  return true;
}

const SCALARS = [
  'a', 'b c', '1', '-1', '+1', '012', '0', '-0', '0x1F', '0o17', '0b1', '1_000', '1.5', '1.', '.5', '1e3', '1e', '.inf',
  '-.INF', '.nan', '~', 'null', 'Null', 'nULL',
  'true', 'True', 'tRUE', 'yes', 'off', '2012-10-17', '2001-12-14t21:59:43.10-05:00', '1:30', '"a\\n\\u0041"',
  "'it''s'", '<<', '=', '!Ref A', '!GetAtt A.B.C', '!Sub "${A}"', '!Ref',
  '! a', '!!str 1', '!!int "1"', '!!float 1', '!!set {a}', '!!binary aGk=', '!a-b c', '!Fn::X y', '[]', '{}',
  '[a, !Ref B]', '{a: 1, b: [c]}', '[a, ]', '{a, b: }', '{"a":1}', '[a: b]',
  '*x', 'a # b', 'a#b', '# c', '|', '|-\n    x\n     y\n', '>\n    x\n    y\n\n    z\n', '>+\n    x\n\n',
  '|2\n     x\n', '@a', '`a', '%a', 'a: b', '- a', '-', ':', ':a', 'a:', '?', '"a', '...', '---',
];

test('the fast parser reads YAML as the slow one', () => {
  const key = fc.constantFrom(
    'a', 'b', '"c d"', "'e'", '1', 'true', '~', '!Ref x', '__proto__', 'Fn::Sub', '<<', '? a', '',
  );
  const scalar = fc.constantFrom(...SCALARS);
  const line = fc.tuple(
    fc.constantFrom('', '', '  ', '  ', '    ', ' ', '\t'), fc.constantFrom('', '- ', '-  ', '- - '), fc.option(key),
    scalar,
  )
    .map(([indent, dash, name, value]) => `${indent}${dash}${name === null ? '' : `${name}: `}${value}`);
  const text = fc.tuple(
    fc.array(line, { minLength: 1, maxLength: 7 }), fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\r'),
  ).map(([lines, end]) => lines.join(end));
  const odd = fc.string({ unit: fc.constantFrom(...'a: -#\n"\'[]{},|>!&*?1') });
  const numRuns = runs(1000, 20_000);
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(text, scalar, odd), (written) => { if (agrees(written)) { read++; } }), { numRuns, seed: 1 },
  );
  expect(read).toBeGreaterThan(numRuns / 10);
});

test('the fast parser reads what is usual', () => {
  const value = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 }, fc.constantFrom('012', 'true', '1.0', 'a: b', ' x ', 'l\nm\n', '# c', '- d', '2012-10-17', ''),
      fc.string(), fc.boolean(), fc.integer(), fc.constant(null),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c d', 'Fn::If', '1'), tie('json'), { maxKeys: 3 }),
    ),
  })).json;
  const numRuns = runs(300, 3000);
  let read = 0;
  fc.assert(fc.property(value, fc.constantFrom(
    {}, { collectionStyle: 'flow' as const }, { lineWidth: 20 }, { defaultStringType: 'QUOTE_DOUBLE' as const },
  ), (json, options) => {
    const text = stringify({ json }, { aliasDuplicateObjects: false, ...options });
    if (agrees(text)) { read++; }
  }), { numRuns, seed: 1 });
  expect(read).toBeGreaterThan(numRuns * 2 / 3);
});
