import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Browser, Page } from 'playwright-core';
import type { AmiMessage } from '../edge-relay/capture/ami/protocol.ts';
import { SimulatedAsterisk } from '../edge-relay/sim/asterisk.ts';
import { demoLegs, simulatedMetadata } from '../edge-relay/sim/demo/demo.ts';
import { queueCall } from '../edge-relay/sim/queue-call.ts';
import { placeTappedCall, tappedParties } from '../edge-relay/sim/tapped-call.ts';
import { RelayConnections } from '../functions/adapters/relay-connections.ts';
import { openTable } from '../functions/adapters/table.ts';
import { silentSteps } from '../local/progress.ts';
import { startRelay, type LocalRelay } from '../local/system.ts';
import { keepScreenshot, launchBrowser, openDashboard } from './browser.ts';
import { signIn, type SignedIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { readTestConfig } from './config.ts';
import { percentile } from './latency.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
/** The supervisor's own telephone, as the user pool has it, and one that alerts call. */
const [OWN, ON_CALL] = ['PJSIP/6005', 'PJSIP/6100'];
const MANAGER = { user: 'earshot', secret: 'earshot' };

jest.setTimeout(240_000);

describe('a supervisor on the line of a queue call', () => {
  let browser: Browser;
  let page: Page;
  let api: SignedIn;
  let asterisk: SimulatedAsterisk;
  let relay: LocalRelay;
  let agentChannel: string;
  let callId: string;

  const button = (name: string) => page.getByRole('group', { name: 'Join the call' }).getByRole('button', { name });
  const originated = (telephone: string): AmiMessage[] =>
    asterisk.actions.filter((action) => action.get('Action') === 'Originate' && action.get('Channel') === telephone);

  beforeAll(async () => {
    asterisk = await SimulatedAsterisk.listen(MANAGER);
    const config = await readTestConfig('monitor');
    relay = await startRelay(
      config,
      {
        engine: 'pocketsphinx',
        step: silentSteps,
        relaySettings: {
          EARSHOT_AMI_HOST: '127.0.0.1',
          EARSHOT_AMI_PORT: String(asterisk.port),
          EARSHOT_AMI_USER: MANAGER.user,
          EARSHOT_AMI_SECRET: MANAGER.secret,
        },
      },
      running.system,
    );
    browser = await launchBrowser();
    await setUrgentAlertsToRing(browser);
    page = await openDashboard(browser, running.system.siteUrl);
    page.setDefaultTimeout(20_000);
    await watchPartials(page);
    api = await signIn(running);

    // Spoken twice, so that on a slow machine too the call outlasts what is done on it.
    const legs = (await demoLegs()).map((leg) => ({ ...leg, samples: twice(leg.samples) }));
    const call = { legs, metadata: { ...simulatedMetadata(4), linkedid: `${Date.now()}.16` } };
    const queued = queueCall(asterisk, tappedParties(call));
    agentChannel = queued.agentChannel;
    // The relay is killed in the end, and its taps with it.
    void placeTappedCall(asterisk, queued, call).catch(() => undefined);
    const live = await eventually(
      async () => (await api.activeCalls()).calls.find(({ relayId }) => relayId === config.relayId),
      30_000,
    );
    callId = live.callId;
    await page.locator(`a[href="/calls/${callId}"]`).click();
  });

  afterAll(async () => {
    await browser.close();
    await relay.service.stop();
    await asterisk.close();
  });

  it('sees the words while they are spoken', async () => {
    const partials = page.locator('.partials .text');
    await partials.first().waitFor({ timeout: 60_000 });
    await keepScreenshot(page, 'partial');
    expect(await page.locator('.partials').getAttribute('aria-hidden')).toBe('true');
    const shown = await eventually(async () => {
      const sightings = await page.evaluate(() => (window as unknown as Watched).sightings);
      return sightings.length >= 40 ? sightings : undefined;
    }, 120_000);
    const delays = shown.map(({ heardAt, shownAt }) => shownAt - heardAt);
    const [p50Ms, p95Ms] = [percentile(delays, 0.5), percentile(delays, 0.95)];
    console.log(
      'Milliseconds from the engine’s partial to the screen',
      JSON.stringify({ partials: delays.length, p50Ms, p95Ms }),
    );
    // Partials grow: most are a prefix of the next one of their channel.
    expect(new Set(shown.map(({ text }) => text)).size).toBeGreaterThan(20);
    expect(p95Ms).toBeLessThan(1000);
  });

  it('whispers to the agent from their own telephone', async () => {
    await button('Whisper').click();
    await page.getByText(/6005 is on the call, whispering/).waitFor();
    const [action] = originated(OWN);
    expect(Object.fromEntries(action ?? [])).toMatchObject({
      Action: 'Originate',
      Channel: OWN,
      Application: 'ChanSpy',
      Data: `${agentChannel},quEw`,
      Async: 'true',
    });
    expect(asterisk.telephones.supervisors).toMatchObject([{ telephone: OWN, asteriskChannel: agentChannel }]);
    await page.getByRole('list', { name: 'On the line' }).getByText('joined').waitFor();
    await keepScreenshot(page, 'on-the-line');
    const { monitors } = await api.call(callId);
    expect(monitors).toMatchObject([
      { mode: 'whisper', by: { name: 'supervisor@earshot.example' }, extension: '6005', outcome: 'answered' },
    ]);
  });

  it('reads that their telephone is busy', async () => {
    asterisk.telephones.set(OWN, 'busy');
    await button('Listen').focus();
    await page.keyboard.press('Enter');
    await page.getByText(/6005 is busy/).waitFor();
    expect(originated(OWN).at(-1)?.get('Data')).toBe(`${agentChannel},quE`);
  });

  it('confirms before both sides hear them', async () => {
    asterisk.telephones.set(OWN, 'rings-out');
    const before = originated(OWN).length;
    await button('Barge in').click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/the agent and the caller hear you/).waitFor();
    expect(originated(OWN)).toHaveLength(before);
    await dialog.getByRole('button', { name: 'Barge in' }).click();
    await page.getByText(/6005 rang, and nobody picked up/).waitFor();
    expect(originated(OWN).at(-1)?.get('Data')).toBe(`${agentChannel},quEB`);
  });

  it('is called when an alert rings, and hears which call and why', async () => {
    const [action] = await eventually(
      () => (originated(ON_CALL).length > 0 ? originated(ON_CALL) : undefined),
      120_000,
    );
    expect(Object.fromEntries(action ?? [])).toMatchObject({ Application: 'AudioSocket', Channel: ON_CALL });
    const announcement = await eventually(() => asterisk.telephones.announcements.find(({ isOver }) => isOver), 60_000);
    // The tone alone would be shorter than a second.
    expect(announcement.audio.length / 16_000).toBeGreaterThan(1);
    const { alerts } = await api.call(callId);
    const urgent = alerts.filter(({ level, follows }) => level === 'urgent' && follows === undefined);
    expect(originated(ON_CALL).length).toBeLessThanOrEqual(urgent.length);
  });

  it('reads that the relay is offline when it is gone', async () => {
    relay.service.process.kill('SIGKILL');
    await cloudForgets('monitor');
    await button('Listen').click();
    await page.getByText(/relay of this call is offline/).waitFor();
    await page.getByRole('list', { name: 'On the line' }).getByText('relay offline').waitFor();
    await keepScreenshot(page, 'relay-offline');
  });
});

