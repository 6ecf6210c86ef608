import type { SttResult } from './engine.ts';

/** The result with its times counted from another zero, which lies `byMs` earlier. */
export function shifted(result: SttResult, byMs: number): SttResult {
  const words = result.words.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));
  return { ...result, words, startMs: result.startMs + byMs, endMs: result.endMs + byMs };
}

/** The result less the words that lie before `beforeMs`; undefined when none is left. */
export function withoutWordsBefore(result: SttResult, beforeMs: number): SttResult | undefined {
  const words = result.words.filter((word) => (word.startMs + word.endMs) / 2 >= beforeMs);
  if (words.length === result.words.length) return result.text === '' ? undefined : result;
  const [first] = words;
  return first && { ...result, words, startMs: first.startMs, text: words.map((word) => word.text).join(' ') };
}
