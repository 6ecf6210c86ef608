import { z } from 'zod';
import { countSchema } from '../fields.ts';
import { excerptAround } from '../text/excerpt.ts';
import { tokenize, type Token } from '../text/tokens.ts';
import type { ScoredUtterance } from './state.ts';

/** Where a call has the words of a search: an excerpt of one utterance, with the words marked. */
export const hitSchema = z.object({
  seq: z.int().positive(),
  /** Call time at which the utterance begins. */
  startMs: countSchema,
  text: z.string(),
  /** Offsets in `text`, UTF-16 code units. */
  found: z.array(z.object({ start: countSchema, end: countSchema })),
});
export type Hit = z.infer<typeof hitSchema>;

/** About as much of an utterance as a row of a list has room for. */
const EXCERPT_LENGTH = 160;
/** What stands before the first word that was found. */
const LEAD_LENGTH = 40;

/** The first utterance with the most of a query's words; undefined where none has any. */
export function hitOf(
  utterances: readonly Pick<ScoredUtterance, 'seq' | 'startMs' | 'text'>[],
  query: string,
): Hit | undefined {
  const wanted = new Set(tokenize(query).map(({ word }) => word));
  let best: { utterance: (typeof utterances)[number]; found: Token[]; words: number } | undefined;
  for (const utterance of utterances) {
    const found = tokenize(utterance.text).filter(({ word }) => wanted.has(word));
    const words = new Set(found.map(({ word }) => word)).size;
    if (words > (best?.words ?? 0)) best = { utterance, found, words };
  }
  if (!best) return undefined;
  const { seq, startMs } = best.utterance;
  return { seq, startMs, ...excerptOf(best.utterance.text, best.found) };
}

/** The stretch of a text around what was found first. */
function excerptOf(text: string, found: readonly Token[]): Pick<Hit, 'text' | 'found'> {
  const { start: from, end: to } = excerptAround(text, found[0]?.start ?? 0, {
    length: EXCERPT_LENGTH,
    lead: LEAD_LENGTH,
  });
  const [before, after] = [from > 0 ? '… ' : '', to < text.length ? ' …' : ''];
  const shift = before.length - from;
  return {
    text: `${before}${text.slice(from, to).trimEnd()}${after}`,
    found: found
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
}
