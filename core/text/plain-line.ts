import { shortened } from '../kept.ts';

/** Breaks of lines, and all other control characters. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/**
 * Characters that reorder text or cannot be seen, and halves of characters; not the joiners and the selectors of variants
 * that scripts and emoji need.
 */
const HIDDEN = /(?![\u200c\u200d\p{Variation_Selector}])[\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text from outside as one line that shows what it says: control characters and line breaks become spaces; characters that
 * reorder the text or cannot be seen, and halves of characters, are left out.
 */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').replace(HIDDEN, '').replace(/\s+/g, ' ').trim();
}

/**
 * {@link oneLine} within a length.
 * @param length of the result in UTF-16 code units, at most; a longer text ends with `…`
 */
export function plainLine(text: string, length: number): string {
  return shortened(oneLine(text), length);
}
