import { execaSync } from 'execa';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { BUNDLE_LIMIT_BYTES, bundleFunctions, functionNames } from '../infra/bundle.ts';
import type { Benchmark, Figures } from './benchmark.ts';

const RUNS = 5;
/** Enough for each function to begin; none of it is reached. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  TABLE_NAME: 'earshot',
  BUS_NAME: 'earshot',
  RETENTION_DAYS: '30',
  STAGE: 'bench',
  CALLBACK_URL: 'https://bench.invalid/live',
  WEBSOCKET_URL: 'wss://bench.invalid/live',
  SITE_URL: 'https://bench.invalid',
  ALERT_TOPIC_ARNS: '{"warning":"w","urgent":"u","critical":"c"}',
  SLACK_SECRET: '',
  EMAIL_FROM: '',
  EMAIL_TO: '',
  SENTIMENT: '{"engine":"vader"}',
  RECAP: '{"engine":"extract"}',
  USER_POOL_ID: 'us-east-1_bench',
};

export default {
  about:
    'Bytes of each function, ms from starting Node to having it loaded, less an empty module, and bytes of the page',
  async run() {
    const bytes: Figures = {};
    const bundles = await bundleFunctions((name, size) => {
      bytes[name] = size;
    });
    const emptyMs = loadMs('data:text/javascript,');
    const figures: Figures = {};
    for (const name of functionNames) {
      const ms = Math.max(0, loadMs(`file://${bundles[name]}/handler.mjs`) - emptyMs);
      figures[`${camel(name)}Bytes`] = bytes[name] ?? 0;
      figures[`${camel(name)}ColdStartMs`] = Math.round(ms);
      console.log(`${name.padEnd(10)} ${Math.round((bytes[name] ?? 0) / 1024)} KB, ${ms.toFixed(0)} ms`);
    }
    return {
      figures: { ...figures, limitBytes: BUNDLE_LIMIT_BYTES, emptyNodeMs: Math.round(emptyMs), ...(await weighPage()) },
      peers: {},
    };
  },
} satisfies Benchmark;

/** The quickest of some runs: what is slower was held up by others. */
function loadMs(module: string): number {
  const runs = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    execaSync(process.execPath, ['--input-type=module', '-e', `await import('${module}')`], {
      env: ENVIRONMENT,
      extendEnv: false,
    });
    return performance.now() - startedAt;
  });
  return Math.min(...runs);
}

/** Builds the page and weighs all of it, and what a browser fetches to show the first thing. */
async function weighPage(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-page-'));
  try {
    await build({
      configFile: join(import.meta.dirname, '../web/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true },
    });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file = '']) =>
      readFileSync(join(folder, file)),
    );
    const sum = (parts: readonly Buffer[], bytesOf: (part: Buffer) => number) =>
      parts.reduce((bytes, part) => bytes + bytesOf(part), 0);
    const figures = {
      pageBytes: sum(files, (file) => file.length),
      pageFirstLoadBytes: html.length + sum(first, (file) => file.length),
      pageFirstLoadGzipBytes: gzipSync(html).length + sum(first, (file) => gzipSync(file).length),
    };
    console.log('page', figures);
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
