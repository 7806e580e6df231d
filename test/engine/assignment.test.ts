import { atom, BUCKET } from './make';
import { Text } from '../../lib/engine';
import { Assignment } from '../../lib/engine/assignment';
import { splitVariables } from '../../lib/engine/pattern';
import { Atom } from '../../lib/engine/text';
import { ACCOUNT } from '../../lib/template/value-kinds';

const [A, B, X, N] = [atom('A', BUCKET), atom('B', BUCKET), atom('X'), atom('N', ACCOUNT)];
const variables = (text: string) => Text.of(...splitVariables(text) as Array<string | Atom>);

describe('fillResource', () => {
  test.each<[string, Array<string | Text>, string[], Record<string, string>]>([
    ['plain text', ['arn:aws:s3:::b'], ['arn:aws:s3:::b'], {}],
    ['a generated name', [Text.of('arn:aws:s3:::', A)], ['arn:aws:s3:::example-1'], { '${A}': 'example-1' }],
    ['the same name twice', [Text.of(A, '/', A), Text.of(A)], ['example-1/example-1', 'example-1'],
      { '${A}': 'example-1' }],
    ['names of two resources', [Text.of(A, '/', B), Text.of(B)], ['example-1/example-2', 'example-2'],
      { '${A}': 'example-1', '${B}': 'example-2' }],
    ['two resources of one label', [Text.of(A, '/', { ...A, id: 'another A' })], ['example-1/example-2'],
      { '${A}': 'example-1', '${A} of another stack': 'example-2' }],
    ['an ARN of which nothing is known', [Text.of(X, '/a')], ['arn:aws:example:us-east-1:111122223333:example/a'],
      { '${X}': 'arn:aws:example:us-east-1:111122223333:example' }],
    ['text of which nothing is known behind something', [Text.of('a', X)], ['aexample'], { '${X}': 'example' }],
    ['the same, first behind something', [Text.of('a', X), Text.of(X)], ['aexample', 'example'], { '${X}': 'example' }],
    ['an account, which is no ARN', [Text.of(N, '/a')], ['111122223333/a'], { '${N}': '111122223333' }],
    ['an atom as a pattern and as text', [Text.of('p', X), Text.of('t', { ...X, id: 'X as text', asPattern: 'X' })],
      ['pexample', 'texample'], { '${X}': 'example' }],
  ])('%s', (_name, texts, expected, assumed) => {
    const assignment = new Assignment();
    expect(texts.map((text) => assignment.fillResource(text))).toEqual(expected);
    expect(Object.fromEntries(assignment.assumed)).toEqual(assumed);
    expect([...assignment.context]).toEqual([]);
  });
});

test('a policy variable takes its value from the context, which is added to', () => {
  const assignment = new Assignment();
  assignment.fillContext(new Map([['aws:username', 'tom']]));
  expect(assignment.fill(variables('${aws:username}/${aws:userid}/${aws:userid}'))).toBe('tom/example/example');
  expect([...assignment.context]).toEqual([['aws:username', 'tom'], ['aws:userid', 'example']]);
  expect([...assignment.assumed]).toEqual([]);
});

test('values of keys may be made of others, whatever their order', () => {
  const assignment = new Assignment();
  assignment.fillContext(new Map<string, string | Text | Array<string | Text> | undefined>([
    ['k', variables('a/${aws:username}') as Text], ['l', ['b', variables('${aws:username}'), Text.of(A)]],
    ['none', undefined], ['aws:username', 'tom'],
  ]));
  expect([...assignment.context]).toEqual([['aws:username', 'tom'], ['k', 'a/tom'], ['l', ['b', 'tom', 'example-1']]]);
});
