/** What was found of one thing the relay depends on, and what a person can do about it. */
export interface Diagnosis {
  readonly verdict: 'ok' | 'warning' | 'problem';
  readonly found: string;
  readonly advice?: string;
}

/** How long a check waits for an answer. */
export const ANSWER_MS = 10_000;

export const ok = (found: string): Diagnosis => ({ verdict: 'ok', found });
export const problem = (found: string, advice: string): Diagnosis => ({ verdict: 'problem', found, advice });
export const warning = (found: string, advice: string): Diagnosis => ({ verdict: 'warning', found, advice });
