import type { Channel } from '#core/ids.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import { lineKey } from '../live/board.ts';

/** What stands in a transcript: words, audio that was lost before them, and lines that did not arrive. */
export type TranscriptItem =
  | { readonly kind: 'line'; readonly key: string; readonly line: ScoredUtterance }
  | { readonly kind: 'gap'; readonly key: string; readonly ms: number; readonly channel: Channel }
  | { readonly kind: 'missing'; readonly key: string; readonly count: number };

/**
 * The items of a transcript in order. `lines` are in the order in which they were spoken, `missing` in order of seq; a missing
 * one stands before the first line of a later seq.
 */
export function transcriptItems(lines: readonly ScoredUtterance[], missing: readonly number[]): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  let next = 0;

  function takeMissingBelow(seq: number): void {
    const from = next;
    while ((missing[next] ?? Infinity) < seq) next += 1;
    if (next > from) items.push({ kind: 'missing', key: `missing-${String(missing[from])}`, count: next - from });
  }

  for (const line of lines) {
    takeMissingBelow(line.seq);
    const key = String(lineKey(line));
    if (line.gapBeforeMs) items.push({ kind: 'gap', key: `gap-${key}`, ms: line.gapBeforeMs, channel: line.channel });
    items.push({ kind: 'line', key, line });
  }
  takeMissingBelow(Infinity);
  return items;
}
