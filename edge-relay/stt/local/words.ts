import type { SttWord } from '../engine.ts';
import type { OnlineResult } from './library.ts';

/** A word of the last token lasts about so long. */
const LAST_TOKEN_MS = 200;

/** Joins tokens into words: one that begins with a space (or ▁) begins a word. Models without case shout; we do not. */
export function wordsOfTokens({ tokens, timestamps, start_time }: OnlineResult): SttWord[] {
  const words: SttWord[] = [];
  tokens.forEach((token, i) => {
    const startMs = Math.round((start_time + (timestamps[i] ?? 0)) * 1_000);
    const text = calm(token.replace(/^[▁ ]/, ''));
    const last = words.at(-1);
    if (last && !/^[▁ ]/.test(token))
      words[words.length - 1] = { ...last, text: last.text + text, endMs: startMs + LAST_TOKEN_MS };
    else {
      if (last) words[words.length - 1] = { ...last, endMs: Math.min(last.endMs, startMs) };
      words.push({ text, startMs, endMs: startMs + LAST_TOKEN_MS });
    }
  });
  return words.filter(({ text }) => text !== '');
}

/** Text in capitals in small letters. */
export function calm(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text;
}
