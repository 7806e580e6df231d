/** Damage to the bytes of a text: encodings, truncation, floods, nesting. */
import { Dice } from '../dice';

const FLOOD = 200_000;

/** Nesting that parsers of JSON and YAML take level by level. */
function nesting(dice: Dice): string {
  const depth = dice.pick([200, 2_000, 100_000]);
  return dice.pick<() => string>([
    () => '['.repeat(depth) + ']'.repeat(depth),
    () => '['.repeat(depth),
    () => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth),
    () => '{a: '.repeat(depth) + '1' + '}'.repeat(depth),
    () => '- '.repeat(depth),
    () => Array.from({ length: Math.min(depth, 500) }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    () => '!Sub '.repeat(depth),
    () => '"'.repeat(depth),
    () => '? '.repeat(depth),
  ])();
}

/** Aliases that stand for more and more. */
function aliases(levels: number): string {
  const lines = Array.from({ length: levels },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`);
  return ['a0: &a0 [x]', ...lines, 'Resources: *a0', ''].join('\n');
}

/** A flood of something that is cheap to write. */
function flood(dice: Dice): string {
  const length = dice.pick([1_000, FLOOD]);
  return dice.pick(['\n', ' \n', '\0', '\t', '#', '? \n', '- \n', ': ', '{', '&a ', '*a ', '!t ', '---\n', '%\n',
    '"\\', "'", '|\n', 'a: 1\n', '\r', '\u2028'])
    .repeat(length / 2);
}

/** The text, damaged once. */
export function damaged(dice: Dice, text: string): Buffer {
  const at = dice.below(text.length + 1);
  const insert = (piece: string) => Buffer.from(text.slice(0, at) + piece + text.slice(at));
  return dice.pick<() => Buffer>([
    () => Buffer.from(text.slice(0, at)),
    () => Buffer.from(text.slice(at)),
    () => insert(flood(dice)),
    () => insert(nesting(dice)),
    () => insert(dice.pick(['\0', '\t', '\u0085', '\ufeff', '\u2028', '"', "'", '\\', '{', '}', '[', ']', ':', ',',
      '&a', '*a', '!x', '%', '@', '`', '|', '>'])),
    () => Buffer.concat([Buffer.from('\ufeff'), Buffer.from(text)]),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
      Buffer.from(text.slice(at))]),
    () => Buffer.from(text.replace(/\n/g, '\r\n')),
    () => Buffer.from(text.replace(/\n/g, '\r')),
    () => Buffer.from(text + text),
    () => Buffer.from(aliases(dice.pick([3, 9, 40]))),
    () => Buffer.from(flood(dice)),
    () => Buffer.from(nesting(dice)),
    () => Buffer.alloc(dice.pick([0, 1, 4096, 1_000_000]), dice.pick([0, 0x20, 0x7b, 0xff])),
  ])();
}
