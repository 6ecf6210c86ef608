import type { SttResult, SttWord } from '../stt/engine.ts';

/** What one side said in one go; times are in the stream's milliseconds. */
export interface SpokenUtterance {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly SttWord[];
  readonly gapBeforeMs: number;
  readonly confidence?: number;
}

/** Speech after which an utterance is told although nobody paused. */
export const MAX_SPEECH_MS = 8_000;

/** Joins the finals of one channel into utterances: up to an endpoint, or to {@link MAX_SPEECH_MS} of speech. */
export class UtteranceAssembler {
  readonly #onUtterance: (utterance: SpokenUtterance) => void;
  #finals: SttResult[] = [];
  #gapMs = 0;

  constructor(onUtterance: (utterance: SpokenUtterance) => void) {
    this.#onUtterance = onUtterance;
  }

  final(result: SttResult, gapBeforeMs = 0): void {
    // Words on either side of a gap are not one utterance.
    if (gapBeforeMs > 0) this.endpoint();
    this.#gapMs += gapBeforeMs;
    this.#finals.push(result);
    const speechMs = this.#finals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    if (speechMs >= MAX_SPEECH_MS) this.endpoint();
  }

  /** The speaker paused, or the stream ended: what was said so far is an utterance. */
  endpoint(): void {
    const [first, last] = [this.#finals[0], this.#finals.at(-1)];
    if (!first || !last) return;
    const words = this.#finals.flatMap((final) => final.words);
    const confidence = meanConfidence(this.#finals);
    this.#onUtterance({
      text: this.#finals.map((final) => final.text.trim()).join(' '),
      startMs: words[0]?.startMs ?? first.startMs,
      endMs: words.at(-1)?.endMs ?? last.endMs,
      words,
      gapBeforeMs: this.#gapMs,
      ...(confidence !== undefined && { confidence }),
    });
    this.#finals = [];
    this.#gapMs = 0;
  }
}

/** The finals' confidence, each by the number of its words. */
function meanConfidence(finals: readonly SttResult[]): number | undefined {
  let [sum, weight] = [0, 0];
  for (const { confidence, words } of finals) {
    if (confidence === undefined) continue;
    sum += confidence * Math.max(1, words.length);
    weight += Math.max(1, words.length);
  }
  return weight === 0 ? undefined : Math.min(1, Math.max(0, sum / weight));
}
