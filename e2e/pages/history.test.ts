import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('the history', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  let call: SeededCall;
  let startedAt: number;
  const rows = () => page.getByRole('table').getByRole('row').filter({ hasText: 'Hanna History' });
  const excerpts = () => page.getByRole('table').locator('td.excerpt');

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'history-pbx');
    const api = await signIn(running);
    for (const [index, words] of [
      'The aquarium pump is leaking.',
      'Where is my invoice? I want to cancel my account.',
    ].entries()) {
      const beganAt = Date.now() - (index + 2) * 3_600_000;
      const past = await relay.start({
        linkedid: `${beganAt}.${index}`,
        startedAt: beganAt,
        metadata: { agent: { id: '7391', name: 'Hanna History' }, campaign: 'HISTORY' },
      });
      await past.say('agent', 'Hello, "Earshot" speaking, this call may be recorded.', 500);
      await past.say('caller', words, 5_000);
      await past.end('hangup', 20_000);
      await eventually(
        async () => (await api.call(past.callId).catch(() => undefined))?.call.status === 'ended',
        30_000,
      );
      if (index === 0) [call, startedAt] = [past, beganAt];
    }
    page = await openDashboard(browser, running.system.siteUrl, { acceptDownloads: true });
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.goto(new URL('/history', running.system.siteUrl).href);
    await page.getByRole('combobox', { name: 'Agent' }).selectOption('Hanna History (7391)');
  });

  /** Finds the one call in which this was said. */
  async function searchFor(words: string): Promise<void> {
    await page.getByLabel('Words said').fill(words);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await eventually(async () => (await rows().count()) === 1, 20_000);
  }

  it('finds past calls by agent, and narrows them by words', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await eventually(async () => (await rows().count()) === 2, 20_000);

    await searchFor('aquarium');
    expect(page.url()).toContain('words=aquarium');
  });

  it('shows the words where they were said, and opens the call there', async () => {
    await searchFor('leaking aquarium');
    expect((await excerpts().textContent())?.trim()).toMatch(/^00:05\s+The aquarium pump is leaking\.$/);
    expect(await excerpts().locator('mark').allTextContents()).toEqual(['aquarium', 'leaking']);
    await excerpts().getByRole('link').click();
    const marked = page.locator('[aria-current=location]');
    await marked.filter({ hasText: 'The aquarium pump is leaking.' }).waitFor();
    expect(await page.locator(':focus').textContent()).toContain('aquarium');
  });

  it.each(['Close call', 'Escape'])('is as it was when a call is left by %s', async (way) => {
    // So low that the results have to be scrolled.
    await page.setViewportSize({ width: 1280, height: 240 });
    await searchFor('aquarium');
    const sheet = page.locator('main.sheet');
    const link = excerpts().getByRole('link');
    await link.scrollIntoViewIfNeeded();
    const scrolledTo = await sheet.evaluate(({ scrollTop }) => scrollTop);
    expect(scrolledTo).toBeGreaterThan(0);
    let searches = 0;
    page.on('request', (request) => (searches += request.url().includes('/calls/search') ? 1 : 0));
    await link.click();
    await page.locator('[aria-current=location]').waitFor();
    if (way === 'Escape') await page.keyboard.press('Escape');
    else await page.getByRole('link', { name: way }).click();
    await rows().waitFor();
    expect(await sheet.evaluate(({ scrollTop }) => scrollTop)).toBe(scrolledTo);
    expect(page.url()).toContain('words=aquarium');
    expect(await page.getByLabel('Words said').inputValue()).toBe('aquarium');
    await link.and(page.locator(':focus')).waitFor();
    expect(searches).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('finds calls by the rules that fired, by name', async () => {
    await page.getByLabel('Rule that fired').selectOption('Legal threat');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('No calls found in the last 7 days.').waitFor();
    await page.getByLabel('Rule that fired').selectOption('Wants to leave');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await eventually(async () => (await rows().count()) === 1, 20_000);
  });

  it('goes by the days of the reader’s clocks, and says which those are', async () => {
    const far = await openDashboard(browser, running.system.siteUrl, { timezoneId: 'Pacific/Kiritimati' });
    const dayThere = (at: number) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati', dateStyle: 'short' }).format(at);
    const day = dayThere(startedAt);
    await far.goto(new URL(`/history?agent=7391&words=aquarium&from=${day}&to=${day}`, running.system.siteUrl).href);
    await far.getByText('Days and times: Pacific/Kiritimati').waitFor();
    await far.getByRole('row').filter({ hasText: 'Hanna History' }).waitFor();
    const before = dayThere(startedAt - 86_400_000);
    await far.goto(new URL(`/history?agent=7391&from=${before}&to=${before}`, running.system.siteUrl).href);
    await far.getByText('No calls found.').waitFor();
    await far.context().close();
  });

  it('keeps a search by name, for this person in this browser', async () => {
    await searchFor('aquarium');
    await page.getByRole('button', { name: 'Save search' }).click();
    const name = page.getByRole('textbox', { name: 'Name of the search' });
    expect(await name.inputValue()).toBe('“aquarium”, Hanna History (7391)');
    await name.fill('Leaks');
    await page.keyboard.press('Enter');
    await page.goto(new URL('/history', running.system.siteUrl).href);
    const saved = page.getByRole('list', { name: 'Saved searches' });
    await saved.getByRole('link', { name: 'Leaks' }).click();
    await eventually(async () => (await rows().count()) === 1, 20_000);
    expect(page.url()).toContain('words=aquarium');
    await page.getByRole('button', { name: 'Delete the saved search Leaks' }).click();
    await saved.waitFor({ state: 'detached' });
  });

  it('exports what was found', async () => {
    await searchFor('aquarium');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(call.callId);
  });

  it('opens a past call on the page of a live one', async () => {
    await searchFor('aquarium');
    await rows().getByRole('link').first().click();
    await page.getByText('aquarium').last().waitFor();
    expect(new URL(page.url()).pathname).toBe(`/calls/${call.callId}`);
    expect(await page.getByRole('region', { name: 'Transcript' }).getByRole('listitem').count()).toBe(2);
  });

  it.each([
    ['TXT', /Agent.*"Earshot" speaking[^]*Caller.*The aquarium pump is leaking\./],
    ['CSV', /""Earshot"" speaking[^]*The aquarium pump is leaking\./],
  ])('gives its words as %s', async (format, holds) => {
    await page.goto(new URL(`/calls/${call.callId}`, running.system.siteUrl).href);
    await page.getByRole('button', { name: 'Transcript' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: `Download ${format}` }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${call.callId}.${format.toLowerCase()}`);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(holds);
  });
});
