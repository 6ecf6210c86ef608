import { type AudioFormat, type SttConnection, type SttEngine, type SttError, type SttListener } from './engine.ts';

/**
 * Makes a two-channel engine of one with a single channel, with a connection for each. Two-channel engines stay as they
 * are.
 */
export function splitChannels(engine: SttEngine): SttEngine {
  if (engine.maxChannels > 1) return engine;
  return {
    ...engine,
    maxChannels: 2,
    open: async (format, context, listener) => {
      if (format.channelCount === 1) return engine.open(format, context, listener);
      const both = new BothConnections(listener);
      const mono: AudioFormat = { ...format, channelCount: 1 };
      const opened = await Promise.allSettled(
        context.channels.map((channel, index) =>
          engine.open(mono, { ...context, channels: [channel] }, both.listenerOf(index)),
        ),
      );
      const connections = opened.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      const failed = opened.find((one) => one.status === 'rejected');
      if (failed) {
        for (const connection of connections) connection.abort();
        throw failed.reason;
      }
      both.connections = connections;
      return both;
    },
  };
}

class BothConnections implements SttConnection {
  connections: readonly SttConnection[] = [];
  readonly #listener: SttListener;
  #open = 2;
  #isOver = false;

  constructor(listener: SttListener) {
    this.#listener = listener;
  }

  /** The listener of one channel's connection. */
  listenerOf(channelIndex: number): SttListener {
    return {
      partial: (result) => {
        if (!this.#isOver) this.#listener.partial({ ...result, channelIndex });
      },
      final: (result) => {
        if (!this.#isOver) this.#listener.final({ ...result, channelIndex });
      },
      endpoint: () => {
        if (!this.#isOver) this.#listener.endpoint(channelIndex);
      },
      lost: (span) => {
        if (!this.#isOver) this.#listener.lost({ ...span, channelIndex });
      },
      closed: (error) => {
        this.#closed(error);
      },
    };
  }

  get bufferedBytes(): number {
    return this.connections.reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0);
  }

  send(audio: Buffer): void {
    this.connections.forEach((connection, index) => {
      const one = Buffer.alloc(audio.length / 2);
      for (let at = 0; at < one.length; at += 2) one.writeInt16LE(audio.readInt16LE(2 * at + 2 * index), at);
      connection.send(one);
    });
  }

  finish(): void {
    for (const connection of this.connections) connection.finish();
  }

  abort(): void {
    this.#isOver = true;
    for (const connection of this.connections) connection.abort();
  }

  /** In good order when both are; a fault of one is a fault of both. */
  #closed(error: SttError | undefined): void {
    this.#open--;
    if (this.#isOver || (!error && this.#open > 0)) return;
    this.#isOver = true;
    for (const connection of this.connections) connection.abort();
    this.#listener.closed(error);
  }
}
