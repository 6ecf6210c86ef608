/** A lane that is so much behind the other is filled with silence: a late leg must not hold up the other. */
export const MAX_SKEW_MS = 300;
/** It has to stay behind for so long: after a stall, all audio of one leg may be read before that of the other. */
export const SKEW_HOLDS_MS = 100;

/**
 * Audio is passed on in steps of this length: each costs a message to the engine, and text is some hundred milliseconds
 * away.
 */
export const STEP_MS = 60;

export interface InterleaverEvents {
  /** Two channels, interleaved; `voices` are the lanes in which somebody may be speaking, as bits. */
  audio: (audio: Buffer, voices: number) => void;
  /** Silence was put into a lane in the place of audio that had not come. */
  padded: (lane: number, durationMs: number) => void;
}

/** Brings two legs' audio, 16-bit samples of one rate, onto one clock: both lanes always have the same length. */
export class Interleaver {
  readonly #lanes: readonly [Lane, Lane];
  readonly #samplesPerMs: number;
  readonly #events: InterleaverEvents;
  readonly #now: () => number;
  #sentSamples = 0;

  constructor(sampleRate: number, now: () => number, events: InterleaverEvents) {
    this.#now = now;
    this.#samplesPerMs = sampleRate / 1_000;
    this.#events = events;
    this.#lanes = [new Lane(this.#samplesPerMs), new Lane(this.#samplesPerMs)];
  }

  /** From now on the lane's audio is waited for. Returns its place in the stream. */
  open(lane: number): number {
    const at = this.#lane(lane);
    at.isOpen = true;
    return (this.#sentSamples + at.length) / this.#samplesPerMs;
  }

  /** No more audio in this lane: silence from here on, for which nobody waits. */
  close(lane: number): void {
    this.#lane(lane).isOpen = false;
    this.#emit();
  }

  push(lane: number, audio: Int16Array, hasVoice: boolean): void {
    this.#lane(lane).push(audio, hasVoice);
    this.#emit();
  }

  #lane(index: number): Lane {
    return this.#lanes[index === 0 ? 0 : 1];
  }

  #emit(): void {
    const [left, right] = this.#lanes;
    this.#pad(0, left, right.length);
    this.#pad(1, right, left.length);
    const count = Math.min(left.length, right.length);
    if (count === 0 || (count < STEP_MS * this.#samplesPerMs && (left.isOpen || right.isOpen))) return;
    const audio = Buffer.allocUnsafe(4 * count);
    const samples = new Int16Array(audio.buffer, audio.byteOffset, 2 * count);
    left.take(count, samples, 0);
    right.take(count, samples, 1);
    this.#sentSamples += count;
    const voices = (left.hasVoice ? 1 : 0) | (right.hasVoice ? 2 : 0);
    left.hasVoice &&= left.length > 0;
    right.hasVoice &&= right.length > 0;
    this.#events.audio(audio, voices);
  }

  #pad(index: number, lane: Lane, otherLength: number): void {
    const behind = otherLength - lane.length;
    if (behind <= (lane.isOpen ? MAX_SKEW_MS * this.#samplesPerMs : 0)) {
      lane.behindSinceAt = undefined;
      return;
    }
    if (lane.isOpen) {
      lane.behindSinceAt ??= this.#now();
      if (this.#now() - lane.behindSinceAt < SKEW_HOLDS_MS) return;
    }
    lane.behindSinceAt = undefined;
    lane.pad(behind);
    this.#events.padded(index, behind / this.#samplesPerMs);
  }
}

/** One lane's samples that wait for the other's. */
class Lane {
  isOpen = false;
  /** Since when it is too far behind the other; undefined while it is not. */
  behindSinceAt: number | undefined;
  hasVoice = false;
  readonly #usualRoom: number;
  #samples: Int16Array;
  #start = 0;
  #end = 0;

  constructor(samplesPerMs: number) {
    this.#usualRoom = 2 * MAX_SKEW_MS * samplesPerMs;
    this.#samples = new Int16Array(this.#usualRoom);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  push(audio: Int16Array, hasVoice: boolean): void {
    this.#makeRoom(audio.length);
    this.#samples.set(audio, this.#end);
    this.#end += audio.length;
    this.hasVoice ||= hasVoice;
  }

  pad(count: number): void {
    this.#makeRoom(count);
    this.#samples.fill(0, this.#end, this.#end + count);
    this.#end += count;
  }

  /** Moves the first samples into every second place of `into`. */
  take(count: number, into: Int16Array, offset: number): void {
    const samples = this.#samples;
    for (let i = 0, from = this.#start, to = offset; i < count; i++, from++, to += 2)
      into[to] = samples[from] as number;
    this.#start += count;
    if (this.#start < this.#end) return;
    this.#start = this.#end = 0;
    // A burst took more; kept for the rest of every call, it would add up.
    if (samples.length > this.#usualRoom) this.#samples = new Int16Array(this.#usualRoom);
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#samples.length) return;
    const needed = this.length + count;
    const room = needed <= this.#samples.length ? this.#samples : new Int16Array(2 * needed);
    room.set(this.#samples.subarray(this.#start, this.#end));
    this.#samples = room;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
