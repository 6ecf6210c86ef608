import type { Clock } from '../clock.ts';
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
}

export interface AssemblerDependencies {
  readonly clock: Clock;
  readonly onUtterance: (utterance: SpokenUtterance) => void;
  /** Whether the text so far breaks off in the middle of a number, which is emitted as a whole. */
  readonly breaksOff: (text: string) => boolean;
}

/** Speech after which an utterance is emitted although nobody paused. */
export const MAX_SPEECH_MS = 8_000;
/** Reading a number out may take longer, and its speaker may look at the card in between. */
const MAX_NUMBER_MS = 24_000;
const NUMBER_PAUSE_MS = 3_000;

/** Joins the finals of one channel into utterances: up to an endpoint, or to {@link MAX_SPEECH_MS} of speech. */
export class UtteranceAssembler {
  readonly #dependencies: AssemblerDependencies;
  #finals: SttResult[] = [];
  #gapMs = 0;
  #engine = '';
  #cancelWait: () => void = () => undefined;

  constructor(dependencies: AssemblerDependencies) {
    this.#dependencies = dependencies;
  }

  final(result: SttResult, gapBeforeMs: number, engine: string): void {
    this.#cancelWait();
    // Words on either side of a gap are not one utterance, nor are those of two engines.
    if (gapBeforeMs > 0 || engine !== this.#engine) this.flush();
    this.#engine = engine;
    this.#gapMs += gapBeforeMs;
    this.#finals.push(result);
    const speechMs = this.#finals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    if (speechMs >= MAX_NUMBER_MS || (speechMs >= MAX_SPEECH_MS && !this.#breaksOff())) this.flush();
  }

  /** The speaker paused: what was said so far is an utterance, unless it is half a number. */
  endpoint(): void {
    this.#cancelWait();
    if (!this.#breaksOff()) this.flush();
    else
      this.#cancelWait = this.#dependencies.clock.after(NUMBER_PAUSE_MS, () => {
        this.flush();
      });
  }

  /** What is being said: what is final of the utterance so far, and the words after it that may still change. */
  underWay(partial: SttResult): { text: string; startMs: number } {
    const first = this.#finals[0] ?? partial;
    const text = `${this.#text()} ${partial.text}`.trim();
    return { text, startMs: first.words[0]?.startMs ?? first.startMs };
  }

  /** The stream ended, or the speaker was waited for long enough. */
  flush(): void {
    this.#cancelWait();
    const [first, last] = [this.#finals[0], this.#finals.at(-1)];
    if (!first || !last) return;
    const words = this.#finals.flatMap((final) => final.words);
    const confidence = meanConfidence(this.#finals);
    this.#dependencies.onUtterance({
      text: this.#text(),
      startMs: words[0]?.startMs ?? first.startMs,
      endMs: words.at(-1)?.endMs ?? last.endMs,
      words,
      gapBeforeMs: this.#gapMs,
      engine: this.#engine,
      ...(confidence !== undefined && { confidence }),
    });
    this.#finals = [];
    this.#gapMs = 0;
  }

  #text(): string {
    return this.#finals.map((final) => final.text.trim()).join(' ');
  }

  #breaksOff(): boolean {
    return this.#dependencies.breaksOff(this.#text());
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
