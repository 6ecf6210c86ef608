import { WebSocket } from 'ws';

export interface ConnectionEvents {
  readonly opened: () => void;
  readonly message: (text: string) => void;
  /** Called once, also for a connection that never opened. */
  readonly closed: (reason: string) => void;
}

const HANDSHAKE_MS = 10_000;
/** API Gateway's messages are no longer. */
const MAX_MESSAGE_BYTES = 131_072;
/** Keeps the path through NATs open, and notices when it is not, without a message that API Gateway would bill. */
const KEEP_ALIVE_MS = 45_000;

/** One WebSocket to the cloud. */
export class Connection {
  readonly #url: string;
  readonly #events: ConnectionEvents;
  #socket: WebSocket | undefined;

  constructor(url: string, events: ConnectionEvents) {
    this.#url = url;
    this.#events = events;
  }

  start(): void {
    const { opened, message, closed } = this.#events;
    let reason: string | undefined;
    this.#socket = new WebSocket(this.#url, {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    })
      .on('upgrade', ({ socket }) => socket.setKeepAlive(true, KEEP_ALIVE_MS))
      .on('open', opened)
      .on('message', (data: Buffer) => {
        message(data.toString());
      })
      // A close follows.
      .on('error', (error) => (reason = error.message))
      .on('close', (code) => {
        closed(reason ?? `closed with ${code}`);
      });
  }

  get bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(): void {
    this.#socket?.close(1_000);
  }

  /** Ends at once: nobody answers there any more. */
  abandon(): void {
    this.#socket?.terminate();
  }
}
