import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openDashboard } from '../browser.ts';
import { eventually } from '../eventually.ts';
import { SeedRelay } from '../seed.ts';
import { runningSystem } from '../system.ts';

const running = runningSystem();

jest.setTimeout(120_000);

const floor = [
  { name: 'Paul Plain', campaign: 'FLOOR', said: ['Where is the branch in Leeds?', 'Twelve Park Row, I see.'] },
  {
    name: 'Bea Bad',
    campaign: 'FLOOR',
    said: ['This is a terrible, horrible mess and I hate it.', 'You will hear from my lawyer.'],
  },
  { name: 'Una Unhappy', campaign: 'FLOOR', said: ['That does not help me much.', 'It is a pity, really.'] },
  { name: 'Carl Other', campaign: 'ELSEWHERE', said: ['Thank you, that is great.', 'Wonderful, thanks!'] },
] as const;

describe('the floor', () => {
  let browser: Browser;
  let page: Page;
  let relay: SeedRelay;
  const list = () => page.getByRole('list', { name: 'Calls' });
  const rows = () => list().getByRole('link');
  const row = (name: string) => list().getByRole('link', { name: new RegExp(name) });
  const agents = async () => {
    const texts = await rows().locator('.who strong').allTextContents();
    return texts.map((text) => text.trim());
  };
  const shows = async (...names: string[]) => eventually(async () => (await agents()).join() === names.join(), 15_000);

  beforeAll(async () => {
    browser = await launchBrowser();
    relay = new SeedRelay(running, 'floor-pbx');
    for (const [index, { name, campaign, said }] of floor.entries()) {
      const startedAt = Date.now() - 30_000;
      const metadata = { agent: { id: `750${index}`, name }, caller: { number: `+44207946055${index}` }, campaign };
      const call = await relay.start({ linkedid: `${startedAt}.${index}`, startedAt, metadata });
      await call.say('agent', 'Hello, this call may be recorded.', 1_000);
      for (const [at, words] of said.entries()) await call.say('caller', words, 6_000 + 5_000 * at);
      for (const channel of ['agent', 'caller'] as const) call.trouble(channel, { silenceMs: 1_000 });
    }
    await relay.keepTicking();
    page = await openDashboard(browser, running.system.siteUrl);
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await relay.close();
    await browser.close();
  });

  beforeEach(async () => {
    await page.goto(running.system.siteUrl);
    await row('Bea Bad').waitFor();
    await page.getByLabel('Campaign').selectOption('FLOOR');
  });

  it('is narrowed to a campaign, and ordered by risk', async () => {
    await shows('Bea Bad', 'Una Unhappy', 'Paul Plain');
  });

  it('shows of each call level, mood, course and last words', async () => {
    const bad = row('Bea Bad');
    await bad.getByText(/critical/i).waitFor();
    await bad.getByText('my lawyer').waitFor();
    await bad.getByText('hearing both sides').waitFor();
    expect(await bad.locator('.mood').textContent()).toMatch(/−0\.\d\d\s*(poor|bad)/);
    const course = await bad.locator('svg.sparkline polyline').getAttribute('points');
    expect(course?.split(' ')).toHaveLength(2);
  });

  it('is narrowed to an agent, to a level and to words, and shows all again', async () => {
    await page.getByLabel('Agent', { exact: true }).selectOption('Paul Plain');
    await shows('Paul Plain');
    await page.getByLabel('Agent', { exact: true }).selectOption('All agents');
    await page.getByLabel('Alert level').selectOption('urgent');
    await shows('Bea Bad');
    await page.getByLabel('Alert level').selectOption('All calls');
    await page.keyboard.press('Tab');
    await page.keyboard.press('/');
    await page.keyboard.type('park row');
    await shows('Paul Plain');
    await page.keyboard.type(' nowhere');
    await page.getByText('No live call fits the filters.').waitFor();
    await page.keyboard.press('Escape');
    await shows('Bea Bad', 'Una Unhappy', 'Paul Plain');
    await page.getByRole('button', { name: 'Show all' }).click();
    await row('Carl Other').waitFor();
    await page.getByLabel('Campaign').selectOption('FLOOR');
    await shows('Bea Bad', 'Una Unhappy', 'Paul Plain');
  });

  it('shows a call in one line where that is wanted, and keeps to it', async () => {
    const height = async () => (await row('Bea Bad').boundingBox())?.height ?? 0;
    const roomy = await height();
    await page.getByRole('button', { name: 'Compact' }).click();
    expect(await height()).toBeLessThan(roomy / 2);
    await row('Bea Bad')
      .getByText(/critical/i)
      .waitFor();
    await row('Paul Plain').getByText('I see.').waitFor();
    await page.getByRole('button', { name: 'Compact', pressed: true }).click();
    expect(await height()).toBe(roomy);
  });

  it('is walked with single keys', async () => {
    await shows('Bea Bad', 'Una Unhappy', 'Paul Plain');
    await page.getByRole('region', { name: 'The floor' }).click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('j');
    await focusIsOn('Bea Bad');
    await page.keyboard.press('j');
    await focusIsOn('Una Unhappy');
    await page.keyboard.press('k');
    await focusIsOn('Bea Bad');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Bea Bad/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: /Bea Bad/ }).waitFor({ state: 'detached' });
    await focusIsOn('Bea Bad');

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('assign its open alerts to me').waitFor();
    await page.keyboard.press('Escape');
  });

  it('hangs on a wall: the riskiest calls, large, and no words', async () => {
    await page.getByRole('link', { name: /Wallboard/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Wallboard' }).waitFor({ state: 'attached' });
    const wall = page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
    await wall.first().getByText('Bea Bad').waitFor();
    expect(await wall.count()).toBe(3);
    const fontSize = await page.locator('main').evaluate((element) => getComputedStyle(element).fontSize);
    expect(parseFloat(fontSize)).toBeGreaterThan(28);
    expect(await page.locator('main').textContent()).not.toContain('lawyer');
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'The floor' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  async function focusIsOn(name: string): Promise<void> {
    await page.locator(':focus', { hasText: name }).waitFor();
  }
});
