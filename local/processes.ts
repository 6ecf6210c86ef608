import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from './problem.ts';

export interface CommandOptions {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where its output goes; the last lines are shown when it fails. */
  readonly logFile: string;
  /** It goes on when we end; otherwise no end of ours leaves it behind. */
  readonly outlivesUs?: boolean;
}

/** A program that runs beside us until it is stopped. */
export interface Service {
  readonly process: ChildProcess;
  /** Settles when it has ended, however it ended, and its output is in the log. */
  readonly ended: Promise<void>;
  /** The last it printed. */
  readonly tail: () => string;
  /** Asks it to end, and insists after `patienceMs`. */
  readonly stop: (patienceMs?: number) => Promise<void>;
}

function launch(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): { child: ChildProcess; tail: () => string; ended: Promise<void> } {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  // Its own process group: Ctrl-C reaches only us, and we stop the parts in order.
  const child = spawn(command, args, {
    cwd: options.folder,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk);
      last = (last + chunk.toString()).slice(-2000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => log.end(resolve));
  });
  if (options.outlivesUs !== true) {
    const end = () => child.kill();
    process.once('exit', end);
    child.once('close', () => process.off('exit', end));
  }
  return { child, tail: () => last, ended };
}

/**
 * Runs a command to its end.
 * @throws {Problem} when it cannot start or fails, with its last lines and the log file's name
 */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  const { child, tail, ended } = launch(command, args, options);
  const failed = once(child, 'error').then(([error]) => (error as Error).message);
  const closed = once(child, 'close').then(([code]) => (code === 0 ? undefined : `it ended with ${String(code)}`));
  const problem = await Promise.race([failed, closed]);
  await ended;
  if (problem !== undefined) {
    throw new Problem(
      `${command} ${args.join(' ')} failed: ${problem}.\n${tail().trimEnd()}\nAll of it: ${options.logFile}`,
    );
  }
}

/** Starts a program that runs until `stop`. */
export function startService(command: string, args: readonly string[], options: CommandOptions): Service {
  const { child, tail, ended } = launch(command, args, options);
  // One that cannot start ends at once; its waiter says so.
  child.once('error', () => undefined);
  return {
    process: child,
    ended,
    tail,
    stop: async (patienceMs = 10_000) => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(insist);
    },
  };
}

/**
 * Waits until `probe` succeeds.
 * @throws {Problem} `what` did not happen within `withinMs`, or the service ended before
 */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  withinMs: number,
  service?: Service,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await probe().catch(() => false))) {
    if (service && hasEnded(service)) {
      await service.ended;
      throw new Problem(`${what}: the program ended before.\n${service.tail().trimEnd()}`);
    }
    if (Date.now() > deadline) throw new Problem(`${what}: not within ${withinMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function hasEnded({ process }: Service): boolean {
  return process.exitCode !== null || process.signalCode !== null;
}
