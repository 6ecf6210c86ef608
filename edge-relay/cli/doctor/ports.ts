import { createServer } from 'node:net';
import { isLoopback } from '../../http-access.ts';
import type { RelaySettings } from '../../settings.ts';
import { type Diagnosis, ok, problem, warning } from './finding.ts';

/** Whether the relay could listen there, or does already. */
export async function checkPort(
  host: string,
  port: number,
  setting: string,
  isRelayRunning: boolean,
): Promise<Diagnosis> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    if (!isRelayRunning) return ok(`${host}:${port} can be listened on`);
    return warning(`nobody listens on ${host}:${port}, though a relay runs`, `It runs with another ${setting}.`);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE')
      return problem(message, `Set ${setting} to a port above 1023, at an address of this machine.`);
    return isRelayRunning
      ? ok(`the relay listens on ${host}:${port}`)
      : problem(
          `${host}:${port} is taken by another program`,
          `ss -ltnp 'sport = :${port}' names it: stop it, or set ${setting} to another port.`,
        );
  } finally {
    server.close();
  }
}

/** Who may describe legs. */
export function checkHttpAccess({ EARSHOT_HTTP_HOST: host, EARSHOT_HTTP_TOKEN: token }: RelaySettings): Diagnosis {
  if (token !== undefined) return ok('wants the token');
  if (isLoopback(host)) return ok(`is open to programs of this machine alone (${host})`);
  return warning(
    `is closed: other machines can connect to ${host}, and EARSHOT_HTTP_TOKEN is not set`,
    'Set EARSHOT_HTTP_TOKEN (openssl rand -hex 24) and have the dialplan show it, or set EARSHOT_HTTP_HOST to 127.0.0.1.',
  );
}
