import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('the audit', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  let call: SeededCall;
  const rows = () =>
    page.getByRole('region', { name: 'Audit' }).getByRole('row').filter({ hasText: 'Read a past call.' });

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'audit-pbx');
    const startedAt = Date.now() - 3_600_000;
    call = await relay.start({ linkedid: `${startedAt}.9`, startedAt, metadata: { agent: { id: '7901' } } });
    await call.say('caller', 'Nobody should read this unnoticed.', 1_000);
    await call.end('hangup', 10_000);
    const api = await signIn(running);
    // Each reading of the past call, this one too, is a row.
    await eventually(async () => (await api.call(call.callId).catch(() => undefined))?.call.status === 'ended', 30_000);
    page = await openDashboard(browser, running.system.siteUrl, { role: 'admin', acceptDownloads: true });
    await page.getByRole('link', { name: 'Audit' }).click();
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  it('shows who read a past call, found by the keyboard alone, and exports it', async () => {
    await page.getByLabel('Text').focus();
    await page.keyboard.type(call.callId);
    await page.keyboard.press('Enter');
    await eventually(async () => (await rows().count()) > 0, 20_000);
    expect(await rows().first().textContent()).toContain('supervisor@earshot.example');
    expect(new URL(page.url()).searchParams.get('text')).toBe(call.callId);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('Read a past call.');
    expect(text).not.toContain('unnoticed');
    await rows().first().getByRole('link', { name: 'Open the call' }).click();
    await page.getByText('Nobody should read this unnoticed.').waitFor();
  });

  it('finds nothing of somebody who did nothing, and can be reset', async () => {
    await page.goto(new URL('/audit?person=nobody', running.system.siteUrl).href);
    await page.getByText('Nothing found.').waitFor();
    expect(await page.getByLabel('Person').inputValue()).toBe('nobody');
    await page.getByRole('link', { name: 'Reset' }).click();
    await page.getByRole('region', { name: 'Audit' }).waitFor();
  });
});
