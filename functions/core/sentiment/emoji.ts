import { VADER_EMOJI } from './data/vader-emoji.ts';

/** A text with its emoji spelt out. */
export interface SpeltOut {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where what it stands for starts and ends in the original. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const NAMES = new Map(Object.entries(VADER_EMOJI));
/** The code of ©, before which none of them stands. */
const FIRST_EMOJI = 0xa9;

/** Puts each emoji's name in its place, as VADER reads it; undefined where the text has none. */
export function spellOutEmoji(text: string): SpeltOut | undefined {
  let spelt: { text: string; starts: number[]; ends: number[] } | undefined;
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < FIRST_EMOJI) continue;
    const symbol = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const start = at;
    const end = at + symbol.length;
    at = end - 1;
    const name = NAMES.get(symbol);
    if (name === undefined) continue;
    spelt ??= { text: '', starts: [], ends: [] };
    append(spelt, text.slice(copied, start), (offset) => [copied + offset, copied + offset + 1]);
    const needsSpace = spelt.text !== '' && !spelt.text.endsWith(' ');
    append(spelt, needsSpace ? ` ${name}` : name, () => [start, end]);
    copied = end;
  }
  if (spelt) append(spelt, text.slice(copied), (offset) => [copied + offset, copied + offset + 1]);
  return spelt;
}

function append(
  spelt: { text: string; starts: number[]; ends: number[] },
  added: string,
  origin: (offset: number) => [start: number, end: number],
): void {
  spelt.text += added;
  for (let offset = 0; offset < added.length; offset++) {
    const [start, end] = origin(offset);
    spelt.starts.push(start);
    spelt.ends.push(end);
  }
}
