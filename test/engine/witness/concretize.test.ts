import { SymbolicString } from '../../../lib/engine';
import { SymbolicVariable } from '../../../lib/engine/strings/symbolic-string';
import { splitPolicyVariables } from '../../../lib/engine/strings/variables';
import { Concretizer } from '../../../lib/engine/witness/concretize';
import { ACCOUNT } from '../../../lib/template/value-kinds';
import { BUCKET, variable } from '../make';

const [A, B, X, N] = [variable('A', BUCKET), variable('B', BUCKET), variable('X'), variable('N', ACCOUNT)];
const variables = (text: string) => SymbolicString.of(
  ...splitPolicyVariables(text) as Array<string | SymbolicVariable>,
);

describe('fillResource', () => {
  test.each<[string, Array<string | SymbolicString>, string[], Record<string, string>]>([
    ['plain text', ['arn:aws:s3:::b'], ['arn:aws:s3:::b'], {}],
    ['a generated name', [SymbolicString.of('arn:aws:s3:::', A)], ['arn:aws:s3:::example-1'], { '${A}': 'example-1' }],
    ['the same name twice', [SymbolicString.of(A, '/', A), SymbolicString.of(A)], ['example-1/example-1', 'example-1'],
      { '${A}': 'example-1' }],
    ['names of two resources',
      [SymbolicString.of(A, '/', B), SymbolicString.of(B)], ['example-1/example-2', 'example-2'],
      { '${A}': 'example-1', '${B}': 'example-2' }],
    ['two resources of one label', [SymbolicString.of(A, '/', { ...A, id: 'another A' })], ['example-1/example-2'],
      { '${A}': 'example-1', '${A} of another stack': 'example-2' }],
    ['an ARN of which nothing is known',
      [SymbolicString.of(X, '/a')], ['arn:aws:example:us-east-1:111122223333:example/a'],
      { '${X}': 'arn:aws:example:us-east-1:111122223333:example' }],
    ['text of which nothing is known behind something',
      [SymbolicString.of('a', X)], ['aexample'], { '${X}': 'example' }],
    ['the same, first behind something',
      [SymbolicString.of('a', X), SymbolicString.of(X)], ['aexample', 'example'], { '${X}': 'example' }],
    ['an account, which is not an ARN', [SymbolicString.of(N, '/a')], ['111122223333/a'], { '${N}': '111122223333' }],
    ['a symbolic variable as a pattern and as text',
      [SymbolicString.of('p', X), SymbolicString.of('t', { ...X, id: 'X as text', asPattern: 'X' })],
      ['pexample', 'texample'], { '${X}': 'example' }],
  ])('%s', (_name, texts, expected, assumed) => {
    const concretizer = new Concretizer();
    expect(texts.map((text) => concretizer.fillResource(text))).toEqual(expected);
    expect(Object.fromEntries(concretizer.assumed)).toEqual(assumed);
    expect([...concretizer.context]).toEqual([]);
  });
});

test('a policy variable takes its value from the context, which is added to', () => {
  const concretizer = new Concretizer();
  concretizer.fillContext(new Map([['aws:username', 'tom']]));
  expect(concretizer.fill(variables('${aws:username}/${aws:userid}/${aws:userid}'))).toBe('tom/example/example');
  expect([...concretizer.context]).toEqual([['aws:username', 'tom'], ['aws:userid', 'example']]);
  expect([...concretizer.assumed]).toEqual([]);
});

test('values of keys may be made of others, whatever their order', () => {
  const concretizer = new Concretizer();
  concretizer.fillContext(new Map<string, string | SymbolicString | Array<string | SymbolicString> | undefined>([
    ['k', variables('a/${aws:username}') as SymbolicString],
    ['l', ['b', variables('${aws:username}'), SymbolicString.of(A)]],
    ['none', undefined], ['aws:username', 'tom'],
  ]));
  expect([...concretizer.context]).toEqual([['aws:username', 'tom'], ['k', 'a/tom'], ['l', ['b', 'tom', 'example-1']]]);
});
