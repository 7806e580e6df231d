/**
 * No regular expression of the library and of the command line takes more than linear time, whatever text it is given: each that repeats
 * something without a limit is searched for a text that takes long. The search counts steps and has a seed, so that it finds the same
 * on every machine.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { LONG_SEARCH } from '../runs';

jest.setTimeout(LONG_SEARCH);

/** Expressions that the search takes for slow, and why they are not. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map();

const ROOT = path.join(__dirname, '..', '..');
const EXTENSIONS = /\.(tsx?|js)$/;

function filesIn(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) { return filesIn(name); }
    const source = path.join(ROOT, name.replace(/\.js$/, '.ts'));
    const isCompiled = name.endsWith('.d.ts') || (name.endsWith('.js') && fs.existsSync(source));
    return EXTENSIONS.test(name) && !isCompiled ? [name] : [];
  });
}

/** The literals of regular expressions, each with the first file that has it. */
function literals(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of [...filesIn('lib'), ...filesIn('cli')].sort()) {
    const text = fs.readFileSync(path.join(ROOT, file), 'utf-8');
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node) && !found.has(node.text)) { found.set(node.text, file); }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  }
  return found;
}

/** What was found for each literal: `false`, or how its time grows. */
function search(all: readonly string[]): Array<[string, string | false]> {
  const script = path.join(__dirname, 'search.js');
  const found = JSON.parse(execFileSync(process.execPath, [script], { input: JSON.stringify(all), encoding: 'utf-8' }));
  return all.map((literal, i) => {
    const { status, complexity } = found[i];
    return [literal, status === 'safe' ? false : complexity ?? status];
  });
}

const REPEATS = /[*+]|\{\d+,\}/;

test('the search finds what is slow', () => {
  const slow = ['/\\$\\{[^}]*\\}/g', '/^(a+)+$/', '/a+$/', '/^\\s*\\?/m', '/(\\d+)[\\d.]*x/'];
  expect(search(slow).filter(([, growth]) => growth === false)).toEqual([]);
  expect(search(['/^a+$/'])).toEqual([['/^a+$/', false]]);
});

test('no regular expression is slow, but for the exceptions', () => {
  const candidates = [...literals()].filter(([literal]) => REPEATS.test(literal));
  expect(candidates.length).toBeGreaterThan(80);
  const slow = search(candidates.map(([literal]) => literal)).filter(([, growth]) => growth !== false)
    .map(([literal, growth]) => ({ file: candidates.find(([one]) => one === literal)![1], literal, growth }));
  expect(slow.filter(({ literal }) => !EXCEPTIONS.has(literal))).toEqual([]);
  expect(slow.map(({ literal }) => literal)).toEqual(expect.arrayContaining([...EXCEPTIONS.keys()]));
});
