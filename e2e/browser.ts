import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Role } from '#core/people.ts';
import type { Wire } from './wire.ts';
import { localFolder } from '../local/config.ts';
import { findBrowser } from '../local/packages.ts';
import { people } from '../local/people.ts';
import { UserError } from '../local/user-error.ts';

/** Where pictures of the page are kept. */
export const screenshotFolder = join(localFolder, 'screenshots');

/** The machine's Chromium, kept from talking to anything but us. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new UserError('No Chromium on this machine. `npm test` installs it.');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** How a test's window differs from a supervisor's at a desk; its live connection can go over a wire that is cut. */
export type DashboardOptions = BrowserContextOptions & { role?: Role; wire?: Wire };

/** Opens the dashboard and signs in as a person would. */
export async function openDashboard(
  browser: Browser,
  siteUrl: string,
  { role = 'supervisor', wire, ...options }: DashboardOptions = {},
): Promise<Page> {
  const person = people.find(({ group }) => group === role) ?? people[0];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await wire?.carry(context);
  const page = await context.newPage();
  await page.goto(siteUrl);
  await enterPassword(page, person);
  await page.getByRole('region', { name: 'The floor' }).waitFor();
  return page;
}

/** Fills in whatever sign-in form the page shows. */
export async function enterPassword(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole('button', { name: /sign in/i }).click();
}

/** Keeps a picture of the page. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true });
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}
