/** Audio that is later than this was not merely delayed on its way: there is a hole before it. */
const HOLE_MS = 200;
/** So long after the last audio, silence is put into the stream in its place. */
const FILL_AFTER_MS = 400;
/** The first audio may have waited for so long until a busy relay opened its leg. */
const EARLIEST_MS = -5_000;
/** Holes whose place is remembered; words come back from an engine long before so many pass. */
const MAX_SPANS = 256;

/** Unbroken audio: where it begins in the engine's stream, and when it was spoken. */
interface Span {
  readonly streamMs: number;
  spokenMs: number;
  /** When the audio before it ended, as it seemed then. */
  readonly endBeforeMs: number;
}

/**
 * Where a leg's audio belongs in time. Asterisk sends nothing while there is no RTP, and all at once after a stall, so
 * across holes the wall clock measures time, and inside a burst the count of samples does.
 *
 * The engine receives one unbroken stream: audio, with silence in the holes. A hole and a stall look alike until the
 * audio after it has come: if it comes faster than it was spoken, it had only been late, and its span moves back in
 * time.
 *
 * All times are milliseconds since the leg began; what was spoken before that is below 0.
 */
export class Timeline {
  #spans: Span[] = [];
  #streamMs = 0;
  /** Silence put in since the last audio. */
  #filledMs = 0;
  #closedHolesMs = 0;
  #startMs: number | undefined;

  /** When the first audio was spoken; undefined before it came. */
  get startMs(): number | undefined {
    return this.#startMs;
  }

  /** When the last audio ended; 0 before any came. */
  get endMs(): number {
    const span = this.#spans.at(-1);
    return span ? span.spokenMs + (this.#streamMs - this.#filledMs - span.streamMs) : 0;
  }

  /** Length of the stream, audio and silence. */
  get streamMs(): number {
    return this.#streamMs;
  }

  /** Time of which no audio came. */
  get holesMs(): number {
    return this.#closedHolesMs + this.#openHoleMs();
  }

  /** Audio of `durationMs` arrived at `nowMs`. Returns how much silence belongs into the stream before it. */
  audio(nowMs: number, durationMs: number): number {
    const span = this.#spans.at(-1);
    const endMs = this.endMs;
    const lateMs = nowMs - (endMs + durationMs);
    let silenceMs = 0;
    if (!span || lateMs > HOLE_MS || this.#filledMs > 0) {
      const spokenMs = Math.max(span ? endMs : EARLIEST_MS, nowMs - durationMs);
      if (span) silenceMs = Math.max(0, Math.round(spokenMs - endMs - this.#filledMs));
      this.#begin({ streamMs: this.#streamMs + silenceMs, spokenMs, endBeforeMs: endMs });
    } else if (lateMs < 0) {
      this.#moveBack(span.spokenMs + lateMs);
    }
    this.#filledMs = 0;
    this.#streamMs += silenceMs + durationMs;
    return silenceMs;
  }

  /** Called now and then while no audio comes. Returns how much silence to put into the stream. */
  quiet(nowMs: number): number {
    const missingMs = nowMs - this.endMs - this.#filledMs - FILL_AFTER_MS;
    const silenceMs = this.#spans.length > 0 && missingMs > 0 ? Math.round(missingMs) : 0;
    this.#filledMs += silenceMs;
    this.#streamMs += silenceMs;
    return silenceMs;
  }

  /** Silence of `durationMs` was put into the stream, for the other side would not wait any longer. */
  padded(durationMs: number): void {
    this.#filledMs += durationMs;
    this.#streamMs += durationMs;
  }

  /** When the sound at a place of the stream was spoken. */
  spokenAt(streamMs: number): number {
    const index = this.#spans.findLastIndex((span) => span.streamMs <= streamMs);
    const span = this.#spans[index];
    if (!span) return Math.max(0, streamMs);
    const spokenMs = span.spokenMs + (streamMs - span.streamMs);
    return Math.min(spokenMs, this.#spans[index + 1]?.spokenMs ?? Infinity);
  }

  /** The last span began earlier than it seemed, and none before it began later. */
  #moveBack(toMs: number): void {
    const latestMs = Math.max(EARLIEST_MS, toMs);
    this.#startMs = Math.min(this.#startMs ?? latestMs, latestMs);
    for (const span of this.#spans.toReversed()) {
      if (span.spokenMs <= latestMs) break;
      span.spokenMs = latestMs;
    }
  }

  /** The hole before the last span; it may shrink until the next begins. */
  #openHoleMs(): number {
    const span = this.#spans.at(-1);
    return span && span.streamMs > 0 ? Math.max(0, span.spokenMs - span.endBeforeMs) : 0;
  }

  #begin(span: Span): void {
    this.#closedHolesMs += this.#openHoleMs();
    this.#startMs ??= span.spokenMs;
    this.#spans.push(span);
    if (this.#spans.length > MAX_SPANS) this.#spans.shift();
  }
}
