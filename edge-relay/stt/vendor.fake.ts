import type { AudioFormat, SttEngine } from './engine.ts';
import { codedSpeech } from './coded-speech.fake.ts';

/** What a fake does to a connection (or a request) instead of serving it to its end. */
export type Fault =
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 429 }
  /** The connection is reset when so much audio has come. */
  | { readonly kind: 'drop'; readonly afterAudioMs: number }
  /** It stays open, but takes no more audio after so much. */
  | { readonly kind: 'stall'; readonly afterAudioMs: number }
  /** Every answer comes so much later. */
  | { readonly kind: 'late'; readonly delayMs: number };

/** Speech that the fake understands, 8 kHz. */
export interface Fixture {
  readonly sentences: readonly string[];
  readonly audio: Buffer;
  /** When the first words of the first two sentences begin. */
  readonly startsMs: readonly [number, number];
  /** Errors that a recogniser of real speech may make, as a share of the words. */
  readonly wordErrors: number;
}

/** What the contract asks of an engine beyond hearing speech. */
export type Demand = 'partials' | 'drop' | 'refuse' | 'stall' | 'late';

/** A vendor's server on loopback, or the engine itself where it is local. */
export interface FakeVendor {
  readonly engine: SttEngine;
  /** What happens to the next connections, in order; those after are served. */
  readonly faults: Fault[];
  /** Audio each connection has sent, in milliseconds. */
  readonly heardMs: number[];
  readonly fixture: Fixture;
  /** What the engine cannot be asked for, and why. */
  readonly cannot: Readonly<Partial<Record<Demand, string>>>;
  close: () => Promise<void>;
}

/** Why a fault cannot be asked of an engine that needs no vendor's server. */
export const IN_PROCESS = 'it runs in the relay itself: there is no connection to break';

export const MONO_8_KHZ: AudioFormat = { sampleRate: 8_000, channelCount: 1 };
const sentences = ['hello my line is down', 'cancel my account please', 'thank you'];

export const codedFixture: Fixture = {
  sentences,
  audio: codedSpeech(sentences, MONO_8_KHZ),
  startsMs: [200, 2_000],
  wordErrors: 0,
};
