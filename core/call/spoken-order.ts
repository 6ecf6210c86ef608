interface Spoken {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Utterances in the order in which they were spoken. An utterance gets its seq when its text may leave the relay, so one
 * that waited for the rest of a number comes after what was said since: it goes before all that began after it had ended.
 * Those that overlap stay in the order of their seqs.
 */
export function inSpokenOrder<Utterance extends Spoken>(bySeq: readonly Utterance[]): Utterance[] {
  const ordered: Utterance[] = [];
  for (const utterance of bySeq) {
    const before = ordered.findLastIndex(({ startMs }) => startMs < utterance.endMs);
    ordered.splice(before + 1, 0, utterance);
  }
  return ordered;
}
