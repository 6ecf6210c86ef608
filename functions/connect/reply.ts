import { isSameAccess, maySee } from '#core/access.ts';
import type { Me } from '#core/contracts/http/me.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { People } from '../adapters/people.ts';
import type { Viewers } from '../adapters/viewers.ts';
import { accessChanged } from '../live-delivery/deliver.ts';
import { parseClientMessage, refusal } from './messages.ts';

/** What {@link replyTo} depends on. */
export interface ReplyDependencies {
  readonly viewers: Pick<Viewers, 'countMessage' | 'subscribe' | 'unsubscribe'>;
  readonly people: Pick<People, 'newest'>;
  readonly calls: Pick<CallTable, 'load'>;
}

/** Far above what a page sends: a ping a minute, and a message for each call opened or left. */
export const MESSAGES_LIMIT = 100;
export const MESSAGES_INTERVAL_MS = 10_000;

/** The reply to a connection, whether to close it then, and the call that it has just subscribed to. */
export interface Reply {
  readonly message: ServerMessage;
  readonly closes: boolean;
  readonly opened?: string;
}

/** Handles one frame of a connection; undefined if the connection has been closed for flooding. */
export async function replyTo(
  connectionId: string,
  frame: string,
  dependencies: ReplyDependencies,
): Promise<Reply | undefined> {
  const sender = await dependencies.viewers.countMessage(connectionId, MESSAGES_INTERVAL_MS);
  if (!sender) return keepOpen(refusal('not-connected', 'This connection is no longer known: reconnect.'));
  if (sender.messages > MESSAGES_LIMIT) {
    // Frames that were in flight when it was closed get no reply.
    if (sender.messages > MESSAGES_LIMIT + 1) return undefined;
    return { message: refusal('too-many', 'Too many messages: reconnect later.'), closes: true };
  }
  const parsed = parseClientMessage(frame);
  if ('error' in parsed) return keepOpen(parsed.error);
  const { message } = parsed;
  switch (message.action) {
    case 'subscribe':
      return subscribe(connectionId, message.topic, sender, dependencies);
    case 'unsubscribe':
      await dependencies.viewers.unsubscribe(connectionId, message.topic);
      return keepOpen({ type: 'unsubscribed', topic: message.topic });
    case 'ping':
      return keepOpen({ type: 'pong' });
  }
}

async function subscribe(
  connectionId: string,
  topic: Topic,
  { me, asOf }: { readonly me: Me; readonly asOf: number },
  { viewers, people, calls }: ReplyDependencies,
): Promise<Reply> {
  const { access } = await people.newest(me.person.sub, { access: me, asOf });
  if (!access || !isSameAccess(access, me)) return { message: accessChanged, closes: true };
  const { restriction } = access;
  const callId = topic.startsWith('call:') ? topic.slice('call:'.length) : undefined;
  if (restriction && callId !== undefined) {
    const call = await calls.load(callId);
    if (!call || !maySee(restriction, call.metadata)) return keepOpen(refusal('not-found', 'No such call is stored.'));
  }
  if (await viewers.subscribe(connectionId, topic)) {
    return { ...keepOpen({ type: 'subscribed', topic }), ...(callId !== undefined && { opened: callId }) };
  }
  return keepOpen(refusal('too-many-topics', 'This connection watches too much: unsubscribe first, or reconnect.'));
}

function keepOpen(message: ServerMessage): Reply {
  return { message, closes: false };
}
