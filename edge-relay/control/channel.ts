import { MAX_LIVE_CALLS, type RelayCommand, relayCommandSchema, type RelayMessage } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Ticket } from '#core/contracts/http/tickets.ts';
import type { Logger } from 'pino';
import type { CallPartial } from '../call/call.ts';
import type { Clock } from '../clock.ts';
import { Connection } from './connection.ts';

export interface ControlChannelDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to 1, as Math.random gives it. */
  readonly random: () => number;
  readonly openTicket: () => Promise<Ticket>;
  readonly liveCallIds: () => readonly string[];
  readonly onCommand: (command: Exclude<RelayCommand, { type: 'pong' }>) => void;
  /** Who watches is told anew from here on, or nobody can be told of. */
  readonly onForgotten: () => void;
}

export interface ControlChannelCounts {
  connections: number;
  failures: number;
  commands: number;
  /** Messages that do not follow the contract. */
  misunderstood: number;
  partials: number;
  /** Partials that had to wait, or were replaced, because the connection did not take them. */
  heldPartials: number;
}

type Outcome = Extract<RelayMessage, { action: 'outcome' }>;

const PING_MS = 5 * 60_000;
const PONG_MS = 15_000;
/** API Gateway ends a connection after two hours; relays that started together do not renew together. */
const RENEW_MS = 105 * 60_000;
const RENEW_SPREAD_MS = 10 * 60_000;
/** What was sent on its way to the old connection still comes. */
const OVERLAP_MS = 10_000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** One that held for less may do so again. */
const HELD_MS = 30_000;
/** Words that wait for longer than the network takes to send so much are old. */
const MAX_BUFFERED_BYTES = 65_536;

/**
 * The relay's one connection to the cloud, from inside through any NAT: commands come in, partials and outcomes go out.
 * It comes back by itself, for ever. A new connection stands before an old one is let go, so that no command is lost.
 */
export class ControlChannel {
  readonly counts: ControlChannelCounts = {
    connections: 0,
    failures: 0,
    commands: 0,
    misunderstood: 0,
    partials: 0,
    heldPartials: 0,
  };
  readonly #deps: ControlChannelDependencies;
  readonly #connections = new Set<Connection>();
  #current: Connection | undefined;
  #isConnecting = false;
  #isStopped = false;
  #failures = 0;
  #problem: string | undefined;
  /** Outcomes that the cloud may not have, and the ping whose answer says that it has. */
  #unconfirmed: { readonly outcome: Outcome; ping: number }[] = [];
  #pings = 0;
  #pongs = 0;
  #cancelPing: () => void = () => undefined;
  #cancelPong: () => void = () => undefined;
  #cancelHeld: () => void = () => undefined;
  #cancelNext: () => void = () => undefined;
  #cancelOverlap: () => void = () => undefined;

  constructor(dependencies: ControlChannelDependencies) {
    this.#deps = dependencies;
    void this.#connect();
  }

  get isConnected(): boolean {
    return this.#current !== undefined;
  }

