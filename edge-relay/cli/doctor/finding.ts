/** What was found of one thing the relay depends on, and what a person can do about it. */
export interface Finding {
  readonly verdict: 'ok' | 'warning' | 'problem';
  readonly found: string;
  readonly advice?: string;
}

/** What is asked for an answer has so long. */
export const ANSWER_MS = 10_000;

export const ok = (found: string): Finding => ({ verdict: 'ok', found });
export const problem = (found: string, advice: string): Finding => ({ verdict: 'problem', found, advice });
export const warning = (found: string, advice: string): Finding => ({ verdict: 'warning', found, advice });
