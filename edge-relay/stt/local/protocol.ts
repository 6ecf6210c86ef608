import type { AudioFormat, SttResult } from '../engine.ts';
import type { LocalModel } from './model-kinds.ts';

/** The first message to the child process. */
export interface LocalInput {
  /** The module with sherpa-onnx's classes. */
  readonly library: string;
  readonly model: LocalModel;
  /** The file of the detector of voice. */
  readonly detector: string;
  readonly threads: number;
  readonly language: string;
}

/** To the child process; all but the first are of the stream `id`. */
export type ToChild =
  | { readonly type: 'load'; readonly input: LocalInput }
  | { readonly type: 'open'; readonly id: number; readonly sampleRate: AudioFormat['sampleRate'] }
  | { readonly type: 'audio'; readonly id: number; readonly audio: Uint8Array; readonly isWatched: boolean }
  | { readonly type: 'finish'; readonly id: number }
  | { readonly type: 'abort'; readonly id: number };

/** From the child process. */
export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  /** How far it is behind, whenever that changes. */
  | { readonly type: 'late'; readonly seconds: number }
  | { readonly type: 'partial'; readonly id: number; readonly result: SttResult }
  | { readonly type: 'final'; readonly id: number; readonly result: SttResult; readonly isEndpoint: boolean }
  | { readonly type: 'taken'; readonly id: number; readonly bytes: number }
  | { readonly type: 'finished'; readonly id: number };
