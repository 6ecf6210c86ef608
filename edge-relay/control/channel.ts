import { MAX_LIVE_CALLS, type RelayCommand, relayCommandSchema, type RelayMessage } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Ticket } from '#core/contracts/http/tickets.ts';
import type { Logger } from 'pino';
import { jitteredBackoffMs } from '../backoff.ts';
import type { CallPartial } from '../call/call.ts';
import type { Clock } from '../clock.ts';
import { type ChannelState, endLink, type Link } from './channel-state.ts';
import { Connection } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';

export interface ControlChannelDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to 1, as Math.random returns it. */
  readonly random: () => number;
  readonly openTicket: () => Promise<Ticket>;
  readonly liveCallIds: () => readonly string[];
  readonly onCommand: (command: Exclude<RelayCommand, { type: 'pong' }>) => void;
  /** Who watches is unknown from now on: the cloud sends it again on a new connection. */
  readonly onForgotten: () => void;
}

export interface ControlChannelCounts {
  connections: number;
  failures: number;
  commands: number;
  /** Messages that do not follow the contract. */
  misunderstood: number;
  partials: number;
  /** Partials that had to wait, or were replaced, because the connection was slow or away. */
  heldPartials: number;
}

type Outcome = Extract<RelayMessage, { action: 'outcome' }>;

/** API Gateway ends a connection after two hours; relays that started together do not renew together. */
const RENEW_MS = 105 * 60_000;
const RENEW_SPREAD_MS = 10 * 60_000;
/** What was sent on its way to the old connection still comes. */
const OVERLAP_MS = 10_000;
const RETRY = { firstMs: 2_000, lastMs: 60_000 };
/** One that held for less may do so again. */
const HELD_MS = 30_000;
/** Partials behind a longer queue than this would arrive too late. */
const MAX_BUFFERED_BYTES = 65_536;

