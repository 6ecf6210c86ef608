import { z } from 'zod';
import type { SttResult } from '../engine.ts';
import { spreadWords } from '../spread-words.ts';

/** What a transcription server answers: `verbose_json` with the words' seconds, or plain `json`. */
const answerSchema = z.object({
  text: z.string(),
  words: z.array(z.object({ word: z.string(), start: z.number(), end: z.number() })).nullish(),
});

/** The result of the piece of speech from `startMs` to `endMs`. @throws {z.ZodError} when the answer is another. */
export function resultOfAnswer(answer: unknown, { startMs, endMs }: { startMs: number; endMs: number }): SttResult {
  const { text: said, words } = answerSchema.parse(answer);
  const text = said.trim();
  const at = (seconds: number) => Math.min(endMs, Math.round(startMs + seconds * 1_000));
  return {
    channelIndex: 0,
    text,
    startMs,
    endMs,
    words:
      words && words.length > 0
        ? words.map(({ word, start, end }) => ({ text: word.trim(), startMs: at(start), endMs: at(end) }))
        : spreadWords({ text, startMs, endMs }),
  };
}