  /** Why there is no connection; undefined while there is one, or nobody knows yet. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Says whether the words could be sent; when not, newer ones are better. */
  readonly sendPartial = (partial: CallPartial): boolean => {
    const isTaken = (this.#current?.bufferedBytes ?? Infinity) <= MAX_BUFFERED_BYTES;
    this.counts[isTaken ? 'partials' : 'heldPartials']++;
    if (isTaken) this.#send({ action: 'partial', ...partial });
    return isTaken;
  };

  /** Told again on the next connection, until the cloud has it. */
  sendOutcome(requestId: string, callId: string, outcome: RingOutcome): void {
    const message: Outcome = { action: 'outcome', requestId, callId, outcome };
    this.#unconfirmed.push({ outcome: message, ping: this.#pings + 1 });
    this.#send(message);
    this.#ping();
  }

  stop(): void {
    this.#isStopped = true;
    this.#current = undefined;
    for (const cancel of [this.#cancelPing, this.#cancelPong, this.#cancelHeld, this.#cancelNext, this.#cancelOverlap])
      cancel();
    for (const connection of this.#connections) connection.close();
  }

  #send(message: RelayMessage): void {
    this.#current?.send(JSON.stringify(message));
  }

  async #connect(): Promise<void> {
    this.#isConnecting = true;
    try {
      const { url, ticket } = await this.#deps.openTicket();
      const address = new URL(url);
      address.searchParams.set('ticket', ticket);
      if (!this.#isStopped) this.#open(address.href);
    } catch (error) {
      this.#isConnecting = false;
      this.#failed((error as Error).message);
    }
  }

  #open(url: string): void {
    let hasOpened = false;
    const connection = new Connection(url, {
      opened: () => {
        hasOpened = true;
        this.#opened(connection);
      },
      message: (text) => {
        this.#take(text, connection);
      },
      closed: (reason) => {
        this.#connections.delete(connection);
        if (!hasOpened) {
          this.#isConnecting = false;
          this.#failed(reason);
        } else if (connection === this.#current) this.#lost(reason);
      },
    });
    this.#connections.add(connection);
  }

  #opened(connection: Connection): void {
    const { clock, log, liveCallIds, onForgotten, random } = this.#deps;
    this.#isConnecting = false;
    if (this.#isStopped) {
      connection.close();
      return;
    }
    const old = this.#current;
    if (old)
      this.#cancelOverlap = clock.after(OVERLAP_MS, () => {
        old.close();
      });
    this.#current = connection;
    this.#cancelHeld = clock.after(HELD_MS, () => (this.#failures = 0));
    this.#problem = undefined;
    this.counts.connections++;
    log.info('control channel is connected');
    onForgotten();
    const callIds = liveCallIds();
    for (let at = 0; at < callIds.length; at += MAX_LIVE_CALLS)
      this.#send({ action: 'live', callIds: callIds.slice(at, at + MAX_LIVE_CALLS) });
    this.#pings = this.#pongs = 0;
    this.#cancelPong();
    for (const entry of this.#unconfirmed) {
      entry.ping = 1;
      this.#send(entry.outcome);
    }
    if (this.#unconfirmed.length > 0) this.#ping();
    else this.#pingLater();
    this.#next(RENEW_MS + random() * RENEW_SPREAD_MS);
  }

  #lost(reason: string): void {
    this.#current = undefined;
    this.#cancelPing();
    this.#cancelPong();
    this.#cancelHeld();
    this.#deps.onForgotten();
    this.#failed(reason);
  }

  #failed(reason: string): void {
    if (this.#isStopped) return;
    this.counts.failures++;
    if (this.#failures === 0) this.#deps.log.warn({ reason }, 'control channel is not connected, trying again');
    if (!this.#current) this.#problem = reason;
    if (this.#isConnecting) return;
    const longestMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    this.#next((longestMs * (1 + this.#deps.random())) / 2);
  }

  /** The next connection is opened then, and none before. */
  #next(afterMs: number): void {
    this.#cancelNext();
    this.#cancelNext = this.#deps.clock.after(afterMs, () => {
      void this.#connect();
    });
  }

  #ping(): void {
    if (!this.#current) return;
    const connection = this.#current;
    this.#pings++;
    this.#send({ action: 'ping' });
    this.#cancelPong();
    this.#cancelPong = this.#deps.clock.after(PONG_MS, () => {
      connection.abandon();
    });
    this.#pingLater();
  }

  #pingLater(): void {
    this.#cancelPing();
    this.#cancelPing = this.#deps.clock.after(PING_MS, () => {
      this.#ping();
    });
  }

  #take(text: string, connection: Connection): void {
    const { log, onCommand } = this.#deps;
    const command = relayCommandSchema.safeParse(parseJson(text));
    if (!command.success) {
      this.counts.misunderstood++;
      log.warn('the cloud said something that this relay does not understand');
      return;
    }
    const isCurrent = connection === this.#current;
    if (isCurrent) this.#cancelPong();
    if (command.data.type === 'pong') {
      if (isCurrent) this.#pongs++;
      this.#unconfirmed = this.#unconfirmed.filter(({ ping }) => ping > this.#pongs);
    } else {
      this.counts.commands++;
      onCommand(command.data);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