/**
 * The relay's one connection to the cloud, opened from inside through any NAT: commands come in, partials and outcomes
 * go out. It reconnects by itself, for ever. A new connection is open before an old one is closed, so that no command
 * is lost. What each message does depends on the {@link ChannelState}.
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
  readonly #dependencies: ControlChannelDependencies;
  /** Every connection that is not closed, also one that is being opened or replaced. */
  readonly #connections = new Set<Connection>();
  #state: ChannelState = { name: 'idle' };
  #failures = 0;
  /** Outcomes that the cloud may not have, and the ping whose answer says that it has. */
  #unconfirmed: { readonly outcome: Outcome; ping: number }[] = [];
  #cancelOverlap: () => void = () => undefined;

  constructor(dependencies: ControlChannelDependencies) {
    this.#dependencies = dependencies;
  }

  get isConnected(): boolean {
    return this.#link !== undefined;
  }

  /** Why there is no connection; undefined while there is one, or while that is not known yet. */
  get problem(): string | undefined {
    return 'problem' in this.#state ? this.#state.problem : undefined;
  }

  start(): void {
    void this.#connect();
  }

  /** Returns whether the words could be sent; when not, newer ones are better. */
  readonly sendPartial = (partial: CallPartial): boolean => {
    const isTaken = (this.#link?.connection.bufferedBytes ?? Infinity) <= MAX_BUFFERED_BYTES;
    this.counts[isTaken ? 'partials' : 'heldPartials']++;
    if (isTaken) this.#send({ action: 'partial', ...partial });
    return isTaken;
  };

  /** Sent again on the next connection, until the cloud has it. */
  sendOutcome(requestId: string, callId: string, outcome: RingOutcome): void {
    const message: Outcome = { action: 'outcome', requestId, callId, outcome };
    this.#unconfirmed.push({ outcome: message, ping: (this.#link?.heartbeat.pings ?? 0) + 1 });
    this.#send(message);
    this.#link?.heartbeat.ping();
  }

  stop(): void {
    const state = this.#state;
    this.#state = { name: 'stopped' };
    if ('cancelNext' in state) state.cancelNext();
    if ('link' in state) endLink(state.link);
    this.#cancelOverlap();
    for (const connection of this.#connections) connection.close();
  }

  get #link(): Link | undefined {
    return 'link' in this.#state ? this.#state.link : undefined;
  }

  #send(message: RelayMessage): void {
    this.#link?.connection.send(JSON.stringify(message));
  }

  /** What it does in each state that the next connection is due. */
  async #connect(): Promise<void> {
    const state = this.#state;
    switch (state.name) {
      case 'idle':
        this.#state = { name: 'connecting', problem: undefined };
        break;
      case 'waiting':
        this.#state = { name: 'connecting', problem: state.problem };
        break;
      case 'connected':
        this.#state = { name: 'renewing', link: state.link };
        break;
      case 'connecting':
      case 'renewing':
      case 'stopped':
        return;
      default:
        state satisfies never;
    }
    try {
      const { url, ticket } = await this.#dependencies.openTicket();
      const address = new URL(url);
      address.searchParams.set('ticket', ticket);
      this.#open(address.href);
    } catch (error) {
      this.#notOpened((error as Error).message);
    }
  }

  #open(url: string): void {
    if (this.#state.name === 'stopped') return;
    let hasOpened = false;
    const connection = new Connection(url, {
      opened: () => {
        hasOpened = true;
        this.#opened(connection);
      },
      message: (text) => {
        this.#receive(text, connection);
      },
      closed: (reason) => {
        this.#connections.delete(connection);
        if (!hasOpened) this.#notOpened(reason);
        else if (connection === this.#link?.connection) this.#lost(reason);
      },
    });
    this.#connections.add(connection);
    connection.start();
  }

  #opened(connection: Connection): void {
    const state = this.#state;
    switch (state.name) {
      case 'connecting':
        break;
      case 'renewing':
        endLink(state.link);
        this.#cancelOverlap = this.#dependencies.clock.after(OVERLAP_MS, () => {
          state.link.connection.close();
        });
        break;
      case 'idle':
      case 'waiting':
      case 'connected':
      case 'stopped':
        connection.close();
        return;
      default:
        state satisfies never;
    }
    const { clock, random } = this.#dependencies;
    const heartbeat = new Heartbeat({
      clock,
      sendPing: () => {
        this.#send({ action: 'ping' });
      },
      onSilence: () => {
        connection.abandon();
      },
    });
    const cancelHeld = clock.after(HELD_MS, () => (this.#failures = 0));
    const cancelNext = this.#connectAfter(RENEW_MS + random() * RENEW_SPREAD_MS);
    this.#state = { name: 'connected', link: { connection, heartbeat, cancelHeld }, cancelNext };
    this.counts.connections++;
    this.#dependencies.log.info('control channel is connected');
    this.#introduce(heartbeat);
  }

  /** What the cloud does not know of a relay that has just connected. */
  #introduce(heartbeat: Heartbeat): void {
    const { liveCallIds, onForgotten } = this.#dependencies;
    onForgotten();
    const callIds = liveCallIds();
    for (let at = 0; at < callIds.length; at += MAX_LIVE_CALLS)
      this.#send({ action: 'live', callIds: callIds.slice(at, at + MAX_LIVE_CALLS) });
    for (const entry of this.#unconfirmed) {
      entry.ping = 1;
      this.#send(entry.outcome);
    }
    if (this.#unconfirmed.length > 0) heartbeat.ping();
    else heartbeat.start();
  }

  /** A connection was refused, or closed before it was open. */
  #notOpened(reason: string): void {
    const state = this.#state;
    switch (state.name) {
      case 'connecting':
        this.#countFailure(reason);
        this.#state = { name: 'waiting', problem: reason, cancelNext: this.#connectAfter(this.#retryMs()) };
        break;
      case 'renewing':
        this.#countFailure(reason);
        this.#state = { name: 'connected', link: state.link, cancelNext: this.#connectAfter(this.#retryMs()) };
        break;
      case 'idle':
      case 'waiting':
      case 'connected':
      case 'stopped':
        break;
      default:
        state satisfies never;
    }
  }

  /** The current connection was closed. */
  #lost(reason: string): void {
    const state = this.#state;
    if (!('link' in state)) return;
    endLink(state.link);
    this.#countFailure(reason);
    if (state.name === 'renewing') this.#state = { name: 'connecting', problem: reason };
    else {
      state.cancelNext();
      this.#state = { name: 'waiting', problem: reason, cancelNext: this.#connectAfter(this.#retryMs()) };
    }
    this.#dependencies.onForgotten();
  }

  #countFailure(reason: string): void {
    this.counts.failures++;
    if (this.#failures === 0) this.#dependencies.log.warn({ reason }, 'control channel is not connected, trying again');
  }

  #retryMs(): number {
    return jitteredBackoffMs(RETRY, this.#failures++, this.#dependencies.random);
  }

  #connectAfter(delayMs: number): () => void {
    return this.#dependencies.clock.after(delayMs, () => {
      void this.#connect();
    });
  }

  #receive(text: string, connection: Connection): void {
    const { log, onCommand } = this.#dependencies;
    const command = relayCommandSchema.safeParse(parseJson(text));
    if (!command.success) {
      this.counts.misunderstood++;
      log.warn('the cloud sent a message that this relay does not understand');
      return;
    }
    const isPong = command.data.type === 'pong';
    const link = this.#link;
    if (link?.connection === connection) {
      link.heartbeat.received(isPong);
      this.#unconfirmed = this.#unconfirmed.filter(({ ping }) => ping > link.heartbeat.pongs);
    }
    if (command.data.type === 'pong') return;
    this.counts.commands++;
    onCommand(command.data);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
