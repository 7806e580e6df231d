import { editDistance, nearest } from '../../lib/reference/edit-distance';

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['GetObejct', 'GetObject', 1],
  ['ab', 'ba', 1],
])('%s to %s: %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
  expect(editDistance(a, b, 1)).toBe(Math.min(distance, 1));
});

test.each([
  ['getobjct', ['PutObject', 'GetObject'], 'GetObject'],
  ['abc', ['abd', 'abe'], 'abd'],
  ['abc', ['xyz'], undefined],
  ['', ['a'], undefined],
])('%s is nearest to', (text, candidates, found) => {
  expect(nearest(text, candidates)).toBe(found);
});
