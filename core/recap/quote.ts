/** Characters of a quotation: one sentence that is read at a glance. */
export const MAX_QUOTE_LENGTH = 180;

const SENTENCE_END = /(?<=[.?!…])\s+/u;

/** A line, or of a long one the part around an occurrence; see {@link quoteAround}. */
export function quoteOf(text: string, at: Span = { start: 0, end: 0 }): string {
  const whole = text.trim();
  return whole.length <= MAX_QUOTE_LENGTH ? whole : quoteAround(text, at);
}

/**
 * The sentence around an occurrence, or what is before and after it where the engine wrote no marks or the sentence is
 * long. Where words of a sentence are left out, there is “…”.
 * @param at the occurrence, in UTF-16 code units
 */
export function quoteAround(text: string, at: Span): string {
  const sentence = sentenceAround(text, at);
  if (sentence.end - sentence.start <= MAX_QUOTE_LENGTH) return text.slice(sentence.start, sentence.end).trim();
  return windowAround(text, sentence, at);
}

/** From `start` up to `end`, in UTF-16 code units. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function sentenceAround(text: string, { start, end }: Span): Span {
  let from = 0;
  for (const sentence of text.split(SENTENCE_END)) {
    const at = text.indexOf(sentence, from);
    const until = at + sentence.length;
    if (until > start) return { start: at, end: Math.max(until, Math.min(end, text.length)) };
    from = until;
  }
  return { start: 0, end: text.length };
}

/** Some words before the occurrence, and what follows it, cut between words. */
function windowAround(text: string, sentence: Span, at: Span): string {
  const room = MAX_QUOTE_LENGTH - 2;
  const before = Math.min(40, Math.max(0, at.start - sentence.start));
  const start = wordStartFrom(text, Math.max(sentence.start, at.start - before));
  const end = wordEndBefore(text, Math.min(sentence.end, start + room));
  const [left, right] = [start > 0 ? '…' : '', end < text.trimEnd().length ? '…' : ''];
  return `${left}${text.slice(start, end).trim()}${right}`;
}

function wordStartFrom(text: string, index: number): number {
  if (index === 0 || /\s/u.test(text[index - 1] ?? '')) return index;
  const space = text.slice(index).search(/\s/u);
  return space < 0 ? index : index + space + 1;
}

function wordEndBefore(text: string, index: number): number {
  if (index >= text.length || /\s/u.test(text[index] ?? '')) return index;
  const space = text.slice(0, index).search(/\s\S*$/u);
  if (space > 0) return space;
  // No half of a character.
  return /[\ud800-\udbff]/u.test(text[index - 1] ?? '') ? index - 1 : index;
}
