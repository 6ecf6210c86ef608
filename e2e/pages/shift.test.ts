import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn, type SignedIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';
import { Wire } from '../wire.ts';

const running = runningSystem();

jest.setTimeout(120_000);

describe('a supervisor’s shift', () => {
  let browser: Browser;
  let page: Page;
  let api: SignedIn;
  let relay: SeedRelay;
  let call: SeededCall;
  let wire: Wire;
  let agent: string;
  const open = () => page.getByRole('list', { name: 'Calls' }).getByRole('link', { name: new RegExp(agent) });
  const transcript = () => page.getByRole('region', { name: 'Transcript' }).getByRole('listitem');
  const alertRow = () => page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').first();

  beforeAll(async () => {
    browser = await launchBrowser();
    api = await signIn(running);
    relay = new SeedRelay(running, 'shift-pbx');
    await relay.keepTicking();
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    wire = new Wire();
    page = await openDashboard(browser, running.system.siteUrl, { wire });
    page.setDefaultTimeout(12_000);
    const now = Date.now();
    agent = `Nora Shift ${now}`;
    call = await relay.start({
      linkedid: `${now}.1`,
      startedAt: now - 20_000,
      metadata: { agent: { id: '7101', name: agent }, caller: { number: '+442079460777' }, campaign: 'SHIFT' },
    });
    await call.say('agent', 'Good morning, this call may be recorded. How can I help?', 1_000);
    await call.say('caller', 'I want my money back or you will hear from my lawyer.', 6_000);
  });
  afterEach(async () => {
    await call.end();
    await page.context().close();
  });

  async function openCall(): Promise<void> {
    await open().click();
    await page.getByText('my lawyer').last().waitFor();
  }

  it('shows the bad call on the floor, with its level and its masked number', async () => {
    await open().waitFor();
    await open()
      .getByText(/critical/i)
      .waitFor();
    expect(await open().textContent()).toContain('…0777');
    expect(await page.content()).not.toContain('442079460777');
  });

  it('is opened, and its alert taken and resolved, with single keys', async () => {
    await open().focus();
    await page.keyboard.press('Enter');
    await page.getByText('my lawyer').last().waitFor();
    await alertRow().getByText('open', { exact: true }).waitFor();

    await page.keyboard.press('a');
    await alertRow().getByText('acknowledged').waitFor();
    await page.getByRole('button', { name: 'Take it' }).first().waitFor();
    await page.keyboard.press('m');
    await page.locator('header.call').getByText('taken by you').waitFor();
    expect(await page.getByRole('button', { name: 'Take it' }).count()).toBe(0);

    await alertRow().getByRole('button', { name: 'Note' }).click();
    await alertRow().getByRole('textbox', { name: 'Note' }).fill('Called back, refund agreed.');
    await alertRow().getByRole('button', { name: 'Save note' }).click();
    await alertRow().getByText('Called back, refund agreed.').waitFor();

    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('r');
    await alertRow()
      .getByText(/resolved/)
      .waitFor();
    await open()
      .getByText(/critical/i)
      .waitFor({ state: 'detached' });

    const [alert] = (await api.call(call.callId)).alerts;
    expect(alert).toMatchObject({
      state: 'resolved',
      handling: { note: 'Called back, refund agreed.', assignee: { name: 'supervisor@earshot.example' } },
    });
  });

  it('shows markup that somebody speaks as text', async () => {
    await openCall();
    const spoken = '<img src=x onerror="window.struck = true"> <b>bold</b> &amp;';
    await call.say('caller', spoken);
    await page.getByText('onerror').last().waitFor();
    expect(await lastText(transcript())).toContain(spoken);
    expect(await page.getByRole('region', { name: 'Transcript' }).locator('img, b').count()).toBe(0);
    expect(await page.evaluate('window.struck')).toBeUndefined();
  });

  it('misses and doubles no line when its connection is cut while the call goes on', async () => {
    await openCall();
    await page.context().setOffline(true);
    await page.evaluate('window.dispatchEvent(new Event("offline"))');
    const away = ['Are you still there?', 'I heard a click.', 'Hello, is anybody listening?'];
    for (const words of away) await call.say('caller', words);
    await eventually(async () => (await api.call(call.callId)).utterances.length === call.lastSeq, 20_000);
    expect(await page.getByText('I heard a click.').count()).toBe(0);

    await page.context().setOffline(false);
    await call.say('agent', 'I am here, the line was down for a moment.');
    await transcript()
      .getByText(/line was down/)
      .waitFor({ timeout: 60_000 });
    await eventually(async () => (await shownLines()).length >= call.lastSeq, 20_000);

    expect(await shownLines()).toEqual(await storedLines());
    expect(await storedLines()).toEqual(expect.arrayContaining(away));
  });

  it('shows each line once when the server is restarted while the call goes on', async () => {
    await openCall();
    await wire.cut();
    await page.getByText(/^reconnecting in \d+ s$/).waitFor();
    await call.say('caller', 'Nobody heard this one live.');
    await eventually(async () => (await storedLines()).length === call.lastSeq, 20_000);
    wire.mend();
    await page.locator('[data-state=live]').waitFor({ timeout: 60_000 });
    await call.say('agent', 'And this one comes after it.');
    await transcript().getByText('And this one comes after it.').waitFor();
    await eventually(async () => (await shownLines()).length >= call.lastSeq, 20_000);
    expect(await shownLines()).toEqual(await storedLines());
  });

  async function shownLines(): Promise<string[]> {
    const shown = await transcript().locator('.text').allTextContents();
    return shown.map((text) => text.trim());
  }

  async function storedLines(): Promise<string[]> {
    return (await api.call(call.callId)).utterances.map(({ text }) => text);
  }
});

async function lastText(lines: Locator): Promise<string> {
  return (await lines.last().textContent()) ?? '';
}
