import { SymbolicString } from '../../lib/engine';
import { Assumptions } from '../../lib/template/assumptions';
import { inEveryCase, orOnFailure, unlessOpen } from '../../lib/template/cases';
import { variable } from '../engine/make';

const STAGE = SymbolicString.of(variable('Stage'));
const isProd = (assumptions: Assumptions) => assumptions.areEqual(STAGE, 'prod');
const fail = () => { throw new Error('broken'); };

test('a read without a question has one case', () => {
  expect(inEveryCase(() => 'a')).toEqual([{ assumptions: Assumptions.NONE, value: 'a' }]);
});

test('a question has two cases', () => {
  expect(inEveryCase(isProd).map(({ value }) => value)).toEqual([true, false]);
});

test('an open question has no answer, if nobody tells cases apart', () => {
  expect(unlessOpen(() => isProd(Assumptions.NONE))).toBeUndefined();
  expect(unlessOpen(() => isProd(Assumptions.NONE.and(STAGE, 'prod', true)))).toBe(true);
});

test('an open question is not a failure', () => {
  const recover = jest.fn(({ message }: Error) => message);
  expect(
    inEveryCase((assumptions) => orOnFailure(() => String(isProd(assumptions)), recover)).map(({ value }) => value),
  ).toEqual(['true', 'false']);
  expect(recover).not.toHaveBeenCalled();
  expect(orOnFailure(fail, recover)).toBe('broken');
});

test.each([['inEveryCase', inEveryCase], ['unlessOpen', unlessOpen]])('%s lets failures pass', (_name, read) => {
  expect(() => read(fail)).toThrow('broken');
});
