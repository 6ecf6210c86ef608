import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { projectFolder } from '../../local/config.ts';
import { launchBrowser, openDashboard } from '../browser.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();
const requireHere = createRequire(pathToFileURL(`${projectFolder}/package.json`));
const axe = readFileSync(requireHere.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

jest.setTimeout(120_000);

/** What axe finds wrong on the page as it stands: the rule and where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(rules)} })`);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describe.each(['dark', 'light'] as const)('every page in the %s theme', (colorScheme) => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    // The site's policy would keep the tester's script out too.
    page = await openDashboard(browser, running.system.siteUrl, { colorScheme, bypassCSP: true });
  });
  afterAll(() => browser.close());

  it.each(['/', '/alerts', '/agents', '/history', '/system', '/wallboard'])('%s', async (path) => {
    await page.goto(new URL(path, running.system.siteUrl).href);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    expect(new URL(page.url()).pathname).toBe(path);
    expect(await violations(page)).toEqual([]);
  });

  it('fits a width of 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(running.system.siteUrl);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
  });
});
