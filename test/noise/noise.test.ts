/**
 * Counts what a synth of ten apps prints, and keeps the table of docs/noise.md true: the lines exactly, the characters within 15 %,
 * because wording changes them.
 */
import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import { APPS } from './apps';
import { printedBy } from '../printed-at-synth';

const PAGE = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'noise.md'), 'utf-8');
const number = (text: string) => Number(text.replace(',', ''));
const ROWS = new Map([...PAGE.matchAll(/^\| (.*) \| [\d,]+ \| [\d,]+ \| ([\d,]+) \| ([\d,]+) \|$/gm)].map(
  ([, name, lines, characters]) => [name, { lines: number(lines), characters: number(characters) }] as const,
));

test('the page has every app', () => expect([...ROWS.keys()]).toEqual(APPS.map(({ name }) => name)));

test.each(APPS.map((one) => [one.name, one] as const))('%s', (name, { build }) => {
  const printed = printedBy(() => {
    const app = new App();
    build(app);
    return app;
  });
  const { lines, characters } = ROWS.get(name)!;
  const isNear = Math.abs(printed.length - characters) <= 0.15 * characters;
  const count = printed === '' ? 0 : printed.split('\n').length;
  expect([count, isNear ? characters : printed.length]).toEqual([lines, characters]);
});
