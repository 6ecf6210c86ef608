import { oneLine } from './plain-line.ts';

/** Most names are nothing but printable ASCII, with single spaces and no backslash: they are plain as they are. */
const PLAIN = /^[!-[\]-~]+(?: [!-[\]-~]+)*$/;

/** Scripts that are written with joiners between letters. */
const JOINING = [
  'Arabic Syriac Nko Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam',
  'Sinhala Khmer Myanmar Tibetan',
]
  .join(' ')
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');
/** A selector of a variant that has nothing to select from. */
const IDLE_SELECTORS =
  /(?<!(?!\p{Variation_Selector})[\p{Script=Han}\p{Script=Mongolian}\p{Extended_Pictographic}])\p{Variation_Selector}/gu;
/** A joiner that joins nothing: one that can only make a name differ from another that looks the same. */
const IDLE_JOINERS = new RegExp(
  `[\\u200c\\u200d](?![${JOINING}\\p{Extended_Pictographic}])|(?<![${JOINING}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])[\\u200c\\u200d]`,
  'gu',
);
/** What a database or a shell was to be protected from: `O\'Hara`, and `O\\\'Hara` where that was done twice. */
const ESCAPES = /\\+(?=['"`])/g;

/**
 * A name from outside (of an agent, a caller, a queue, a campaign, …) as a person would write it: one line; without
 * characters that reorder text, control it or cannot be seen, without halves of characters, and without the backslashes
 * by which quotes were escaped on the way. Made again it stays the same.
 * @returns the empty string where nothing visible is left
 */
export function plainName(name: string): string {
  if (PLAIN.test(name)) return name;
  const joined = oneLine(name).replace(IDLE_SELECTORS, '').replace(IDLE_JOINERS, '');
  // What was left out may have stood between two spaces.
  return oneLine(joined.replace(ESCAPES, '').replace(/\\{2,}/g, '\\'));
}

/** Letters that are written from the right: a name without them reads in its place as it is. */
const FROM_THE_RIGHT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}]/u;

/**
 * A name within a text that has no markup (a title, a label, a notice): neither reorders the other, for it stands between
 * Unicode's marks of an isolate where it needs them.
 */
export function isolatedName(name: string): string {
  return FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name;
}
