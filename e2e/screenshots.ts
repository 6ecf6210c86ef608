import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectFolder } from '../local/config.ts';
import { runMain } from '../local/user-error.ts';
import { printedSteps } from '../local/progress.ts';
import { startSystem } from '../local/system.ts';
import { launchBrowser, openDashboard } from './browser.ts';
import { signIn } from './clients.ts';
import { eventually } from './eventually.ts';
import { readTestConfig } from './config.ts';
import { SeedControl } from './seed-control.ts';
import { seedFloor, type SeededFloor } from './screenshot-floor.ts';

/** Takes the screenshots of the documentation: every page in both themes, on a system of its own. */
const folder = join(projectFolder, 'docs/images');
const desk = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };
const themes = ['dark', 'light'] as const;

await runMain(async () => {
  const config = { ...(await readTestConfig('screenshots')), relayId: 'york-1' };
  const step = printedSteps(process.stdout);
  const system = await startSystem(config, { engine: 'pocketsphinx', step });
  const browser = await launchBrowser();
  try {
    mkdirSync(folder, { recursive: true });
    const running = { config, system };
    const floor = await step('Calls seeded', async () => seedFloor(running));
    const control = await SeedControl.open(running, floor.relay.relayId, 'answered');
    try {
      const api = await signIn(running);
      const hearAngryLine = async (seq: number) =>
        eventually(async () => {
          const { calls } = await api.activeCalls();
          return calls.find(({ callId, lastUtterance }) => callId === floor.angryCallId && lastUtterance?.seq === seq);
        }, 30_000);
      await hearAngryLine(floor.angryLines);
      await floor.goOn();
      await hearAngryLine(floor.angryLines + 1);
      for (const theme of themes) {
        await step(`Pictures taken, ${theme}`, async () => takeAll(browser, system.siteUrl, floor, control, theme));
      }
      await handleAlerts(browser, system.siteUrl, floor);
      for (const theme of themes) {
        await step(`Quiet pictures taken, ${theme}`, async () => takeQuiet(browser, system.siteUrl, theme));
      }
    } finally {
      await control.close();
      await floor.relay.close();
    }
  } finally {
    await browser.close();
    await system.stop();
  }
});

/** Takes screenshots of one window, named after the page and the theme. */
function camera(siteUrl: string, colorScheme: (typeof themes)[number]) {
  const take = async (page: Page, name: string) => {
    await page.mouse.move(0, 0);
    await page.evaluate('document.fonts.ready');
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
  };
  const visit = async (page: Page, path: string, shows: string) => {
    await page.goto(new URL(path, siteUrl).href);
    await page.getByText(shows).first().waitFor();
  };
  const visitLive = async (page: Page, path: string, shows: string) => {
    await visit(page, path, shows);
    await page.locator('[data-state=live]').waitFor();
  };
  return { take, visit, visitLive };
}

async function takeAll(
  browser: Browser,
  siteUrl: string,
  { angryCallId, angryStartedAt }: SeededFloor,
  control: SeedControl,
  colorScheme: (typeof themes)[number],
): Promise<void> {
  const { take, visit, visitLive } = camera(siteUrl, colorScheme);
  const callPath = `/calls/${angryCallId}`;

  const stranger = await browser.newContext({ viewport: desk, colorScheme });
  const door = await stranger.newPage();
  await visit(door, '/', 'Sign in');
  await take(door, 'sign-in');
  await stranger.close();

  const page = await openDashboard(browser, siteUrl, { viewport: desk, colorScheme, role: 'admin' });
  await visitLive(page, callPath, 'ombudsman');
  await page.getByRole('img', { name: /Mood over time/ }).waitFor();
  await page.getByRole('button', { name: 'Listen' }).click();
  await page.getByText(/is on the call, listening/).waitFor();
  await eventually(async () => {
    control.partial(angryCallId, 'agent', Date.now() - angryStartedAt, 'I am putting you through to my supervisor');
    return (await page.locator('.partials').getByText('supervisor').count()) > 0;
  }, 10_000);
  await take(page, 'live');
  await visitLive(page, '/wallboard', 'Dana Wills');
  await take(page, 'wallboard');
  await visitLive(page, '/alerts', 'Resolve all');
  await take(page, 'alerts');
  await visit(page, '/agents', 'Mo Lindqvist');
  await take(page, 'agents');
  await visit(page, '/agents/6003', 'Day by day');
  await page.getByRole('img', { name: /Callers’ mood/ }).waitFor();
  await take(page, 'agent');
  await visit(page, '/history', 'Mean mood');
  await take(page, 'history');
  await visit(page, '/rules/legal-threat', 'Try a sentence');
  await take(page, 'rule');
  await page.getByLabel(/one sentence a line/).fill('I will take you to court\nI live on Court Road');
  await page.getByText('Run on past calls').click();
  await page.getByText(/past calls\./).waitFor();
  await page.getByRole('list', { name: 'Lines it would have fired on' }).scrollIntoViewIfNeeded();
  await take(page, 'backtest');
  await visit(page, '/settings', 'Alerts that ring');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.keyboard.type('sam.kerr@earshot.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('6002');
  const critical = page.getByRole('group', { name: 'Critical' });
  await critical.getByRole('checkbox', { name: 'Critical alerts call somebody' }).check();
  await critical.getByLabel('Extensions to call').fill('6100\n6101');
  await take(page, 'settings');
  await page.getByRole('button', { name: 'Undo changes' }).click();
  await visit(page, '/system', 'From the last word');
  await take(page, 'system');

  await page.setViewportSize(phone);
  await visitLive(page, '/', 'Dana Wills');
  await take(page, 'phone');
  await visitLive(page, callPath, 'ombudsman');
  await page.getByRole('img', { name: /Mood over time/ }).waitFor();
  await take(page, 'phone-call');
  await page.context().close();
}

/** Ends the unhappy calls and resolves what waits for a person, as a good supervisor does. */
async function handleAlerts(browser: Browser, siteUrl: string, floor: SeededFloor): Promise<void> {
  await floor.calmDown();
  const page = await openDashboard(browser, siteUrl, { viewport: desk });
  await page.goto(new URL('/alerts', siteUrl).href);
  const open = page.getByRole('table').first().getByRole('button', { name: 'Resolve' });
  await open.first().waitFor();
  while ((await open.count()) > 0) {
    const before = await open.count();
    await open.first().click();
    await eventually(async () => (await open.count()) < before, 10_000);
  }
  await page.context().close();
}

async function takeQuiet(browser: Browser, siteUrl: string, colorScheme: (typeof themes)[number]): Promise<void> {
  const { take, visitLive } = camera(siteUrl, colorScheme);
  const page = await openDashboard(browser, siteUrl, { viewport: desk, colorScheme });
  await visitLive(page, '/', 'All quiet:');
  await page.getByText('Last alert').first().waitFor();
  await take(page, 'quiet');
  await page.context().close();
}
