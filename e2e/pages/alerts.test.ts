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
  /** The row of the test's call. */
  const row = () => page.getByRole('table').first().getByRole('row').filter({ hasText: agent.name });
  /** Of its alerts, once they are unfolded. */
  const alertRow = (rule: string) =>
    page
      .getByRole('rowgroup', { name: new RegExp(`^Alerts of .*${agent.name}`) })
      .getByRole('row')
      .filter({ hasText: rule });
  const unfold = () =>
    row()
      .getByRole('button', { name: /^and \d+ more alerts?$/ })
      .click();
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

  it('has one row for a call, with the rule, version and words of its gravest alert, and unfolds the others', async () => {
    await row().getByText('Legal threat, rule v1').waitFor();
    await row().getByText('my lawyer', { exact: true }).waitFor();
    expect(await row().count()).toBe(1);
    await row().getByText('2 open', { exact: true }).waitFor();
    expect(await row().textContent()).not.toContain('Wants to leave');
    await unfold();
    await alertRow('Wants to leave, rule v1').getByText('cancel my account', { exact: true }).waitFor();
    await alertRow('Wants to leave').getByRole('link', { name: 'Show the words at' }).click();
    await page.locator('[aria-current=location]').filter({ hasText: 'I want to cancel my account.' }).waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toMatch(/^00:0\d/);
  });

  it('is unfolded and selected with keys, alert by alert', async () => {
    await row().getByRole('link').focus();
    await page.keyboard.press('ArrowRight');
    await alertRow('Wants to leave').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await alertRow('Wants to leave').and(page.locator(':focus-within')).waitFor();
    // Of an unfolded row the keys act on that alert alone.
    await page.keyboard.press('a');
    await alertRow('Wants to leave').getByText('acknowledged', { exact: true }).waitFor();
    await alertRow('Legal threat').getByText('open', { exact: true }).waitFor();
    await row().getByText('1 open, 1 acknowledged').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('checkbox', { name: new RegExp(agent.name), checked: true }).waitFor();
    await page.getByText('1 call selected').waitFor();
    await page.keyboard.press('ArrowLeft');
    await alertRow('Wants to leave').waitFor({ state: 'detached' });
    await row().and(page.locator(':focus-within')).waitFor();
  });

  it('keeps what was owed and not said apart', async () => {
    expect(await page.getByRole('row').filter({ hasText: 'Recording disclosure' }).count()).toBe(0);
    await page.getByRole('button', { name: /^Compliance/ }).click();
    await row().filter({ hasText: 'Recording disclosure' }).waitFor();
    expect(new URL(page.url()).searchParams.get('desk')).toBe('compliance');
    await page.getByRole('button', { name: /^Alerts/ }).click();
  });

  it('is walked and worked with single keys', async () => {
    await row().getByRole('link').focus();
    // Pressed at once, the second waits for what came of the first.
    await page.keyboard.press('a');
    await page.keyboard.press('m');
    await row().getByText('2 acknowledged', { exact: true }).waitFor();
    await row().getByText('you', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: new RegExp(agent.name) }).waitFor();
    await page.goBack();
  });

  it('takes all open alerts of a call at once, and gives them back', async () => {
    await row().getByRole('button', { name: 'Take it' }).click();
    await row().getByText('2 acknowledged', { exact: true }).waitFor();
    expect(await assignees()).toEqual(['supervisor@earshot.example', 'supervisor@earshot.example']);
    await page.getByRole('status').filter({ hasText: 'Taken: Legal threat and 1 more alert' }).waitFor();
    await page.keyboard.press('z');
    await row().getByText('2 open', { exact: true }).waitFor();
    await eventually(async () => (await assignees()).every((name) => name === undefined), 10_000);
  });

  it('resolves a false alarm, and gives both back', async () => {
    await unfold();
    const wrong = () => alertRow('Wants to leave').getByRole('button', { name: 'False alarm' });
    await wrong().click();
    await alertRow('Wants to leave').getByRole('button', { name: 'False alarm', pressed: true }).waitFor();
    expect(await handlingOf('Wants to leave')).toMatchObject({ state: 'resolved', verdict: 'false-alarm' });
    await wrong().click();
    await alertRow('Wants to leave').getByRole('button', { name: 'False alarm', pressed: false }).waitFor();
    expect(await handlingOf('Wants to leave')).toEqual({ state: 'open', verdict: undefined });
  });

  it('keeps a resolved call in its place, greyed, until that can no longer be undone', async () => {
    const place = async () => (await row().boundingBox())?.y;
    const resolve = row().getByRole('button', { name: 'Resolve all (2)' });
    // Brings the row into view, with the pointer where it is pressed.
    await resolve.hover();
    const before = await place();
    await resolve.click();
    await row().and(page.locator('[data-state=resolved]')).waitFor();
    expect(await place()).toBe(before);
    await row().getByRole('button', { name: 'Undo' }).click();
    await row().getByText('2 open', { exact: true }).waitFor();
    expect(await place()).toBe(before);
  });

  it('folds away what is resolved', async () => {
    await row().getByRole('link').focus();
    await page.keyboard.press('r');
    await row().waitFor({ state: 'detached' });
    await page.getByText(/^\d+ resolved calls?$/).click();
    const folded = page.locator('details').getByRole('row').filter({ hasText: agent.name });
    await folded.getByText('Legal threat').waitFor();
    await folded.getByText('2 resolved', { exact: true }).waitFor();
  });

  it('is narrowed by what its address holds', async () => {
    await page.getByRole('combobox', { name: 'Rule' }).selectOption('Wants to leave');
    await row().getByText('Wants to leave, rule v1').waitFor();
    await page.getByRole('combobox', { name: 'Agent' }).selectOption(agent.id);
    await page.getByRole('button', { name: 'Unhandled' }).click();
    await page.getByRole('combobox', { name: 'Sort' }).selectOption('Newest first');
    const address = page.url();
    expect(Object.fromEntries(new URL(address).searchParams)).toEqual({
      rule: 'leaving',
      agent: agent.id,
      unhandled: 'yes',
      sort: 'newest',
    });
    await page.goto(address);
    await row().getByText('Wants to leave, rule v1').waitFor();
    await page.getByRole('button', { name: 'Mine' }).click();
    await row().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show all' }).click();
    await row().getByText('Legal threat, rule v1').waitFor();
  });

  it('resolves selected calls at once', async () => {
    await page.getByRole('combobox', { name: 'Agent' }).selectOption(agent.id);
    const bulk = page.getByRole('group', { name: 'Selected calls' });
    const height = (await bulk.boundingBox())?.height;
    expect(await bulk.getByRole('button', { name: 'Resolve' }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: new RegExp(agent.name) }).check();
    expect((await bulk.boundingBox())?.height).toBe(height);
    await bulk.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('status').filter({ hasText: 'Resolved: Legal threat and 1 more alert' }).waitFor();
    expect(await handlingOf('Wants to leave')).toMatchObject({ state: 'resolved' });
    expect(await handlingOf('Legal threat')).toMatchObject({ state: 'resolved' });
  });

  it('counts calls with open alerts, everywhere the same', async () => {
    await row().waitFor();
    const inWords = async () => Number.parseInt((await page.locator('main header strong').textContent()) ?? '', 10);
    const beside = async () =>
      /\((\d+)\)$/.exec((await page.locator('nav a.counted').textContent())?.trim() ?? '')?.[1];
    const inTab = async () => /^\((\d+)\) /.exec(await page.title())?.[1];
    const same = async () => {
      const count = await inWords();
      return (await beside()) === String(count) && (await inTab()) === String(count);
    };
    await eventually(same, 10_000);
    const before = await inWords();
    await row().getByRole('button', { name: 'Resolve all (2)' }).click();
    await eventually(async () => (await inWords()) === before - 1 || Number.isNaN(await inWords()), 10_000);
    await page.keyboard.press('z');
    await eventually(async () => (await inWords()) === before && (await same()), 10_000);
    await page.getByRole('link', { name: /^Live/ }).click();
    await page
      .getByRole('region', { name: 'The floor' })
      .getByText(`${before} call`)
      .filter({ hasText: 'open alerts' })
      .waitFor();
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

  async function handlingOf(ruleName: string) {
    const { alerts } = await api.call(call.callId);
    const alert = alerts.find(({ reasons }) => reasons[0]?.ruleName === ruleName);
    return { state: alert?.state, verdict: alert?.handling?.verdict };
  }

  /** Of the alerts that need a person while the call lasts. */
  async function assignees() {
    const { alerts } = await api.call(call.callId);
    return alerts.filter(({ kind }) => kind === 'alert').map(({ handling }) => handling?.assignee?.name);
  }
});
