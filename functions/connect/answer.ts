import { maySee } from '#core/access.ts';
import type { Me } from '#core/contracts/http/me.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { Viewers } from '../adapters/viewers.ts';
import { parseClientMessage, refusal } from './messages.ts';

/** What answering needs of the world. */
export interface AnswerDependencies {
  readonly viewers: Pick<Viewers, 'countMessage' | 'subscribe' | 'unsubscribe'>;
  readonly calls: Pick<CallTable, 'load'>;
}

/** A page sends a ping a minute and a message for each call that is opened or left. */
export const MESSAGES_LIMIT = 100;
export const MESSAGES_INTERVAL_MS = 10_000;

/** What is said to a connection, whether it is closed after that, and which call it has just opened. */
export interface Answer {
  readonly message: ServerMessage;
  readonly closes: boolean;
  readonly opened?: string;
}

/** Answers one frame of a connection; undefined where it has been cut off and hears nothing any more. */
export async function answerTo(
  connectionId: string,
  frame: string,
  dependencies: AnswerDependencies,
): Promise<Answer | undefined> {
  const sender = await dependencies.viewers.countMessage(connectionId, MESSAGES_INTERVAL_MS);
  if (!sender) return stays(refusal('not-connected', 'This connection is no longer known: reconnect.'));
  if (sender.messages > MESSAGES_LIMIT) {
    // What was on its way when it was cut off is not answered.
    if (sender.messages > MESSAGES_LIMIT + 1) return undefined;
    return { message: refusal('too-many', 'Too many messages: reconnect later.'), closes: true };
  }
  const parsed = parseClientMessage(frame);
  if ('error' in parsed) return stays(parsed.error);
  const { message } = parsed;
  switch (message.action) {
    case 'subscribe':
      return subscribe(connectionId, message.topic, sender.me, dependencies);
    case 'unsubscribe':
      await dependencies.viewers.unsubscribe(connectionId, message.topic);
      return stays({ type: 'unsubscribed', topic: message.topic });
    case 'ping':
      return stays({ type: 'pong' });
  }
}

async function subscribe(
  connectionId: string,
  topic: Topic,
  { restriction }: Me,
  { viewers, calls }: AnswerDependencies,
): Promise<Answer> {
  const callId = topic.startsWith('call:') ? topic.slice('call:'.length) : undefined;
  if (restriction && callId !== undefined) {
    const call = await calls.load(callId);
    if (!call || !maySee(restriction, call.metadata)) return stays(refusal('not-found', 'No such call is stored.'));
  }
  if (await viewers.subscribe(connectionId, topic)) {
    return { ...stays({ type: 'subscribed', topic }), ...(callId !== undefined && { opened: callId }) };
  }
  return stays(refusal('too-many-topics', 'This connection watches too much: unsubscribe first, or reconnect.'));
}

function stays(message: ServerMessage): Answer {
  return { message, closes: false };
}
