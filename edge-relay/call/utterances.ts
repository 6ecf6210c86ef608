import type { SttResult, SttWord } from '../stt/engine.ts';

/** What one side said in one go; times are in the stream's milliseconds. */
export interface SpokenUtterance {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly SttWord[];
  readonly gapBeforeMs: number;
  /** Who made text of it. */
  readonly engine: string;
  readonly confidence?: number;
  /** What the engine found it to be said in. */
  readonly language?: string;
}

export interface AssemblerDependencies {
  readonly onUtterance: (utterance: SpokenUtterance) => void;
}

/** Speech after which an utterance is emitted although nobody paused. */
export const MAX_SPEECH_MS = 8_000;

/** Joins the finals of one channel into utterances: up to an endpoint, or to {@link MAX_SPEECH_MS} of speech. */
export class UtteranceAssembler {
  readonly #dependencies: AssemblerDependencies;
  #finals: SttResult[] = [];
  #gapMs = 0;
  #engine = '';

  constructor(dependencies: AssemblerDependencies) {
    this.#dependencies = dependencies;
  }

  final(result: SttResult, gapBeforeMs: number, engine: string): void {
    // Words on either side of a gap are not one utterance, nor are those of two engines.
    if (gapBeforeMs > 0 || engine !== this.#engine) this.flush();
    this.#engine = engine;
    this.#gapMs += gapBeforeMs;
    this.#finals.push(result);
    const speechMs = this.#finals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    if (speechMs >= MAX_SPEECH_MS) this.flush();
  }

  /** What is being said: what is final of the utterance so far, and the words after it that may still change. */
  underWay(partial: SttResult): { text: string; startMs: number } {
    const first = this.#finals[0] ?? partial;
    const text = `${this.#text()} ${partial.text}`.trim();
    return { text, startMs: first.words[0]?.startMs ?? first.startMs };
  }

  /** The speaker paused, or the stream ended: what was said so far is an utterance. */
  flush(): void {
    const [first, last] = [this.#finals[0], this.#finals.at(-1)];
    if (!first || !last) return;
    const words = this.#finals.flatMap((final) => final.words);
    const confidence = meanConfidence(this.#finals);
    const language = mostSpoken(this.#finals);
    this.#dependencies.onUtterance({
      text: this.#text(),
      startMs: words[0]?.startMs ?? first.startMs,
      endMs: words.at(-1)?.endMs ?? last.endMs,
      words,
      gapBeforeMs: this.#gapMs,
      engine: this.#engine,
      ...(confidence !== undefined && { confidence }),
      ...(language !== undefined && { language }),
    });
    this.#finals = [];
    this.#gapMs = 0;
  }

  #text(): string {
    return this.#finals.map((final) => final.text.trim()).join(' ');
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

/** The language of most of the words; of two with as many the one that came first. */
function mostSpoken(finals: readonly SttResult[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { language, words } of finals)
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + Math.max(1, words.length));
  return mostCounted(counts);
}

/** The key with the highest count, the first of several; undefined where there is none. */
export function mostCounted(counts: ReadonlyMap<string, number>): string | undefined {
  const [first, ...others] = [...counts];
  return first && others.reduce((most, one) => (one[1] > most[1] ? one : most), first)[0];
}
