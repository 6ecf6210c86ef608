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
  /** A socket that is not open by then is given up. */
  readonly openMs: number;
  /** After so much silence we ask whether anyone is there, and so long we wait for any word. */
  readonly silenceMs: number;
  readonly pongMs: number;
  /** API Gateway closes a connection on which we said nothing for ten minutes. */
  readonly keepAliveMs: number;
}

export const timings: LiveConnectionTimings = {
  firstRetryMs: 2000,
  longestRetryMs: 30_000,
  openMs: 10_000,
  silenceMs: 30_000,
  pongMs: 10_000,
  keepAliveMs: 4 * 60_000,
};

export interface LiveConnectionDeps {
  openTicket(): Promise<Ticket>;
  openSocket(url: string): WebSocket;
  now(): number;
  /** 0 to 1, as Math.random gives it. */
  random(): number;
  isOnline(): boolean;
  onState(state: ConnectionState): void;
  /** `subscribed` tells that from here on changes of the topic arrive: what came before is to be fetched. */
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

export function createLiveConnection(deps: LiveConnectionDeps, times = timings): LiveConnection {
  const topics = new Set<Topic>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let heardAt = 0;
  let saidAt = 0;
  let pingedAt: number | undefined;
  let isStopped = true;
  /** Counts tries, so that a ticket that comes after its try was given up opens nothing. */
  let tries = 0;

  function say(message: ClientMessage): void {
    if (socket?.readyState !== 1) return;
    socket.send(JSON.stringify(message));
    saidAt = deps.now();
  }

  function after(ms: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  }

  async function connect(): Promise<void> {
    const mine = ++tries;
    deps.onState({ kind: 'connecting' });
    try {
      const { url, ticket } = await deps.openTicket();
      if (isStopped || mine !== tries) return;
      const address = new URL(url);
      address.searchParams.set('ticket', ticket);
      attach(deps.openSocket(address.href));
    } catch (error) {
      if (mine !== tries) return;
      if (error instanceof ApiError && error.kind === 'signed-out') deps.onSignedOut();
      else retry();
    }
  }

  function attach(opened: WebSocket): void {
    socket = opened;
    opened.onopen = () => {
      if (socket !== opened) return;
      heardAt = deps.now();
      pingedAt = undefined;
      deps.onState({ kind: 'live' });
      for (const topic of topics) say({ action: 'subscribe', topic });
      watch();
    };
    // Unpacking takes its time; messages are told in the order they came.
    let telling = Promise.resolve();
    opened.onmessage = ({ data }: MessageEvent) => {
      if (socket !== opened) return;
      failures = 0;
      heardAt = deps.now();
      pingedAt = undefined;
      const messages = messagesIn(data);
      telling = telling.then(async () => {
        const read = await messages;
        // Whoever throws there stops no later message.
        queueMicrotask(() => {
          tell(read, opened);
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

  function tell(messages: ServerMessage[] | undefined, from: WebSocket): void {
    if (socket !== from) return;
    if (!messages) deps.onMisunderstood();
    for (const message of messages ?? []) deps.onMessage(message);
  }

  /** Keeps the connection awake and notices one that died without a word. */
  function watch(): void {
    const now = deps.now();
    if (pingedAt !== undefined && now - pingedAt >= times.pongMs) {
      retry();
      return;
    }
    if (pingedAt === undefined && (now - heardAt >= times.silenceMs || now - saidAt >= times.keepAliveMs)) {
      pingedAt = now;
      say({ action: 'ping' });
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
    const waitMs = longest * (0.1 + 0.9 * deps.random());
    failures += 1;
    const retryAt = deps.now() + waitMs;
    deps.onState(deps.isOnline() ? { kind: 'reconnecting', retryAt } : { kind: 'offline', retryAt });
    after(waitMs, () => void connect());
  }

  return {
    start() {
      isStopped = false;
      void connect();
    },
    subscribe(topic) {
      topics.add(topic);
      say({ action: 'subscribe', topic });
    },
    unsubscribe(topic) {
      topics.delete(topic);
      say({ action: 'unsubscribe', topic });
    },
    wake() {
      if (isStopped) return;
      if (socket?.readyState === 1) {
        if (pingedAt === undefined) {
          pingedAt = deps.now();
          say({ action: 'ping' });
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
