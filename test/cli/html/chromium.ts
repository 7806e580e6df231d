import * as fs from 'fs';
import * as path from 'path';
import { Browser, chromium } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (file) => fs.existsSync(file),
);

/** The line to show if no browser is installed. */
export const WITHOUT_CHROMIUM =
  'Chromium is not installed: the tests that look at the HTML report are skipped (Debian: apt-get install chromium)';

export function hasChromium(): boolean {
  return CHROMIUM !== undefined;
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

export function urlOf(folder: string, name: string): string {
  return `file://${path.join(folder, name)}`;
}
