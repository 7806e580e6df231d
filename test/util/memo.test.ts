import { lazy, memoize, memoizeBy, memoizePair } from '../../lib/util/memo';

test.each<[string, readonly unknown[]]>([
  ['strings', ['a', 'b', 'a', 'a', 'b']],
  ['undefined and null', [undefined, null, undefined, null]],
  ['numbers and their texts', [1, '1', 1, '1']],
])('each value is computed once for each key: %s', (_, keys) => {
  const computed: unknown[] = [];
  const read = memoize((key: unknown) => {
    computed.push(key);
    return { key };
  });
  const values = keys.map(read);
  expect(values).toEqual(keys.map((key) => ({ key })));
  expect(computed).toEqual([...new Set(keys)]);
  expect(new Set(values).size).toBe(computed.length);
});

test('objects are keys by their identity', () => {
  const [a, b] = [{ x: 1 }, { x: 1 }];
  const read = memoize((key: object) => ({ key }));
  expect(read(a)).toBe(read(a));
  expect(read(a)).not.toBe(read(b));
});

test('no value is a value', () => {
  const compute = jest.fn(() => undefined);
  const read = memoize(compute);
  expect([read('a'), read('a')]).toEqual([undefined, undefined]);
  expect(compute).toHaveBeenCalledTimes(1);
});

test('a full cache is emptied and goes on', () => {
  const compute = jest.fn((key: number) => key * 2);
  const read = memoize(compute, 2);
  expect([1, 2, 1, 2, 3, 3, 1].map(read)).toEqual([2, 4, 2, 4, 6, 6, 2]);
  expect(compute.mock.calls).toEqual([[1], [2], [3], [1]]);
});

test('what throws leaves nothing behind', () => {
  let tries = 0;
  const read = memoize((key: string) => {
    if (++tries === 1) { throw new Error('open'); }
    return key;
  });
  expect(() => read('a')).toThrow('open');
  expect(read('a')).toBe('a');
});

test('things with equal keys', () => {
  const compute = jest.fn(({ name }: { readonly name: string }) => (name === 'none' ? undefined : name.toUpperCase()));
  const read = memoizeBy(({ name }: { readonly name: string }) => name, compute);
  expect(['a', 'a', 'b', 'none', 'none'].map((name) => read({ name }))).toEqual(['A', 'A', 'B', undefined, undefined]);
  expect(compute.mock.calls.map(([{ name }]) => name)).toEqual(['a', 'b', 'none']);
});

test('things with equal keys: what throws leaves nothing behind', () => {
  let tries = 0;
  const read = memoizeBy((one: string) => one, (one) => {
    if (++tries === 1) { throw new Error('open'); }
    return one;
  });
  expect(() => read('a')).toThrow('open');
  expect(read('a')).toBe('a');
});

test('pairs of keys', () => {
  const compute = jest.fn((a: object, b: string) => ({ a, b }));
  const read = memoizePair(compute);
  const [one, two] = [{}, {}];
  expect(read(one, 'x')).toBe(read(one, 'x'));
  expect([read(one, 'x'), read(one, 'y'), read(two, 'x')]).toEqual([
    { a: one, b: 'x' }, { a: one, b: 'y' }, { a: two, b: 'x' },
  ]);
  expect(compute).toHaveBeenCalledTimes(3);
});

test('arguments that share a key share its value, that of the first', () => {
  const compute = jest.fn((text: string) => ({ text }));
  const read = memoizeBy((text: string) => text.toLowerCase(), compute, 2);
  expect(['A', 'a', 'b', 'B', 'c', 'a'].map((text) => read(text).text)).toEqual(['A', 'A', 'b', 'b', 'c', 'a']);
  expect(compute.mock.calls).toEqual([['A'], ['b'], ['c'], ['a']]);
});

test('objects that share an object share its value', () => {
  const owner = {};
  const compute = jest.fn(({ name }: { readonly owner: object; readonly name: string }) => name);
  const read = memoizeBy((one: { readonly owner: object; readonly name: string }) => one.owner, compute);
  expect([read({ owner, name: 'a' }), read({ owner, name: 'b' }), read({ owner: {}, name: 'c' })]).toEqual([
    'a', 'a', 'c',
  ]);
});

test.each([['a value', { a: 1 }], ['undefined', undefined]])(
  'a lazy value is computed when it is asked for, and once: %s',
  (_, value) => {
    const compute = jest.fn(() => value);
    const read = lazy(compute);
    expect(compute).not.toHaveBeenCalled();
    expect([read(), read()]).toEqual([value, value]);
    expect(compute).toHaveBeenCalledTimes(1);
  },
);

test('a lazy value that throws is computed again', () => {
  let tries = 0;
  const read = lazy(() => {
    if (++tries === 1) { throw new Error('open'); }
    return tries;
  });
  expect(read).toThrow('open');
  expect([read(), read()]).toEqual([2, 2]);
});

test('arguments that share a key, one within another', () => {
  const length: (list: readonly unknown[]) => number = memoizeBy(
    (list: readonly unknown[]) => JSON.stringify(list), (list) => (list.length === 0 ? 0 : 1 + length(list.slice(1))));
  expect([[1, 2, 3], [], [2, 3], [1, 2, 3]].map(length)).toEqual([3, 0, 2, 3]);
});
