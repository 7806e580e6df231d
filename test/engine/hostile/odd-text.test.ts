import { decide, decideAll, expectAnswers } from './decide';
import { allow, bucket, deny, document } from './documents';
import { parsePolicy } from '../../../lib/engine';

// Whatever a policy says, a decision ends, ends without an exception, and is right. No test here looks at a clock: what takes
// too long takes too many steps, and the engine counts those. bench/hostile.ts measures hostile inputs.

describe('Characters', () => {
  test.each<[string, string]>([
    ['a high surrogate alone', '\ud83d'],
    ['a low surrogate alone', '\ude00'],
    ['surrogates in the wrong order', '\ude00\ud83d'],
    ['a pair', '\ud83d\ude00'],
    ['a NUL', '\0'],
    ['a line break', '\n'],
    ['a letter whose lower case is longer', '\u0130'],
    ['letters that are equal without case only', '\u212a\u017f'],
    ['a combining mark', 'e\u0301'],
    ['a mark that changes the direction', '\u202e'],
    ['a backslash and brackets', '\\[a-z]+(x|y){2}^$.'],
  ])('%s', (_name, characters) => {
    for (const name of [
      characters, `*${characters}*`, `?${characters}?`, `\${${characters}}`, `\${aws:username, '${characters}'}`,
    ]) {
      const one = document(
        allow(bucket(name), { Condition: { StringLike: { [`aws:RequestTag/${characters}`]: name } } }),
      );
      expect(decide(one, one).kind).not.toBe('exceeds');
      expectAnswers(decideAll(one, document(allow(bucket('data')), deny(bucket(name)))));
      expectAnswers(decideAll(document(allow('*', { Action: `s3:${characters}` })), one));
    }
  });

  test('2,048 random characters of many alphabets', () => {
    let state = 20121017;
    const random = (below: number) => {
      state = (state * 1664525 + 1013904223) % 2 ** 32;
      return Math.floor(state / 2 ** 32 * below);
    };
    const alphabets = [
      'ab', '*?', '*a', '?:', '${}', "${aws:username, '*'}", '*?:/-aA',
      String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i)),
    ];
    for (const alphabet of alphabets) {
      const text = () => Array.from({ length: 2048 }, () => alphabet.charAt(random(alphabet.length))).join('');
      expectAnswers(decideAll(document(allow(bucket(text()))), document(allow(text()), deny(bucket(text())))));
      expectAnswers(decideAll(document(allow('*', { Action: `s3:${text()}` })), document(allow('*'))));
      parsePolicy(text(), 'policy');
    }
  });
});

describe('Conditions that are not understood', () => {
  test('a set operator says that its key may have several values, whatever its own values say', () => {
    const contradiction = {
      DateEquals: { 'aws:CurrentTime': '1704067200' }, DateEqualsIfExists: { 'aws:CurrentTime': '12345' },
    };
    const role = document(allow('*', {
      Condition: { 'ForAllValues:DateEquals': { 'aws:CurrentTime': '9999-99-99' } },
    }));
    expect(decide(document(allow('*', { Condition: contradiction })), role).kind).toBe('undetermined');
  });

  test('a variable that is none denies nothing for certain', () => {
    const equalTo = (value: string) => deny('*', {
      Action: '*', Condition: { StringEquals: { 'aws:username': value } },
    });
    const role = document(allow('*', { Action: '*' }), equalTo("${aws:username, 'a'b'}"), equalTo('${ }'));
    expect(decide(document(allow('*', { Action: '*' })), role).kind).toBe('undetermined');
  });

  test.each([
    '${aws:username }', '${ aws:username}', "${aws:username , 'a'}",
  ])('no witness has a key as it stands in %s', (variable) => {
    const role = document(allow('*'), deny('*', { Condition: { StringEquals: { 'aws:username': variable } } }));
    const verdict = decide(document(allow('*')), role);
    const keys = verdict.kind === 'exceeds'
      ? verdict.excesses.flatMap(({ witness }) => [...witness.context.keys()])
      : [];
    expect(keys.filter((key) => key !== key.trim())).toEqual([]);
  });
});
