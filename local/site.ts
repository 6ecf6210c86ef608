import { serveStatic } from '@hono/node-server/serve-static';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import type { SiteConfig } from '#core/contracts/site.ts';

/** The built page on a local port. */
export interface Site {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Serves the built page and its `config.json` as CloudFront does: files, and the page itself for every other path. */
export async function serveSite(folder: string, config: SiteConfig, port: number): Promise<Site> {
  const app = new Hono();
  app.use('*', compress());
  app.get('/config.json', (c) => c.json(config));
  app.use('*', serveStatic({ root: relative(process.cwd(), folder) }));
  app.get('*', (c) => c.html(readFileSync(join(folder, 'index.html'), 'utf8')));

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
