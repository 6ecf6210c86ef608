import { samplesOf } from '../audio/samples.ts';
import { type AudioFormat, bytesPerMs } from './engine.ts';
import { VoiceActivity } from './voice-activity.ts';

/** Speech between two pauses; times are milliseconds since the first sample. */
export interface SpeechCut {
  readonly startMs: number;
  readonly endMs: number;
  readonly audio: Buffer;
  /** Where the level rose and fell: the words lie between. */
  readonly voiceStartMs: number;
  readonly voiceEndMs: number;
  /** Nobody paused: it was cut for its length, and what follows goes on where it ends. */
  readonly isUnfinished: boolean;
}

/** Models that transcribe a piece at a time answer shorter ones with nothing. */
const SHORTEST_MS = 1_100;

/** The audio of a cut as a model wants it: silence makes a short answer long enough, its times stay. */
export function audioOfCut({ audio, startMs, endMs }: SpeechCut, format: AudioFormat): Buffer {
  const missingMs = SHORTEST_MS - (endMs - startMs);
  return missingMs <= 0 ? audio : Buffer.concat([audio, Buffer.alloc(missingMs * bytesPerMs(format))]);
}

const STEP_MS = 20;
/** The quiet beginning of a word belongs to it. */
const BEFORE_MS = 200;
const PAUSE_MS = 500;
/** Speech without a pause is cut by then, so that text does not wait for ever. */
const MAX_CUT_MS = 12_000;
/** How far back a place between two words is looked for, where speech has to be cut without a pause. */
const LOOK_BACK_MS = 3_000;
/** A place is as quiet as so much audio around it. */
const QUIET_STEPS = 3;
/** Less voice than this is a click. */
const MIN_VOICE_MS = 80;

interface Step {
  readonly audio: Buffer;
  readonly hasVoice: boolean;
  readonly energy: number;
}

/**
 * Cuts one channel where the speaker pauses, for engines that transcribe one piece at a time; where nobody pauses for
 * long, at the quietest place. Silence is never part of a cut.
 */
export class SpeechCutter {
  readonly #stepBytes: number;
  readonly #maxSteps: number;
  readonly #onCut: (cut: SpeechCut) => void;
  readonly #activity = new VoiceActivity();
  #rest = Buffer.alloc(0);
  #steps: Step[] = [];
  #nowMs = 0;
  #voiceMs = 0;
  #lastVoiceMs = 0;

  constructor(
    format: AudioFormat,
    { onCut, maxCutMs = MAX_CUT_MS }: { onCut: (cut: SpeechCut) => void; maxCutMs?: number },
  ) {
    this.#stepBytes = STEP_MS * bytesPerMs(format);
    this.#maxSteps = Math.floor(maxCutMs / STEP_MS);
    this.#onCut = onCut;
  }

  push(audio: Buffer): void {
    let bytes = Buffer.concat([this.#rest, audio]);
    for (; bytes.length >= this.#stepBytes; bytes = bytes.subarray(this.#stepBytes))
      this.#step(bytes.subarray(0, this.#stepBytes));
    this.#rest = Buffer.from(bytes);
  }

  /** The stream ended: what was being said is a cut too. */
  end(): void {
    if (this.#rest.length > 0)
      this.#step(Buffer.concat([this.#rest, Buffer.alloc(this.#stepBytes - this.#rest.length)]));
    this.#rest = Buffer.alloc(0);
    this.#cut(this.#steps.length, false);
  }

  /** Length of what is being said, up to now; 0 in silence. */
  get openMs(): number {
    return this.#voiceMs < MIN_VOICE_MS ? 0 : this.#steps.length * STEP_MS;
  }

  /** What is being said, up to now; undefined in silence. */
  get open(): SpeechCut | undefined {
    return this.openMs === 0 ? undefined : this.#cutOf(this.#steps, true);
  }

  #step(audio: Buffer): void {
    this.#nowMs += STEP_MS;
    const samples = samplesOf(audio);
    const hasVoice = this.#activity.detects(samples, STEP_MS);
    this.#steps.push({ audio: Buffer.from(audio), hasVoice, energy: energyOf(samples) });
    if (hasVoice) {
      this.#voiceMs += STEP_MS;
      this.#lastVoiceMs = this.#nowMs;
    }
    if (this.#voiceMs === 0) {
      if (this.#steps.length * STEP_MS > BEFORE_MS) this.#steps.shift();
    } else if (this.#nowMs - this.#lastVoiceMs >= PAUSE_MS) this.#cut(this.#steps.length, false);
    else if (this.#steps.length >= this.#maxSteps) this.#cut(this.#quietestPlace(), true);
  }

  /** In the last seconds, but not at their very end. */
  #quietestPlace(): number {
    const energies = this.#steps.map(({ energy }) => energy);
    const first = Math.max(1, energies.length - LOOK_BACK_MS / STEP_MS);
    return quietestPlace(energies, first, energies.length - QUIET_STEPS);
  }

  #cut(stepCount: number, isUnfinished: boolean): void {
    const [said, next] = [this.#steps.slice(0, stepCount), this.#steps.slice(stepCount)];
    const cut =
      this.#voiceMs >= MIN_VOICE_MS && said.some(({ hasVoice }) => hasVoice)
        ? this.#cutOf(said, isUnfinished, next.length)
        : undefined;
    this.#steps = next;
    this.#voiceMs = STEP_MS * next.filter(({ hasVoice }) => hasVoice).length;
    if (cut) this.#onCut(cut);
  }

  #cutOf(steps: readonly Step[], isUnfinished: boolean, stepsAfter = 0): SpeechCut {
    const endMs = this.#nowMs - stepsAfter * STEP_MS;
    const startMs = endMs - steps.length * STEP_MS;
    const first = Math.max(
      0,
      steps.findIndex(({ hasVoice }) => hasVoice),
    );
    const last = steps.findLastIndex(({ hasVoice }) => hasVoice);
    return {
      startMs,
      endMs,
      audio: Buffer.concat(steps.map(({ audio }) => audio)),
      voiceStartMs: startMs + first * STEP_MS,
      voiceEndMs: last === -1 ? endMs : startMs + (last + 1) * STEP_MS,
      isUnfinished,
    };
  }
}

/** The index, from `first` to before `end`, around which the least energy lies; of several the last. */
export function quietestPlace(energies: ArrayLike<number>, first: number, end: number): number {
  let [place, least] = [first, Infinity];
  for (let i = first; i < end; i++) {
    let sum = 0;
    for (let k = 0; k < QUIET_STEPS; k++) sum += energies[i - 1 + k] ?? 0;
    if (sum <= least) [place, least] = [i, sum];
  }
  return place;
}

function energyOf(samples: Int16Array): number {
  let energy = 0;
  for (let i = 0; i < samples.length; i++) energy += (samples[i] as number) ** 2;
  return energy;
}
