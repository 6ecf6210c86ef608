import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay, type SeededCall } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();
const LINES = 60;

jest.setTimeout(120_000);

describe('an open call', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  let call: SeededCall;
  const transcript = () => page.getByRole('region', { name: 'Transcript' });
  const moodChart = () => page.getByRole('img', { name: /Mood over time/ });
  const line = (text: string) => transcript().getByRole('listitem').filter({ hasText: text });
  /** How far the reader is above the end. */
  const awayPx = async () =>
    transcript()
      .getByRole('group')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  /** Scrolls until the page has moved: a wheel event is lost while the layout shifts under the pointer. */
  const scrollUp = async () =>
    eventually(async () => {
      await transcript().getByRole('group').hover();
      await page.mouse.wheel(0, -600);
      return (await awayPx()) > 300;
    }, 10_000);
  const isInSight = async (text: string) =>
    line(text).evaluate((element) => {
      const [own, frame] = [element.getBoundingClientRect(), element.closest('[role=group]')?.getBoundingClientRect()];
      return frame !== undefined && own.top >= frame.top - 1 && own.bottom <= frame.bottom + 1;
    });

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'call-pbx');
    const startedAt = Date.now() - (LINES + 4) * 5_000;
    call = await relay.start({
      linkedid: `${startedAt}.1`,
      startedAt,
      metadata: {
        agent: { id: '7601', name: 'Olga Open' },
        caller: { number: '+442079460661' },
        campaign: 'OPENED',
        inGroup: 'DEPTH',
        recordingUrl: 'https://recordings.example/7601.wav',
      },
    });
    await call.say('agent', 'Good morning, this call may be recorded.', 1_000);
    await call.say('caller', 'This is a terrible mess, I will call my lawyer.', 6_000);
    await call.say('agent', 'Are you there?', 14_000, { gapBeforeMs: 3_000 });
    for (let number = 4; number <= LINES; number++)
      await call.say(number % 2 ? 'agent' : 'caller', `Line number ${number} of this call.`, number * 5_000);
    await relay.keepTicking();
    const api = await signIn(running);
    await eventually(
      async () => (await api.call(call.callId).catch(() => undefined))?.utterances.length === LINES,
      60_000,
    );
    page = await openDashboard(browser, running.system.siteUrl, {
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(new URL(`/calls/${call.callId}`, running.system.siteUrl).href);
    await line(`Line number ${LINES} `).waitFor();
    await page.locator('[data-state=live]').waitFor();
    // The chart loads after the words.
    await eventually(async () => ((await moodChart().boundingBox())?.width ?? 0) > 600, 15_000);
  });

  it('stands at its newest line', async () => {
    await eventually(async () => (await awayPx()) <= 1, 5_000);
    await call.say('caller', 'This one is the newest.');
    await line('This one is the newest.').waitFor();
    await eventually(async () => isInSight('This one is the newest.'), 5_000);
  });

  it('leaves a reader alone who scrolled up, says how many lines came, and leads to them', async () => {
    await scrollUp();
    await call.say('caller', 'The first that came meanwhile.');
    await page.getByRole('button', { name: '1 new line' }).waitFor();
    await call.say('agent', 'The second that came meanwhile.');
    const news = page.getByRole('button', { name: '2 new lines' });
    await news.waitFor();
    expect(await isInSight('The second that came')).toBe(false);
    await news.click();
    expect(await isInSight('The second that came')).toBe(true);
    await news.waitFor({ state: 'detached' });
    await call.say('caller', 'The third is followed again.');
    await line('The third is followed').waitFor();
    await eventually(async () => isInSight('The third is followed'), 5_000);
  });

  it('leaves a reader alone who begins to scroll up in small steps just as a line comes', async () => {
    await eventually(async () => (await awayPx()) <= 1, 5_000);
    // Once the page has followed this very line, and before it is drawn: other changes may come before it.
    const words = 'It comes as the reader moves.';
    await transcript()
      .getByRole('group')
      .evaluate((scroller, awaited) => {
        const observer = new MutationObserver(() => {
          if (!scroller.textContent.includes(awaited)) return;
          observer.disconnect();
          void moveSoon();
        });
        const moveSoon = async () => {
          for (let microtask = 0; microtask < 50; microtask++) await Promise.resolve();
          scroller.scrollTop -= 20;
        };
        observer.observe(scroller, { childList: true, subtree: true });
      }, words);
    await call.say('caller', words);
    await line(words).waitFor();
    await eventually(async () => Math.round(await awayPx()) === 20, 5_000);
    await call.say('agent', 'The reader has moved away.');
    await page.getByRole('button', { name: '1 new line' }).waitFor();
    expect(await awayPx()).toBeGreaterThan(20);
  });

  it('leads from a point of the mood line to the words spoken there', async () => {
    const { width = 0, height = 0 } = (await moodChart().boundingBox()) ?? {};
    expect(await isInSight('terrible mess')).toBe(false);
    await moodChart().click({ position: { x: width * 0.027, y: height / 2 } });
    await eventually(async () => isInSight('terrible mess'), 5_000);
    expect(await page.locator(':focus').textContent()).toContain('terrible mess');
  });

  it.each([
    [1280, 720, 12],
    [900, 700, 8],
    [390, 844, 10],
  ])('leaves the words their room at %i × %i', async (width, height, least) => {
    await page.setViewportSize({ width, height });
    await eventually(async () => (await awayPx()) <= 1, 5_000);
    const inSight = await transcript()
      .getByRole('group')
      .evaluate((frame) => {
        const { top, bottom } = frame.getBoundingClientRect();
        return [...frame.querySelectorAll('[data-seq]')].filter((line) => {
          const own = line.getBoundingClientRect();
          return own.top >= top - 1 && own.bottom <= bottom + 1;
        }).length;
      });
    expect(inSight).toBeGreaterThanOrEqual(least);
    for (const control of [page.getByRole('button', { name: 'Take it' }).first(), page.getByLabel('Close call')]) {
      const box = await control.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
  });

  it('opens at the line that its link names, marks it, and is pulled to no newer one', async () => {
    await page.goto(new URL(`/calls/${call.callId}?at=00:14`, running.system.siteUrl).href);
    const marked = transcript().locator('[aria-current=location]');
    await marked.filter({ hasText: 'Are you there?' }).waitFor();
    await eventually(async () => isInSight('Are you there?'), 5_000);
    expect(await page.locator(':focus').textContent()).toContain('Are you there?');
    await call.say('caller', 'This comes while somebody reads above.');
    await page.getByRole('button', { name: '1 new line' }).waitFor();
    expect(await isInSight('Are you there?')).toBe(true);
    expect(await marked.count()).toBe(1);
  });

  it('gives a link to the line that is read by one key, which leads back to it', async () => {
    await scrollUp();
    await line('Line number 20 ').evaluate((element) => {
      element.scrollIntoView({ block: 'center' });
    });
    await line('Line number 20 ').click();
    await page.keyboard.press('l');
    await page.getByText('Link to 01:40 copied.').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toBe(new URL(`/calls/${call.callId}?at=01:40`, running.system.siteUrl).href);
    await page.goto(link);
    await transcript().locator('[aria-current=location]').filter({ hasText: 'Line number 20 ' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Copy a link to this moment of the call').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is printed whole, with whose it is, when it was and which, and without what is no words', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const head = page.locator('.print-head');
    expect(await head.textContent()).toMatch(new RegExp(`Olga Open.*…0661.*20\\d\\d.*${call.callId}`));
    for (const gone of [
      page.getByRole('navigation'),
      moodChart(),
      page.getByLabel('Close call'),
      page.locator('aside'),
    ])
      expect(await gone.first().isVisible()).toBe(false);
    const { hidden, ground } = await transcript()
      .getByRole('group')
      .evaluate((frame) => ({
        hidden: frame.scrollHeight - frame.clientHeight,
        ground: getComputedStyle(frame).colorScheme,
      }));
    expect(hidden).toBeLessThanOrEqual(1);
    expect(ground).toBe('light');
    const pdf = await page.pdf();
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  });

  it('marks what a rule found with the rule’s name', async () => {
    const found = line('terrible mess').locator('mark', { hasText: 'lawyer' });
    expect(await found.getAttribute('title')).toMatch(/^matches .*\bLegal threat$/);
    await line('terrible mess').getByText('Legal threat, rule v1').waitFor();
  });

  it.each(['hover', 'focus'] as const)('shows on %s which words made a score', async (way) => {
    const score = line('terrible mess').getByRole('button', { name: /^score −/ });
    const why = page.getByRole('tooltip').filter({ hasText: 'Words that made this score' });
    await score[way]();
    // Only who walks there with keys is shown it, and not while the words still scroll to where the focus is.
    const walkThere = async () => {
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await score.and(page.locator(':focus')).waitFor();
      return why.waitFor({ state: 'attached', timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    };
    if (way === 'focus') await eventually(walkThere, 15_000);
    else await why.waitFor({ state: 'attached' });
    expect(await why.textContent()).toMatch(/−\d\.\d\d\s*terrible/);
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await score.blur();
    await why.waitFor({ state: 'detached' });
  });

  it('shows lost audio where the words would be', async () => {
    const items = await transcript().getByRole('listitem').allTextContents();
    const gap = items.findIndex((text) => text.includes('3 s of agent audio lost'));
    expect(items[gap + 1]).toContain('Are you there?');
  });

  it('shows what the dialler knows, with the recording and without the number', async () => {
    await page.getByRole('button', { name: 'Details' }).click();
    const details = page.getByRole('dialog');
    await details.getByText('OPENED').waitFor();
    await details.getByText('DEPTH').waitFor();
    expect(await details.getByRole('link', { name: 'Open the recording' }).getAttribute('href')).toBe(
      'https://recordings.example/7601.wav',
    );
    expect(await page.content()).not.toContain('442079460661');
    await page.keyboard.press('Escape');
  });

  it('is copied as text', async () => {
    await page.getByRole('button', { name: 'Transcript' }).click();
    await page.getByRole('menuitem', { name: 'Copy as text' }).click();
    await page.getByText('Copied.').waitFor();
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(text).toMatch(
      new RegExp(
        `^Agent: .?Olga Open.?\\(7601\\)\nCaller: …0661\nStarted: .*20\\d\\d.*\nCall: ${call.callId}\n\n00:01 Agent`,
      ),
    );
    expect(text).toMatch(
      /00:06 Caller: This is a terrible mess[^]*\[00:03 of audio lost\]\n00:14 Agent: Are you there\?/,
    );
  });

  it.each([
    ['JSON', /"text": "This is a terrible mess/],
    ['SRT', /^1\n00:00:01,000 --> 00:00:0\d,\d{3}\nAgent: Good morning/],
    ['VTT', /^WEBVTT\n\n00:00:01\.000 --> 00:00:0\d\.\d{3}\n<v Agent>Good morning/],
  ])('is downloaded as %s', async (format, holds) => {
    await page.getByRole('button', { name: 'Transcript' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: `Download ${format}` }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(holds);
  });
});
