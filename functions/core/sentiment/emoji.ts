import { VADER_EMOJI } from './data/vader-emoji.ts';

/** A text with its emoji spelt out. */
export interface SpeltOut {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where what it stands for starts and ends in the original. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const NAMES = new Map(Object.entries(VADER_EMOJI));

/** Puts each emoji's name in its place, as VADER reads it; undefined where the text has none. */
export function spellOutEmoji(text: string): SpeltOut | undefined {
  let spelt: { text: string; starts: number[]; ends: number[] } | undefined;
  let copied = 0;
  let at = 0;
  for (const symbol of text) {
    const name = NAMES.get(symbol);
    const end = at + symbol.length;
    if (name !== undefined) {
      spelt ??= { text: '', starts: [], ends: [] };
      append(spelt, text.slice(copied, at), (offset) => [copied + offset, copied + offset + 1]);
      const needsSpace = spelt.text !== '' && !spelt.text.endsWith(' ');
      append(spelt, needsSpace ? ` ${name}` : name, () => [at, end]);
      copied = end;
    }
    at = end;
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
