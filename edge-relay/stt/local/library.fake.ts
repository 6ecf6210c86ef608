import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesOf } from '../../audio/samples.ts';
import type * as sherpa from './library.ts';
import { type CodedListener, CodedRecognizer, type CodedWord } from '../coded-speech.fake.ts';
import type { Fault } from '../vendor.fake.ts';

/**
 * Stands in for sherpa-onnx-node in the child process where there is no model: the same classes over coded speech. A
 * fault is taken from `faults.json` beside the model's files, since that shares no memory with the test.
 */
export class OnlineRecognizer {
  readonly #folder: string;

  constructor({ modelConfig }: { modelConfig: { tokens: string } }) {
    this.#folder = dirname(modelConfig.tokens);
  }

  createStream(): CodedStream {
    const file = join(this.#folder, 'faults.json');
    const [fault, ...others] = JSON.parse(readFileSync(file, 'utf8')) as Fault[];
    writeFileSync(file, JSON.stringify(others));
    return new CodedStream(fault);
  }

  isReady(stream: CodedStream): boolean {
    return stream.waiting.length > 0;
  }

  decodeStreams(streams: CodedStream[]): void {
    for (const stream of streams) stream.decode();
  }

  isEndpoint(stream: CodedStream): boolean {
    return stream.isEndpoint;
  }

  reset(stream: CodedStream): void {
    stream.reset();
  }

  getResult(stream: CodedStream): sherpa.OnlineResult {
    const { words } = stream;
    return {
      text: words.map(({ text }) => text.toUpperCase()).join(' '),
      tokens: words.flatMap(({ text }) => [`▁${text.slice(0, 2).toUpperCase()}`, text.slice(2).toUpperCase()]),
      timestamps: words.flatMap(({ startMs }) => [startMs / 1_000, startMs / 1_000]),
      start_time: 0,
    };
  }
}

/** As models of this kind are: without times of words. */
export class OfflineRecognizer {
  createStream(): CodedPiece {
    return new CodedPiece();
  }

  decode(piece: CodedPiece): void {
    piece.decode();
  }

  getResult({ text }: CodedPiece): { text: string } {
    return { text };
  }
}

class CodedPiece {
  text = '';
  #samples: Float32Array = new Float32Array();
  #sampleRate = 0;

  acceptWaveform({ samples, sampleRate }: { samples: Float32Array; sampleRate: number }): void {
    this.#samples = samples;
    this.#sampleRate = sampleRate;
  }

  decode(): void {
    const texts: string[] = [];
    const recognizer = recognizerOf(this.#sampleRate, {
      partial: () => undefined,
      final: (words) => texts.push(...words.map(({ text }) => text)),
    });
    recognizer.push(audioOf(this.#samples));
    recognizer.end();
    this.text = texts.join(' ');
  }
}

/** Whatever is not silent is a voice. */
export class Vad implements sherpa.Vad {
  #isDetected = false;

  acceptWaveform(samples: Float32Array): void {
    this.#isDetected = samples.some((sample) => Math.abs(sample) > 0.01);
  }

  isDetected(): boolean {
    return this.#isDetected;
  }

  isEmpty(): boolean {
    return true;
  }

  pop(): void {
    throw new Error('there is no segment');
  }

  reset(): void {
    this.#isDetected = false;
  }
}

function recognizerOf(sampleRate: number, listener: CodedListener): CodedRecognizer {
  return new CodedRecognizer({ sampleRate: sampleRate === 8_000 ? 8_000 : 16_000, channelCount: 1 }, 0, listener);
}

function audioOf(samples: Float32Array): Buffer {
  return bytesOf(Int16Array.from(samples, (sample) => Math.round(sample * 32_768)));
}

class CodedStream implements sherpa.OnlineStream {
  readonly waiting: (Buffer | 'end')[] = [];
  words: readonly CodedWord[] = [];
  isEndpoint = false;
  readonly #fault: Fault | undefined;
  #recognizer: CodedRecognizer | undefined;
  #audioMs = 0;

  constructor(fault: Fault | undefined) {
    this.#fault = fault;
  }

  acceptWaveform({ samples, sampleRate }: { samples: Float32Array; sampleRate: number }): void {
    this.#audioMs += samples.length / (sampleRate / 1_000);
    if (this.#fault?.kind === 'drop' && this.#audioMs >= this.#fault.afterAudioMs)
      throw new Error('the recogniser crashed');
    this.#recognizer ??= recognizerOf(sampleRate, {
      partial: (words) => (this.words = [...words]),
      final: (words) => {
        this.words = [...words];
        this.isEndpoint = words.length > 0;
      },
    });
    // Step by step, as a model takes its frames.
    const audio = audioOf(samples);
    for (let at = 0; at < audio.length; at += 320) this.waiting.push(audio.subarray(at, at + 320));
  }

  inputFinished(): void {
    this.waiting.push('end');
  }

  decode(): void {
    const next = this.waiting.shift();
    if (next === 'end') this.#recognizer?.end();
    else if (next) this.#recognizer?.push(next);
  }

  reset(): void {
    this.words = [];
    this.isEndpoint = false;
  }
}
