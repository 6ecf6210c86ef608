import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveSite, type Site } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-site-'));
const config = {
  apiUrl: 'http://127.0.0.1:1/api',
  region: 'us-east-1',
  userPoolId: 'pool',
  userPoolClientId: 'client',
  cognitoUrl: 'http://127.0.0.1:1',
};
let site: Site;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<title>Earshot</title>');
  writeFileSync(join(folder, 'app.js'), '1');
  writeFileSync(join(folder, 'large.js'), '0;'.repeat(10_000));
  site = await serveSite(folder, config, 0);
});

afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

describe('the local site', () => {
  it('serves the files', async () => {
    const response = await fetch(`${site.url}/app.js`);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(await response.text()).toBe('1');
  });

  it('packs what is large', async () => {
    const response = await fetch(`${site.url}/large.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toHaveLength(20_000);
  });

  it('gives the page its addresses', async () => {
    expect(await (await fetch(`${site.url}/config.json`)).json()).toEqual(config);
  });

  it.each(['/', '/calls/pbx-1.2'])('answers %s with the page', async (path) => {
    expect(await (await fetch(site.url + path)).text()).toContain('<title>Earshot</title>');
  });
});
