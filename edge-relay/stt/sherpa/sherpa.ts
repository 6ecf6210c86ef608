import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type SttConnection, type SttEngine, SttError, type SttListener } from '../engine.ts';
import { findSherpaModel } from './model.ts';
import type { FromChild, SherpaInput, ToChild } from './protocol.ts';

export interface SherpaOptions {
  /** Folder of a streaming zipformer or a whisper model. */
  readonly folder: string;
  /** Processor threads of one decoding step. */
  readonly threads: number;
  /** Of a whisper model; a zipformer knows one language only. */
  readonly language: string;
  /** The module with sherpa-onnx's classes. */
  readonly library?: string;
}

/**
 * The local engine for real calls: sherpa-onnx with a model of one's own, in one child process for all legs:
 * its native code ends the whole process when a model is damaged, which must not end the relay.
 * @throws {SttError} when there is no model, or it cannot be loaded.
 */
export async function openSherpa(options: SherpaOptions): Promise<SttEngine> {
  const { folder, threads, language, library = 'sherpa-onnx-node' } = options;
  const input: SherpaInput = { library, model: await findSherpaModel(folder), threads, language };
  let child: Promise<SherpaChild> | undefined;
  const running = () =>
    (child ??= SherpaChild.start(input, () => {
      child = undefined;
    }));
  await running();
  return {
    name: 'sherpa',
    replayRate: 10,
    maxChannels: 1,
    open: async (format, _context, listener) => (await running()).open(format.sampleRate, listener),
    close: async () => (await child)?.terminate(),
  };
}

/** In the bundle it is a file beside the relay; in the source tree it is TypeScript. */
function startChild(): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? './sherpa-worker.ts' : './sherpa-worker.mjs', import.meta.url));
  return fork(file, {
    execArgv: isSource ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    // The library writes to the console; what matters comes by message.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

class SherpaChild {
  readonly #child: ChildProcess;
  readonly #connections = new Map<number, ChildConnection>();
  #nextId = 1;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(input: SherpaInput, onStopped: () => void): Promise<SherpaChild> {
    const child = startChild();
    child.send({ type: 'load', input } satisfies ToChild);
    const first = await new Promise<FromChild>((resolve) => {
      child.once('message', (message) => {
        resolve(message as FromChild);
      });
      child.once('exit', () => {
        resolve({ type: 'failed', message: 'the files are damaged or of another kind' });
      });
    });
    if (first.type === 'failed') {
      onStopped();
      child.kill('SIGKILL');
      const message = `Sherpa cannot load the model beside ${input.model.tokens}: ${first.message}`;
      throw new SttError(message, { retryable: false });
    }
    const self = new SherpaChild(child);
    child.on('message', (message) => {
      const told = message as FromChild;
      if ('id' in told) self.#connections.get(told.id)?.hear(told);
    });
    child.on('error', () => undefined);
    child.on('exit', () => {
      onStopped();
      for (const connection of [...self.#connections.values()])
        connection.close(new SttError('Sherpa: the recogniser stopped', { retryable: true }));
    });
    return self;
  }

  open(sampleRate: 8_000 | 16_000, listener: SttListener): SttConnection {
    const id = this.#nextId++;
    const connection = new ChildConnection(id, listener, {
      post: (message) => {
        this.#post(message);
      },
      onOver: () => this.#connections.delete(id),
    });
    this.#connections.set(id, connection);
    this.#post({ type: 'open', id, sampleRate });
    return connection;
  }

  async terminate(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  #post(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message);
  }
}

class ChildConnection implements SttConnection {
  bufferedBytes = 0;
  readonly #id: number;
  readonly #listener: SttListener;
  readonly #child: { post: (message: ToChild) => void; onOver: () => void };
  #isOver = false;

  constructor(id: number, listener: SttListener, child: { post: (message: ToChild) => void; onOver: () => void }) {
    this.#id = id;
    this.#listener = listener;
    this.#child = child;
  }

  send(audio: Buffer): void {
    if (this.#isOver) return;
    this.bufferedBytes += audio.length;
    this.#child.post({ type: 'audio', id: this.#id, audio: Uint8Array.from(audio) });
  }

  finish(): void {
    if (!this.#isOver) this.#child.post({ type: 'finish', id: this.#id });
  }

  abort(): void {
    if (this.#isOver) return;
    this.#over();
    this.#child.post({ type: 'abort', id: this.#id });
  }

  hear(message: Extract<FromChild, { id: number }>): void {
    switch (message.type) {
      case 'partial':
        this.#listener.partial(message.result);
        break;
      case 'final':
        this.#listener.final(message.result);
        this.#listener.endpoint(0);
        break;
      case 'taken':
        this.bufferedBytes -= message.bytes;
        break;
      case 'finished':
        this.close();
        break;
    }
  }

  close(error?: SttError): void {
    if (this.#isOver) return;
    this.#over();
    this.#listener.closed(error);
  }

  #over(): void {
    this.#isOver = true;
    this.#child.onOver();
  }
}
