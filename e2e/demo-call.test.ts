import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CallDetail } from '#core/contracts/http/calls.ts';
import { projectFolder } from '../local/config.ts';
import { placeCall } from '../local/demo.ts';
import { keepScreenshot, launchBrowser, openDashboard } from './browser.ts';
import { openViewer, signIn, type SignedIn, type WebSocketViewer } from './clients.ts';
import { eventually } from './eventually.ts';
import { hopsOf, summarizeHops } from './latency.ts';
import { runningSystem } from './system.ts';

const running = runningSystem();
const dialogue = JSON.parse(readFileSync(join(projectFolder, 'edge-relay/sim/demo/dialogue.json'), 'utf8')) as {
  turns: { alertPhrases?: string[] }[];
};

const wanted = dialogue.turns.flatMap(({ alertPhrases }) => alertPhrases ?? []);

/** When the page's alerts first named a phrase. */
type Sightings = Record<string, number>;

jest.setTimeout(180_000);

describe('a demo call, from its sound to every door', () => {
  let browser: Browser | undefined;
  let page: Page;
  let api: SignedIn;
  let viewer: WebSocketViewer | undefined;
  let call: CallDetail;
  let linesSeenDuringCall: number[];
  let sightings: Sightings;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await openDashboard(browser, running.system.siteUrl);
    api = await signIn(running);
    const opened = (viewer = await openViewer(api));
    opened.subscribe('overview');
    opened.subscribe('alerts');

    const played = placeCall(running.config, running.system.relay, []);
    const live = await eventually(
      async () => (await api.activeCalls()).calls.find(({ relayId }) => relayId === running.config.relayId),
      15_000,
    );
    opened.subscribe(`call:${live.callId}`);
    await page.locator(`a[href="/calls/${live.callId}"]`).click();
    await watchAlerts(page, wanted);

    linesSeenDuringCall = [];
    const lines = page.getByRole('region', { name: 'Transcript' }).getByRole('listitem');
    let ended = false;
    void played.finally(() => (ended = true));
    await eventually(async () => {
      linesSeenDuringCall.push(await lines.count());
      if (linesSeenDuringCall.length === 500) await keepScreenshot(page, 'demo-call-live');
      return ended;
    }, 150_000);
    await played;
    await keepScreenshot(page, 'demo-call-end');
    sightings = await page.evaluate(() => (window as unknown as { sightings: Sightings }).sightings);

    call = await eventually(async () => {
      const detail = await api.call(live.callId);
      return detail.call.status === 'ended' ? detail : undefined;
    }, 20_000);
  });

  afterAll(async () => {
    await viewer?.close();
    await browser?.close();
  });

  it('is stored whole: every number once, in order, from both sides', () => {
    expect(call.utterances.map(({ seq }) => seq)).toEqual(call.utterances.map((_, at) => at + 1));
    expect(call.utterances.length).toBeGreaterThan(10);
    expect(new Set(call.utterances.map(({ channel }) => channel))).toEqual(new Set(['agent', 'caller']));
    expect(call.call.channels.agent?.utterances).toBeGreaterThan(3);
    expect(call.call.channels.caller?.utterances).toBeGreaterThan(3);
  });

  it('scores the caller’s anger and the calm after it', () => {
    const lowest = Math.min(
      ...call.utterances.filter(({ channel }) => channel === 'caller').flatMap(({ score }) => score?.compound ?? []),
    );
    expect(lowest).toBeLessThan(-0.4);
    expect(call.utterances.filter(({ channel }) => channel === 'caller').at(-1)?.score?.label).toBe('positive');
  });

  it('alerts on at least 80 % of the phrases that were spoken', () => {
    const matched = call.alerts
      .flatMap(({ reasons }) => reasons.flatMap(({ matches }) => matches.map(({ text }) => text.toLowerCase())))
      .join('\n');
    const found = wanted.filter((phrase) => matched.includes(phrase));
    expect(found.length / wanted.length).toBeGreaterThanOrEqual(0.8);
  });

  it('reaches a viewer of the call while it is spoken, each utterance once it is known', () => {
    const hops = hopsOf(viewer?.received ?? []);
    expect(hops.length).toBeGreaterThanOrEqual(call.utterances.length - 3);
    console.log(
      'Milliseconds from the end of the words to a viewer, by hop',
      JSON.stringify(summarizeHops(hops), null, 1),
    );
    const seqs = (viewer?.received ?? []).flatMap(({ message }) =>
      message.type === 'call' ? message.utterances.map(({ seq }) => seq) : [],
    );
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('is read on the page as it goes', () => {
    expect(new Set(linesSeenDuringCall).size).toBeGreaterThan(5);
    expect(linesSeenDuringCall).toEqual([...linesSeenDuringCall].sort((a, b) => a - b));
  });

  it('shows each alert on the page within 3 s of the words that caused it', () => {
    const delays = wanted.flatMap((phrase) => {
      const cause = call.utterances.find(
        ({ text, channel }) => channel === 'caller' && text.toLowerCase().includes(phrase),
      );
      const shownAt = sightings[phrase];
      return cause ? [shownAt === undefined ? Infinity : shownAt - cause.spokenAt] : [];
    });
    console.log('Milliseconds from the end of the words to the alert on the page', JSON.stringify(delays));
    expect(delays.length).toBeGreaterThan(0);
    expect(Math.max(...delays)).toBeLessThan(3000);
  });
});

/** Notes the moment at which each phrase is first named among the page's alerts. */
async function watchAlerts(page: Page, phrases: readonly string[]): Promise<void> {
  await page.evaluate((phrases) => {
    const sightings: Sightings = {};
    (window as unknown as { sightings: Sightings }).sightings = sightings;
    const look = () => {
      const text = document.querySelector('[aria-labelledby="alerts-title"]')?.textContent.toLowerCase() ?? '';
      for (const phrase of phrases) if (text.includes(phrase)) sightings[phrase] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  }, phrases);
}
