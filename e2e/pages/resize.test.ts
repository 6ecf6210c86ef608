import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { signIn } from '../clients.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(180_000);

/** From a large screen to a telephone, and past where any layout changes. */
const WIDTHS = [...Array.from({ length: 39 }, (_, step) => 1920 - step * 40), 390];
/** A window of 1280 × 900 as it is enlarged to 200 % and to 400 %. */
const ENLARGED = [
  { width: 640, height: 450 },
  { width: 320, height: 225 },
];

/** What cannot be seen whole without scrolling sideways, once the layout stands. Tables and the pages' bar may scroll. */
async function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const MAY_SCROLL = '.table-scroll, header nav';
    const named = (element: Element) =>
      `${element.localName} "${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}"`;
    const isHiddenOnPurpose = (element: Element) =>
      !element.checkVisibility({ visibilityProperty: true }) || getComputedStyle(element).clipPath !== 'none';

    const isInSight = (element: Element) => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1) return true;
      for (let frame = element.parentElement; frame; frame = frame.parentElement) {
        if (getComputedStyle(frame).overflowX === 'visible') continue;
        const own = frame.getBoundingClientRect();
        if (left < own.left - 1 || right > own.right + 1) return false;
      }
      return left >= -1 && right <= window.innerWidth + 1;
    };

    const found = () => {
      const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
      const outside = controls.filter(
        (control) => !isHiddenOnPurpose(control) && !control.closest(MAY_SCROLL) && !isInSight(control),
      );
      const scrolling = [...document.querySelectorAll('body, body *')].filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 1 &&
          ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
          !element.matches(MAY_SCROLL),
      );
      const root = document.documentElement;
      return [
        ...outside.map((control) => `outside: ${named(control)}`),
        ...scrolling.map((element) => `scrolls sideways: ${element.localName}.${element.className}`),
        ...(root.scrollWidth > root.clientWidth + 1 ? ['the window scrolls sideways'] : []),
      ];
    };

    // A chart follows its frame a little later.
    for (let frame = 0; frame < 30 && found().length > 0; frame++)
      await new Promise((drawn) => requestAnimationFrame(drawn));
    return found();
  });
}

describe('a window that is made smaller', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  let callPath: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'resize-pbx');
    const startedAt = Date.now() - 60_000;
    const call = await relay.start({
      linkedid: `${startedAt}.1`,
      startedAt,
      metadata: {
        agent: { id: '7301', name: 'Wilhelmina Featherstonehaugh-Cholmondeley' },
        caller: { number: '+442079460731' },
        campaign: 'RETENTION-OF-LONG-STANDING-CUSTOMERS',
        inGroup: 'SAVE-AT-ANY-PRICE',
      },
    });
    await call.say('agent', 'Good morning, this call may be recorded.', 1_000);
    await call.say('caller', 'This is terrible, I will call my lawyer.', 6_000);
    await call.say('caller', 'I want to cancel, and get me your manager.', 12_000);
    await relay.keepTicking();
    const api = await signIn(running);
    await eventually(
      async () => ((await api.call(call.callId).catch(() => undefined))?.alerts.length ?? 0) > 0,
      60_000,
    );
    callPath = `/calls/${call.callId}`;
    page = await openDashboard(browser, running.system.siteUrl, { role: 'admin' });
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  it.each([
    'a call',
    '/',
    '/alerts',
    '/audit',
    '/agents',
    '/topics',
    '/agents/7301',
    '/history',
    '/rules',
    '/rules/legal-threat',
    '/settings',
    '/system',
    '/wallboard',
  ])('leaves every control of %s on the screen, also enlarged', async (path) => {
    await page.setViewportSize({ width: 1920, height: 900 });
    await page.goto(new URL(path === 'a call' ? callPath : path, running.system.siteUrl).href);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    if (path === 'a call') await page.getByRole('button', { name: 'Take it' }).first().waitFor();
    await page
      .getByText(/^Loading/)
      .first()
      .waitFor({ state: 'detached' });

    const wrong: Record<string, string[]> = {};
    for (const size of [...WIDTHS.map((width) => ({ width, height: 900 })), ...ENLARGED]) {
      await page.setViewportSize(size);
      const found = await outOfSight(page);
      if (found.length > 0) wrong[`${size.width} × ${size.height}`] = found;
    }
    expect(wrong).toEqual({});
  });
});
