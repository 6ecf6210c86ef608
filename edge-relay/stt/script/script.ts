import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  type AudioFormat,
  bytesPerMs,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttListener,
} from '../engine.ts';
import { spreadWords } from '../spread-words.ts';

/** What is said on each side, and when, in milliseconds of the stream. */
const scriptSchema = z.partialRecord(
  z.enum(['agent', 'caller', 'mixed']),
  z.array(z.object({ startMs: z.int().nonnegative(), endMs: z.int().positive(), text: z.string().min(1) })),
);
export type Script = z.infer<typeof scriptSchema>;
type Line = NonNullable<Script['agent']>[number];

/** @throws {SttError} when the file is no script. */
export async function readScript(file: string): Promise<Script> {
  try {
    return scriptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new SttError(`The script ${file} cannot be read: ${(error as Error).message}`, {
      retryable: false,
      cause: error,
    });
  }
}

/** Emits a known text as its time comes, whatever the audio is. The page shows the engine's name beside every call. */
export function openScript(script: Script): SttEngine {
  return {
    name: 'script',
    replayRate: 10,
    maxChannels: 2,
    open: (format, { channels }, listener) =>
      Promise.resolve(
        new ScriptConnection(
          format,
          channels.map((channel) => script[channel] ?? []),
          listener,
        ),
      ),
    close: () => Promise.resolve(),
  };
}

class ScriptConnection implements SttConnection {
  readonly bufferedBytes = 0;
  readonly #bytesPerMs: number;
  readonly #lines: { line: Line; channelIndex: number }[];
  readonly #listener: SttListener;
  #sentBytes = 0;
  #isOver = false;

  constructor(format: AudioFormat, lines: readonly Line[][], listener: SttListener) {
    this.#bytesPerMs = bytesPerMs(format);
    this.#listener = listener;
    this.#lines = lines
      .flatMap((channel, channelIndex) => channel.map((line) => ({ line, channelIndex })))
      .sort((a, b) => a.line.endMs - b.line.endMs);
  }

  send(audio: Buffer): void {
    this.#sentBytes += audio.length;
    const nowMs = this.#sentBytes / this.#bytesPerMs;
    for (let next = this.#lines[0]; next && next.line.endMs <= nowMs && !this.#isOver; next = this.#lines[0]) {
      this.#lines.shift();
      const { line, channelIndex } = next;
      this.#listener.final({ ...line, channelIndex, words: spreadWords(line) });
      this.#listener.endpoint(channelIndex);
    }
  }

  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    setImmediate(() => {
      this.#listener.closed();
    });
  }

  abort(): void {
    this.#isOver = true;
  }
}
