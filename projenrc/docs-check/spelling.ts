/**
 * Checks the spelling with cspell. Names of code are left out.
 *
 * For speed, cspell runs once, and reads each word once.
 */
import { spawnSync } from 'child_process';
import * as path from 'path';
import { CODE, type Passage } from './passage';
import { type Problem } from './problem';

const CSPELL = path.join(__dirname, '..', '..', 'node_modules', 'cspell', 'bin.mjs');
const CONFIG = path.join(__dirname, 'cspell.json');

/** What a word of code has, and a word of a sentence does not: a digit, a sign, a capital letter after a small one, or a value beside it. */
const OF_CODE = new RegExp(`\\w[:/.@=_+\\\\]\\w|\\d|[a-z][A-Z]|[$<>{}*_@=|\\\\#]|^[-./]|/$|${CODE}`);

type Place = Pick<Problem, 'file' | 'line'>;

export function spellingProblems(passages: readonly Passage[]): Problem[] {
  const places = new Map<string, Place[]>();
  for (const { file, line, text } of passages) {
    text.split('\n').forEach((part, index) => wordsIn(part).forEach((word) => {
      const place = { file, line: line + index };
      const known = places.get(word);
      if (known) { known.push(place); } else { places.set(word, [place]); }
    }));
  }
  return misspelled([...places.keys()]).flatMap(({ word, problem }) => places.get(word)!.map((place) => ({ ...place, message: `spelling: ${problem}` })));
}

function misspelled(words: readonly string[]): Array<{ readonly word: string; readonly problem: string }> {
  const { stdout, stderr, status } = spawnSync(
    process.execPath, [CSPELL, 'stdin', '--config', CONFIG, '--no-progress', '--no-summary', '--no-color', '--show-suggestions'],
    { input: words.join('\n'), encoding: 'utf-8', maxBuffer: 1e9 },
  );
  if (stderr !== '' || status === null || status > 1) { throw new Error(`cspell failed: ${stderr}`); }
  return [...stdout.matchAll(/:(\d+):\d+ - (.*)/g)].map(([, line, problem]) => ({ word: words[Number(line) - 1], problem }));
}

/** Returns the words of a line, without what stands around them. */
function wordsIn(line: string): string[] {
  return line.split(/\s+/).filter((word) => !OF_CODE.test(word)).flatMap((word) => word.match(/\p{L}[\p{L}'’-]*\p{L}/gu) ?? []);
}
