import type { Browser, Page } from 'playwright-core';
import { keepScreenshot, launchBrowser, openDashboard } from '../browser.ts';
import { signIn, type SignedIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('a supervisor who comes late to a call', () => {
  let browser: Browser;
  let page: Page;
  let api: SignedIn;
  let relay: SeedRelay;
  let call: SeededCall;
  const startedAt = Date.now() - 100_000;
  const panel = () => page.locator('.recap');

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'recap-pbx');
    page = await openDashboard(browser, running.system.siteUrl, {});
    page.setDefaultTimeout(20_000);
    api = await signIn(running);
    const metadata = { agent: { id: '8101', name: 'Rita Recap' }, caller: { number: '+441632960081' } };
    call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata });
    await call.say('agent', 'Good morning, how can I help you?', 1_000);
    await call.say('caller', 'Hello, my router has been broken since Tuesday.', 5_000);
    for (let line = 0; line < 14; line++) {
      await call.say(
        line % 2 === 0 ? 'agent' : 'caller',
        `This is line ${line} of a long talk.`,
        10_000 + line * 4_000,
      );
    }
    await call.say('caller', 'I have had enough, let me speak to your manager now.', 70_000);
    await call.say('agent', 'I will have the manager call you back tomorrow morning.', 76_000);
    await relay.keepTicking();
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  it('reads in three sentences what happened so far, and walks from each to its line', async () => {
    await page.locator(`a[href="/calls/${call.callId}"]`).click();
    await page.locator('.transcript').getByText('call you back tomorrow').waitFor();
    await page.keyboard.press('c');
    await panel().getByText('my router has been broken since Tuesday').waitFor();
    await panel().getByText('speak to your manager').waitFor();
    await panel().getByText('due tomorrow morning').waitFor();
    expect(await panel().getByRole('listitem').count()).toBe(3);
    await keepScreenshot(page, 'recap-live');
    await panel().getByRole('listitem').first().getByRole('button').click();
    const line = page.locator('.transcript').getByRole('listitem').filter({ hasText: 'my router has been broken' });
    await line.and(page.locator(':focus')).or(line.locator(':focus')).waitFor();
    expect(await page.locator('.transcript').getByText('my router').evaluate(isInSight)).toBe(true);
    await page.keyboard.press('c');
    await panel().waitFor({ state: 'detached' });
  });

  it('is offered another catch-up after ten more lines', async () => {
    await page.keyboard.press('c');
    await panel().getByText('due tomorrow morning').waitFor();
    for (let line = 0; line < 10; line++)
      await call.say('agent', `Word ${line} about the contract.`, 80_000 + line * 1_500);
    await call.say('caller', 'Can you also send me the invoice of last month?', 96_000);
    await panel().getByRole('button', { name: 'Catch up again' }).click();
    await panel().getByText('send me the invoice').waitFor();
  });

  it('reads the summary of the call when it is over, and finds it by its reason in the history', async () => {
    await call.end();
    await panel().getByRole('heading', { name: 'Summary' }).waitFor();
    await panel().getByText('Open', { exact: true }).waitFor();
    await keepScreenshot(page, 'recap-final');
    const found = await eventually(async () => {
      const { calls } = await api.pastCallsOf('8101');
      return calls.find(({ reason }) => reason !== undefined);
    }, 30_000);
    expect(found.reason).toContain('my router has been broken since Tuesday');
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('my router has been broken since Tuesday').first().waitFor();
    await keepScreenshot(page, 'recap-history');
  });

  it('sees what calls are about, and comes from a topic to its calls', async () => {
    for (const [index, phrase] of ['smart meter', 'smart meters'].entries()) {
      const at = Date.now() - 30_000;
      const metadata = { agent: { id: `820${index}` } };
      const told = await relay.start({ linkedid: `${at}.${index + 3}`, startedAt: at, metadata });
      await told.say('caller', `I am calling about the ${phrase} in the hall.`, 1_000);
      await told.end();
    }
    await eventually(async () => {
      await page.goto(new URL('/topics', running.system.siteUrl).href);
      await page.getByRole('heading', { level: 1, name: 'Topics' }).waitFor();
      return page
        .getByRole('link', { name: /smart meter/ })
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        );
    }, 30_000);
    await keepScreenshot(page, 'topics');
    await page.getByRole('link', { name: /smart meter/ }).click();
    await page
      .getByText(/about the smart meter/)
      .first()
      .waitFor();
  });

  it('reads beside the caller’s next call how often they called, and what is open since', async () => {
    const again = Date.now();
    const metadata = { agent: { id: '8102', name: 'Rolf Recap' }, caller: { number: '+44 1632 960081' } };
    const next = await relay.start({ linkedid: `${again}.2`, startedAt: again, metadata });
    await next.say('caller', 'It is me again.', 200);
    await page.goto(new URL(`/calls/${next.callId}`, running.system.siteUrl).href);
    const earlier = page.getByRole('region', { name: 'Second call in 30 days' });
    await earlier.getByText('my router has been broken').waitFor();
    await earlier.getByText('1 open').waitFor();
    await keepScreenshot(page, 'earlier-calls');
    await earlier.getByRole('link').click();
    await panel().getByRole('heading', { name: 'Summary' }).waitFor();
  });
});

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
