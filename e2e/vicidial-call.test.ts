import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type DiallerDatabase, startDiallerDatabase } from '../edge-relay/enrich/vicidial/database.fake.ts';
import { SimulatedAsterisk } from '../edge-relay/sim/asterisk.ts';
import { placeTappedCall } from '../edge-relay/sim/tapped-call.ts';
import { VICIDIAL_TRUNK, vicidialCall } from '../edge-relay/sim/vicidial-call.ts';
import { SimulatedVicidial } from '../edge-relay/sim/vicidial.ts';
import { silentSteps } from '../local/progress.ts';
import { startRelay, type LocalRelay } from '../local/system.ts';
import { keepScreenshot, launchBrowser, openDashboard } from './browser.ts';
import { signIn, type SignedIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { readTestConfig } from './config.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
const manager = { user: 'earshot', secret: 'earshot' };
const parties = {
  agent: { id: '6001', name: 'Dana Wills' },
  caller: { number: '2079460123' },
  campaign: 'RETAIN',
  inGroup: 'SAVE',
};
const CALL_SECONDS = 30;
const script = {
  agent: [{ startMs: 500, endMs: 2_500, text: 'thank you for waiting how may I help you' }],
  caller: [{ startMs: 4_000, endMs: 7_000, text: 'I want to cancel my account this is terrible' }],
};

jest.setTimeout(240_000);

describe('a call that ViciDial gives to an agent', () => {
  let mariaDb: DiallerDatabase;
  let vicidial: SimulatedVicidial;
  let asterisk: SimulatedAsterisk;
  let browser: Browser;
  let page: Page;
  let api: SignedIn;
  let relay: LocalRelay;
  let played: Promise<void>;
  let callId: string;

  beforeAll(async () => {
    const config = await readTestConfig('vicidial');
    asterisk = await SimulatedAsterisk.listen(manager);
    mariaDb = await startDiallerDatabase();
    vicidial = await SimulatedVicidial.open(mariaDb.url);
    const reader = await mariaDb.grant();
    browser = await launchBrowser();
    page = await openDashboard(browser, running.system.siteUrl);
    page.setDefaultTimeout(30_000);
    api = await signIn(running);

    const scriptFile = join(running.config.runFolder, 'vicidial-script.json');
    writeFileSync(scriptFile, JSON.stringify(script));
    relay = await startRelay(
      config,
      {
        engine: 'script',
        step: silentSteps,
        relaySettings: {
          EARSHOT_SCRIPT_FILE: scriptFile,
          EARSHOT_AMI_HOST: '127.0.0.1',
          EARSHOT_AMI_PORT: String(asterisk.port),
          EARSHOT_AMI_SECRET: manager.secret,
          EARSHOT_AMI_TRUNKS: VICIDIAL_TRUNK,
          EARSHOT_VICIDIAL_HOST: '127.0.0.1',
          EARSHOT_VICIDIAL_PORT: String(mariaDb.port),
          EARSHOT_VICIDIAL_USER: reader.user,
          EARSHOT_VICIDIAL_PASSWORD: reader.password,
          EARSHOT_VICIDIAL_DATABASE: 'asterisk_test',
        },
      },
      running.system,
    );
    const samples = new Int16Array(CALL_SECONDS * 8_000);
    const legs = (['agent', 'caller'] as const).map((channel) => ({ channel, sampleRate: 8_000, samples }));
    const linkedid = `${Math.floor(Date.now() / 1_000)}.16`;
    played = placeTappedCall(asterisk, vicidialCall(asterisk, vicidial, { linkedid, ...parties }), {
      legs,
      metadata: {},
    });
    // A failure is reported by the test that awaits it.
    played.catch(() => undefined);
    const live = await eventually(
      async () => (await api.activeCalls()).calls.find(({ relayId }) => relayId === config.relayId),
      40_000,
    );
    callId = live.callId;
    await page.locator(`a[href="/calls/${callId}"]`).click();
  });

  afterAll(async () => {
    await browser.close();
    await relay.service.stop();
    await asterisk.close();
    await vicidial.close();
    await mariaDb.close();
  });

  it('is shown with agent, campaign and in-group while it runs', async () => {
    const call = page.locator('.pane');
    await call.getByText('Dana Wills').first().waitFor();
    await call.getByText('RETAIN').first().waitFor();
    await call.getByText('in-group SAVE').waitFor();
    await call.getByText('I want to cancel my account').first().waitFor();
    await keepScreenshot(page, 'vicidial-call');
  });

  it('is reached from its agent on the page of agents', async () => {
    await page.getByRole('link', { name: 'Agents' }).click();
    const row = page.getByRole('region', { name: 'Logged in now' }).getByRole('row').filter({ hasText: 'Dana Wills' });
    await row.getByText('In call').waitFor();
    await row.getByText('RETAIN').waitFor();
    await keepScreenshot(page, 'vicidial-agents');
    await row.getByRole('link', { name: 'Open the call of Dana Wills' }).click();
    await page.waitForURL(`**/calls/${callId}`);
  });

  it('shows its outcome and a link to its recording once it is over', async () => {
    await played;
    const recording = page.getByLabel('Figures').getByRole('link', { name: 'Open the recording' });
    await recording.waitFor({ timeout: 60_000 });
    expect(await recording.getAttribute('href')).toMatch(/^http:\/\/127\.0\.0\.1\/RECORDINGS\/MP3\/.*-all\.mp3$/);
    expect(await recording.getAttribute('rel')).toContain('noopener');
    expect(await recording.getAttribute('target')).toBe('_blank');
    await page.getByLabel('Figures').getByText('SAVED').waitFor();
    await page.getByLabel('Figures').getByText('CALLER', { exact: true }).waitFor();
    await keepScreenshot(page, 'vicidial-outcome');
    const { call } = await api.call(callId);
    expect(call).toMatchObject({
      status: 'ended',
      metadata: {
        agent: { id: '6001', name: 'Dana Wills' },
        campaign: 'RETAIN',
        inGroup: 'SAVE',
        disposition: 'SAVED',
        termReason: 'CALLER',
        queueMs: 12_000,
      },
    });
  });

  it('leaves its agent waiting for the next one', async () => {
    await played;
    await page.getByRole('link', { name: 'Agents' }).click();
    const row = page.getByRole('region', { name: 'Logged in now' }).getByRole('row').filter({ hasText: 'Dana Wills' });
    await row.getByText('Ready for inbound').waitFor();
    expect(await row.getByRole('link', { name: /Open the call/ }).count()).toBe(0);
  });
});
