import type { AudioFormat, SttResult } from '../engine.ts';
import { type SpeechCut, SpeechCutter } from '../speech-cutter.ts';
import { FairQueue } from './fair-queue.ts';
import type { Recognition, RecognitionEvents, Recognitions } from './recognition.ts';

/** A model of Moonshine's kind answers a longer piece with nothing. */
const MAX_CUT_MS = 9_000;
/** What is being said is transcribed anew at most so often, by the audio of its leg. */
const PARTIAL_EVERY_MS = 500;

/** What transcribes a piece. */
interface Recognizer {
  /** Blocks. */
  recognize: (cut: SpeechCut, sampleRate: AudioFormat['sampleRate']) => SttResult;
}

interface Dependencies {
  /** Runs the action when the messages that wait have been read. */
  readonly soon: (action: () => void) => void;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}

/**
 * All streams of a model that transcribes a piece of speech at a time. One piece is decoded at a time: finals first,
 * the streams taking turns, and what is being said on a watched stream in the time that is left.
 */
export class PieceRecognitions implements Recognitions {
  readonly #recognizer: Recognizer;
  readonly #dependencies: Dependencies;
  readonly #finals: FairQueue<() => void>;
  readonly #streams = new Map<number, PieceStream>();
  #nextId = 1;
  #isDue = false;
  /** Partials take half of the time at most. */
  #partialsFrom = -Infinity;

  constructor(recognizer: Recognizer, dependencies: Dependencies) {
    this.#recognizer = recognizer;
    this.#dependencies = dependencies;
    this.#finals = new FairQueue(dependencies.now);
  }

  open(sampleRate: AudioFormat['sampleRate'], events: RecognitionEvents): Recognition {
    const id = this.#nextId++;
    const stream = new PieceStream(sampleRate, (cut) => {
      this.#finals.add(id, () => {
        events.final(this.#recognizer.recognize(cut, sampleRate), !cut.isUnfinished);
      });
    });
    this.#streams.set(id, stream);
    return {
      push: (audio, isWatched) => {
        stream.push(audio, isWatched);
        if (isWatched) stream.onPartial = events.partial;
      },
      end: (onEnded) => {
        stream.end();
        this.#streams.delete(id);
        this.#finals.add(id, onEnded);
        this.decodeSoon();
      },
      abandon: () => {
        this.#streams.delete(id);
        this.#finals.drop(id);
      },
    };
  }

  get lateMs(): number {
    return this.#finals.longestWaitMs;
  }

  decodeSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#dependencies.soon(() => {
      this.#isDue = false;
      const final = this.#finals.take();
      if (final) final();
      else if (!this.#decodePartial()) return;
      this.decodeSoon();
    });
  }

  /** Returns whether there was one to decode. */
  #decodePartial(): boolean {
    const startedAt = this.#dependencies.now();
    if (startedAt < this.#partialsFrom) return false;
    const stream = this.#nextPartial();
    const cut = stream?.takeOpen();
    if (!stream || !cut) return false;
    const result = this.#recognizer.recognize(cut, stream.sampleRate);
    const endedAt = this.#dependencies.now();
    this.#partialsFrom = endedAt + (endedAt - startedAt);
    if (result.text !== '') stream.onPartial?.(result);
    return true;
  }

  /** The watched stream whose words are the newest. */
  #nextPartial(): PieceStream | undefined {
    let next: PieceStream | undefined;
    for (const stream of this.#streams.values())
      if (stream.isPartialDue && (!next || stream.openMs < next.openMs)) next = stream;
    return next;
  }
}

/** One stream's audio on its way to pieces. */
class PieceStream {
  readonly sampleRate: AudioFormat['sampleRate'];
  onPartial: ((result: SttResult) => void) | undefined;
  readonly #cutter: SpeechCutter;
  #isWatched = false;
  #partialMs = 0;

  constructor(sampleRate: AudioFormat['sampleRate'], onCut: (cut: SpeechCut) => void) {
    this.sampleRate = sampleRate;
    this.#cutter = new SpeechCutter(
      { sampleRate, channelCount: 1 },
      {
        maxCutMs: MAX_CUT_MS,
        onCut: (cut) => {
          this.#partialMs = 0;
          onCut(cut);
        },
      },
    );
  }

  get openMs(): number {
    return this.#cutter.openMs;
  }

  get isPartialDue(): boolean {
    return this.#isWatched && this.openMs - this.#partialMs >= PARTIAL_EVERY_MS;
  }

  push(audio: Uint8Array, isWatched: boolean): void {
    this.#isWatched = isWatched;
    this.#cutter.push(Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength));
  }

  end(): void {
    this.#cutter.end();
  }

  /** What is being said, for a partial. */
  takeOpen(): SpeechCut | undefined {
    this.#partialMs = this.openMs;
    return this.#cutter.open;
  }
}
