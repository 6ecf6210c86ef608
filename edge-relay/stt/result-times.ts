import type { SttResult, SttWord } from './engine.ts';

/** The result with its times counted from another zero, which lies `byMs` earlier. */
export function shifted(result: SttResult, byMs: number): SttResult {
  const words = result.words.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));
  return { ...result, words, startMs: result.startMs + byMs, endMs: result.endMs + byMs };
}

/** The result less the first words that are known; undefined when none is left. */
export function withoutFirstWords(result: SttResult, isKnown: (word: SttWord) => boolean): SttResult | undefined {
  const from = result.words.findIndex((word) => !isKnown(word));
  if (from === 0 || result.words.length === 0) return result.text === '' ? undefined : result;
  const words = from === -1 ? [] : result.words.slice(from);
  const [first] = words;
  return first && { ...result, words, startMs: first.startMs, text: words.map((word) => word.text).join(' ') };
}
