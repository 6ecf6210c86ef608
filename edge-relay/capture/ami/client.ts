import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { backoffMs } from '../../backoff.ts';
import { type Clock, every } from '../../clock.ts';
import { textDecoder } from './charset.ts';
import { type AmiAddress, connectManager } from './connection.ts';
import { type AmiHeaders, type AmiMessage, AmiProtocolError, MessageParser, writeMessage } from './protocol.ts';

export interface AmiOptions extends AmiAddress {
  readonly user: string;
  readonly secret: string;
  /** In which names are sent; see {@link textDecoder}. */
  readonly charset?: string | undefined;
}

export interface AmiListener {
  /** Logged in; events come from now on. Called again after each loss. */
  connected: () => void;
  event: (event: AmiMessage) => void;
  disconnected: () => void;
}

export interface AmiDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly listener: AmiListener;
}

/** The outcome of an Originate. */
export interface Originated {
  readonly isUp: boolean;
  /** The last state of the channel: `Reason` of OriginateResponse. */
  readonly reason: number;
}

/** An action was refused, or nobody answered it. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
}

const RECONNECT = { firstMs: 500, lastMs: 15_000 };
const ANSWER_MS = 5_000;
const PING_MS = 15_000;
/** Longer than Asterisk itself tries to open a channel. */
const ORIGINATE_MS = 40_000;

interface Waiting {
  readonly items: AmiMessage[] | undefined;
  resolve: (items: AmiMessage[]) => void;
  reject: (error: AmiError) => void;
  cancelTimer: () => void;
}

interface Settle {
  resolve: (originated: Originated) => void;
  reject: (error: AmiError) => void;
}

/** A connection to Asterisk's manager interface that reconnects by itself. */
export class AmiClient {
  readonly #options: AmiOptions;
  readonly #dependencies: AmiDependencies;
  readonly #waiting = new Map<string, Waiting>();
  readonly #originating = new Map<string, Settle>();
  #stopPing: () => void = () => undefined;
  #socket: Socket | undefined;
  #isLoggedIn = false;
  #isStopped = false;
  #isLoggingInAgain = false;
  #failures = 0;
  #peerAddress: string | undefined;
  #cancelReconnect: (() => void) | undefined;

