import type { AudioFormat } from './engine.ts';
import { bytesPerMs } from './engine.ts';

/**
 * Speech that a test fake can really recognise: word number k is a level of 1,000 × k held for a while, and a pause is
 * silence. So what a fake recognizes depends on the audio that reached it, and on nothing else.
 */
export const VOCABULARY = ['hello', 'my', 'line', 'is', 'down', 'cancel', 'account', 'please', 'thank', 'you'] as const;

/** Which level of the audio stands for which word. Level 0 is silence. */
export interface SpeechCode {
  /** Undefined if there is no such word. */
  readonly levelOf: (word: string) => number | undefined;
  /** Undefined if the level is of no word. */
  readonly wordAt: (level: number) => string | undefined;
}

const VOCABULARY_CODE: SpeechCode = {
  levelOf: (word) => {
    const number = VOCABULARY.indexOf(word as (typeof VOCABULARY)[number]) + 1;
    return number === 0 ? undefined : number * 1_000;
  },
  wordAt: (level) => VOCABULARY[Math.round(level / 1_000) - 1],
};

const WORD_MS = 200;
/** Silence between two words, and the silence that ends an utterance. */
const BETWEEN_MS = 40;
const PAUSE_MS = 400;
const STEP_MS = 20;

export interface CodedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The audio of sentences, of {@link VOCABULARY} unless another code is given, with a pause after each. */
export function codedSpeech(sentences: readonly string[], format: AudioFormat, code = VOCABULARY_CODE): Buffer {
  const parts = sentences.flatMap((sentence) => [
    ...sentence.split(' ').flatMap((word) => [spoken(word, format, code), silence(BETWEEN_MS, format)]),
    silence(PAUSE_MS + 200, format),
  ]);
  return Buffer.concat([silence(200, format), ...parts]);
}

function spoken(word: string, format: AudioFormat, code: SpeechCode): Buffer {
  const level = code.levelOf(word);
  if (level === undefined) throw new Error(`no such word: ${word}`);
  const audio = Buffer.alloc(WORD_MS * bytesPerMs(format));
  for (let at = 0; at < audio.length; at += 2) audio.writeInt16LE(level, at);
  return audio;
}

export function silence(durationMs: number, format: AudioFormat): Buffer {
  return Buffer.alloc(durationMs * bytesPerMs(format));
}

/** What a recognizer of coded speech emits. */
export interface CodedListener {
  partial: (words: readonly CodedWord[], startMs: number, endMs: number) => void;
  final: (words: readonly CodedWord[], startMs: number, endMs: number) => void;
}

/** Recognises one channel of coded speech as it comes. A word cut off at either end is none. */
export class CodedRecognizer {
  readonly #listener: CodedListener;
  readonly #stepBytes: number;
  readonly #frameBytes: number;
  readonly #channelIndex: number;
  readonly #code: SpeechCode;
  #rest: Buffer = Buffer.alloc(0);
  #nowMs = 0;
  /** The one that is being spoken. */
  #word: string | undefined;
  #wordStartMs = 0;
  #words: CodedWord[] = [];
  #finalMs = 0;

  constructor(format: AudioFormat, channelIndex: number, listener: CodedListener, code = VOCABULARY_CODE) {
    this.#listener = listener;
    this.#code = code;
    this.#channelIndex = channelIndex;
    this.#frameBytes = 2 * format.channelCount;
    this.#stepBytes = STEP_MS * bytesPerMs(format);
  }

  push(audio: Buffer): void {
    let bytes = Buffer.concat([this.#rest, audio]);
    for (; bytes.length >= this.#stepBytes; bytes = bytes.subarray(this.#stepBytes)) this.#step(bytes);
    this.#rest = bytes;
  }

  end(): void {
    this.#endWord();
    this.#emitFinal();
  }

  #step(bytes: Buffer): void {
    const middle = Math.floor(this.#stepBytes / this.#frameBytes / 2) * this.#frameBytes;
    const level = bytes.readInt16LE(middle + 2 * this.#channelIndex);
    const word = this.#code.wordAt(level);
    if (word !== this.#word) {
      this.#endWord();
      this.#wordStartMs = this.#nowMs;
    }
    this.#word = word;
    this.#nowMs += STEP_MS;
    const last = this.#words.at(-1);
    if (word === undefined && last && this.#nowMs - last.endMs >= PAUSE_MS) this.#emitFinal();
  }

  #endWord(): void {
    const text = this.#word;
    if (text === undefined || this.#nowMs - this.#wordStartMs < WORD_MS - STEP_MS) return;
    this.#words.push({ text, startMs: this.#wordStartMs, endMs: this.#nowMs });
    this.#listener.partial(this.#words, this.#finalMs, this.#nowMs);
  }

  #emitFinal(): void {
    this.#listener.final(this.#words, this.#finalMs, this.#nowMs);
    this.#words = [];
    this.#finalMs = this.#nowMs;
    this.#word = undefined;
  }
}
