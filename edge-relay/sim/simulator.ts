import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { CallMetadata } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import { writeFrame } from '../audiosocket/frame.ts';
import { FRAME_MS, framesOf } from '../audiosocket/audio-frames.ts';

/** What one side of a simulated call says. */
export interface SimulatedLeg {
  readonly channel: Channel;
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

export interface SimulatedCall {
  readonly legs: readonly SimulatedLeg[];
  readonly metadata: CallMetadata;
}

/** Where the relay listens. */
export interface RelayAddress {
  readonly host: string;
  readonly port: number;
  /** Its HTTP door, for `POST /legs`. */
  readonly httpUrl: string;
  /** Its EARSHOT_HTTP_TOKEN, if it wants one. */
  readonly httpToken?: string | undefined;
}

export interface PlayOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (playedMs: number, durationMs: number) => void;
}

export interface PlacedCall {
  readonly callId: string;
  readonly startedAt: number;
  readonly durationMs: number;
}

/** The relay could not be played to; the message says what to do. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}

/**
 * Places a call as Asterisk's tap would: one AudioSocket connection a leg, in real time, described by `POST /legs`.
 * Resolves when all of it has been played and the relay has closed the connections.
 * @throws {SimulatorError} when the relay is not there, or drops the call.
 */
export async function placeCall(
  relay: RelayAddress,
  call: SimulatedCall,
  options: PlayOptions = {},
): Promise<PlacedCall> {
  const uuids = call.legs.map(() => randomUUID());
  const callIds = await Promise.all(
    call.legs.map(({ channel }, i) => describe(relay, { ...call.metadata, uuid: uuids[i], channel })),
  );
  const sockets = await Promise.all(call.legs.map(() => open(relay)));
  try {
    sockets.forEach((socket, i) => socket.write(writeFrame({ kind: 'uuid', uuid: uuids[i] ?? '' })));
    const startedAt = Date.now();
    const durationMs = await play(sockets, call.legs, options);
    await Promise.all(sockets.map(hangUp));
    return { callId: callIds[0] ?? '', startedAt, durationMs };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function describe({ httpUrl, httpToken }: RelayAddress, leg: object): Promise<string> {
  const url = new URL('/legs', httpUrl);
  const headers = {
    'content-type': 'application/json',
    ...(httpToken !== undefined && { authorization: `Bearer ${httpToken}` }),
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(leg) }).catch((error: unknown) => {
    throw new SimulatorError(`No relay answers at ${url.href}. Start one with: earshot-relay run`, { cause: error });
  });
  const body = (await response.json()) as { callId: string; detail?: string };
  if (!response.ok) throw new SimulatorError(`The relay refused the leg: ${body.detail ?? response.statusText}`);
  return body.callId;
}

async function open({ host, port }: RelayAddress): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect').catch((error: unknown) => {
    throw new SimulatorError(`No relay takes audio at ${host}:${port}. Start one with: earshot-relay run`, {
      cause: error,
    });
  });
  // The relay answers with silence, which nobody here listens to.
  socket.resume();
  socket.on('error', () => undefined);
  return socket;
}

/** Sends each leg's frames when they are due, by the clock, so that a late timer does not make the call longer. */
async function play(
  sockets: readonly Socket[],
  legs: readonly SimulatedLeg[],
  { signal, onProgress }: PlayOptions,
): Promise<number> {
  const frames = legs.map(framesOf);
  const count = Math.max(...frames.map((leg) => leg.length));
  const startedAt = performance.now();
  let sent = 0;
  await new Promise<void>((resolve, reject) => {
    const timer = setInterval(() => {
      const due = Math.min(count, Math.floor((performance.now() - startedAt) / FRAME_MS));
      for (; sent < due; sent++)
        sockets.forEach((socket, i) => {
          const frame = frames[i]?.[sent];
          if (frame) socket.write(frame);
        });
      onProgress?.(sent * FRAME_MS, count * FRAME_MS);
      const isDropped = sockets.some((socket) => socket.destroyed || socket.readableEnded);
      if (sent < count && !isDropped && !signal?.aborted) return;
      clearInterval(timer);
      if (sent < count && isDropped)
        reject(new SimulatorError('The relay closed the connection in the middle of the call.'));
      else resolve();
    }, FRAME_MS);
  });
  return sent * FRAME_MS;
}

/** FIN, as Asterisk does it; the relay answers with its own when it has read everything. */
async function hangUp(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  const closed = once(socket, 'close');
  socket.end();
  await closed;
}
