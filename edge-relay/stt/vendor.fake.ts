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
  | { readonly kind: 'late'; readonly delayMs: number }
  /** The stream is refused as by a request that is wrong, when so much audio has come. */
  | { readonly kind: 'expire'; readonly afterAudioMs: number }
  /** Words come without their times. */
  | { readonly kind: 'untimed' }
  /** Every final comes twice. */
  | { readonly kind: 'repeat' }
  /** The engine makes text final, and never says that the speaker has paused. */
  | { readonly kind: 'no-endpoints' };

/** Speech that the fake understands, 8 kHz. */
export interface Fixture {
  readonly sentences: readonly string[];
  readonly audio: Buffer;
  /** When the first words of the first two sentences begin. */
  readonly startsMs: readonly [number, number];
  /** Errors that a recogniser of real speech may make, as a share of the words. */
  readonly wordErrors: number;
}

/** What the contract asks of an engine beyond recognizing speech. */
export type Demand = 'partials' | Fault['kind'];

/** A vendor's server on loopback, or the engine itself where it is local. */
export interface FakeVendor {
  readonly engine: SttEngine;
  /** What happens to the next connections, in order; those after are served. */
  readonly faults: Fault[];
  /** Audio each connection has sent, in milliseconds. */
  readonly receivedMs: number[];
  readonly fixture: Fixture;
  /** What the engine cannot be asked for, and why. */
  readonly cannot: Readonly<Partial<Record<Demand, string>>>;
  close: () => Promise<void>;
}

/** For engines that need no vendor's server: no fault can be asked of them, and why. */
export const NO_FAULTS: Readonly<Record<Fault['kind'], string>> = (() => {
  const reason = 'it runs in the relay itself: there is no connection to break';
  return {
    refuse: reason,
    drop: reason,
    stall: reason,
    late: reason,
    expire: reason,
    untimed: reason,
    repeat: reason,
    'no-endpoints': reason,
  };
})();

export const MONO_8_KHZ: AudioFormat = { sampleRate: 8_000, channelCount: 1 };
const sentences = ['hello my line is down', 'cancel my account please', 'thank you'];

export const codedFixture: Fixture = {
  sentences,
  audio: codedSpeech(sentences, MONO_8_KHZ),
  startsMs: [200, 2_000],
  wordErrors: 0,
};
