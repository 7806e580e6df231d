import * as fc from 'fast-check';
import { visit } from 'jsonc-parser';
import { describeRepeatedName, repeatedNameIn } from '../../lib/util/repeated-name';
import { runs } from '../runs';

test.each<[string, string, object | undefined]>([
  ['no object', '["a","a",1]', undefined],
  ['the same name in different objects', '{"a":{"a":[{"a":1},{"a":1}]},"b":{"a":1}}', undefined],
  ['a value that equals a name', '{"a":"b","b":"a","c":["a","a"]}', undefined],
  ['names that differ in case', '{"a":1,"A":2}', undefined],
  ['braces and quotes inside of strings', '{"a":"{\\"b\\":1,\\"b\\":2}","c\\\\":"\\\\"}', undefined],
  ['the outermost object', '{"a":1,"b":2,"a":3}', { name: 'a', path: '', line: 1, column: 14 }],
  ['an empty name', '{"":1,"":2}', { name: '', path: '', line: 1, column: 7 }],
  ['a statement', '{"Statement":[{"Effect":"Deny"},\n {"Effect":"Deny","Effect":"Allow"}]}',
    { name: 'Effect', path: 'Statement[1]', line: 2, column: 19 }],
  ['after an inner object and an inner list', '{"a":{"b":{"c":[{},[]]},"d":1,"b":1}}',
    { name: 'b', path: 'a', line: 1, column: 31 }],
  ['a condition key', '{"Condition":{"StringLike":{"s3:prefix":["one/"],\r\n\t"s3:prefix":["two/"]}}}',
    { name: 's3:prefix', path: 'Condition.StringLike', line: 2, column: 2 }],
  ['a name that is written with an escape', '{"Effect":1,"\\u0045ffect":2}',
    { name: 'Effect', path: '', line: 1, column: 13 }],
  ['a name of an object\'s prototype', '{"__proto__":1,"constructor":2,"__proto__":3}',
    { name: '__proto__', path: '', line: 1, column: 32 }],
  ['an object in a list in a list', '[[1,{"a":1,"a":2}]]', { name: 'a', path: '[0][1]', line: 1, column: 12 }],
])('%s', (_name, text, expected) => {
  JSON.parse(text);
  expect(repeatedNameIn(text)).toEqual(expected);
});

/** What another reader of JSON finds: the offset of the first repeated name. */
function firstRepeated(text: string): number | undefined {
  const open: Array<Set<string>> = [];
  let found: number | undefined;
  visit(text, {
    onObjectBegin: () => { open.push(new Set()); },
    onObjectEnd: () => { open.pop(); },
    onObjectProperty: (name, offset) => {
      const names = open[open.length - 1];
      if (names.has(name)) { found ??= offset; }
      names.add(name);
    },
  });
  return found;
}

test('it finds what another reader of JSON finds', () => {
  const names = fc.constantFrom('a', 'b', '"', '\\', '\u0061', '{"a":1,"a":2}', '__proto__');
  const { json } = fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      names.map((name) => JSON.stringify(name)),
      fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.array(fc.tuple(names, tie('json')), { maxLength: 4 })
        .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)} :\n${value}`).join(',')}}`),
    ),
  }));
  fc.assert(fc.property(json, (text) => {
    const offset = firstRepeated(text);
    const before = text.slice(0, offset).split('\n');
    expect(repeatedNameIn(text)).toEqual(offset === undefined ? undefined : expect.objectContaining({
      line: before.length, column: before[before.length - 1].length + 1,
    }));
  }), { numRuns: runs(500, 5000) });
});

test('it follows any depth, and is named with its object', () => {
  const depth = 100_000;
  const text = `${'[{"a":'.repeat(depth)}{"b":1,"b":2}${'}]'.repeat(depth)}`;
  expect(repeatedNameIn(text)?.name).toBe('b');
  expect(describeRepeatedName({ name: 'b', path: 'Statement[0]', line: 1, column: 1 }))
    .toBe('"b" is repeated in Statement[0]: readers of JSON keep one of the two values and drop the other');
});
