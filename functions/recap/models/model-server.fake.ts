import type { LanguageModel } from './model.ts';

/** What a fake model server does with its next request. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string }
  /** A status of HTTP, before any answer. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'silent' }
  /** The connection ends in the middle of an answer. */
  | { readonly kind: 'cut'; readonly text: string }
  /** It stops because it may write no more. */
  | { readonly kind: 'too-long'; readonly text: string }
  | { readonly kind: 'garbage' };

/** A server that speaks a vendor's wire on loopback. */
export interface ModelServer {
  readonly model: LanguageModel;
  /** What it does with the next requests; without one it answers with no sentences. */
  readonly replies: Reply[];
  /** What it was asked: the instructions, and the message with the call's lines. */
  readonly asked: { readonly system: string; readonly user: string }[];
  close(): Promise<void>;
}

export const NO_SENTENCES = '{"sentences":[]}';
export const USAGE = { inputTokens: 321, outputTokens: 45 };
