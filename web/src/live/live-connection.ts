import type { ClientMessage, ServerMessage, Topic } from '#core/contracts/live.ts';
import type { Ticket } from '#core/contracts/http/tickets.ts';
import { messagesIn } from './frame.ts';
import { ApiError } from '../session/api-error.ts';

/** What the page always shows of its connection. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly retryAt: number }
  | { readonly kind: 'offline'; readonly retryAt: number };

export interface LiveConnectionTimings {
  /** First and longest wait before another try; in between it doubles. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** A socket that is not open by then is abandoned. */
  readonly openMs: number;
  /** After so much silence we ask whether anyone is there, and so long we wait for any word. */
  readonly silenceMs: number;
  readonly pongMs: number;
  /** API Gateway closes a connection on which the client sent nothing for ten minutes. */
  readonly keepAliveMs: number;
}

export const timings: LiveConnectionTimings = {
  firstRetryMs: 2000,
  longestRetryMs: 30_000,
  openMs: 10_000,
  silenceMs: 10_000,
  pongMs: 10_000,
  keepAliveMs: 4 * 60_000,
};

export interface LiveConnectionDependencies {
  openTicket(): Promise<Ticket>;
  openSocket(url: string): WebSocket;
  now(): number;
  /** From 0 to 1, as `Math.random` returns it. */
  random(): number;
  isOnline(): boolean;
  onState(state: ConnectionState): void;
  /** `subscribed` means that changes of the topic arrive from now on: fetch what came before. */
  onMessage(message: ServerMessage): void;
  /** A message that does not follow the contract; something may have been missed. */
  onMisunderstood(): void;
  onSignedOut(): void;
}

/**
 * A WebSocket that comes back: each time with a new ticket and all topics subscribed again, with jitter, so that
 * a thousand pages do not return at the same instant. API Gateway's limit of two hours is one such return.
 */
export interface LiveConnection {
  start(): void;
  subscribe(topic: Topic): void;
  unsubscribe(topic: Topic): void;
  /** Looks at once whether the connection still stands: the network came back, or the computer woke. */
  wake(): void;
  stop(): void;
}

export function createLiveConnection(dependencies: LiveConnectionDependencies, times = timings): LiveConnection {
  const topics = new Set<Topic>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let receivedAt = 0;
  let sentAt = 0;
  let pingedAt: number | undefined;
  let isStopped = true;
  /** Counts tries, so that a ticket that arrives after its try was abandoned opens nothing. */
  let tries = 0;

  function send(message: ClientMessage): void {
    if (socket?.readyState !== 1) return;
    socket.send(JSON.stringify(message));
    sentAt = dependencies.now();
  }

  function after(ms: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  }

  async function connect(): Promise<void> {
    const mine = ++tries;
    dependencies.onState({ kind: 'connecting' });
    try {
      const { url, ticket } = await dependencies.openTicket();
      if (isStopped || mine !== tries) return;
      const address = new URL(url);
      address.searchParams.set('ticket', ticket);
      attach(dependencies.openSocket(address.href));
    } catch (error) {
      if (mine !== tries) return;
      if (error instanceof ApiError && error.kind === 'signed-out') dependencies.onSignedOut();
      else retry();
    }
  }

  function attach(opened: WebSocket): void {
    socket = opened;
    opened.onopen = () => {
      if (socket !== opened) return;
      receivedAt = dependencies.now();
      pingedAt = undefined;
      dependencies.onState({ kind: 'live' });
      for (const topic of topics) send({ action: 'subscribe', topic });
      watch();
    };
    // Unpacking is asynchronous; messages are delivered in the order they came.
    let delivered = Promise.resolve();
    opened.onmessage = ({ data }: MessageEvent) => {
      if (socket !== opened) return;
      failures = 0;
      receivedAt = dependencies.now();
      pingedAt = undefined;
      const messages = messagesIn(data);
      delivered = delivered.then(async () => {
        const read = await messages;
        // A handler that throws stops no later message.
        queueMicrotask(() => {
          deliver(read, opened);
        });
      });
    };
    opened.onclose = () => {
      if (socket === opened) retry();
    };
    // A close always follows, and is where we act.
    opened.onerror = () => undefined;
    after(times.openMs, retry);
  }

  function deliver(messages: ServerMessage[] | undefined, from: WebSocket): void {
    if (socket !== from) return;
    if (!messages) dependencies.onMisunderstood();
    for (const message of messages ?? []) dependencies.onMessage(message);
  }

  /** Keeps the connection awake and notices one that died without a word. */
  function watch(): void {
    const now = dependencies.now();
    if (pingedAt !== undefined && now - pingedAt >= times.pongMs) {
      retry();
      return;
    }
    if (pingedAt === undefined && (now - receivedAt >= times.silenceMs || now - sentAt >= times.keepAliveMs)) {
      pingedAt = now;
      send({ action: 'ping' });
    }
    after(Math.min(1000, times.pongMs / 4), watch);
  }

  function drop(): void {
    const dropped = socket;
    tries += 1;
    socket = undefined;
    clearTimeout(timer);
    dropped?.close();
  }

  function retry(): void {
    drop();
    if (isStopped) return;
    const longest = Math.min(times.longestRetryMs, times.firstRetryMs * 2 ** failures);
    const waitMs = longest * (0.1 + 0.9 * dependencies.random());
    failures += 1;
    const retryAt = dependencies.now() + waitMs;
    dependencies.onState(dependencies.isOnline() ? { kind: 'reconnecting', retryAt } : { kind: 'offline', retryAt });
    after(waitMs, () => void connect());
  }

  return {
    start() {
      isStopped = false;
      void connect();
    },
    subscribe(topic) {
      topics.add(topic);
      send({ action: 'subscribe', topic });
    },
    unsubscribe(topic) {
      topics.delete(topic);
      send({ action: 'unsubscribe', topic });
    },
    wake() {
      if (isStopped) return;
      if (socket && !dependencies.isOnline()) {
        // Its silence would be noticed only after a while.
        retry();
      } else if (socket?.readyState === 1) {
        if (pingedAt === undefined) {
          pingedAt = dependencies.now();
          send({ action: 'ping' });
        }
        watch();
      } else if (!socket && failures > 0) {
        failures = 0;
        after(0, () => void connect());
      }
    },
    stop() {
      isStopped = true;
      drop();
    },
  };
}
