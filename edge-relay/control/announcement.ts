import { framesOf } from '../audiosocket/audio-frames.ts';
import { SPEECH_RATE } from './speech.ts';

const BEEP_HZ = 880;
const BEEP_MS = 180;
const BEEP_LEVEL = 9_000;
/** A beep that begins or ends at once clicks. */
const SLOPE_MS = 8;

/** What a called person hears: a tone, and the sentence twice; the tone alone where there is no speech. */
export function announcementFrames(speech: Int16Array | undefined): Buffer[] {
  const tone = [beep(), pause(120), beep()];
  // It takes a moment to lift a telephone to the ear.
  const parts = speech
    ? [pause(500), ...tone, pause(400), speech, pause(900), speech, pause(500)]
    : [pause(500), ...tone, pause(600), ...tone, pause(600), ...tone, pause(500)];
  const samples = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return framesOf({ samples, sampleRate: SPEECH_RATE });
}

function pause(durationMs: number): Int16Array {
  return new Int16Array((durationMs * SPEECH_RATE) / 1_000);
}

function beep(): Int16Array {
  const samples = pause(BEEP_MS);
  const slope = (SLOPE_MS * SPEECH_RATE) / 1_000;
  return samples.map((_, i) => {
    const level = BEEP_LEVEL * Math.min(1, i / slope, (samples.length - 1 - i) / slope);
    return Math.round(level * Math.sin((2 * Math.PI * BEEP_HZ * i) / SPEECH_RATE));
  });
}

/** What is to be said to people who were called, by the UUID of the connection that Asterisk will open for them. */
export class Announcements {
  readonly #waiting = new Map<string, { frames: readonly Buffer[]; taken: () => void }>();

  /** `taken`: called when its playback begins. */
  add(uuid: string, frames: readonly Buffer[], taken: () => void): void {
    this.#waiting.set(uuid, { frames, taken });
  }

  forget(uuid: string): void {
    this.#waiting.delete(uuid);
  }

  /** Whether a connection with this UUID is waited for. */
  readonly has = (uuid: string): boolean => this.#waiting.has(uuid);

  /** Undefined for a connection without an announcement. Each is played once. */
  readonly take = (uuid: string): readonly Buffer[] | undefined => {
    const waiting = this.#waiting.get(uuid);
    this.#waiting.delete(uuid);
    waiting?.taken();
    return waiting?.frames;
  };
}
