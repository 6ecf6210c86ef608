/** What is kept of lists and texts that outside input makes long: their beginning, and how much was left out. */

/** Characters kept of a text that only quotes what stands elsewhere. */
export const MAX_QUOTE_LENGTH = 100;

/** A text of at most `most` UTF-16 code units; a longer one is cut, not within a character, and ends in `…`. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  return `${text.slice(0, isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end)}…`;
}

/** How many were left out, with those of before; undefined for none, as a field that is absent then. */
export function leftOut(now: number, before = 0): number | undefined {
  return now + before > 0 ? now + before : undefined;
}

/** The length of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
