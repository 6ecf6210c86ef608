import type { AudioFormat, SttResult } from '../engine.ts';

/** One stream in the child process. */
export interface Recognition {
  /** `isWatched`: somebody wants to see the words while they are spoken. */
  push: (audio: Uint8Array, isWatched: boolean) => void;
  /** No more audio: `onEnded` is called after the last words. */
  end: (onEnded: () => void) => void;
  /** Nobody wants to know any more. */
  abandon: () => void;
}

export interface RecognitionEvents {
  partial: (result: SttResult) => void;
  /** `isEndpoint`: the speaker paused after it. */
  final: (result: SttResult, isEndpoint: boolean) => void;
}

/** All streams of one model. */
export interface Recognitions {
  open: (sampleRate: AudioFormat['sampleRate'], events: RecognitionEvents) => Recognition;
  /** How long a new stream would have to wait for its words. */
  readonly lateMs: number;
  /** There is new audio to work on. */
  decodeSoon: () => void;
}
