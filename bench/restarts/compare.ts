import { numberOf, type SpokenWord } from './spoken.ts';

/** What a relay published of one side, in order of seq; times in milliseconds since the side began to speak. */
export interface PublishedLine {
  readonly text: string;
  readonly startMs: number;
  readonly gapBeforeMs: number;
}

/** Words in a row that are in no line. */
export interface MissingRun {
  readonly words: number;
  readonly startMs: number;
  /** Relays that were stopped meanwhile. Without any, the words were cut while they were received. */
  readonly holes: number;
  /** What the gaps must have together, at least, to cover a part of each of them. */
  readonly leastMs: number;
  /** From the word before them to the one after them. */
  readonly mostMs: number;
  /** The sum of the gaps that was reported before the word after them. */
  readonly gapMs: number;
}

export interface Comparison {
  readonly missing: readonly MissingRun[];
  /** Words that were published once more. */
  readonly doubled: number;
  /** Words that nobody spoke. */
  readonly unspoken: number;
  /** Of each line, how much later it is said to have begun than it did. */
  readonly lateMs: readonly number[];
}

/** Audio that is late by less is no hole for the relay, so that its times are no more exact. */
export const JITTER_MS = 200;

/** A gap was reported, and it is long enough. */
export function isCovered({ gapMs, leastMs }: MissingRun): boolean {
  return gapMs > 0 && gapMs + JITTER_MS >= leastMs;
}

/** What there is to compare with what was spoken; times in milliseconds since the side began to speak. */
export interface Received {
  readonly lines: readonly PublishedLine[];
  /** When each relay was stopped. */
  readonly stoppedMs: readonly number[];
  /** Words after it need not be there. */
  readonly untilMs: number;
}

/** Compares what was spoken with what was published of it, by the numbers of the words. */
export function compare(spoken: readonly SpokenWord[], { lines, stoppedMs, untilMs }: Received): Comparison {
  const published = spoken.map(() => 0);
  const gapBefore = new Map<number, number>();
  const lateMs: number[] = [];
  let unspoken = 0;
  for (const line of lines) {
    const numbers = line.text.split(' ').map(numberOf);
    const first = numbers[0] ?? -1;
    gapBefore.set(first, Math.max(line.gapBeforeMs, gapBefore.get(first) ?? 0));
    const firstSpoken = spoken[first];
    if (firstSpoken) lateMs.push(line.startMs - firstSpoken.startMs);
    for (const number of numbers) {
      if (published[number] === undefined) unspoken++;
      else published[number]++;
    }
  }
  const missing: MissingRun[] = [];
  for (let from = 0; from < spoken.length; from++) {
    if (published[from] !== 0) continue;
    let to = from;
    while (published[to + 1] === 0) to++;
    const [first, before, after] = [spoken[from], spoken[from - 1], spoken[to + 1]];
    if (first && first.endMs <= untilMs) {
      const [sinceMs, backMs] = [before?.startMs ?? 0, after?.endMs ?? Infinity];
      const holes = stoppedMs.filter((ms) => ms >= sinceMs && ms <= backMs).length;
      missing.push({
        words: to - from + 1,
        startMs: first.startMs,
        holes,
        leastMs: leastOf(spoken.slice(from, to + 1), Math.max(1, holes)),
        mostMs: (after?.startMs ?? Infinity) - (before?.endMs ?? 0),
        gapMs: gapBefore.get(to + 1) ?? 0,
      });
    }
    from = to;
  }
  const doubled = published.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
  return { missing, doubled, unspoken, lateMs };
}

/** How long so many holes are together, at least, if no word between their beginning and their end is whole. */
function leastOf(words: readonly SpokenWord[], holes: number): number {
  const [first, last] = [words[0], words.at(-1)];
  // Between two holes there is room for a pause and a part of the words on either side of it.
  const between = words.slice(1).map((word, i) => word.endMs - (words[i]?.startMs ?? 0));
  const heardMs = between.toSorted((a, b) => b - a).slice(0, holes - 1);
  return (last?.startMs ?? 0) - (first?.endMs ?? 0) - heardMs.reduce((sum, ms) => sum + ms, 0);
}
