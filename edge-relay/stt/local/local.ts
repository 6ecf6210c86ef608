import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type SttConnection, type SttEngine, SttError, type SttListener } from '../engine.ts';
import { findModel } from './model-kinds.ts';
import type { FromChild, LocalInput, ToChild } from './protocol.ts';
import { detectorFile } from './voice-gate.ts';

export interface LocalOptions {
  /** The folder of a model. */
  readonly folder: string;
  /** Processor threads of one decoding step. */
  readonly threads: number;
  /** Of a model that knows several. */
  readonly language: string;
  /** The module with sherpa-onnx's classes. */
  readonly library?: string;
  /** An engine that is so far behind accepts no more legs. */
  readonly maxLateSeconds?: number;
}

/**
 * The local engine for real calls: sherpa-onnx with a model in a folder, in one child process for all legs: its native code ends the whole process when a model is damaged, which must not end the relay.
 * @throws {SttError} when there is no model, or it cannot be loaded.
 */
export async function openLocal(options: LocalOptions): Promise<SttEngine> {
  const { folder, threads, language, library = 'sherpa-onnx-node', maxLateSeconds = MAX_LATE_SECONDS } = options;
  const model = await findModel(folder);
  const input: LocalInput = { library, model, detector: detectorFile(), threads, language };
  let child: Promise<LocalChild> | undefined;
  let lateSeconds = 0;
  const running = () =>
    (child ??= LocalChild.start(input, {
      onLate: (seconds) => (lateSeconds = seconds),
      onStopped: () => {
        child = undefined;
        lateSeconds = 0;
      },
    }));
  await running();
  return {
    name: 'local',
    replayRate: 10,
    maxChannels: 1,
    open: async (format, { isWatched }, listener) => {
      // Who is heard stays heard in time: another leg would only make all of them late.
      if (lateSeconds >= maxLateSeconds) throw new SttError(lateness(lateSeconds), { retryable: true });
      return (await running()).open(format.sampleRate, listener, isWatched);
    },
    limits: () => (lateSeconds >= maxLateSeconds ? [lateness(lateSeconds)] : []),
    close: async () => (await child)?.terminate(),
  };
}

const MAX_LATE_SECONDS = 5;

function lateness(seconds: number): string {
  return `local: engine late ${seconds} s, it has more legs than its processor core carries; new ones go to the fallback engine`;
}

/** In the bundle it is a file beside the relay; in the source tree it is TypeScript. */
function startChild(): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(isSource ? './local-worker.ts' : './local-worker.mjs', import.meta.url));
  return fork(file, {
    // Wherever the relay was started from.
    execArgv: isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [],
    serialization: 'advanced',
    // The library writes to the console; what matters comes by message.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

interface ChildEvents {
  readonly onLate: (seconds: number) => void;
  readonly onStopped: () => void;
}

class LocalChild {
  readonly #child: ChildProcess;
  readonly #connections = new Map<number, ChildConnection>();
  #nextId = 1;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(input: LocalInput, { onLate, onStopped }: ChildEvents): Promise<LocalChild> {
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
      const message = `sherpa-onnx cannot load the model beside ${input.model.tokens}: ${first.message}`;
      throw new SttError(message, { retryable: false });
    }
    const self = new LocalChild(child);
    child.on('message', (message) => {
      const received = message as FromChild;
      if ('id' in received) self.#connections.get(received.id)?.receive(received);
      else if (received.type === 'late') onLate(received.seconds);
    });
    child.on('error', () => undefined);
    child.on('exit', () => {
      onStopped();
      for (const connection of [...self.#connections.values()])
        connection.close(new SttError('sherpa-onnx: the recogniser stopped', { retryable: true }));
    });
    return self;
  }

  open(sampleRate: 8_000 | 16_000, listener: SttListener, isWatched = () => false): SttConnection {
    const id = this.#nextId++;
    const connection = new ChildConnection(id, listener, {
      post: (message) => {
        this.#post(message);
      },
      isWatched,
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

interface ConnectionDependencies {
  readonly post: (message: ToChild) => void;
  readonly isWatched: () => boolean;
  readonly onOver: () => void;
}

class ChildConnection implements SttConnection {
  bufferedBytes = 0;
  readonly #id: number;
  readonly #listener: SttListener;
  readonly #child: ConnectionDependencies;
  #isOver = false;

  constructor(id: number, listener: SttListener, child: ConnectionDependencies) {
    this.#id = id;
    this.#listener = listener;
    this.#child = child;
  }

  send(audio: Buffer): void {
    if (this.#isOver) return;
    this.bufferedBytes += audio.length;
    const isWatched = this.#child.isWatched();
    this.#child.post({ type: 'audio', id: this.#id, audio: Uint8Array.from(audio), isWatched });
  }

  finish(): void {
    if (!this.#isOver) this.#child.post({ type: 'finish', id: this.#id });
  }

  abort(): void {
    if (this.#isOver) return;
    this.#over();
    this.#child.post({ type: 'abort', id: this.#id });
  }

  receive(message: Extract<FromChild, { id: number }>): void {
    switch (message.type) {
      case 'partial':
        this.#listener.partial(message.result);
        break;
      case 'final':
        this.#listener.final(message.result);
        if (message.isEndpoint) this.#listener.endpoint(0);
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
