import { VADER_EMOJI } from './vader-emoji.ts';

/** A text with its emoji spelt out. */
export interface SpeltOut {
  readonly text: string;
  readonly names: readonly SpeltName[];
}

/** Where a name stands in the spelt-out text, and its emoji in the original. */
interface SpeltName {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

const NAMES = new Map(Object.entries(VADER_EMOJI));
/** The code of ©, before which none of them stands. */
const FIRST_EMOJI = 0xa9;

/** Puts each emoji's name in its place, as VADER reads it; undefined where the text has none. */
export function spellOutEmoji(original: string): SpeltOut | undefined {
  const names: SpeltName[] = [];
  let text = '';
  let copied = 0;
  for (let at = 0; at < original.length; at++) {
    if (original.charCodeAt(at) < FIRST_EMOJI) continue;
    const symbol = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const [start, end] = [at, at + symbol.length];
    at = end - 1;
    const name = NAMES.get(symbol);
    if (name === undefined) continue;
    text += original.slice(copied, start);
    const from = text.length;
    text += text === '' || text.endsWith(' ') ? name : ` ${name}`;
    names.push({ from, to: text.length, start, end });
    copied = end;
  }
  return names.length === 0 ? undefined : { text: text + original.slice(copied), names };
}

/** Where in the original the character at `at` of the spelt-out text comes from; of a name, the whole emoji. */
export function originOf(spelt: SpeltOut, at: number): { start: number; end: number } {
  const name = spelt.names.findLast(({ from }) => from <= at);
  if (name && at < name.to) return name;
  const start = name ? name.end + at - name.to : at;
  return { start, end: start + 1 };
}
