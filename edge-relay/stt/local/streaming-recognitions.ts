import type { AudioFormat, SttResult } from '../engine.ts';
import type { OnlineRecognizer, OnlineStream } from './library.ts';
import type { Recognition, RecognitionEvents, Recognitions } from './recognition.ts';
import { calm, wordsOfTokens } from './words.ts';

/** A streaming model looks so far ahead; without it the last word would not come out. */
const TAIL_MS = 600;

/** All streams of a streaming model. Those that are ready are decoded together, which costs less than one by one. */
export class StreamingRecognitions implements Recognitions {
  readonly #recognizer: OnlineRecognizer;
  readonly #soon: (action: () => void) => void;
  readonly #recognitions = new Set<OnlineRecognition>();
  /** What comes is decoded at once: what has not come yet is known to who sends it. */
  readonly lateMs = 0;
  #isDue = false;

  /** `soon` runs the action when the messages that wait have been read: what all streams have sent is decoded at once. */
  constructor(recognizer: OnlineRecognizer, soon: (action: () => void) => void) {
    this.#recognizer = recognizer;
    this.#soon = soon;
  }

  open(sampleRate: AudioFormat['sampleRate'], events: RecognitionEvents): Recognition {
    const recognition = new OnlineRecognition(this.#recognizer, sampleRate, events);
    this.#recognitions.add(recognition);
    return {
      push: (audio) => {
        recognition.push(audio);
      },
      end: (onEnded) => {
        recognition.finishInput();
        this.#decode();
        recognition.emitFinal();
        this.#recognitions.delete(recognition);
        onEnded();
      },
      abandon: () => this.#recognitions.delete(recognition),
    };
  }

  decodeSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#soon(() => {
      this.#isDue = false;
      this.#decode();
    });
  }

  /** Decodes all pending audio, and emits the results. */
  #decode(): void {
    for (;;) {
      const ready = [...this.#recognitions].filter(({ stream }) => this.#recognizer.isReady(stream));
      if (ready.length === 0) return;
      this.#recognizer.decodeStreams(ready.map(({ stream }) => stream));
      for (const recognition of ready) recognition.emit();
    }
  }
}

class OnlineRecognition {
  readonly stream: OnlineStream;
  readonly #recognizer: OnlineRecognizer;
  readonly #sampleRate: number;
  readonly #events: RecognitionEvents;
  #finalMs = 0;
  #lastPartial = '';

  constructor(recognizer: OnlineRecognizer, sampleRate: number, events: RecognitionEvents) {
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

  emit(): void {
    if (this.#recognizer.isEndpoint(this.stream)) {
      this.emitFinal();
      this.#recognizer.reset(this.stream);
      return;
    }
    const result = this.#result();
    if (result.text === '' || result.text === this.#lastPartial) return;
    this.#lastPartial = result.text;
    this.#events.partial(result);
  }

  emitFinal(): void {
    const result = this.#result();
    if (result.text !== '') this.#events.final(result, true);
    this.#finalMs = result.endMs;
    this.#lastPartial = '';
  }

  #result(): SttResult {
    const result = this.#recognizer.getResult(this.stream);
    const words = wordsOfTokens(result);
    const text = calm(result.text.trim());
    // More audio may have been accepted than was decoded: only what has words is known to be covered.
    const endMs = words.at(-1)?.endMs ?? this.#finalMs;
    return { channelIndex: 0, text, words, startMs: words[0]?.startMs ?? endMs, endMs };
  }
}

function floatsOf({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  const bytes = new DataView(buffer, byteOffset, byteLength);
  return Float32Array.from({ length: byteLength / 2 }, (_, i) => bytes.getInt16(2 * i, true) / 32_768);
}
