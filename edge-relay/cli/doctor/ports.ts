import { createServer } from 'node:net';
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
