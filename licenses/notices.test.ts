import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { bundleFunctions, functionNames } from '../infra/bundle.ts';
import { NOTICES_FILE, packageFolders, thirdPartyNotices } from './notices.ts';

/** What a notices file names, and under which licence. */
function namedIn(notices: string): Map<string, string> {
  return new Map(
    Array.from(notices.matchAll(/^- (\S+) .+ \(([^()]+)\)$/gm), ([, name = '', license = '']) => [name, license]),
  );
}
const ALLOWED = /^(MIT|MIT-0|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause)$/;

describe('notices', () => {
  it('hold each text once, under all it is for', () => {
    const mit = { version: '1.0.0', license: 'MIT', text: 'Permission is granted' };
    const notices = thirdPartyNotices('It', [
      { ...mit, name: 'a' },
      { name: 'b', version: '2.0.0', license: 'ISC', text: '' },
      { ...mit, name: '@c/d' },
    ]);
    expect(notices.match(/Permission is granted/g)).toHaveLength(1);
    expect([...namedIn(notices)]).toEqual([
      ['a', 'MIT'],
      ['@c/d', 'MIT'],
      ['b', 'ISC'],
    ]);
  });

  it('are of the packages that files lie in', () => {
    expect(
      packageFolders(['/p/node_modules/a/x.js', '/p/node_modules/a/node_modules/@b/c/d/e.js', '/p/src/f.ts', 'zod.ts']),
    ).toEqual(['/p/node_modules/a', '/p/node_modules/a/node_modules/@b/c']);
  });

  it('go with every function', async () => {
    const bundles = await bundleFunctions(() => undefined);
    for (const name of functionNames) {
      const notices = readFileSync(join(bundles[name], NOTICES_FILE), 'utf8');
      const named = namedIn(notices);
      expect([...named.keys()]).toEqual(expect.arrayContaining(['zod', '@aws-sdk/client-dynamodb', '@smithy/core']));
      expect([...named.values()].filter((license) => !ALLOWED.test(license))).toEqual([]);
      expect(notices).toContain('Apache License');
      expect(notices).toMatch(/Permission is hereby granted|Permission to use, copy/);
    }
    expect(namedIn(readFileSync(join(bundles.api, NOTICES_FILE), 'utf8')).has('hono')).toBe(true);
  }, 120_000);

  it('go with the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-page-'));
    await execa('npx', ['vite', 'build', 'web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], {
      cwd: join(__dirname, '..'),
      preferLocal: true,
      env: { NODE_ENV: 'production' },
    });
    const named = namedIn(readFileSync(join(folder, NOTICES_FILE), 'utf8'));
    rmSync(folder, { recursive: true });
    const direct = ['@vue/runtime-core', 'vue-router', 'reka-ui', 'chart.js', '@lucide/vue', 'zod', '@vueuse/core'];
    expect([...named.keys()]).toEqual(expect.arrayContaining(direct));
    expect([...named.values()].filter((license) => !ALLOWED.test(license))).toEqual([]);
  }, 120_000);
});
