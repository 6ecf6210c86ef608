import type { Received } from './clients.ts';

/** Milliseconds that an utterance took on each part of its way, from the end of the words to the viewer. */
export interface Hops {
  readonly engine: number;
  readonly publish: number;
  readonly ingest: number;
  readonly stream: number;
  readonly push: number;
  readonly total: number;
}

/** The hops of each utterance that a viewer of a call received, first arrival only. */
export function hopsOf(received: readonly Received[]): Hops[] {
  const bySeq = new Map<number, Hops>();
  for (const { at, message } of received) {
    if (message.type !== 'call') continue;
    for (const { seq, spokenAt, transcribedAt, publishedAt, ingestedAt } of message.utterances) {
      if (bySeq.has(seq)) continue;
      bySeq.set(seq, {
        engine: transcribedAt - spokenAt,
        publish: publishedAt - transcribedAt,
        ingest: ingestedAt - publishedAt,
        stream: message.pushedAt - ingestedAt,
        push: at - message.pushedAt,
        total: at - spokenAt,
      });
    }
  }
  return [...bySeq.values()];
}

/** The value that a share of the values does not pass. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** p50 and p95 of every hop. */
export function summarizeHops(hops: readonly Hops[]): Record<keyof Hops, { p50Ms: number; p95Ms: number }> {
  const summary = (hop: keyof Hops) => {
    const values = hops.map((each) => each[hop]);
    return { p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) };
  };
  return {
    engine: summary('engine'),
    publish: summary('publish'),
    ingest: summary('ingest'),
    stream: summary('stream'),
    push: summary('push'),
    total: summary('total'),
  };
}
