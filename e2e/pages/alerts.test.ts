import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn, type SignedIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

/** Counts, in the page, what would sound and what the desktop would show. */
const countSignals = `
  window.signals = { tones: 0, notifications: 0, asked: 0 };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.signals.tones += 1; start.apply(this, when); };
  window.Notification = class {
    static requestPermission() { window.signals.asked += 1; return Promise.resolve('granted'); }
    constructor() { window.signals.notifications += 1; }
  };`;

describe('the queue of alerts', () => {
  let browser: Browser;
  let page: Page;
  let api: SignedIn;
  let relay: SeedRelay;
  let call: SeededCall;
  let agent: { id: string; name: string };
  const row = (rule: string) =>
    page.getByRole('table').first().getByRole('row').filter({ hasText: agent.name }).filter({ hasText: rule });
  const signals = () => page.evaluate<Record<string, number>>('window.signals');

  beforeAll(async () => {
    browser = await launchBrowser();
    api = await signIn(running);
    relay = new SeedRelay(running, 'queue-pbx');
    await relay.keepTicking();
    page = await openDashboard(browser, running.system.siteUrl);
    page.setDefaultTimeout(15_000);
    await page.context().addInitScript(countSignals);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    const startedAt = Date.now() - 60_000;
    // Alerts stay: another test's must not be taken for this one's.
    agent = { id: '7801', name: `Quinn ${startedAt}` };
    call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata: { agent, campaign: 'QUEUE' } });
    await call.say('agent', 'Good morning.', 1_000);
    await call.say('caller', 'I want to cancel my account.', 5_000);
    await call.say('caller', 'Or I will call my lawyer.', 40_000);
    await eventually(
      async () => ((await api.call(call.callId).catch(() => undefined))?.alerts.length ?? 0) >= 3,
      30_000,
    );
    await page.goto(new URL('/alerts', running.system.siteUrl).href);
  });
  afterEach(async () => call.end());

  it('has a row for each alert, with rule, version and words, the graver first', async () => {
    await row('Legal threat, rule v1').getByText('my lawyer', { exact: true }).waitFor();
    await row('Wants to leave, rule v1').getByText('cancel my account', { exact: true }).waitFor();
    const own = page.getByRole('row').filter({ hasText: agent.name });
    expect(await own.allTextContents()).toEqual([
      expect.stringContaining('Legal threat'),
      expect.stringContaining('Wants to leave'),
    ]);
  });

  it('keeps what was owed and not said apart', async () => {
    expect(await page.getByRole('row').filter({ hasText: 'Recording disclosure' }).count()).toBe(0);
    await page.getByRole('button', { name: /^Compliance/ }).click();
    await row('Recording disclosure').waitFor();
    await page.getByRole('button', { name: /^Alerts/ }).click();
  });

  it('is walked and worked with single keys', async () => {
    await row('Legal threat').getByRole('link').focus();
    // Pressed at once, the second waits for what came of the first.
    await page.keyboard.press('a');
    await page.keyboard.press('m');
    await row('Legal threat').getByText('acknowledged', { exact: true }).waitFor();
    await row('Legal threat').getByText('you', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: new RegExp(agent.name) }).waitFor();
    await page.goBack();
  });

  it('takes a judgement and gives it back', async () => {
    const wrong = () => row('Wants to leave').getByRole('button', { name: 'False alarm' });
    await wrong().click();
    await row('Wants to leave').getByRole('button', { name: 'False alarm', pressed: true }).waitFor();
    expect(await verdict('Wants to leave')).toBe('false-alarm');
    await wrong().click();
    await row('Wants to leave').getByRole('button', { name: 'False alarm', pressed: false }).waitFor();
    expect(await verdict('Wants to leave')).toBeUndefined();
  });

  it('folds away what is resolved', async () => {
    await row('Legal threat').getByRole('link').focus();
    await page.keyboard.press('r');
    await row('Legal threat').waitFor({ state: 'detached' });
    await page.locator('tr:focus-within').waitFor();
    await page.getByText(/^\d+ resolved alerts?$/).click();
    const folded = page.locator('details').getByRole('row').filter({ hasText: agent.name });
    await folded.getByText('Legal threat').waitFor();
    await folded.getByText('resolved', { exact: true }).waitFor();
  });

  it('sounds and notifies only once that was asked for', async () => {
    // Alerts that were there when the page was opened are announced first.
    await announced(/ alert\b/);
    await call.say('caller', 'You will hear from my solicitor and the ombudsman.');
    await announced(new RegExp(`^Urgent alert, ${agent.name}: .*Legal threat`));
    expect(await signals()).toEqual({ tones: 0, notifications: 0, asked: 0 });

    for (const choice of ['Sound', 'Desktop notification']) {
      await page.getByRole('button', { name: /menu/ }).click();
      await page.getByRole('menuitemcheckbox', { name: choice }).click();
    }
    const { tones = 0 } = await signals();
    await call.say('caller', 'This is terrible, I hate this horrible awful mess.');
    await eventually(async () => (await signals())['notifications'] === 1, 20_000);
    expect(await signals()).toMatchObject({ asked: 1, notifications: 1 });
    expect((await signals())['tones']).toBeGreaterThan(tones);
  });

  it('works the alert that is seen on a call, not the words that followed it', async () => {
    await call.say('caller', 'This is terrible, I hate this horrible awful mess.');
    await call.say('caller', 'I hate this terrible, horrible and awful mess.');
    await eventually(async () => {
      const { alerts } = await api.call(call.callId);
      return alerts.find(({ level, follows }) => level === 'critical' && follows !== undefined);
    }, 20_000);
    await page.goto(new URL(`/calls/${call.callId}`, running.system.siteUrl).href);
    const alert = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').filter({ hasText: 'critical' });
    await alert.getByRole('button', { name: 'Show the words' }).nth(1).waitFor();
    await page.keyboard.press('r');
    await alert.getByText('resolved by you').waitFor();
  });

  async function announced(text: RegExp): Promise<void> {
    await page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });
  }

  async function verdict(ruleName: string): Promise<string | undefined> {
    const { alerts } = await api.call(call.callId);
    return alerts.find(({ reasons }) => reasons[0]?.ruleName === ruleName)?.handling?.verdict;
  }
});
