import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('a German call', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'german-pbx');
    page = await openDashboard(browser, running.system.siteUrl, {});
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  it('is not scored, says so, and rings nothing, though in English it would be fury', async () => {
    const startedAt = Date.now() - 60_000;
    const metadata = {
      agent: { id: '7811', name: 'Greta German' },
      language: { tag: 'de-DE', from: 'dialplan' as const },
    };
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata });
    for (let at = 0; at < 6; at++)
      await call.say('caller', 'Ich war gestern da. Das war so.', 1_000 + at * 8_000, { language: 'de-DE' });
    await call.say('agent', 'Einen Moment bitte.', 52_000, { language: 'de-DE' });
    await relay.keepTicking();

    const row = page.getByRole('list', { name: 'Calls' }).getByRole('listitem').filter({ hasText: 'Greta German' });
    await row.getByText('Not scored (German)').waitFor();
    await row.getByRole('link').click();
    const lines = page.locator('.transcript').getByRole('listitem');
    await lines.nth(6).waitFor();
    expect(await lines.filter({ hasText: 'Not scored (German)' }).count()).toBe(7);
    expect(await row.innerText()).not.toMatch(/critical|urgent|warning|even/i);
    expect(await page.getByRole('list', { name: 'Alerts' }).count()).toBe(0);
  });
});
