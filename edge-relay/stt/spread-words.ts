import type { SttWord } from './engine.ts';

/** A text and the time that it was spoken in, in milliseconds. */
interface SpokenText {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A word as a vendor sends it: its times may be missing or no times. */
export interface ReceivedWord {
  readonly text: string;
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly confidence?: number | undefined;
}

/** The words of a text evenly over its time, for engines without times of words. */
export function spreadWords({ text, startMs, endMs }: SpokenText): SttWord[] {
  const words = text.split(/\s+/).filter(Boolean);
  const wordMs = (endMs - startMs) / words.length;
  return words.map((word, i) => ({ text: word, startMs: startMs + i * wordMs, endMs: startMs + (i + 1) * wordMs }));
}

/** The received words with their times; without a time for each, the text's words spread over its own. */
export function wordsWithTimes(received: readonly ReceivedWord[], spoken: SpokenText): SttWord[] {
  const words: SttWord[] = [];
  for (const { text, startMs, endMs, confidence } of received) {
    if (text.trim() === '') continue;
    if (!isTime(startMs) || !isTime(endMs) || endMs < startMs) return spreadWords(spoken);
    words.push({ text: text.trim(), startMs, endMs, ...(isTime(confidence) && { confidence }) });
  }
  return words.length > 0 ? words : spreadWords(spoken);
}

function isTime(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
