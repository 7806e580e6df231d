/** docs/messages.md shows what the front ends print: with UPDATE_PAGES=1 the test writes the page. */
import * as fs from 'fs';
import { Gallery, galleryOf, MESSAGES_PAGE } from './message-gallery';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { besideAws } from '../cli/live/beside-aws';

const { cli, server, env } = besideAws();
let gallery: Gallery;

/** How many words a message has, without example values and lengths in parentheses. */
const wordsIn = (text: string) => text.replace(/\([^()]*\)/g, '').trim().split(/\s+/).length;

beforeAll(async () => { gallery = await galleryOf(cli, server, env); }, 600_000); // runs the command for each rule, on machines that may be busy

test('the page shows what is printed', () => {
  if (process.env.UPDATE_PAGES) { fs.writeFileSync(MESSAGES_PAGE, gallery.page); }
  // `npx projen messages` writes the page.
  expect(fs.readFileSync(MESSAGES_PAGE, 'utf-8')).toBe(gallery.page);
});

test('every rule is shown', () => {
  expect(new Set(gallery.findings.map(({ rule }) => rule))).toEqual(new Set(ALL_RULES.map(({ id }) => id)));
});

test('a message has at most 60 words before the fix', () => {
  const tooLong = gallery.findings.filter(({ message }) => wordsIn(message) > 60);
  expect(tooLong.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

test('what is printed at synth, too', () => {
  const printed = [...gallery.page.matchAll(/^(?:ERROR|WARNING) ([^]*?) \(PodIdentity\)$/gm)].map(([, text]) => text);
  expect(printed.length).toBeGreaterThan(ALL_RULES.length);
  expect(printed.filter((text) => wordsIn(text) > 60)).toEqual([]);
});
