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
  const rows = () => page.getByRole('table').getByRole('row').filter({ hasText: 'Hanna History' });

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'history-pbx');
    const api = await signIn(running);
    for (const [index, words] of ['The aquarium pump is leaking.', 'Where is my invoice?'].entries()) {
      const startedAt = Date.now() - (index + 2) * 3_600_000;
      const past = await relay.start({
        linkedid: `${startedAt}.${index}`,
        startedAt,
        metadata: { agent: { id: '7301', name: 'Hanna History' }, campaign: 'HISTORY' },
      });
      await past.say('agent', 'Hello, "Earshot" speaking, this call may be recorded.', 500);
      await past.say('caller', words, 5_000);
      await past.end('hangup', 20_000);
      await eventually(
        async () => (await api.call(past.callId).catch(() => undefined))?.call.status === 'ended',
        30_000,
      );
      if (index === 0) call = past;
    }
    page = await openDashboard(browser, running.system.siteUrl, { acceptDownloads: true });
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.goto(new URL('/history', running.system.siteUrl).href);
    await page.getByLabel('Agent’s id').fill('7301');
  });

  /** Finds the one call in which this was said. */
  async function searchFor(words: string): Promise<void> {
    await page.getByLabel('Words that were said').fill(words);
    await page.getByRole('button', { name: 'Search' }).click();
    await eventually(async () => (await rows().count()) === 1, 20_000);
  }

  it('finds past calls by agent, and narrows them by words', async () => {
    await page.getByRole('button', { name: 'Search' }).click();
    await eventually(async () => (await rows().count()) === 2, 20_000);

    await searchFor('aquarium');
    expect(page.url()).toContain('words=aquarium');
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
