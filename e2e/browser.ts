import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { localFolder } from '../local/config.ts';
import { people } from '../local/people.ts';

/** Where pictures of the page are kept. */
export const screenshotFolder = join(localFolder, 'screenshots');

/** Debian's Chromium, kept from talking to anything but us. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
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

export type Role = (typeof people)[number]['group'];

/** Opens the dashboard and signs in as a person would. */
export async function openDashboard(
  browser: Browser,
  siteUrl: string,
  { role = 'supervisor', ...options }: BrowserContextOptions & { role?: Role } = {},
): Promise<Page> {
  const person = people.find(({ group }) => group === role) ?? people[0];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(siteUrl);
  await page.getByLabel(/e-?mail/i).fill(person.email);
  await page.getByLabel(/password/i).fill(person.password);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('region', { name: 'The floor' }).waitFor();
  return page;
}

/** Keeps a picture of the page. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true });
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}
