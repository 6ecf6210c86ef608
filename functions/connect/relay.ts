import type { RelayCommand, RelayMessage } from '#core/contracts/control.ts';
import type { CallState } from '#core/call/state.ts';
import { EVENT_REFUSED } from '#core/contracts/counted-logs.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { Monitors } from '../adapters/monitors.ts';
import { sendToRelay, type RelayConnections, type SendToRelayDependencies } from '../adapters/relay-connections.ts';
import type { WebSocketApi } from '../adapters/web-socket.ts';
import { deliver, type DeliveryDependencies, type TopicFrames } from '../live-delivery/deliver.ts';
import { accessTo } from '../live-delivery/call-access.ts';
import { log } from '../telemetry.ts';
import { parseRelayMessage } from './messages.ts';

/** What {@link receiveFromRelay} depends on. */
export interface RelayMessageDependencies {
  readonly viewers: DeliveryDependencies['viewers'];
  readonly people: DeliveryDependencies['people'];
  readonly relayConnections: Pick<RelayConnections, 'of' | 'disconnect' | 'countMessage'>;
  readonly monitors: Pick<Monitors, 'settle'>;
  readonly calls: Pick<CallTable, 'load' | 'states'>;
  readonly webSocket: Pick<WebSocketApi, 'post' | 'close'>;
  readonly now: () => number;
}

/** Far above what a relay sends: its calls once it connects, a ping every few minutes, an outcome a telephone. */
export const RELAY_MESSAGES_LIMIT = 200;
export const RELAY_MESSAGES_INTERVAL_MS = 10_000;

/** The relay that sent a message, and the connection to reply on. */
export interface Sender {
  readonly relayId: string;
  readonly connectionId: string;
}

/** Handles one frame of a relay. */
export async function receiveFromRelay(
  sender: Sender,
  frame: string,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  const parsed = parseRelayMessage(frame);
  // Partials are frequent and must be fast: only API Gateway throttles them, on a route of their own.
  const message = 'message' in parsed ? parsed.message : undefined;
  if (message?.action === 'partial') {
    await forwardPartial(message, sender, dependencies);
    return;
  }
  const messages = await dependencies.relayConnections.countMessage(sender.relayId, RELAY_MESSAGES_INTERVAL_MS);
  if (messages > RELAY_MESSAGES_LIMIT) {
    log.warn('flooding relay disconnected', { ...sender });
    await dependencies.webSocket.close(sender.connectionId);
  } else if (message) {
    await handleMessage(message, sender, dependencies);
  } else if ('error' in parsed) {
    log.warn('relay message malformed', { ...sender, code: parsed.error.code, reason: parsed.error.message });
  }
}

type PartialMessage = Extract<RelayMessage, { action: 'partial' }>;

async function handleMessage(
  message: Exclude<RelayMessage, PartialMessage>,
  sender: Sender,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  switch (message.action) {
    case 'live': {
      const states = await dependencies.calls.states(message.callIds);
      const own = new Set(states.filter(isOf(sender)).map(({ callId }) => callId));
      const callIds = message.callIds.filter((callId) => own.has(callId));
      await Promise.all(callIds.map(async (callId) => watchIfOpen(callId, sender, dependencies)));
      break;
    }
    case 'outcome': {
      const { callId, requestId, outcome } = message;
      const call = await dependencies.calls.load(callId);
      if (!call || !isOf(sender)(call)) {
        if (call) logForeign(message, sender);
        return;
      }
      const monitor = await dependencies.monitors.settle({ callId, requestId }, outcome, dependencies.now());
      // No monitor: a ringing alert, or an outcome that was reported before.
      log.info('telephone called', { relayId: sender.relayId, callId, requestId, outcome, mode: monitor?.mode });
      break;
    }
    case 'ping':
      await send({ type: 'pong' }, sender, dependencies);
      break;
  }
}

/** Sends a partial of a relay's own call to every viewer who has it open and may still see it. */
async function forwardPartial(
  { action: type, ...words }: PartialMessage,
  sender: Sender,
  dependencies: RelayMessageDependencies,
): Promise<void> {
  const { callId } = words;
  const pushedAt = dependencies.now();
  const call = await dependencies.calls.load(callId);
  if (!call || !isOf(sender)(call)) {
    if (call) logForeign({ action: type, callId }, sender);
    await send({ type: 'unwatch', callId }, sender, dependencies);
    return;
  }
  const message: ServerMessage = { type, pushedAt, ...words };
  const frames: TopicFrames = {
    topic: topicOf(callId),
    framesFor: () => Promise.resolve([JSON.stringify(message)]),
    access: accessTo(callId, pushedAt, () => Promise.resolve(new Map([[callId, call.metadata]]))),
  };
  const { sent } = await deliver([frames], dependencies);
  if (sent > 0) return;
  await send({ type: 'unwatch', callId: words.callId }, sender, dependencies);
  // A viewer may have opened the call meanwhile: `unwatch` has then undone the `watch` sent for them.
  await watchIfOpen(words.callId, sender, dependencies);
}

const isOf =
  ({ relayId }: Sender) =>
  (call: CallState): boolean =>
    call.relayId === relayId;

function logForeign({ action, callId }: { action: string; callId: string }, { relayId }: Sender): void {
  log.error(EVENT_REFUSED, { type: action, relayId, callId, reason: 'the call belongs to another relay' });
}

async function watchIfOpen(callId: string, sender: Sender, dependencies: RelayMessageDependencies): Promise<void> {
  const viewers = await dependencies.viewers.of(topicOf(callId));
  if (viewers.length > 0) await send({ type: 'watch', callId }, sender, dependencies);
}

/** Has the relay of a live call send its partials; a relay without a connection receives it when it reconnects. */
export async function watchCall(
  callId: string,
  dependencies: SendToRelayDependencies & { readonly calls: Pick<CallTable, 'load'> },
) {
  const call = await dependencies.calls.load(callId);
  if (call?.status !== 'live') return;
  const delivery = await sendToRelay(call.relayId, { type: 'watch', callId }, dependencies);
  if (delivery === 'failed') log.warn('watch command not delivered', { callId, relayId: call.relayId });
}

async function send(
  command: RelayCommand,
  { connectionId }: Sender,
  { webSocket }: RelayMessageDependencies,
): Promise<void> {
  await webSocket.post(connectionId, JSON.stringify(command));
}

function topicOf(callId: string): Topic {
  return `call:${callId}`;
}
