import { TextCache } from '../../../cli/compare/text-cache';

test('a text is read once, as long as it is kept', () => {
  const read: string[] = [];
  const seen = new TextCache((text) => { read.push(text); return text.length; }, 10);
  for (const text of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'bbbb', 'aaaa', 'longer than all']) {
    expect(seen.of(text)).toBe(text.length);
  }
  expect(read).toEqual(['aaaa', 'bbbb', 'cccc', 'aaaa', 'longer than all']);
});

test('what cannot be read is not kept', () => {
  const seen = new TextCache(() => { throw new Error('no'); });
  expect(() => seen.of('x')).toThrow('no');
  expect(() => seen.of('x')).toThrow('no');
});

test('long texts are found where they stand', () => {
  const seen = new TextCache((text) => text);
  const long = `{"a": "${'x'.repeat(5000)}"}`;
  const line = `{"session": {}, "role": ${long}}`;
  expect(seen.textAt(line, 24)).toBeUndefined();
  seen.of(long);
  seen.of('{}');
  expect([seen.textAt(line, 24), seen.textAt(line, 23), seen.textAt(line, 12)]).toEqual([long, undefined, undefined]);
});
