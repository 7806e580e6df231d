/** Creates the pictures of the HTML report that the docs show. Requires Chromium. */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { bundleCli } from './bundle-cli';
import { launch, urlOf, WITHOUT_CHROMIUM } from '../test/cli/html/chromium';
import { FEW, many } from '../test/cli/html/fleets';

const IMAGES = path.join(__dirname, '..', 'docs', 'images');

interface Picture {
  readonly name: string;
  readonly report: 'few' | 'many';
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** Which row is unfolded. */
  readonly unfolded?: number;
}

const PICTURES: readonly Picture[] = [
  { name: 'report', report: 'few', width: 900, height: 760, colorScheme: 'light', unfolded: 0 },
  { name: 'report-many', report: 'many', width: 1000, height: 620, colorScheme: 'dark' },
  { name: 'report-narrow', report: 'few', width: 400, height: 900, colorScheme: 'light' },
];

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-images-'));
  try {
    bundleCli(folder);
    for (const [name, template] of Object.entries({ few: FEW, many: many(300) })) {
      fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(template, undefined, 2));
      spawnSync(process.execPath, ['cdk-pod-identity.js', 'report', `${name}.json`, '-o', `${name}.html`], { cwd: folder, stdio: 'inherit' });
    }
    const browser = await launch().catch(() => { throw new Error(WITHOUT_CHROMIUM); });
    fs.mkdirSync(IMAGES, { recursive: true });
    for (const { name, report, width, height, colorScheme, unfolded } of PICTURES) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(urlOf(folder, `${report}.html`));
      if (unfolded !== undefined) { await page.locator('tr.account button').nth(unfolded).press('Enter'); }
      await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
      await page.close();
    }
    await browser.close();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void main();
