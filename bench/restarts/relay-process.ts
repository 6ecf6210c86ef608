import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A relay as a process of its own. */
export interface RelayProcess {
  readonly child: ChildProcess;
  /** Resolves with the time from its start until it listened; rejects when it ends before. */
  readonly listening: Promise<number>;
  readonly ended: Promise<unknown>;
}

/** Starts the bundled relay. What goes wrong in it is printed. */
export function startRelayProcess(
  bundle: string,
  environment: Readonly<Record<string, string>>,
  ...options: readonly string[]
): RelayProcess {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bundle, 'run', ...options], {
    env: { NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const listening = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"relay is listening"')) resolve(performance.now() - startedAt);
      if (line.includes('"level":50')) console.log(line);
    });
    void ended.then(() => {
      reject(new Error('the relay ended before it listened'));
    });
  });
  listening.catch(() => undefined);
  return { child, listening, ended };
}
