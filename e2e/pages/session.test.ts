import type { Browser, Page, Request } from 'playwright-core';
import { people } from '../../local/people.ts';
import { enterPassword, launchBrowser, openDashboard } from '../browser.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';
import { Wire } from '../wire.ts';

const running = runningSystem();
const { siteUrl, outputs, endpointUrl } = running.system;
const apiPath = `${outputs.ApiUrl.replace(/\/$/, '')}/**`;

jest.setTimeout(120_000);

describe('a session', () => {
  let browser: Browser;
  let page: Page;
  let wire: Wire;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    wire = new Wire();
    page = await openDashboard(browser, siteUrl, { wire });
    page.setDefaultTimeout(20_000);
  });
  afterEach(() => page.context().close());

  /** Nothing of the session counts any more, as after its refresh token was revoked. */
  async function endSession(): Promise<void> {
    await page.context().route(apiPath, (route) => route.fulfill({ status: 401 }));
    await page.context().route(`${endpointUrl.replace(/\/$/, '')}/`, async (route) => {
      if (!route.request().postData()?.includes('REFRESH_TOKEN_AUTH')) return route.fallback();
      const headers = { 'access-control-allow-origin': '*' };
      return route.fulfill({ status: 400, headers, json: { __type: 'NotAuthorizedException' } });
    });
    await wire.cut();
    wire.mend();
  }

  it('asks before it drops work when it ends, and goes on where it was after signing in', async () => {
    const relay = new SeedRelay(running, 'session-pbx');
    const startedAt = Date.now() - 20_000;
    const metadata = { agent: { id: '7701', name: 'Sid Session' } };
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata });
    await call.say('agent', 'Hello, this call may be recorded.', 1_000);
    await call.say('caller', 'I will call my lawyer.', 5_000);
    await relay.keepTicking();
    await page
      .getByRole('list', { name: 'Calls' })
      .getByRole('link', { name: /Sid Session/ })
      .click();
    const alert = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').first();
    await alert.getByRole('button', { name: 'Note' }).click();
    // The field has the focus, so that no letter is taken for a key.
    await page.keyboard.type('Half a thought');

    await endSession();
    const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' });
    await dialog.getByText(/not saved a note on an alert/).waitFor();
    await page.context().unrouteAll();
    await enterPassword(page, people[0]);
    await dialog.waitFor({ state: 'detached' });

    expect(await alert.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Half a thought');
    await page.locator('[data-state=live]').waitFor();
    await alert.getByRole('button', { name: 'Save note' }).click();
    await alert.getByText('Half a thought').waitFor();
    await relay.close();
  });

  it('blames nobody while it is offline, and is as before when it is back', async () => {
    const relay = new SeedRelay(running, 'offline-pbx');
    const startedAt = Date.now() - 20_000;
    const metadata = { agent: { id: '7702', name: 'Olga Offline' } };
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata });
    await call.say('caller', 'I would like to know my balance.', 1_000);
    await relay.keepTicking();
    const row = page.getByRole('list', { name: 'Calls' }).getByRole('listitem').filter({ hasText: 'Olga Offline' });
    await row.getByText(/hearing|silent/).waitFor();
    const isTicket = (request: Request) => request.url().includes('/tickets');
    const strip = page.getByText(/You are offline\. Showing \d+:\d\d:\d\d/);

    // Its code is loaded when it is first opened.
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    await page.getByRole('link', { name: 'Live' }).click();
    await row.waitFor();

    await page.context().setOffline(true);
    await strip.waitFor();
    const shown = await row.innerText();
    // The page tries to come back meanwhile, and no second goes by for the calls.
    for (let i = 0; i < 2; i++) await page.waitForEvent('requestfailed', { predicate: isTicket });
    expect(await row.innerText()).toBe(shown);
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByText(/does not answer/).waitFor();

    await page.context().setOffline(false);
    await page.locator('[data-state=live]').waitFor();
    await strip.waitFor({ state: 'detached' });
    await page.getByText(/does not answer/).waitFor({ state: 'detached' });
    await page.getByText('offline-pbx', { exact: false }).first().waitFor();
    await page.getByRole('link', { name: 'Live' }).click();
    await row.getByText(/hearing|silent/).waitFor();
    await relay.close();
  });

  it('leads to the sign-in page and back when it ends with nothing at stake', async () => {
    await page.getByRole('link', { name: 'History' }).click();
    await endSession();
    await page.getByText('Your session has ended. Sign in again to go on.').waitFor();
    await page.context().unrouteAll();
    await enterPassword(page, people[0]);
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  });

  it('is ended by signing out, and not begun with a wrong password', async () => {
    await page.getByRole('button', { name: /menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await page.goto(new URL('/history', siteUrl).href);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await enterPassword(page, { ...people[0], password: 'not-the-password' });
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
  });
});
