import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('a window as narrow as a telephone, with keys alone', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  const heading = (name: RegExp | string) => page.getByRole('heading', { level: 1, name });

  /** Presses Tab until the focus is on what has such a text or name. */
  async function tabTo(wanted: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(
        '[document.activeElement.textContent, document.activeElement.ariaLabel].join(" ")',
      );
      if (focused.includes(wanted) && (await page.locator(':focus').count()) === 1) return;
    }
    throw new Error(`60 presses of Tab do not reach ${wanted}`);
  }

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'phone-pbx');
    const startedAt = Date.now() - 30_000;
    const metadata = { agent: { id: '7901', name: 'Fay Phone' }, campaign: 'PHONE' };
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata });
    await call.say('agent', 'Hello, this call may be recorded.', 1_000);
    await call.say('caller', 'I will call my lawyer about that.', 6_000);
    await relay.keepTicking();
    page = await openDashboard(browser, running.system.siteUrl, {
      role: 'admin',
      viewport: { width: 360, height: 740 },
    });
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.goto(running.system.siteUrl);
    await page.getByRole('list', { name: 'Calls' }).waitFor();
  });

  /** Goes to a page by its link. */
  async function walkTo(name: string): Promise<void> {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').first().focus();
    await tabTo(name);
    await page.keyboard.press('Enter');
    await heading(name).waitFor();
  }

  it('narrows the list, opens the call over it, works its alert and comes back', async () => {
    await page.getByRole('list', { name: 'Calls' }).getByText('Fay Phone').waitFor();
    await page.keyboard.press('/');
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('phone');
    await tabTo('Fay Phone');
    await page.keyboard.press('Enter');
    await heading(/Fay Phone/).waitFor();
    expect(await page.getByRole('list', { name: 'Calls' }).isVisible()).toBe(false);
    await tabTo('open alert');
    await page.keyboard.press('Enter');
    await tabTo('Acknowledge');
    await tabTo('Resolve');
    await page.keyboard.press('Enter');
    await page
      .getByRole('list', { name: 'Alerts' })
      .getByText(/resolved/)
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'Calls' }).waitFor();
  });

  it.each([
    ['Alerts', 'Compliance'],
    ['Agents', 'Last 7 days'],
    ['History', 'Export CSV'],
    ['System', 'admin@'],
    ['Rules', 'New rule'],
  ])('reaches %s, and in it %s', async (name, control) => {
    await walkTo(name);
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
    const { x = 0, width = 0 } = (await link.boundingBox()) ?? {};
    expect(x >= 0 && x + width <= 360).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await tabTo(control);
  });

  it('writes a rule and leaves it again, asked first', async () => {
    await walkTo('Rules');
    await tabTo('New rule');
    await page.keyboard.press('Enter');
    await heading('New rule').waitFor();
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('Narrow');
    await page.goBack();
    const asked = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await asked.getByText('changes to a rule').waitFor();
    await tabTo('Stay here');
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Narrow');
  });
});
