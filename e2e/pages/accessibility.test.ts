import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { agentStateSchema } from '#core/live-agent.ts';
import { projectFolder } from '../../local/config.ts';
import { launchBrowser, openDashboard } from '../browser.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay } from '../seed.ts';
import { SeedControl } from '../seed-control.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();
const requireHere = createRequire(pathToFileURL(`${projectFolder}/package.json`));
const axe = readFileSync(requireHere.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

jest.setTimeout(120_000);

const paths = [
  '/',
  '/alerts',
  '/audit',
  '/agents',
  '/topics',
  '/agents/7401',
  '/history',
  '/rules',
  '/rules/legal-threat',
  '/rules/new',
  '/settings',
  '/system',
  '/wallboard',
];

/** What axe finds wrong on the page as it stands: the rule and where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] })`,
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const visit = async (page: Page, path: string) => {
  await page.goto(new URL(path, running.system.siteUrl).href);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await page
    .getByText(/^Loading/)
    .first()
    .waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe(path);
};

/** Opens what stands beside a call's words where the window has room for the words alone. */
const openAside = async (page: Page) => {
  const bar = page.getByRole('complementary').getByRole('button', { expanded: false }).first();
  await page.getByRole('region', { name: 'Transcript' }).waitFor();
  if (await bar.isVisible()) await bar.click();
};

describe('every page', () => {
  let browser: Browser;
  let relay: SeedRelay;
  let control: SeedControl;
  let callId: string;
  let callPath: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'axe-pbx');
    const startedAt = Date.now() - 30_000;
    const call = await relay.start({ linkedid: `${startedAt}.1`, startedAt, metadata: { agent: { id: '7401' } } });
    await call.say('agent', 'I am sorry to hear that.', 1_000);
    await call.say('caller', 'This is terrible, I will call my lawyer.', 6_000);
    // What a rule finds again while its cooldown lasts stands below its alert, line by line.
    await call.say('caller', 'I want to cancel.', 10_000);
    await call.say('caller', 'Cancel it, I said.', 14_000);
    await call.say('caller', 'Or get me your manager.', 18_000);
    await call.say('caller', 'A manager, or I cancel.', 22_000);
    const pastAt = startedAt - 3_600_000;
    const past = await relay.start({ linkedid: `${pastAt}.2`, startedAt: pastAt, metadata: { agent: { id: '7401' } } });
    await past.say('caller', 'The aardvark is terrible, I will call my lawyer.', 6_000);
    await past.end('hangup', 20_000);
    await relay.keepTicking();
    callId = call.callId;
    callPath = `/calls/${callId}`;
    control = await SeedControl.open(running, relay.relayId, 'answered');
  });
  afterAll(async () => {
    await control.close();
    await relay.close();
    await browser.close();
  });

  /** Sends a partial until the page shows it: the page may not be subscribed yet. */
  async function expectPartial(page: Page, text: string): Promise<void> {
    const shown = page.locator('.partials').getByText(text);
    await eventually(async () => {
      control.partial(callId, 'caller', 40_000, text);
      return (await shown.count()) > 0;
    }, 20_000);
  }

  describe.each([
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 1440, height: 900 }],
    ['light', { width: 360, height: 740 }],
  ] as const)('in the %s theme, in a window of %j', (colorScheme, viewport) => {
    let page: Page;

    beforeAll(async () => {
      // The site's policy would keep the tester's script out too.
      const options = { colorScheme, viewport, bypassCSP: true, role: 'admin' } as const;
      page = await openDashboard(browser, running.system.siteUrl, options);
      page.setDefaultTimeout(20_000);
    });
    afterAll(() => page.context().close());

    it('the agents who are logged in to a dialler', async () => {
      await relay.listAgents(
        agentStateSchema.options.map((state) => ({ id: `axe-${state}`, state, campaign: 'RETAIN' })),
      );
      await visit(page, '/agents');
      await page
        .getByRole('region', { name: 'Logged in now' })
        .getByRole('row')
        .filter({ hasText: /^axe-/ })
        .nth(agentStateSchema.options.length - 1)
        .waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it.each(paths)('%s', async (path) => {
      await visit(page, path);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('alerts that are unfolded, selected and resolved', async () => {
      await page.goto(new URL('/alerts?agent=7401', running.system.siteUrl).href);
      const unfold = page.getByRole('button', { name: /^and \d+ more alerts?$/ }).first();
      await unfold.click();
      await page
        .getByRole('checkbox', { name: /^Select .*7401/ })
        .first()
        .check();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      await page
        .getByRole('button', { name: /^Resolve all/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Undo' }).first().waitFor();
      expect(await violations(page)).toEqual([]);
      // The next theme is looked at with the same alerts.
      await page.getByRole('button', { name: /^Undo Z$/ }).click();
      await page
        .getByRole('button', { name: /^Resolve all/ })
        .first()
        .waitFor();
    });

    it('past calls with excerpts and a saved search', async () => {
      const hit = page.getByRole('table').locator('mark', { hasText: 'aardvark' });
      await eventually(async () => {
        await page.goto(new URL('/history?words=aardvark', running.system.siteUrl).href);
        await page
          .getByRole('table')
          .or(page.getByText(/^No calls found/))
          .waitFor();
        return (await hit.count()) > 0;
      }, 30_000);
      await page.getByRole('button', { name: 'Save search' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('list', { name: 'Saved searches' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('a call that a link to a moment leads to', async () => {
      await page.goto(new URL(`${callPath}?at=00:10`, running.system.siteUrl).href);
      await page.locator('[aria-current=location]').filter({ hasText: 'I want to cancel.' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('a call with alerts', async () => {
      await visit(page, callPath);
      expect(await violations(page)).toEqual([]);
      await openAside(page);
      await page.getByRole('list', { name: 'Alerts' }).getByRole('button', { name: 'Show the words' }).nth(4).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(viewport.height);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('a call that a supervisor joins while somebody speaks', async () => {
      await visit(page, callPath);
      await page.getByRole('button', { name: 'Barge in' }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('alertdialog').getByRole('button', { name: 'Barge in' }).click();
      await page.getByText(/is on the call, and both sides hear you/).waitFor();
      await expectPartial(page, 'and another thing');
      await openAside(page);
      await page.getByRole('list', { name: 'On the line' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    });

    it('settings that are being made', async () => {
      await visit(page, '/settings');
      await page.getByRole('button', { name: 'Add a person' }).click();
      await page.keyboard.type('nobody');
      await page.getByText('Give an e-mail address.').waitFor();
      await page.getByRole('checkbox', { name: 'Critical alerts call somebody' }).check();
      await page.getByText('Give at least one extension to call.').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Give an extension of 2 to 8 digits.').waitFor();
      await page.getByLabel('E-mail').and(page.locator(':focus')).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      // What is not saved holds the page back.
      await page.getByRole('link', { name: 'System' }).click();
      await page
        .getByRole('alertdialog')
        .getByText(/changes to the settings/)
        .waitFor();
      await page.getByRole('button', { name: 'Leave without saving' }).click();
      await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    });

    it('the sign-in page', async () => {
      const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
      const door = await context.newPage();
      await door.goto(running.system.siteUrl);
      await door.getByLabel(/password/i).waitFor();
      expect(await violations(door)).toEqual([]);
      expect(await door.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      await context.close();
    });
  });
});
