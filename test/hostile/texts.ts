/** Texts that mean something to what may print or parse them: terminals, logs of CI, markup, JSON, YAML, JavaScript. */
import { Dice } from '../dice';
import { anything } from '../engine/hostile/texts';

/** Texts by what they attack. */
const TEXTS: { readonly [kind: string]: readonly string[] } = {
  terminal: [
    '\u001b[2J\u001b[H', '\u001b[31mnarrows\u001b[0m', '\u001b]0;title\u0007',
    '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
    '\u009b2J', '\u0085', '\u0090', '\u009d', '\u0007', '\b\b\b\b', '\r', '\rnarrows', '\u000b', '\u000c', '\u007f',
    '\u0000',
  ],
  direction: ['\u202enarrows\u202c', '\u2066a\u2069', '\u200e', '\u200f', '\u061c', '\u2067\u202e'],
  invisible: ['\u200b', '\u2060', '\ufeff', '\u00ad', '\u2028', '\u2029', '\u{e0041}', '\u180e'],
  logs: [
    '\n::error::narrows', '::error file=a::b', '\n##vso[task.complete result=Succeeded;]', '##[error]',
    '\n::set-output name=a::b',
    '\r\n::stop-commands::x', '\n  ::warning::x', '\n##teamcity[buildStatus]',
    `${'word '.repeat(30)}::error::wrapped ${'word '.repeat(30)}`,
  ],
  markup: [
    '<script>alert(1)</script>', '</script><script>x', ']]>', ']]>]]>', '<![CDATA[',
    ']]></system-out><testcase name="x"/>', '&amp;', '&#x1b;',
    '"><img src=x onerror=alert(1)>', "'", '<!--', '-->', '</style>', 'javascript:alert(1)', '${7*7}', '{{7*7}}',
  ],
  names: [
    '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'then', 'toJSON',
    '__defineGetter__', '',
    ' ', '.', '..', '../../etc/passwd', '/etc/passwd', '-', '--', '--format', '%s%n', '%', '#%', '%00', '\\',
    '\\u0000', 'NUL', 'a\tb', '~', '*',
  ],
  unicode: ['\ud800', '\udc00', '\ufffe', '\uffff', '\u0130', '\u00df', 'e\u0301', '\u{10ffff}', '\u{1f600}',
    'z\u0300\u0301\u0302\u0303'],
};
const ALL = Object.values(TEXTS);

/** One of them, random characters, or a long one. */
export function hostileText(dice: Dice): string {
  const one = () => dice.pick(dice.pick(ALL));
  return dice.pick<() => string>([
    one, one, one,
    () => `a${one()}b`,
    () => one() + one(),
    () => anything(dice, 1 + dice.below(20)),
    () => dice.pick(['a', 'a ', '${', '*', '\\', '"', '\n', '-', '[', '\ud800', ':',
      '/']).repeat(dice.pick([10, 100, 3000])),
  ])();
}

/** One that may be the name of a file. */
export function hostileFileName(dice: Dice): string {
  const name = wellFormed(hostileText(dice).replace(/[/\0]/g, '').slice(0, 40));
  return ['', '.', '..'].includes(name) ? 'plain' : name;
}

/** Lone surrogates have no UTF-8. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf-8').toString('utf-8');
}
