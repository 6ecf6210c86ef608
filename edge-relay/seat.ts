import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from './clock.ts';
import { SetAside } from './store/set-aside.ts';

/** The right to publish what a spool holds and to tap calls for it: one process has it at a time. */
export interface Seat {
  /** Lets another process have it. */
  leave: () => Promise<void>;
}

export interface SeatOptions {
  /** Asks a process that has the seat to hand over its calls and to end; otherwise it is an error that one has it. */
  readonly takesOver: boolean;
  /** Another process asks for the seat. */
  readonly onAsked: () => void;
  readonly log: Logger;
  /** How long a process may take to hand over. */
  readonly timeoutMs?: number;
}

/** Another relay runs with this spool. */
export class SeatTakenError extends Error {
  override readonly name = 'SeatTakenError';
}

/** The spool's folder cannot be made or written to. */
export class SeatFolderError extends Error {
  override readonly name = 'SeatFolderError';
}

const HANDOVER_MS = 40_000;
/** Of a socket's path, as the kernel takes it; a longer one would be cut short. */
const MAX_PATH_BYTES = 107;
const SOCKET_NAME = 'relay.sock';
const REQUEST = 'hand over\n';

/**
 * Takes the seat of a spool's folder: a socket in it, which only its user may connect to. What a killed process left of
 * it is taken away; what stands in place of the folder or the socket is set aside.
 * @throws {SeatTakenError} when another process has it, and is not asked for it or does not give it up
 * @throws {SeatFolderError} when the folder cannot be used
 */
export async function takeSeat(folder: string, options: SeatOptions): Promise<Seat> {
  try {
    return await takeSeatIn(folder, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new SeatFolderError(
      `The spool's folder ${folder} cannot be used (${message}). Let the relay's user write to it, or name another (EARSHOT_SPOOL_FOLDER).`,
      { cause: error },
    );
  }
}

async function takeSeatIn(folder: string, options: SeatOptions): Promise<Seat> {
  const setAside = new SetAside(folder, systemClock.now, options.log);
  await setAside.clearPath();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, SOCKET_NAME);
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    throw new SeatFolderError(
      `The spool's folder ${folder} cannot be used (its socket's path has more than ${MAX_PATH_BYTES} bytes). Name a shorter one (EARSHOT_SPOOL_FOLDER).`,
    );
  for (;;) {
    const seat = await claim(path, options.onAsked);
    if (seat) return seat;
    const holder = await connectTo(path);
    if (!holder && isOther(path)) await setAside.move(SOCKET_NAME, 'it is no socket');
    else if (!holder) rmSync(path, { force: true });
    else if (options.takesOver) await askToLeave(holder, folder, options.timeoutMs ?? HANDOVER_MS);
    else {
      holder.destroy();
      throw new SeatTakenError(
        `Another relay runs with the spool ${folder}. Stop it, give this one a folder of its own (EARSHOT_SPOOL_FOLDER), or start it with --take-over to replace the other.`,
      );
    }
  }
}

/** Undefined when there is such a socket already. */
async function claim(path: string, onAsked: () => void): Promise<Seat | undefined> {
  const askers = new Set<Socket>();
  const server: Server = createServer((asker) => {
    askers.add(asker);
    // It stays open until this process has left: that is how the other one knows.
    asker.on('error', () => undefined).on('close', () => askers.delete(asker));
    asker.once('data', (request) => {
      if (request.toString() === REQUEST) onAsked();
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return {
    leave: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const asker of askers) asker.destroy();
      }),
  };
}

/** Whether something else stands where the socket belongs. */
function isOther(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() === false;
}

/** Undefined when nobody listens. */
async function connectTo(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
  });
}

async function askToLeave(holder: Socket, folder: string, timeoutMs: number): Promise<void> {
  holder.on('error', () => undefined).resume();
  holder.write(REQUEST);
  const left = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, timeoutMs);
    holder.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  holder.destroy();
  if (!left)
    throw new SeatTakenError(`The relay that runs with the spool ${folder} did not hand over in ${timeoutMs} ms.`);
}
