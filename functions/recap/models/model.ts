import type { z } from 'zod';
import type { RecapEngine } from '#core/recap/recap.ts';
import type { Prompt } from '#core/recap/model.ts';

/** A language model did not answer; `retryable` if a later attempt may succeed. The message is for people. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly retryable: boolean;

  constructor(message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause });
    this.retryable = retryable;
  }
}

/** What a model answered, and what it counted. */
export interface Answer {
  readonly text: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** A language model behind whichever wire. */
export interface LanguageModel {
  readonly engine: Exclude<RecapEngine, 'extract'>;
  /** Its name, as the vendor has it. */
  readonly name: string;
  /**
   * Asks once; whoever calls retries.
   * @throws ModelError
   */
  ask(prompt: Prompt, signal: AbortSignal): Promise<Answer>;
}

/** What models depend on. */
export interface ModelDependencies {
  /** A secret of Secrets Manager, by name. */
  readonly secret: (name: string) => Promise<string>;
}

/** One kind of model: its settings, and how it is opened. */
export interface ModelKind<S extends z.ZodObject> {
  readonly settings: S;
  readonly open: (settings: z.infer<S>, dependencies: ModelDependencies) => Promise<LanguageModel> | LanguageModel;
}

/** Lets the compiler infer the type of the settings from their schema. */
export function modelKind<S extends z.ZodObject>(kind: ModelKind<S>): ModelKind<S> {
  return kind;
}
