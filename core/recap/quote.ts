import { excerptAround, type Stretch } from '../text/excerpt.ts';

/** Characters of a quotation, at most: one sentence that is read at a glance. */
export const QUOTE_LENGTH = 180;
/** What stands before the occurrence, and the marks of what was left out. */
const LEAD_LENGTH = 40;
const MARKS_LENGTH = 2;

const SENTENCE_END = /(?<=[.?!…])\s+/u;

/** A line, or of a long one the part around an occurrence; see {@link quoteAround}. */
export function quoteOf(text: string, at: Stretch = { start: 0, end: 0 }): string {
  const whole = text.trim();
  return whole.length <= QUOTE_LENGTH ? whole : quoteAround(text, at);
}

/**
 * The sentence around an occurrence, or what is before and after it where the engine wrote no marks or the sentence is
 * long. Where words of a sentence are left out, there is “…”.
 * @param at the occurrence, in UTF-16 code units
 */
export function quoteAround(text: string, at: Stretch): string {
  const sentence = sentenceAround(text, at);
  const shown = excerptAround(text, at.start, { length: QUOTE_LENGTH - MARKS_LENGTH, lead: LEAD_LENGTH }, sentence);
  const [left, right] = [shown.start > sentence.start, shown.end < sentence.end].map((isCut) => (isCut ? '…' : ''));
  return `${left ?? ''}${text.slice(shown.start, shown.end).trim()}${right ?? ''}`;
}

function sentenceAround(text: string, { start, end }: Stretch): Stretch {
  let from = 0;
  for (const sentence of text.split(SENTENCE_END)) {
    const at = text.indexOf(sentence, from);
    const until = at + sentence.length;
    if (until > start) return { start: at, end: Math.max(until, Math.min(end, text.length)) };
    from = until;
  }
  return { start: 0, end: text.length };
}
