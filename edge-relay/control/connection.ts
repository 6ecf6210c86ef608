import { WebSocket } from 'ws';

export interface ConnectionEvents {
  readonly opened: () => void;
  readonly message: (text: string) => void;
  /** Told once, also for a connection that never opened. */
  readonly closed: (reason: string) => void;
}

const HANDSHAKE_MS = 10_000;
/** API Gateway's messages are no longer. */
const MAX_MESSAGE_BYTES = 131_072;
/** Keeps the way through NATs open, and finds out when it is not, without a message that would cost something. */
const KEEP_ALIVE_MS = 45_000;

/** One WebSocket to the cloud. */
export class Connection {
  readonly #socket: WebSocket;
  #error: string | undefined;

  constructor(url: string, events: ConnectionEvents) {
    this.#socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.#socket.on('upgrade', ({ socket }) => socket.setKeepAlive(true, KEEP_ALIVE_MS));
    this.#socket.on('open', events.opened);
    this.#socket.on('message', (data: Buffer) => {
      events.message(data.toString());
    });
    // A close follows.
    this.#socket.on('error', (error) => (this.#error = error.message));
    this.#socket.on('close', (code) => {
      events.closed(this.#error ?? `closed with ${code}`);
    });
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(): void {
    this.#socket.close(1_000);
  }

  /** Nobody answers there any more. */
  abandon(): void {
    this.#socket.terminate();
  }
}
