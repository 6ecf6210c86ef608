import type { AudioFormat, SttResult } from '../stt/engine.ts';

/** What a leg receives for its audio. Times are milliseconds since the first sample the leg pushed. */
export interface SpeechEvents {
  /** Whether somebody wants to see the words while they are spoken. */
  isWatched: () => boolean;
  /** The engine makes text of what is being said, whether somebody watches or not. */
  wordsUnderWay: () => void;
  /** Called while watched; each replaces the one before. */
  partial: (result: SttResult) => void;
  /** `gapBeforeMs`: audio of the leg that was lost since its last final. */
  final: (result: SttResult, gapBeforeMs: number, engine: string) => void;
  endpoint: () => void;
  /** Silence was put into the leg's stream, for its audio was late. */
  padded: (durationMs: number) => void;
}

/** Where one leg's audio goes. */
export interface SpeechInput {
  readonly sampleRate: AudioFormat['sampleRate'];
  readonly engineName: string;
  /** Time since the engine was lost; undefined while one transcribes. */
  readonly downMs: number | undefined;
  readonly gapCount: number;
  /** The samples are copied before this returns. */
  push: (samples: Int16Array, hasVoice: boolean) => void;
  /** No more audio. Resolves when the last words have been received. */
  finish: () => Promise<void>;
}
