import type { DecodedWord, DecoderFiles } from './decoder.ts';

/** What the worker is started with. */
export interface WorkerInput {
  readonly files: DecoderFiles;
  readonly sampleRate: 8_000 | 16_000;
}

/** To the worker: audio, or the end of it. */
export type ToWorker = { readonly audio: Uint8Array } | 'finish';

/** From the worker. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'partial'; readonly text: string; readonly startMs: number; readonly streamMs: number }
  | {
      readonly type: 'utterance';
      readonly words: readonly DecodedWord[];
      readonly streamMs: number;
    }
  | { readonly type: 'finished' };
