import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa, type ResultPromise } from 'execa';
import pWaitFor from 'p-wait-for';
import { UserError } from './user-error.ts';

export interface CommandOptions {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where its output goes; the last lines are shown when it fails. */
  readonly logFile: string;
}

export interface ServiceOptions extends CommandOptions {
  /** It goes on when we end; otherwise no end of ours leaves it behind. */
  readonly outlivesUs?: boolean;
  /** How long it has after SIGTERM before it is killed; 10 s by default. */
  readonly killAfterMs?: number;
}

/** A program that runs beside us until it is stopped. */
export interface Service {
  readonly process: Pick<ResultPromise, 'pid' | 'kill' | 'exitCode' | 'signalCode'>;
  readonly hasEnded: () => boolean;
  /** Settles when it has ended, however it ended, and its output is in the log. */
  readonly ended: Promise<void>;
  /** The last it printed. */
  readonly tail: () => string;
  /** Sends SIGTERM, then SIGKILL after `killAfterMs`, and waits for the end. */
  readonly stop: () => Promise<void>;
}

const TAIL_BYTES = 2_000;

function launch(command: string, args: readonly string[], options: ServiceOptions) {
  mkdirSync(dirname(options.logFile), { recursive: true });
  // The types know the first descriptors alone.
  const log = openSync(options.logFile, 'a') as 3;
  const from = statSync(options.logFile).size;
  const child = execa(command, args, {
    cwd: options.folder,
    // Node.js leaves out what is undefined.
    env: options.environment as Record<string, string>,
    extendEnv: false,
    // Straight into the file: what outlives us can go on printing.
    stdio: ['ignore', log, log],
    // A process group of its own: Ctrl-C reaches only us, and we stop the parts in order.
    detached: true,
    forceKillAfterDelay: options.killAfterMs ?? 10_000,
    reject: false,
  });
  closeSync(log);
  if (options.outlivesUs === true) child.unref();
  else {
    const end = () => child.kill();
    process.once('exit', end);
    void child.then(() => process.off('exit', end));
  }
  const tail = () => readFileSync(options.logFile).subarray(from).subarray(-TAIL_BYTES).toString();
  return { child, tail };
}

/**
 * Runs a command to its end.
 * @throws {UserError} when it cannot start or fails, with its last lines and the log file's name
 */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  const { child, tail } = launch(command, args, options);
  const { failed, exitCode, signal, originalMessage } = await child;
  if (!failed) return;
  const reason = exitCode ?? signal;
  throw new UserError(
    `${command} ${args.join(' ')} failed: ${reason === undefined ? String(originalMessage) : `it ended with ${reason}`}.\n${tail().trimEnd()}\nAll of it: ${options.logFile}`,
  );
}

/** Starts a program that runs until `stop`; one that cannot start has ended at once. */
export function startService(command: string, args: readonly string[], options: ServiceOptions): Service {
  const { child, tail } = launch(command, args, options);
  const ended = child.then(() => undefined);
  return {
    process: child,
    hasEnded: () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null,
    ended,
    tail,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/**
 * Waits until `probe` succeeds.
 * @throws {UserError} `what` did not happen within `withinMs`, or the service ended before
 */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  withinMs: number,
  service?: Service,
): Promise<void> {
  const isDone = async () => {
    if (await probe().catch(() => false)) return true;
    if (service?.hasEnded() !== true) return false;
    await service.ended;
    throw new UserError(`${what}: the program ended before.\n${service.tail().trimEnd()}`);
  };
  const message = new UserError(`${what}: not within ${withinMs / 1000} s.`);
  await pWaitFor(isDone, { interval: 50, timeout: { milliseconds: withinMs, message } });
}
