import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Lock } from './manifest.ts';

/** npm's registry on loopback, with the packages that a project has installed. */
export interface NpmRegistry {
  readonly url: string;
  close: () => Promise<void>;
}

/** @param project the folder whose lock file this is; packages of it that are not installed there have no archive */
export async function startNpmRegistry(project: string, { packages }: Lock): Promise<NpmRegistry> {
  const pathsOf = (name: string) => Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
  const server = createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url ?? '/', url).pathname).slice(1);
    const [, archived] = /^-\/(.*)\.tar$/.exec(address) ?? [];
    if (archived !== undefined) {
      const args = ['--create', '--exclude=./node_modules', '--transform=s,^\\.,package,', '--file=-', '.'];
      const tar = spawn('tar', args, { cwd: join(project, archived) });
      tar.once('error', () => response.writeHead(404).end());
      tar.stdout.pipe(response);
      return;
    }
    const versions = Object.fromEntries(
      pathsOf(address).map((path) => {
        const { version = '', ...locked } = packages[path] ?? {};
        return [version, { ...locked, name: address, version, dist: { tarball: `${url}/-/${path}.tar` } }];
      }),
    );
    const isKnown = Object.keys(versions).length > 0;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name: address, 'dist-tags': { latest: Object.keys(versions)[0] }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
