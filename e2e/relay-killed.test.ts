import type { Browser } from 'playwright-core';
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
