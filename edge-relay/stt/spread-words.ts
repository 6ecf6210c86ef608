import type { SttWord } from './engine.ts';

/** The words of a text evenly over its time, for engines without times of words. */
export function spreadWords({ text, startMs, endMs }: { text: string; startMs: number; endMs: number }): SttWord[] {
  const words = text.split(/\s+/).filter(Boolean);
  const wordMs = (endMs - startMs) / words.length;
  return words.map((word, i) => ({ text: word, startMs: startMs + i * wordMs, endMs: startMs + (i + 1) * wordMs }));
}
