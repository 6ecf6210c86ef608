import { once } from 'node:events';
import { WebSocket } from 'ws';
import { filled, PROTOTYPE_NAMES, unpackable } from '#core/judging/hostile-input.ts';
import type { SignedIn } from '../../e2e/clients.ts';
import { messagesIn } from '../../functions/live-delivery/frame.ts';

/** Each frame that is understood or not gets a reply, or ends its connection, within this time. */
const REPLY_WITHIN_MS = 30_000;

const topics = [
  'overview',
  'alerts',
  ...PROTOTYPE_NAMES,
  ...PROTOTYPE_NAMES.map((name) => `call:${name}-${name}`),
  'call:',
  `call:${'x'.repeat(128)}`,
  `call:${'x'.repeat(129)}`,
  'call:\u0000',
  'call:\ud83d',
  '',
  null,
  0,
  [],
  { constructor: 1 },
];
const frames = [
  '',
  ' ',
  '{',
  'null',
  '[]',
  '0',
  '"ping"',
  '{"action":null}',
  '{"action":{}}',
  '{"__proto__":{"action":"ping"}}',
  '{"action":"subscribe"}',
  '{"action":"subscribe","topic":"alerts","topic":"overview"}',
  JSON.stringify({ action: 'partial', callId: 'constructor-a', channel: 'caller', startMs: 0, text: 'x', heardAt: 0 }),
  JSON.stringify({ action: 'live', callIds: ['constructor-a'] }),
  JSON.stringify({ action: 'ping', pad: filled('x', 3_000) }),
  JSON.stringify({ action: 'ping', pad: filled('x', 100_000) }),
  unpackable(1_300, 5),
  unpackable(10_000, 5),
  '[{"action":'.repeat(2_000),
  ...PROTOTYPE_NAMES.map((action) => JSON.stringify({ action })),
];

/** One frame of a page that is none. */
export function hostileFrame(random: () => number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  if (random() < 0.5) return pick(frames);
  return JSON.stringify({ action: pick(['subscribe', 'unsubscribe', 'ping']), topic: pick(topics) });
}

/**
 * Sends hostile frames, one after another; a connection that is closed is opened again.
 * @returns the frames that got neither a reply that follows the contract nor an end of their connection
 */
export async function sendHostileFrames(api: SignedIn, count: number, random: () => number): Promise<string[]> {
  const failures: string[] = [];
  let socket: WebSocket | undefined;
  for (let sent = 0; sent < count; sent++) {
    if (socket?.readyState !== WebSocket.OPEN) socket = await open(api);
    const frame = hostileFrame(random);
    const reply = replyOf(socket);
    socket.send(frame);
    const failure = await reply;
    if (failure !== undefined) failures.push(`${frame.slice(0, 100)}: ${failure}`);
  }
  socket?.close();
  return failures;
}

async function open(api: SignedIn): Promise<WebSocket> {
  const { ticket, url } = await api.ticket();
  const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`);
  await once(socket, 'open');
  return socket;
}

const REPLIES = ['error', 'pong', 'subscribed', 'unsubscribed'];

/** Undefined once a reply came or the connection ended; else what was wrong. What is pushed meanwhile is no reply. */
async function replyOf(socket: WebSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (failure?: string) => {
      clearTimeout(timer);
      socket.off('message', receive).off('close', close);
      resolve(failure);
    };
    const close = () => {
      settle();
    };
    const receive = (data: Buffer) => {
      try {
        if (messagesIn(data.toString()).some(({ type }) => REPLIES.includes(type))) settle();
      } catch {
        settle(data.toString().slice(0, 200));
      }
    };
    const timer = setTimeout(() => {
      settle('no reply');
    }, REPLY_WITHIN_MS);
    socket.on('message', receive).on('close', close);
  });
}
