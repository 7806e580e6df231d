/// <reference lib="dom" />
import * as fs from 'fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { hasChromium, launch, urlOf, WITHOUT_CHROMIUM } from './chromium';
import { FEW, many } from './fleets';
import { Cli } from '../run';
import { association, role } from '../templates';

const AXE = require.resolve('axe-core/axe.min.js');
const HOSTILE = ['<img src=x onerror=alert(1)>', '</script><script>alert(2)</script>', '"><b id=injected>'];

jest.setTimeout(120_000);
if (!hasChromium()) { process.stderr.write(`${WITHOUT_CHROMIUM}\n`); }

(hasChromium() ? describe : describe.skip)('in a browser', () => {
  let cli: Cli;
  let browser: Browser;
  /** What the console said and the page asked for: nothing, at the end of each test. */
  let complaints: string[];

  beforeAll(async () => {
    cli = new Cli();
    cli.write({
      'few.json': FEW,
      'many.json': many(300),
      'some.json': many(24),
      'most.json': {
        Resources: {
          Role: role('s3:Get*'),
          ...Object.fromEntries(Array.from({ length: 700 }, (_, i) => [
            `P${i}`, association('s3:GetObject', { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Namespace: `n${1000 + i}` }),
          ])),
        },
      },
      'hostile.json': {
        Resources: Object.fromEntries(HOSTILE.flatMap((name, i) => [
          [`R${i}`, role('s3:*', { RoleName: name })],
          [`P${i}`, association('s3:*', { Namespace: name, ServiceAccount: name, ClusterName: name })],
        ])),
      },
    });
    for (const name of ['few', 'some', 'many', 'most', 'hostile']) {
      expect((await cli.start(['report', `${name}.json`, '-o', `${name}.html`])).stderr).toBe('');
    }
    browser = await launch();
  });
  afterAll(async () => { await browser.close(); cli.remove(); });
  beforeEach(() => { complaints = []; });
  afterEach(() => expect(complaints).toEqual([]));

  async function open(name: string, colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => { complaints.push(dialog.message()); void dialog.dismiss(); });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== urlOf(cli.folder, `${name}.html`) && request.url() !== 'data:,') {
        complaints.push(request.url());
      }
    });
    await page.goto(urlOf(cli.folder, `${name}.html`));
    return page;
  }

  const shownAccounts = (page: Page) => page.locator('tr.account:visible').count();
  const shownDetails = (page: Page) => page.locator('tr.details:visible').count();
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

  test('a row unfolds by keyboard, and folds again', async () => {
    const page = await open('few');
    expect(await shownDetails(page)).toBe(0);
    await page.locator('#fold').focus();
    await page.keyboard.press('Tab'); // the region that scrolls
    await page.keyboard.press('Tab');
    const button = page.locator('tr.account button').first();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await button.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('#row-1-details h3').textContent()).toBe('prod / platform / dispatcher');
    expect(await shownDetails(page)).toBe(1);
    await page.keyboard.press('Space');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await shownDetails(page)).toBe(0);
    await page.close();
  });

  test('the search takes what is typed, says how many are left, and is emptied with Escape', async () => {
    const page = await open('many');
    expect(await shownAccounts(page)).toBe(300);
    while (await focused(page) !== 'search') { await page.keyboard.press('Tab'); }
    await page.keyboard.type('TEAM-B/ prod-eu');
    const found = await shownAccounts(page);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(12);
    expect(await page.locator('[role=status]').textContent()).toBe(`${found} of 300 service accounts`);
    expect(await page.locator('tr.cluster:visible').count()).toBe(1);
    await page.keyboard.type(' nonesuch');
    expect(await page.locator('#nothing').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await shownAccounts(page)).toBe(300);
    expect(await focused(page)).toBe('search');
    await page.close();
  });

  // Unclear: an unknown role, and what AWS asks about for `dynamodb:DescribeEndpoints` and others without a resource type.
  test.each([['error', 25], ['finding', 75], ['unscoped', 25], ['unclear', 50]])(
    'the filter shows those with %s',
    async (value, count) => {
      const page = await open('many');
      await page.locator('#filter').selectOption(value);
      expect(await shownAccounts(page)).toBe(count);
      await page.locator('#unfold').click();
      expect(await shownDetails(page)).toBe(count);
      await page.locator('#filter').selectOption('');
      expect(await shownDetails(page)).toBe(count);
      await page.locator('#fold').click();
      expect(await shownDetails(page)).toBe(0);
      await page.close();
    },
  );

  test('a link to a role opens its policies', async () => {
    const page = await open('few');
    await page.locator('tr.account button').first().click();
    await page.locator('#row-1-details a[href="#role-1"]').first().press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'role-1');
    expect(await page.locator('#role-1 > details[open]').count()).toBe(3);
    await page.close();
  });

  test.each<['light' | 'dark', string, number]>([
    ['light', 'few', 1280], ['dark', 'few', 1280], ['light', 'few', 400], ['dark', 'some', 1280],
  ])('nothing stands in the way of anybody: %s, %s, %i px', async (scheme, name, width) => {
    const page = await open(name, scheme, width);
    await page.locator('#filter').selectOption(name === 'some' ? 'unclear' : '');
    for (const row of await page.locator('tr.account:visible button').all().then((all) => all.slice(0, 3))) {
      await row.click();
    }
    await page.locator('details').evaluateAll((all) => all.slice(0, 40).forEach((one) => {
      (one as HTMLDetailsElement).open = true;
    }));
    // Evaluated by the test, so that the policy of the page stays as it is.
    await page.evaluate(fs.readFileSync(AXE, 'utf-8'));
    const { violations, passes } = await page.evaluate(() => (
      (window as unknown as { axe: { run(where: object, options: object): Promise<AxeResults> } }).axe.run(document, {
        resultTypes: ['violations'],
      })));
    expect(violations.map(
      ({
        id, nodes,
      }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`,
    )).toEqual([]);
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining([
      'color-contrast', 'td-headers-attr', 'aria-required-attr', 'label', 'scrollable-region-focusable',
    ]));
    await page.close();
  });

  test.each([['few', 400], ['many', 400], ['many', 1280]])(
    'only the matrix scrolls to the side: %s, %i px',
    async (name, width) => {
      const page = await open(name, 'light', width);
      await page.locator('tr.account button').first().click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const panel = (await page.locator('.panel:visible').boundingBox())!;
      expect(panel.x + panel.width).toBeLessThanOrEqual(width);
      await page.close();
    },
  );

  test('all columns are on the paper', async () => {
    const page = await open('many');
    await page.setViewportSize({ width: 1046, height: 720 }); // A4 across, without its margins, at 96 dpi
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.getElementById('matrix')!.getBoundingClientRect().right))
      .toBeLessThanOrEqual(1046);
    expect(await page.locator('.controls:visible, #rest:visible').count()).toBe(0);
    await page.close();
  });

  test('is whole without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(urlOf(cli.folder, 'few.html'));
    expect(await shownDetails(page)).toBe(3);
    expect(await page.locator('tr.details h3:visible').count()).toBe(3);
    expect(await page.locator('.controls:visible, #rest:visible').count()).toBe(0);
    await page.goto(urlOf(cli.folder, 'most.html'));
    expect(await shownAccounts(page)).toBe(700);
    expect(await page.locator('tr.details h3:visible').count()).toBe(700);
    await context.close();
  });

  test('details are not elements until they are unfolded', async () => {
    const page = await open('few');
    expect(await page.locator('.panel h3').count()).toBe(0);
    await page.locator('tr.account button').first().click();
    expect(await page.locator('.panel h3').count()).toBe(1);
    await page.close();
  });

  test('rows beyond the first 300 are shown on request, by the search, by a link, and on paper', async () => {
    const page = await open('most');
    const rest = page.locator('#rest > span');
    expect([await shownAccounts(page), await rest.textContent()]).toEqual([300, '300 of 700 are shown.']);
    await page.locator('#unfold').click();
    expect(await shownDetails(page)).toBe(300);
    await page.locator('#fold').click();
    await page.locator('#more').click();
    expect([await shownAccounts(page), await rest.textContent()]).toEqual([600, '600 of 700 are shown.']);
    await page.locator('#more').click();
    expect([await shownAccounts(page), await rest.isVisible()]).toEqual([700, false]);
    await page.reload();
    const last = (await page.locator('#row-700 .who button > span').textContent())!;
    await page.locator('#search').fill(last.replaceAll(' ', ''));
    expect(await page.locator('#row-700').isVisible()).toBe(true);
    await page.locator('#search').fill('');
    expect([await shownAccounts(page), await page.locator('#row-700').isVisible()]).toEqual([300, false]);
    await page.evaluate(() => { location.hash = '#row-700'; });
    await page.locator('#row-700-details h3').waitFor();
    expect(await shownAccounts(page)).toBe(700);
    await page.reload();
    await page.emulateMedia({ media: 'print' });
    expect(await shownAccounts(page)).toBe(700);
    expect(await page.locator('#rest').isVisible()).toBe(false);
    await page.close();
  });

  const addresses = ['%', '%E0%A4%A', '%25', 'nonesuch', '"]'];
  test.each(addresses)('nothing happens if its address ends with #%s', async (hash) => {
    const page = await open('few');
    await page.evaluate((to) => { location.hash = to; }, hash);
    await page.goto(`${urlOf(cli.folder, 'few.html')}#${hash}`);
    await page.reload();
    expect(await shownAccounts(page)).toBe(3);
    await page.close();
  });

  test('text of others does nothing', async () => {
    const page = await open('hostile');
    await page.locator('#unfold').click();
    expect(await page.locator('#injected, img').count()).toBe(0);
    expect(await page.locator('tr.account .who bdi').allTextContents()).toEqual(
      [...HOSTILE].sort().flatMap((name) => [name, name]),
    );
    await page.locator('#search').fill('</SCRIPT>');
    expect(await shownAccounts(page)).toBe(1);
    await page.close();
  });
});
