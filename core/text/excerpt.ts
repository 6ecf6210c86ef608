/** A stretch of a text, from `start` up to `end`, in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a text around a place: some of what stands before it, then as much as there is room for, cut between words.
 * @param within the part of the text that it may show
 */
export function excerptAround(
  text: string,
  at: number,
  { length, lead }: { readonly length: number; readonly lead: number },
  within: Stretch = { start: 0, end: text.length },
): Stretch {
  if (within.end - within.start <= length) return within;
  const start = wordStartFrom(text, Math.max(within.start, at - lead));
  return { start, end: wordEndBefore(text, start, Math.min(within.end, start + length)) };
}

function wordStartFrom(text: string, index: number): number {
  if (index === 0 || /\s/u.test(text[index - 1] ?? '')) return index;
  const space = text.slice(index).search(/\s/u);
  return space < 0 ? wholeCharacter(text, index) : index + space + 1;
}

function wordEndBefore(text: string, from: number, index: number): number {
  if (index >= text.length || /\s/u.test(text[index] ?? '')) return index;
  const space = text.slice(from, index).search(/\s\S*$/u);
  return space > 0 ? from + space : wholeCharacter(text, index);
}

/** The index, or the one before it in the middle of a character. */
function wholeCharacter(text: string, index: number): number {
  return /[\ud800-\udbff]/u.test(text[index - 1] ?? '') ? index - 1 : index;
}
