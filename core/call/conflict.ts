import type { UtteranceTranscribed } from './events.ts';

type Said = Pick<UtteranceTranscribed, 'channel' | 'startMs' | 'endMs' | 'text' | 'spokenAt'>;

/** Utterances of one call that are kept although others were stored under their seqs first. */
export const MAX_CONFLICTS = 200;

/**
 * Whether two utterances of one seq are the same. What differs between two deliveries of one (`publishedAt`) and what the
 * cloud adds does not count.
 */
export function isSameUtterance(one: Said, other: Said): boolean {
  return identityOf(one) === identityOf(other);
}

/** What an utterance says, by which it is told from others of its seq. */
export function identityOf({ channel, startMs, endMs, text, spokenAt }: Said): string {
  return JSON.stringify([channel, startMs, endMs, spokenAt, text]);
}

/** In order of seq; of one seq the one that was stored first leads. */
export function bySeq(one: { seq: number; conflict?: string | undefined }, other: typeof one): number {
  if (one.seq !== other.seq) return one.seq - other.seq;
  return (one.conflict ?? '') < (other.conflict ?? '') ? -1 : 1;
}
