import { parse } from '../../../cli/templates/parse';
import { Positions } from '../../../cli/templates/positions';

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
  ['!Transform {Name: AWS::Include, Parameters: {a: b}}', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { a: 'b' } } }],
  ['Fn::Sub: a', { 'Fn::Sub': 'a' }],
  ['2012-10-17', '2012-10-17'],
  ['012345678901', '012345678901'],
  ['111122223333', 111122223333],
  ['yes', 'yes'],
  ['true', true],
  ['', null],
  ['[&a {b: 1}, *a]', [{ b: 1 }, { b: 1 }]],
  ['__proto__: 1', JSON.parse('{"__proto__": 1}')],
  ['{"a": [1, true, null]}', { a: [1, true, null] }],
])('reads %s', (text, value) => {
  expect(parse(text, 'file')).toEqual(value);
});

const JSON_TEXT = '{\n  "Resources": {\n    "A": {\n      "Properties": { "P": "x",\n "Q": [1] }\n    }\n  }\n}';
const YAML_TEXT = 'Resources:\n  A:\n    Properties:\n      P: !Sub x\n      Q: [1]\n  B: &b {Properties: {P: 1}}\n  C: *b\n';

test.each([
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'P'], '"P": "x"', 4, 23],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'Q'], '"Q": [1]', 5, 2],
  [JSON_TEXT, ['Resources', 'A', 'Properties', 'R'], '"Properties": { "P": "x",\n "Q": [1] }', 4, 7],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'P'], 'P: !Sub x', 4, 7],
  [YAML_TEXT, ['Resources', 'A', 'Properties', 'Q'], 'Q: [1]', 5, 7],
  [YAML_TEXT, ['Resources', 'C', 'Properties', 'P'], 'P: 1', 6, 23],
])('finds the places of members: %#', (text, path, part, line, column) => {
  const region = new Positions(text).at(path)!;
  expect(region).toMatchObject({ line, column });
  const lines = text.split('\n').slice(region.line - 1, region.endLine);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, region.endColumn - 1);
  lines[0] = lines[0].slice(region.column - 1);
  expect(lines.join('\n')).toBe(part);
});

test('there is no place for what is not there at all', () => {
  expect(new Positions('{}').at(['Resources', 'A'])).toBeUndefined();
  expect(new Positions('a: b').at(['Resources', 'A'])).toBeUndefined();
});
