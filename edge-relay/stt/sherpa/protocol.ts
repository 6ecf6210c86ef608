import type { AudioFormat, SttResult } from '../engine.ts';
import type { SherpaModel } from './model.ts';

/** The first message to the child process. */
export interface SherpaInput {
  /** The module with sherpa-onnx's classes. */
  readonly library: string;
  readonly model: SherpaModel;
  readonly threads: number;
  readonly language: string;
}

/** To the child process; all but the first are of the stream `id`. */
export type ToChild =
  | { readonly type: 'load'; readonly input: SherpaInput }
  | { readonly type: 'open'; readonly id: number; readonly sampleRate: AudioFormat['sampleRate'] }
  | { readonly type: 'audio'; readonly id: number; readonly audio: Uint8Array }
  | { readonly type: 'finish'; readonly id: number }
  | { readonly type: 'abort'; readonly id: number };

/** From the child process. */
export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'partial' | 'final'; readonly id: number; readonly result: SttResult }
  | { readonly type: 'taken'; readonly id: number; readonly bytes: number }
  | { readonly type: 'finished'; readonly id: number };