function twice(samples: Int16Array): Int16Array {
  const both = new Int16Array(2 * samples.length);
  both.set(samples);
  both.set(samples, samples.length);
  return both;
}

/** What the page notes about the words that it is sent and shows. */
interface Watched {
  sightings: { text: string; heardAt: number; shownAt: number }[];
}

/** Notes when the words of each partial stand on the screen, beside when the engine gave them. */
async function watchPartials(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sightings: Watched['sightings'] = [];
    (window as unknown as Watched).sightings = sightings;
    const sent = new Map<string, number>();
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener('message', ({ data }) => {
          if (!String(data).includes('"partial"')) return;
          const { text, heardAt } = JSON.parse(String(data)) as { text: string; heardAt: number };
          sent.set(text, heardAt);
        });
      }
    };
    new MutationObserver(() => {
      for (const { textContent: text } of document.querySelectorAll('.partials .text')) {
        const heardAt = sent.get(text);
        if (heardAt === undefined) continue;
        sent.delete(text);
        requestAnimationFrame(() => sightings.push({ text, heardAt, shownAt: Date.now() }));
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.reload();
  await page.getByRole('region', { name: 'The floor' }).waitFor();
}

/** Waits until the cloud has noticed that a relay's connection is gone. */
async function cloudForgets(relayId: string): Promise<void> {
  const { config, system } = running;
  const client = new DynamoDBClient({
    endpoint: system.endpointUrl,
    region: config.aws.region,
    credentials: config.aws,
  });
  const relays = new RelayConnections(openTable(system.outputs.TableName, client));
  await eventually(async () => (await relays.of(relayId)) === undefined, 10_000);
  client.destroy();
}

/** Has urgent alerts call a telephone at any hour, as an admin would. */
async function setUrgentAlertsToRing(browser: Browser): Promise<void> {
  const admin = await openDashboard(browser, running.system.siteUrl, { role: 'admin' });
  await admin.getByRole('link', { name: 'Settings' }).click();
  const urgent = admin.getByRole('group', { name: 'Urgent' });
  await urgent.getByRole('checkbox', { name: 'Urgent alerts call somebody' }).check();
  await urgent.getByText('Give at least one extension to call.').waitFor();
  await admin.getByRole('button', { name: 'Save' }).click();
  await urgent.getByLabel('Extensions to call').and(admin.locator(':focus')).waitFor();
  await urgent.getByLabel('Extensions to call').fill('6100');
  for (const day of ['Saturday', 'Sunday']) await urgent.getByRole('checkbox', { name: day }).check();
  await urgent.getByLabel('From', { exact: true }).fill('00:00');
  await urgent.getByLabel('To', { exact: true }).fill('00:00');
  await urgent.getByText('All day.').waitFor();
  await keepScreenshot(admin, 'settings');
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('Saved.', { exact: true }).waitFor();
  await admin.context().close();
}
