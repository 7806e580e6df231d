import * as fc from 'fast-check';
import { shorten } from '../../lib/analysis/shorten';
import { runs, SEED } from '../runs';

const statement = (resources: number) => JSON.stringify({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: Array.from({ length: resources }, (_, i) => `arn:aws:s3:::bucket-{${i}}/*`),
});

test.each<[string, string, string]>([
  ['a text within the limits', `Replace it by ${statement(3)}.`, `Replace it by ${statement(3)}.`],
  ['a long statement',
    `Replace ${statement(1)} by ${statement(40)}, or not.`, `Replace ${statement(1)} by (JSON of 1,205 characters), or not.`],
  ['long statements', `By ${statement(40)}, ${statement(40)}.`, 'By (2 statements of 2,410 characters).'],
  ['braces that are not JSON',
    '${Bucket} is {not} {"JSON'.padEnd(600, '.'), '${Bucket} is {not} {"JSON'.padEnd(600, '.')],
])('%s', (_name, text, expected) => expect(shorten(text)).toBe(expected));

test('statements are printed while there is room', () => {
  const text = Array.from({ length: 9 }, () => statement(10)).join(', ');
  const printed = shorten(text);
  expect(printed.split(statement(10)).length - 1).toBe(3);
  expect(printed).toMatch(/, \(6 statements of 1,\d\d\d characters\)$|, \(6 statements of 2,\d\d\d characters\)$/);
});

test('a long list is cut behind an item, and says how much is left out', () => {
  const items = Array.from({ length: 300 }, (_, i) => `item-${i}`);
  const printed = shorten(`The list: ${items.join(', ')}`);
  const [, shown, rest] = /^The list: (.*) … \(([\d,]+) more characters\)$/.exec(printed)!;
  expect(items.slice(0, shown.split(', ').length).join(', ')).toBe(shown);
  expect(Number(rest.replace(',', '')) + `The list: ${shown}`.length).toBe(`The list: ${items.join(', ')}`.length);
});

test('no statement is ever cut, and no text is long', () => {
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 60 }).map(statement),
    fc.constantFrom(', ', ' or ', '. Or '),
    fc.string({ maxLength: 40 }),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
    const printed = shorten(pieces.join(''));
    expect(printed.length).toBeLessThan(1_300);
    for (const [json] of printed.matchAll(/\{"Effect[^]*?\]\}/g)) { expect(() => JSON.parse(json)).not.toThrow(); }
    expect(printed.split('{"Effect').length).toBe([...printed.matchAll(/\{"Effect[^]*?\]\}/g)].length + 1);
  }), { seed: SEED, numRuns: runs(100, 1000) });
});
