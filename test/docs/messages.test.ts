/** docs/messages.md shows what the front ends print: with UPDATE_PAGES=1 the test writes the page. */
import * as fs from 'fs';
import { Gallery, galleryOf, MESSAGES_PAGE } from './message-gallery';
import { ALL_RULES } from '../../lib/rules/run-rules';
import { besideAws } from '../cli/live/beside-aws';

const { cli, server, env } = besideAws();
let gallery: Gallery;
beforeAll(async () => { gallery = await galleryOf(cli, server, env); }, 120_000);

test('the page shows what is printed', () => {
  if (process.env.UPDATE_PAGES) { fs.writeFileSync(MESSAGES_PAGE, gallery.page); }
  // `npx projen messages` writes the page.
  expect(fs.readFileSync(MESSAGES_PAGE, 'utf-8')).toBe(gallery.page);
});

test('every rule is shown', () => {
  expect(new Set(gallery.findings.map(({ rule }) => rule))).toEqual(new Set(ALL_RULES.map(({ id }) => id)));
});
