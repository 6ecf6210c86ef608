import type { RelayCommand, RelayMessage } from '#core/contracts/control.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { Monitors } from '../adapters/monitors.ts';
import { sendToRelay, type RelayConnections } from '../adapters/relay-connections.ts';
import type { Viewers } from '../adapters/viewers.ts';
import type { WebSocketApi } from '../adapters/web-socket.ts';
import { deliver } from '../live-delivery/deliver.ts';
import { log } from '../telemetry.ts';
import { parseRelayMessage } from './messages.ts';

/** What hearing a relay needs of the world. */
export interface RelayMessageDependencies {
  readonly viewers: Pick<Viewers, 'of' | 'disconnect'>;
  readonly relayConnections: Pick<RelayConnections, 'of' | 'disconnect' | 'countMessage'>;
  readonly monitors: Pick<Monitors, 'settle'>;
  readonly calls: Pick<CallTable, 'load'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
  readonly now: () => number;
}

/** A relay says which calls it has when it connects, a ping every few minutes and an outcome for each telephone. */
export const RELAY_MESSAGES_LIMIT = 200;
export const RELAY_MESSAGES_INTERVAL_MS = 10_000;

/** Which relay speaks, and over which connection: there it is answered. */
export interface Speaker {
  readonly relayId: string;
  readonly connectionId: string;
}

/** Does what one frame of a relay asks for. */
export async function receiveFromRelay(
  speaker: Speaker,
  frame: string,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  const parsed = parseRelayMessage(frame);
  // Words are many and must be fast: API Gateway alone holds back a flood of them, on a route of their own.
  const message = 'message' in parsed ? parsed.message : undefined;
  if (message?.action === 'partial') {
    await passOn(message, speaker, dependencies);
    return;
  }
  const messages = await dependencies.relayConnections.countMessage(speaker.relayId, RELAY_MESSAGES_INTERVAL_MS);
  if (messages > RELAY_MESSAGES_LIMIT) {
    log.warn('flooding relay cut off', { ...speaker });
    await dependencies.webSocket.close(speaker.connectionId);
  } else if (message) {
    await answer(message, speaker, dependencies);
  } else if ('error' in parsed) {
    log.warn('relay not understood', { ...speaker, code: parsed.error.code, reason: parsed.error.message });
  }
}

type PartialMessage = Extract<RelayMessage, { action: 'partial' }>;

async function answer(
  message: Exclude<RelayMessage, PartialMessage>,
  speaker: Speaker,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  switch (message.action) {
    case 'live':
      await Promise.all(message.callIds.map(async (callId) => watchIfOpen(callId, speaker, dependencies)));
      break;
    case 'outcome': {
      const { callId, requestId, outcome } = message;
      const monitor = await dependencies.monitors.settle({ callId, requestId }, outcome, dependencies.now());
      // What is no request of a supervisor was a ringing alert, or was told before.
      log.info('telephone called', { relayId: speaker.relayId, callId, requestId, outcome, mode: monitor?.mode });
      break;
    }
    case 'ping':
      await say({ type: 'pong' }, speaker, dependencies);
      break;
  }
}

/** Words that may still change, to whoever has the call open: one read of the table. */
async function passOn(
  { action: type, ...words }: PartialMessage,
  speaker: Speaker,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  const topic = topicOf(words.callId);
  const message: ServerMessage = { type, pushedAt: dependencies.now(), ...words };
  // Who may not see a call cannot subscribe to it.
  const mail = { topic, framesFor: () => Promise.resolve([JSON.stringify(message)]) };
  const { sent } = await deliver([mail], dependencies);
  if (sent > 0) return;
  await say({ type: 'unwatch', callId: words.callId }, speaker, dependencies);
  // Somebody may have opened the call meanwhile, and what the relay was then told is now undone.
  await watchIfOpen(words.callId, speaker, dependencies);
}

async function watchIfOpen(callId: string, speaker: Speaker, dependencies: RelayMessageDependencies): Promise<void> {
  const viewers = await dependencies.viewers.of(topicOf(callId));
  if (viewers.length > 0) await say({ type: 'watch', callId }, speaker, dependencies);
}

/** Has the relay of a call send what is being said on it; without a connection it does when it comes back. */
export async function watchCall(
  callId: string,
  dependencies: Pick<RelayMessageDependencies, 'calls' | 'relayConnections' | 'webSocket'>,
) {
  const call = await dependencies.calls.load(callId);
  if (call?.status !== 'live') return;
  const delivery = await sendToRelay(call.relayId, { type: 'watch', callId }, dependencies);
  if (delivery === 'failed') log.warn('relay not told to watch', { callId, relayId: call.relayId });
}

async function say(
  command: RelayCommand,
  { connectionId }: Speaker,
  { webSocket }: RelayMessageDependencies,
): Promise<void> {
  await webSocket.post(connectionId, JSON.stringify(command));
}

function topicOf(callId: string): Topic {
  return `call:${callId}`;
}
