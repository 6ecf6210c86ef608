import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { projectFolder } from '../../local/config.ts';
import { launchBrowser, openDashboard } from '../browser.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();
const requireHere = createRequire(pathToFileURL(`${projectFolder}/package.json`));
const axe = readFileSync(requireHere.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

jest.setTimeout(120_000);

const paths = [
  '/',
  '/alerts',
  '/agents',
  '/history',
  '/rules',
  '/rules/legal-threat',
  '/rules/new',
  '/system',
  '/wallboard',
];

/** What axe finds wrong on the page as it stands: the rule and where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(rules)} })`);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const visit = async (page: Page, path: string) => {
  await page.goto(new URL(path, running.system.siteUrl).href);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await page
    .getByText(/^Loading/)
    .first()
    .waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(path);
};

describe('every page', () => {
  let browser: Browser;
  let relay: SeedRelay;
  let callPath: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'axe-pbx');
    const startedAt = Date.now() - 30_000;
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata: { agent: { id: '7401' } } });
    await call.say('agent', 'I am sorry to hear that.', 1_000);
    await call.say('caller', 'This is terrible, I will call my lawyer.', 6_000);
    await relay.keepTicking();
    callPath = `/calls/${call.callId}`;
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  describe.each([
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 1440, height: 900 }],
    ['light', { width: 360, height: 740 }],
  ] as const)('in the %s theme, in a window of %j', (colorScheme, viewport) => {
    let page: Page;

    beforeAll(async () => {
      // The site's policy would keep the tester's script out too.
      const options = { colorScheme, viewport, bypassCSP: true, role: 'admin' } as const;
      page = await openDashboard(browser, running.system.siteUrl, options);
      page.setDefaultTimeout(20_000);
    });
    afterAll(() => page.context().close());

    it.each(paths)('%s', async (path) => {
      await visit(page, path);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('a call with alerts', async () => {
      await visit(page, callPath);
      await page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('the sign-in page', async () => {
      const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
      const door = await context.newPage();
      await door.goto(running.system.siteUrl);
      await door.getByLabel(/password/i).waitFor();
      expect(await violations(door)).toEqual([]);
      expect(await door.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      await context.close();
    });
  });
});
