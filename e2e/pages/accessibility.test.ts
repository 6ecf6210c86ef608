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

  it('the sign-in page', async () => {
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    const door = await context.newPage();
    await door.goto(running.system.siteUrl);
    await door.getByLabel(/password/i).waitFor();
    expect(await violations(door)).toEqual([]);
  });

  it('a call with alerts', async () => {
    const relay = new SeedRelay(running, `axe-${colorScheme}`);
    const startedAt = Date.now() - 30_000;
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata: { agent: { id: '7401' } } });
    await call.say('agent', 'I am sorry to hear that.', 1_000);
    await call.say('caller', 'This is terrible, I will call my lawyer.', 6_000);
    await relay.tick();
    await page.goto(running.system.siteUrl);
    await page.getByRole('list', { name: 'Calls' }).getByRole('link', { name: /7401/ }).first().click();
    await page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await relay.close();
  });

  it.each(['/rules', '/rules/legal-threat', '/rules/new'])('%s', async (path) => {
    const admin = await openDashboard(browser, running.system.siteUrl, { colorScheme, bypassCSP: true, role: 'admin' });
    await admin.goto(new URL(path, running.system.siteUrl).href);
    await admin.getByRole('link', { name: /Legal threat/ }).waitFor();
    await admin.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(admin.url()).pathname).toBe(path);
    expect(await violations(admin)).toEqual([]);
    await admin.context().close();
  });

  it('fits a width of 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(running.system.siteUrl);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
  });
});
