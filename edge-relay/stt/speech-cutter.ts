import { samplesOf } from '../audio/samples.ts';
import { type AudioFormat, bytesPerMs } from './engine.ts';
import { VoiceActivity } from './voice-activity.ts';

/** Speech between two pauses; times are milliseconds since the first sample. */
export interface SpeechCut {
  readonly startMs: number;
  readonly endMs: number;
  readonly audio: Buffer;
}

const STEP_MS = 20;
/** The quiet beginning of a word belongs to it. */
const BEFORE_MS = 200;
const PAUSE_MS = 500;
/** Speech without a pause is cut here, so that text does not wait for ever. */
const MAX_CUT_MS = 12_000;
/** Less voice than this is a click. */
const MIN_VOICE_MS = 80;

/**
 * Cuts one channel where the speaker pauses, for engines that transcribe one piece at a time. Silence is never part of
 * a cut.
 */
export class SpeechCutter {
  readonly #stepBytes: number;
  readonly #onCut: (cut: SpeechCut) => void;
  readonly #activity = new VoiceActivity();
  #rest = Buffer.alloc(0);
  #steps: Buffer[] = [];
  #nowMs = 0;
  #voiceMs = 0;
  #lastVoiceMs = 0;

  constructor(format: AudioFormat, { onCut }: { onCut: (cut: SpeechCut) => void }) {
    this.#stepBytes = STEP_MS * bytesPerMs(format);
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
    this.#cut();
  }

  #step(step: Buffer): void {
    this.#nowMs += STEP_MS;
    this.#steps.push(Buffer.from(step));
    if (this.#activity.hears(samplesOf(step), STEP_MS)) {
      this.#voiceMs += STEP_MS;
      this.#lastVoiceMs = this.#nowMs;
    }
    if (this.#voiceMs === 0) {
      if (this.#steps.length * STEP_MS > BEFORE_MS) this.#steps.shift();
    } else if (this.#nowMs - this.#lastVoiceMs >= PAUSE_MS || this.#steps.length * STEP_MS >= MAX_CUT_MS) this.#cut();
  }

  #cut(): void {
    const startMs = this.#nowMs - this.#steps.length * STEP_MS;
    if (this.#voiceMs >= MIN_VOICE_MS) this.#onCut({ startMs, endMs: this.#nowMs, audio: Buffer.concat(this.#steps) });
    this.#steps = [];
    this.#voiceMs = 0;
  }
}
