import fc from 'fast-check';
import { createColors } from 'picocolors';
import { dangersIn } from './hostile-text';
import { everyString, oneLine, visible } from '../../cli/visible';
import { cpuSecondsOf } from '../cpu-seconds';

describe('visible', () => {
  test.each([
    ['plain text: ünïcode, …, 日本語, \u00a0, 🎉', 'plain text: ünïcode, …, 日本語, \u00a0, 🎉'],
    ['two\nlines', 'two\nlines'],
    ['\u001b[2J\u001b[31mred', '\\u001b[2J\\u001b[31mred'],
    ['\u0000\u0007\u0008\u007f\r\t', '\\u0000\\u0007\\u0008\\u007f\\r\\t'],
    ['\u0080\u0085\u009b31m\u009f', '\\u0080\\u0085\\u009b31m\\u009f'],
    ['\u202e\u2066\u2069\u200e\u061c', '\\u202e\\u2066\\u2069\\u200e\\u061c'],
    ['a\u200bb\u2060c\ufeff\u00ad', 'a\\u200bb\\u2060c\\ufeff\\u00ad'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\u{e0041}', '\\udb40\\udc41'], // a tag, which has no glyph
    ['\u3164\u034f', '\\u3164\\u034f'],
    ['\ud800 \udfff \ufffe \ufdd0', '\\ud800 \\udfff \\ufffe \\ufdd0'],
    ['⚠\ufe0f and a\ufe0f', '⚠\ufe0f and a\\ufe0f'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected);
    expect(visible(expected)).toBe(expected);
  });

  test.each([
    ['::error::x', '\\u003a:error::x'],
    ['a\n  ::error file=a::x', 'a\n  \\u003a:error file=a::x'],
    ['\u3000::set-output name=x::y', '\u3000\\u003a:set-output name=x::y'],
    ['\u001b[1m::error::x', '\\u001b[1m::error::x'],
    ['a ::error::x', 'a ::error::x'],
    ['::1 is an address, arn:aws:s3:::b', '::1 is an address, arn:aws:s3:::b'],
    ['##vso[task.complete]', '\\u0023#vso[task.complete]'],
    ['a ##[set-env name=A]b', 'a \\u0023#[set-env name=A]b'],
    ['####[error]', '##\\u0023#[error]'],
    ['##teamcity[x]', '\\u0023#teamcity[x]'],
    ['## heading [1]', '## heading [1]'],
  ])('%j, which a pipeline may obey', (text, expected) => expect(visible(text)).toBe(expected));

  test('keeps the value of JSON', () => {
    const value = { 'a\u202e': '\u0085 \\u0085 ##vso[x] \u2028\n\t\r ::error:: \ud800 \u{e0041}' };
    const text = visible(JSON.stringify(value, undefined, 2));
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toMatch(/^[\n\u0020-\u007e]+$/);
    expect(text).not.toMatch(/##\w*\[/);
  });

  test('keeps colors, and no other control, for terminals', () => {
    const { red, bold } = createColors(true);
    expect(visible(`${bold(red('a'))}\u001b[2J`, true)).toBe(`${bold(red('a'))}\\u001b[2J`);
    expect(visible(red('a'))).not.toContain('\u001b');
    expect(visible(` ${red('::error::x')}`, true)).toBe(` ${red('\\u003a:error::x')}`);
  });

  test('takes time in proportion to the text', () => {
    const long = ['#'.repeat(3e5), `##${'a'.repeat(3e5)}`, '##a'.repeat(3e5), ' '.repeat(3e5), '\u3000'.repeat(3e5), '\n'.repeat(3e5),
      '\u001b[31m'.repeat(2e5), '\u001b[3'.repeat(2e5), '\u00e4\u202e'.repeat(3e5)];
    expect(cpuSecondsOf(() => long.forEach((text) => visible(text, true)))).toBeLessThan(20); // quadratic time would be minutes
  });
});

test('oneLine has no line breaks', () => {
  expect(oneLine('a\r\nb\n::error::c')).toBe('a\\r\\nb\\n\\u003a:error::c');
});

test('everyString changes names and values, and keeps what is shared', () => {
  const shared = ['\u202e'];
  const changed = everyString({ 'a\nb': shared, 'other': shared, 'n': 1, 'none': undefined, 'no': null }, oneLine);
  expect(changed).toEqual({ 'a\\nb': ['\\u202e'], 'other': ['\\u202e'], 'n': 1, 'none': undefined, 'no': null });
  expect(Object.values(changed)[0]).toBe(Object.values(changed)[1]);
  expect(Object.keys(everyString(JSON.parse('{"__proto__": "\\u202e"}'), visible))).toEqual(['__proto__']);
});

test('everyString takes the JSON form of a value, and the message of an error', () => {
  const value = { toJSON: () => ({ of: 'a\u202e' }) };
  const error = Object.assign(new Error('b\u202e'), { line: 1 });
  expect(everyString([value, error], visible)).toEqual([{ of: 'a\\u202e' }, { message: 'b\\u202e', line: 1 }]);
});

test('visible is safe, idempotent, and keeps the value of JSON, for any text', () => {
  const parts = [
    '::', '##[', '##vso[', '#', '\n', ' ', '\u001b[31m', '\u001b[2J', '\\', '\\u202e', '"', '\u202e', '⚠', '\ufe0f',
    'error',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary' })), { maxLength: 12 })
    .map((some) => some.join(''));
  fc.assert(fc.property(text, fc.boolean(), (given, colors) => {
    const shown = visible(given, colors);
    expect(dangersIn(shown, colors)).toEqual([]);
    expect(visible(shown, colors)).toBe(shown);
    expect(dangersIn(oneLine(given))).toEqual([]);
    expect(JSON.parse(visible(JSON.stringify({ [given]: given })))).toEqual({ [given]: given });
  }), { numRuns: 2000 });
});
