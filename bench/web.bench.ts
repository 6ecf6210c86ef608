import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../e2e/browser.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { serveFloor } from './web/floor-server.ts';
import { liveHeapBytes } from './web/live-heap.ts';
import { TalkingCall } from './web/talking-call.ts';

const CALLS = 200;
const CHANGE_EVERY_MS = 1000;
const SETTLE_MS = 5000;
const MEASURE_MS = 30_000;
/** Long enough for a leak to show beside what an open call adds. */
const HEAP_MS = 5 * 60_000;
/** A longer frame time means that more than one frame of 60 Hz was dropped. */
const LATE_FRAME_MS = 34;

export default {
  about: `Frame times and heap of the page in Chromium with ${CALLS} live calls, each changing once a second`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-web-'));
    try {
      const root = join(import.meta.dirname, '../web');
      await build({
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'warn',
        build: { outDir: folder, emptyOutDir: true },
      });
      return { figures: await measure(folder), peers: {} };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
} satisfies Benchmark;

async function measure(pageFolder: string): Promise<Figures> {
  const startedAt = Date.now() - 60_000;
  const calls = Array.from({ length: CALLS }, (_, index) => new TalkingCall(index, startedAt));
  const server = await serveFloor(pageFolder, calls, CHANGE_EVERY_MS);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = JSON.stringify({ idToken: 'x.e30.x', refreshToken: 'x', expiresAt: Date.now() + 3_600_000 });
    await page.addInitScript(`sessionStorage.setItem('earshot.session', ${JSON.stringify(session)})`);
    await page.goto(server.url);
    await page.getByRole('list', { name: 'Calls' }).getByRole('link').first().click();
    await page.getByRole('region', { name: 'Transcript' }).waitFor();
    await page.mouse.move(900, 20);
    await page.waitForTimeout(SETTLE_MS);

    const still = await frames(page, MEASURE_MS);
    // Somebody scrolls through the list meanwhile.
    const scrolling = scroll(page, MEASURE_MS / 3);
    const scrolled = await frames(page, MEASURE_MS / 3);
    await scrolling;

    const heapBefore = await liveHeapBytes(page);
    await page.waitForTimeout(HEAP_MS);
    const heapAfter = await liveHeapBytes(page);
    const lines = await page.getByRole('region', { name: 'Transcript' }).getByRole('listitem').count();
    await page.getByRole('link', { name: 'Close call' }).click();
    await page.getByRole('region', { name: 'Transcript' }).waitFor({ state: 'detached' });
    const heapClosed = await liveHeapBytes(page);
    return {
      calls: CALLS,
      ...figuresOf('still', still),
      ...figuresOf('scrolling', scrolled),
      heapMegabytesBefore: megabytes(heapBefore),
      heapMegabytesAfter5Minutes: megabytes(heapAfter),
      linesOfTheOpenCall: lines,
      heapMegabytesCallClosed: megabytes(heapClosed),
    };
  } finally {
    await browser.close();
    await server.stop();
  }
}

interface Frames {
  readonly intervalsMs: number[];
  readonly longTasksMs: number[];
}

/**
 * The times between frames, and the tasks that blocked the page for more than 50 ms. The script is a string, so that
 * the page runs it as it stands here.
 */
async function frames(page: Page, forMs: number): Promise<Frames> {
  return page.evaluate<Frames>(`new Promise((resolve) => {
    const intervalsMs = [];
    const longTasksMs = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasksMs.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const begin = performance.now();
    let before = begin;
    requestAnimationFrame(function frame(at) {
      intervalsMs.push(at - before);
      before = at;
      if (at - begin < ${forMs}) return void requestAnimationFrame(frame);
      observer.disconnect();
      resolve({ intervalsMs: intervalsMs.slice(1), longTasksMs });
    });
  })`);
}

async function scroll(page: Page, forMs: number): Promise<void> {
  await page.mouse.move(200, 500);
  const until = Date.now() + forMs;
  while (Date.now() < until) {
    await page.mouse.wheel(0, 400 * (Math.floor(Date.now() / 3000) % 2 === 0 ? 1 : -1));
    await page.waitForTimeout(50);
  }
}

function figuresOf(name: string, { intervalsMs, longTasksMs }: Frames): Figures {
  const sorted = intervalsMs.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1));
  const late = intervalsMs.filter((interval) => interval > LATE_FRAME_MS).length;
  return {
    [`${name}FrameP50Ms`]: at(0.5),
    [`${name}FrameP95Ms`]: at(0.95),
    [`${name}FrameP99Ms`]: at(0.99),
    [`${name}FrameMaxMs`]: at(1),
    [`${name}LateFramesPercent`]: Number(((100 * late) / intervalsMs.length).toFixed(2)),
    [`${name}LongTasks`]: longTasksMs.length,
  };
}

function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1));
}
