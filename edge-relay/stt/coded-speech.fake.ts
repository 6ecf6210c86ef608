import type { AudioFormat } from './engine.ts';
import { bytesPerMs } from './engine.ts';

/**
 * Speech that a test fake can really recognise: word number k is a level of 1,000 × k held for a while, and a pause is
 * silence. What a fake hears so depends on the audio that reached it, and on nothing else.
 */
export const VOCABULARY = ['hello', 'my', 'line', 'is', 'down', 'cancel', 'account', 'please', 'thank', 'you'] as const;

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

/** The audio of sentences of {@link VOCABULARY}, with a pause after each. */
export function codedSpeech(sentences: readonly string[], format: AudioFormat): Buffer {
  const parts = sentences.flatMap((sentence) => [
    ...sentence.split(' ').flatMap((word) => [level(word, format), silence(BETWEEN_MS, format)]),
    silence(PAUSE_MS + 200, format),
  ]);
  return Buffer.concat([silence(200, format), ...parts]);
}

function level(word: string, format: AudioFormat): Buffer {
  const number = VOCABULARY.indexOf(word as (typeof VOCABULARY)[number]) + 1;
  if (number === 0) throw new Error(`no such word: ${word}`);
  const audio = Buffer.alloc(WORD_MS * bytesPerMs(format));
  for (let at = 0; at < audio.length; at += 2) audio.writeInt16LE(number * 1_000, at);
  return audio;
}

export function silence(durationMs: number, format: AudioFormat): Buffer {
  return Buffer.alloc(durationMs * bytesPerMs(format));
}

/** What a recogniser of coded speech tells. */
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
  #rest: Buffer = Buffer.alloc(0);
  #nowMs = 0;
  #level = 0;
  #levelStartMs = 0;
  #words: CodedWord[] = [];
  #finalMs = 0;

  constructor(format: AudioFormat, channelIndex: number, listener: CodedListener) {
    this.#listener = listener;
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
    this.#endLevel();
    this.#tellFinal();
  }

  #step(bytes: Buffer): void {
    const middle = Math.floor(this.#stepBytes / this.#frameBytes / 2) * this.#frameBytes;
    const heard = Math.round(bytes.readInt16LE(middle + 2 * this.#channelIndex) / 1_000);
    if (heard !== this.#level) this.#endLevel();
    if (heard !== this.#level) this.#levelStartMs = this.#nowMs;
    this.#level = heard;
    this.#nowMs += STEP_MS;
    const last = this.#words.at(-1);
    if (heard === 0 && last && this.#nowMs - last.endMs >= PAUSE_MS) this.#tellFinal();
  }

  #endLevel(): void {
    const text = VOCABULARY[this.#level - 1];
    if (text === undefined || this.#nowMs - this.#levelStartMs < WORD_MS - STEP_MS) return;
    this.#words.push({ text, startMs: this.#levelStartMs, endMs: this.#nowMs });
    this.#listener.partial(this.#words, this.#finalMs, this.#nowMs);
  }

  #tellFinal(): void {
    this.#listener.final(this.#words, this.#finalMs, this.#nowMs);
    this.#words = [];
    this.#finalMs = this.#nowMs;
    this.#level = 0;
  }
}
