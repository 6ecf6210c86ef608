import type { AudioFormat, SttResult } from '../engine.ts';
import { SpeechCutter } from '../speech-cutter.ts';
import { spreadWords } from '../spread-words.ts';
import type { OfflineRecognizer, OnlineRecognizer, OnlineStream } from './library.ts';
import { calm, wordsOfTokens } from './words.ts';

/** One stream in the worker. */
export interface Hearer {
  push: (audio: Uint8Array) => void;
  /** No more audio; the last words are emitted. */
  end: () => void;
  /** Nobody wants to know any more. */
  abandon: () => void;
}

export interface HearerEvents {
  partial: (result: SttResult) => void;
  final: (result: SttResult) => void;
}

/** A streaming model looks so far ahead; without it the last word would not come out. */
const TAIL_MS = 600;

/** All streams of a streaming model. Those that are ready are decoded together, which costs less than one by one. */
export class OnlineHearers {
  readonly #recognizer: OnlineRecognizer;
  readonly #hearers = new Set<OnlineHearer>();

  constructor(recognizer: OnlineRecognizer) {
    this.#recognizer = recognizer;
  }

  open(sampleRate: AudioFormat['sampleRate'], events: HearerEvents): Hearer {
    const hearer = new OnlineHearer(this.#recognizer, sampleRate, events);
    this.#hearers.add(hearer);
    return {
      push: (audio) => {
        hearer.push(audio);
      },
      end: () => {
        hearer.finishInput();
        this.decode();
        hearer.tellFinal();
        this.#hearers.delete(hearer);
      },
      abandon: () => this.#hearers.delete(hearer),
    };
  }

  /** Decodes all pending audio, and emits the results. */
  decode(): void {
    for (;;) {
      const ready = [...this.#hearers].filter(({ stream }) => this.#recognizer.isReady(stream));
      if (ready.length === 0) return;
      this.#recognizer.decodeStreams(ready.map(({ stream }) => stream));
      for (const hearer of ready) hearer.tell();
    }
  }
}

class OnlineHearer {
  readonly stream: OnlineStream;
  readonly #recognizer: OnlineRecognizer;
  readonly #sampleRate: number;
  readonly #events: HearerEvents;
  #finalMs = 0;
  #lastPartial = '';

  constructor(recognizer: OnlineRecognizer, sampleRate: number, events: HearerEvents) {
    this.#recognizer = recognizer;
    this.#sampleRate = sampleRate;
    this.#events = events;
    this.stream = recognizer.createStream();
  }

  push(audio: Uint8Array): void {
    const samples = floatsOf(audio);
    this.stream.acceptWaveform({ samples, sampleRate: this.#sampleRate });
  }

  finishInput(): void {
    const samples = new Float32Array((TAIL_MS * this.#sampleRate) / 1_000);
    this.stream.acceptWaveform({ samples, sampleRate: this.#sampleRate });
    this.stream.inputFinished();
  }

  tell(): void {
    if (this.#recognizer.isEndpoint(this.stream)) {
      this.tellFinal();
      this.#recognizer.reset(this.stream);
      return;
    }
    const result = this.#result();
    if (result.text === '' || result.text === this.#lastPartial) return;
    this.#lastPartial = result.text;
    this.#events.partial(result);
  }

  tellFinal(): void {
    const result = this.#result();
    if (result.text !== '') this.#events.final(result);
    this.#finalMs = result.endMs;
    this.#lastPartial = '';
  }

  #result(): SttResult {
    const told = this.#recognizer.getResult(this.stream);
    const words = wordsOfTokens(told);
    const text = calm(told.text.trim());
    // More audio may have been accepted than was decoded: only what has words is known to be covered.
    const endMs = words.at(-1)?.endMs ?? this.#finalMs;
    return { channelIndex: 0, text, words, startMs: words[0]?.startMs ?? endMs, endMs };
  }
}

/** A stream of a model that transcribes one piece of speech at a time. */
export function openOfflineHearer(
  recognizer: OfflineRecognizer,
  sampleRate: AudioFormat['sampleRate'],
  events: HearerEvents,
): Hearer {
  const cutter = new SpeechCutter(
    { sampleRate, channelCount: 1 },
    {
      onCut: ({ audio, startMs, endMs }) => {
        const stream = recognizer.createStream();
        stream.acceptWaveform({ samples: floatsOf(audio), sampleRate });
        recognizer.decode(stream);
        const text = calm(recognizer.getResult(stream).text.trim());
        events.final({ channelIndex: 0, text, startMs, endMs, words: spreadWords({ text, startMs, endMs }) });
      },
    },
  );
  return {
    push: (audio) => {
      cutter.push(Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength));
    },
    end: () => {
      cutter.end();
    },
    abandon: () => undefined,
  };
}

function floatsOf({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  const bytes = new DataView(buffer, byteOffset, byteLength);
  return Float32Array.from({ length: byteLength / 2 }, (_, i) => bytes.getInt16(2 * i, true) / 32_768);
}