  constructor(options: AmiOptions, dependencies: AmiDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#stopPing = every(this.#dependencies.clock, PING_MS, () => {
      this.#ping();
    });
    this.#connect();
  }

  get isConnected(): boolean {
    return this.#isLoggedIn;
  }

  /** The address of the Asterisk that the relay is logged in to, or was last. */
  get peerAddress(): string | undefined {
    return this.#peerAddress;
  }

  /** @throws {AmiError} when it is refused, the connection is lost, or no answer comes in 5 s. */
  async send(action: AmiHeaders): Promise<AmiMessage> {
    const [response] = await this.#sendAndWait(action, undefined);
    return response as AmiMessage;
  }

  /** The events of an action that answers with a list, the closing one last. @throws {AmiError} as {@link send}. */
  list(action: AmiHeaders): Promise<AmiMessage[]> {
    return this.#sendAndWait(action, []);
  }

  /**
   * Has a channel opened, and waits until it is up or cannot be.
   * @throws {AmiError} when it is refused, the connection is lost, or there is no outcome for 40 s
   */
  async originate(action: AmiHeaders): Promise<Originated> {
    const id = action['ActionID'] ?? randomUUID();
    const outcome = new Promise<Originated>((resolve, reject) => this.#originating.set(id, { resolve, reject }));
    const cancelTimer = this.#dependencies.clock.after(ORIGINATE_MS, () => {
      this.#originating.get(id)?.reject(new AmiError('Asterisk did not report what became of a channel'));
    });
    try {
      const refused = this.send({ Action: 'Originate', ...action, ActionID: id, Async: 'true' }).then(() => outcome);
      return await Promise.race([outcome, refused]);
    } finally {
      cancelTimer();
      this.#originating.delete(id);
    }
  }

  /** Asterisk gives a user's new rights to new logins alone. */
  logInAgain(): void {
    if (!this.#isLoggedIn) return;
    this.#isLoggingInAgain = true;
    this.#socket?.destroy();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopPing();
    this.#cancelReconnect?.();
    if (this.#isLoggedIn) await this.send({ Action: 'Logoff' }).catch(() => undefined);
    this.#socket?.destroy();
  }

  #sendAndWait(action: AmiHeaders, items: AmiMessage[] | undefined): Promise<AmiMessage[]> {
    return new Promise((resolve, reject) => {
      this.#request(action, { items, resolve, reject });
    });
  }

  #request(action: AmiHeaders, waiting: Omit<Waiting, 'cancelTimer'>): void {
    const id = action['ActionID'] ?? randomUUID();
    if (!this.#socket?.writable) {
      waiting.reject(new AmiError('Asterisk’s manager interface is not connected'));
      return;
    }
    const cancelTimer = this.#dependencies.clock.after(ANSWER_MS, () => {
      this.#answered(id)?.reject(new AmiError(`Asterisk did not answer ${String(action['Action'])}`));
    });
    this.#waiting.set(id, { ...waiting, cancelTimer });
    this.#socket.write(writeMessage({ ...action, ActionID: id }));
  }

  #answered(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.cancelTimer();
    return waiting;
  }

  #connect(): void {
    const { user, secret, host, port, charset } = this.#options;
    const socket = connectManager(this.#options, () => {
      this.#logIn(socket, user, secret);
    });
    this.#socket = socket;
    const parser = new MessageParser((message) => {
      this.#onMessage(message);
    }, textDecoder(charset));
    socket.on('data', (chunk) => {
      try {
        parser.push(chunk);
      } catch (error) {
        if (!(error instanceof AmiProtocolError)) throw error;
        this.#dependencies.log.error({ err: error }, 'not a manager interface, its connection is closed');
        socket.destroy();
      }
    });
    socket.on('error', (error) => {
      if (this.#failures === 0)
        this.#dependencies.log.warn({ err: error, host, port }, 'manager interface cannot be reached, trying again');
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      this.#lost();
    });
  }

  #logIn(socket: Socket, user: string, secret: string): void {
    this.#request(
      { Action: 'Login', Username: user, Secret: secret, Events: 'on' },
      {
        items: undefined,
        // At once, and not as a promise: the events that follow in the same packet belong to the new connection.
        resolve: () => {
          this.#loggedIn();
        },
        reject: (error) => {
          this.#dependencies.log.error(
            { err: error },
            'Asterisk refused the manager login: check user, secret and permit in manager.conf, then "manager reload"',
          );
          socket.destroy();
        },
      },
    );
  }

  #loggedIn(): void {
    this.#isLoggedIn = true;
    this.#failures = 0;
    this.#peerAddress = this.#socket?.remoteAddress ?? this.#peerAddress;
    this.#dependencies.log.info('logged in to the manager interface');
    this.#dependencies.listener.connected();
  }

  #lost(): void {
    for (const id of this.#waiting.keys()) this.#answered(id)?.reject(lost());
    for (const { reject } of this.#originating.values()) reject(lost());
    if (this.#isLoggedIn) {
      this.#isLoggedIn = false;
      if (!this.#isStopped && !this.#isLoggingInAgain)
        this.#dependencies.log.warn('manager interface was lost, connecting again');
      this.#isLoggingInAgain = false;
      this.#dependencies.listener.disconnected();
    }
    if (this.#isStopped) return;
    this.#cancelReconnect = this.#dependencies.clock.after(backoffMs(RECONNECT, this.#failures++), () => {
      this.#connect();
    });
  }

  #ping(): void {
    if (!this.#isLoggedIn) return;
    const socket = this.#socket;
    // A host that vanished is only noticed by a ping.
    this.send({ Action: 'Ping' }).catch(() => socket?.destroy());
  }

  #onMessage(message: AmiMessage): void {
    const waiting = this.#waiting.get(message.get('ActionID') ?? '');
    if (message.get('Event') === 'OriginateResponse') this.#onOriginated(message);
    if (message.has('Response') && !message.has('Event')) this.#onResponse(message, waiting);
    else if (waiting?.items && message.has('Event')) this.#onListItem(message, waiting.items);
    else if (message.has('Event')) this.#dependencies.listener.event(message);
  }

  #onResponse(response: AmiMessage, waiting: Waiting | undefined): void {
    if (!waiting) return;
    const id = response.get('ActionID') ?? '';
    const isGood = ['Success', 'Goodbye', 'Pong'].includes(response.get('Response') ?? '');
    if (!isGood) this.#answered(id)?.reject(new AmiError(response.get('Message') ?? 'refused without a reason'));
    else if (!waiting.items) this.#answered(id)?.resolve([response]);
  }

  #onOriginated(event: AmiMessage): void {
    const isUp = event.get('Response') === 'Success';
    this.#originating.get(event.get('ActionID') ?? '')?.resolve({ isUp, reason: Number(event.get('Reason')) });
  }

  #onListItem(event: AmiMessage, items: AmiMessage[]): void {
    items.push(event);
    if (event.get('EventList') === 'Complete') this.#answered(event.get('ActionID') ?? '')?.resolve(items);
  }
}

const lost = () => new AmiError('the connection to Asterisk’s manager interface was lost');
