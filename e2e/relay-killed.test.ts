import type { Browser } from 'playwright-core';
import { SimulatedAsterisk } from '../edge-relay/sim/asterisk.ts';
import { demoLegs, simulatedMetadata } from '../edge-relay/sim/demo/demo.ts';
import { queueCall } from '../edge-relay/sim/queue-call.ts';
import { placeTappedCall, tappedParties } from '../edge-relay/sim/tapped-call.ts';
import { placeCall } from '../local/demo.ts';
import { silentSteps } from '../local/progress.ts';
import { startRelay, type LocalRelay } from '../local/system.ts';
import { keepScreenshot, launchBrowser, openDashboard } from './browser.ts';
import { signIn, type SignedIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { readTestConfig } from './config.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();

jest.setTimeout(240_000);

describe('a relay that is killed in the middle of a call', () => {
  let browser: Browser | undefined;
  let api: SignedIn;
  const relays: LocalRelay[] = [];

  beforeAll(async () => {
    api = await signIn(running);
  });

  afterAll(async () => {
    for (const relay of relays) await relay.service.stop();
    await browser?.close();
  });

  it('has its call shown as lost within 30 s, and takes calls again when it is back', async () => {
    const config = await readTestConfig('relay-killed');
    const start = async () => {
      const relay = await startRelay(config, { engine: 'pocketsphinx', step: silentSteps }, running.system);
      relays.push(relay);
      return relay;
    };
    const liveCall = async (except?: string) =>
      eventually(async () => {
        const { calls } = await api.activeCalls();
        return calls.find(
          (call) => call.relayId === config.relayId && call.callId !== except && call.lastUtterance !== undefined,
        );
      }, 40_000);

    browser = await launchBrowser();
    const page = await openDashboard(browser, running.system.siteUrl);
    const first = await start();
    const interrupted = placeCall(config, first, []).catch((error: unknown) => error);
    const lost = await liveCall();
    const row = page
      .getByRole('list', { name: 'Calls' })
      .getByRole('listitem')
      .filter({ has: page.locator(`a[href="/calls/${lost.callId}"]`) });
    await row.waitFor();
    first.service.process.kill('SIGKILL');
    const killedAt = Date.now();
    expect(await interrupted).toBeInstanceOf(Error);

    await row.getByText(/lost/i).waitFor({ timeout: 30_000 });
    expect(Date.now() - killedAt).toBeLessThan(30_000);
    await keepScreenshot(page, 'relay-killed');

    const second = await start();
    await eventually(async () => {
      const { call } = await api.call(lost.callId);
      return call.status === 'live' ? undefined : call;
    }, 30_000);

    const another = placeCall(config, second, []);
    const next = await liveCall(lost.callId);
    await another;
    const ended = await eventually(async () => {
      const detail = await api.call(next.callId);
      return detail.call.status === 'ended' ? detail : undefined;
    }, 20_000);
    expect(ended.utterances.length).toBeGreaterThan(10);
  });
});

describe('a relay that is restarted in the middle of a call', () => {
  const MANAGER = { user: 'earshot', secret: 'earshot' };
  let browser: Browser | undefined;
  let asterisk: SimulatedAsterisk;
  let relay: LocalRelay | undefined;

  beforeAll(async () => {
    asterisk = await SimulatedAsterisk.listen(MANAGER);
  });

  afterAll(async () => {
    await relay?.service.stop();
    await asterisk.close();
    await browser?.close();
  });

  it('shows it as restarting, goes on with the call in its next line, and says what was not transcribed', async () => {
    const api = await signIn(running);
    const config = await readTestConfig('relay-restarted');
    const relaySettings = {
      EARSHOT_AMI_HOST: '127.0.0.1',
      EARSHOT_AMI_PORT: String(asterisk.port),
      EARSHOT_AMI_USER: MANAGER.user,
      EARSHOT_AMI_SECRET: MANAGER.secret,
    };
    const start = () =>
      startRelay(config, { engine: 'pocketsphinx', step: silentSteps, relaySettings }, running.system);
    relay = await start();
    // Long enough to be restarted in its middle.
    const legs = (await demoLegs()).map((leg) => ({ ...leg, samples: leg.samples.slice(0, 60 * leg.sampleRate) }));
    const call = { legs, metadata: { ...simulatedMetadata(5), linkedid: `${Date.now()}.16` } };
    const played = placeTappedCall(asterisk, queueCall(asterisk, tappedParties(call)), call);
    const { callId } = await eventually(async () => {
      const { calls } = await api.activeCalls();
      return calls.find(({ relayId, lastUtterance }) => relayId === config.relayId && (lastUtterance?.seq ?? 0) >= 3);
    }, 60_000);
    browser = await launchBrowser();
    const page = await openDashboard(browser, running.system.siteUrl);
    const row = page
      .getByRole('list', { name: 'Calls' })
      .getByRole('listitem')
      .filter({ has: page.locator(`a[href="/calls/${callId}"]`) });
    await row.waitFor();

    await relay.service.stop();
    await row.getByText('relay restarting').waitFor({ timeout: 15_000 });
    await keepScreenshot(page, 'relay-restarting');
    const before = (await api.call(callId)).utterances.length;
    relay = await start();
    await row.getByText('hearing both sides').waitFor({ timeout: 15_000 });
    await played;

    const { call: ended, utterances } = await eventually(async () => {
      const detail = await api.call(callId);
      return detail.call.status === 'ended' ? detail : undefined;
    }, 30_000);
    expect(ended.endReason).toBe('hangup');
    expect(utterances.map(({ seq }) => seq)).toEqual(utterances.map((_, index) => index + 1));
    expect(utterances.every(({ conflict }) => conflict === undefined)).toBe(true);
    expect(utterances.length).toBeGreaterThan(before + 3);
    expect(utterances.slice(before).some(({ gapBeforeMs = 0 }) => gapBeforeMs > 0)).toBe(true);
    expect(utterances.slice(0, before).every(({ gapBeforeMs = 0 }) => gapBeforeMs === 0)).toBe(true);
  });
});
