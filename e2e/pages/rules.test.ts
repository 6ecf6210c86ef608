import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();
/** Rules stay: another run's must not be taken for this one's. */
const rule = `Burning device ${Date.now()}`;
const said = 'My router smells of burnt plastic, should I worry?';

jest.setTimeout(120_000);

describe('an admin’s new rule', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  let pastCall: SeededCall;

  const startCall = async (minutesAgo: number) =>
    relay.start({
      linkedid: `${Date.now()}.${minutesAgo}`,
      startedAt: Date.now() - minutesAgo * 60_000,
      metadata: { agent: { id: '7201', name: 'Rhea Rules' }, campaign: 'RULES' },
    });

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'rules-pbx');
    pastCall = await startCall(30);
    await pastCall.say('agent', 'Hello, how can I help?', 1_000);
    await pastCall.say('caller', said, 4_000);
    await pastCall.end('hangup', 60_000);
    const api = await signIn(running);
    await eventually(
      async () => (await api.call(pastCall.callId).catch(() => undefined))?.call.status === 'ended',
      30_000,
    );
    page = await openDashboard(browser, running.system.siteUrl, { role: 'admin' });
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.goto(new URL('/rules', running.system.siteUrl).href);
    await page.getByRole('link', { name: 'New rule' }).click();
    await page.getByLabel('Name', { exact: true }).fill(rule);
  });

  /** Fills in what the rule is to find. */
  async function fillIn(): Promise<void> {
    await page.getByLabel('Level').selectOption('critical');
    await page.getByLabel('Any of these phrases').fill('burnt plastic\nsmoke');
  }

  it('reads what is missing, and cannot be saved so', async () => {
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });

  it('answers while a sentence is tried', async () => {
    await fillIn();
    await page.getByLabel(/one sentence a line/).fill(`${said}\nIt works fine.`);
    const tried = page.getByRole('listitem').filter({ hasText: 'burnt plastic' });
    await tried.getByText('fires', { exact: true }).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'It works fine.' })
      .getByText('quiet', { exact: true })
      .waitFor();
  });

  it('finds the past call in a backtest', async () => {
    await fillIn();
    await page.getByRole('button', { name: 'Run on past calls' }).click();
    const hits = page.getByRole('list', { name: 'Lines it would have fired on' });
    await hits.getByText('burnt plastic', { exact: true }).first().waitFor();
    await hits.locator(`a[href*="${pastCall.callId}"]`).waitFor();
  });

  it('is saved once it was shown what changes, and fires on the next call', async () => {
    await fillIn();
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText(rule).first().waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as version 1.').waitFor();

    const call = await startCall(0);
    await relay.keepTicking();
    await page.getByRole('link', { name: 'Live' }).click();
    const row = page.getByRole('list', { name: 'Calls' }).getByRole('link', { name: /Rhea Rules/ });
    await row.waitFor();
    // Functions cache the rules for a while, so the words may have to come again.
    await eventually(async () => {
      await call.say('caller', said);
      const critical = row.getByText(/critical/i).waitFor({ timeout: 2_000 });
      return critical.then(
        () => true,
        () => false,
      );
    }, 60_000);
    await row.click();
    await page.getByText(`${rule}, rule v1`).first().waitFor();
  });

  it('waits for what does not follow, and its alert explains each part', async () => {
    const unmet = `No manager offered ${Date.now()}`;
    await page.getByLabel('Name', { exact: true }).fill(unmet);
    await page.getByLabel('Level').selectOption('critical');
    await page.getByRole('combobox', { name: 'Condition', exact: true }).first().selectOption('all');
    const part = (n: number) => page.getByRole('group', { name: `Part ${n}, condition 1` });
    await part(1).getByLabel('Any of these phrases').fill('your manager');
    await part(2).getByLabel('Any of these phrases').fill('my manager\nput you through');
    await page.getByLabel('Within', { exact: true }).fill('5');

    await page.getByLabel(/one sentence a line/).fill('Where is your manager?');
    const ending = page.getByRole('listitem').filter({ hasText: 'then nothing more is said' });
    await ending.getByText('fires', { exact: true }).waitFor();
    await page.getByLabel(/one sentence a line/).fill('Where is your manager?\nagent: I put you through');
    await ending.getByText('quiet', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText('not agent: “my manager” and 1 more').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved as version 1.').waitFor();

    const call = await startCall(1);
    await relay.keepTicking();
    // Functions cache the rules for a while, so it may have to be asked for again; nobody answers, and time goes by.
    const { callId } = call;
    await page.goto(new URL(`/calls/${callId}`, running.system.siteUrl).href);
    await eventually(async () => {
      await call.say('caller', 'Where is your manager?');
      const found = page.getByText(`${unmet}, rule v1`).first().waitFor({ timeout: 20_000 });
      return found.then(
        () => true,
        () => false,
      );
    }, 90_000);
    const parts = page.getByRole('list', { name: 'Parts of the rule' }).first();
    await parts.getByText('caller: said “your manager”').waitFor();
    await parts.getByText('agent: no “my manager” and 1 more within 5 s').waitFor();
  });
});
