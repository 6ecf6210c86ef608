import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import {
  type AudioFormat,
  bytesPerMs,
  type SpeechContext,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttResult,
} from './engine.ts';
import { KeptAudio } from './kept-audio.ts';

/** What a session tells. Times are milliseconds since the first audio pushed, whatever connections came and went. */
interface SessionListener {
  partial: (result: SttResult) => void;
  /** `gapBeforeMs`: audio since the last final that no engine heard. */
  final: (result: SttResult, gapBeforeMs: number) => void;
  endpoint: (channelIndex: number) => void;
}

export interface SessionDependencies {
  readonly engine: SttEngine;
  readonly clock: Clock;
  readonly log: Logger;
  readonly listener: SessionListener;
}

/** Audio kept for a replay: of words under way, and where none are. */
const KEEP_MS = 30_000;
const KEEP_SETTLED_MS = 5_000;
const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 5_000;
/** A connection that held for so long was a good one; the next back-off starts anew. */
const GOOD_CONNECTION_MS = 30_000;
const REPLAY_STEP_MS = 100;
/** How long an engine may take for its last words after its audio ended. */
const FINISH_MS = 5_000;

/**
 * One leg's speech, over as many engine connections as it takes. What an engine had not made final when its connection
 * dropped is sent again to the next, so no word is lost, and words that were final before are not told twice.
 */
export class SttSession {
  readonly #format: AudioFormat;
  readonly #deps: SessionDependencies;
  readonly #kept: KeptAudio;
  readonly #finalMs: number[];
  readonly #hasPartial: boolean[];
  #context: SpeechContext | undefined;
  #connection: SttConnection | undefined;
  /** Where the running connection's own time zero lies in the session's time. */
  #originMs = 0;
  /** Told connections apart: what an abandoned one still says is not heard. */
  #attempt = 0;
  #failures = 0;
  #sentMs = 0;
  #gapMs = 0;
  #cancelTimer: () => void = () => undefined;
  #cancelFinish: () => void = () => undefined;
  #finished: (() => void) | undefined;
  #isOver = false;
  gapCount = 0;

  constructor(format: AudioFormat, dependencies: SessionDependencies) {
    this.#format = format;
    this.#deps = dependencies;
    this.#kept = new KeptAudio(format);
    this.#finalMs = new Array<number>(format.channelCount).fill(0);
    this.#hasPartial = new Array<boolean>(format.channelCount).fill(false);
  }

  /** Opens the first connection; audio pushed before is kept for it. */
  start(context: SpeechContext): void {
    this.#context = context;
    this.#open();
  }

  push(audio: Buffer): void {
    if (this.#isOver || this.#finished) return;
    this.#kept.push(audio);
    if (this.#connection && this.#sentMs === this.#kept.endMs - audio.length / bytesPerMs(this.#format)) {
      this.#connection.send(audio);
      this.#sentMs = this.#kept.endMs;
    }
    this.#trim();
  }

  /** No more audio. Resolves when the last words have been told. */
  async finish(): Promise<void> {
    if (this.#isOver || this.#finished) return;
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
      const cancel = this.#deps.clock.after(FINISH_MS, () => {
        this.#deps.log.warn({ engine: this.#deps.engine.name }, 'speech engine did not finish in time');
        this.#end();
      });
      this.#cancelFinish = cancel;
      if (!this.#context) this.#end();
      else if (this.#connection && this.#sentMs === this.#kept.endMs) this.#connection.finish();
    });
  }

  #open(): void {
    if (!this.#context) return;
    const attempt = ++this.#attempt;
    const { engine, clock } = this.#deps;
    const openedAt = clock.now();
    this.#originMs = Math.max(Math.min(...this.#finalMs), this.#kept.startMs);
    this.#kept.dropBefore(this.#originMs);
    const closed = (error?: SttError) => {
      if (attempt !== this.#attempt || this.#isOver) return;
      this.#attempt++;
      this.#connection = undefined;
      if (this.#finished && !error) this.#end();
      else this.#retry(error ?? new SttError('the engine ended the stream', { retryable: true }), openedAt);
    };
    const live = <T extends unknown[]>(tell: (...args: T) => void) => {
      return (...args: T) => {
        if (attempt === this.#attempt && !this.#isOver) tell(...args);
      };
    };
    engine
      .open(this.#format, this.#context, {
        partial: live((result) => {
          this.#hasPartial[result.channelIndex] = result.text !== '';
          this.#deps.listener.partial(shifted(result, this.#originMs));
        }),
        final: live((result) => {
          this.#final(shifted(result, this.#originMs));
        }),
        endpoint: live((channelIndex) => {
          this.#deps.listener.endpoint(channelIndex);
        }),
        closed,
      })
      .then(
        (connection) => {
          if (attempt !== this.#attempt || this.#isOver) {
            connection.abort();
            return;
          }
          this.#connection = connection;
          this.#sentMs = this.#originMs;
          this.#replay();
        },
        (error: unknown) => {
          closed(error instanceof SttError ? error : new SttError(String(error), { retryable: true, cause: error }));
        },
      );
  }

  /** Sends what was kept, no faster than the engine takes it, until the stream is level with what is being spoken. */
  #replay(): void {
    if (!this.#connection || this.#isOver) return;
    const behindMs = this.#kept.endMs - this.#sentMs;
    const stepMs = Math.min(behindMs, Math.max(REPLAY_STEP_MS * this.#deps.engine.replayRate, 1));
    this.#connection.send(this.#kept.read(this.#sentMs, stepMs));
    this.#sentMs = stepMs === behindMs ? this.#kept.endMs : this.#sentMs + stepMs;
    if (this.#sentMs < this.#kept.endMs)
      this.#cancelTimer = this.#deps.clock.after(REPLAY_STEP_MS, () => {
        this.#replay();
      });
    else if (this.#finished) this.#connection.finish();
  }

  #retry(error: SttError, openedAt: number): void {
    const { clock, engine, log } = this.#deps;
    this.#cancelTimer();
    this.#hasPartial.fill(false);
    if (!error.retryable) {
      log.error(
        { engine: engine.name, reason: error.message },
        'speech engine refused the stream, it will not be retried',
      );
      this.#end();
      return;
    }
    if (clock.now() - openedAt > GOOD_CONNECTION_MS) this.#failures = 0;
    const delayMs = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#failures++);
    log.warn(
      { engine: engine.name, reason: error.message, delayMs },
      'speech engine dropped the stream, opening another',
    );
    this.#cancelTimer = clock.after(delayMs, () => {
      this.#open();
    });
  }

  #final(result: SttResult): void {
    const { channelIndex } = result;
    const before = this.#finalMs[channelIndex] ?? 0;
    this.#finalMs[channelIndex] = Math.max(before, Math.min(Math.floor(result.endMs), this.#sentMs));
    this.#hasPartial[channelIndex] = false;
    const fresh = withoutWordsBefore(result, before);
    if (fresh) {
      this.#deps.listener.final(fresh, this.#gapMs);
      this.#gapMs = 0;
    }
    this.#trim();
  }

  #trim(): void {
    this.#kept.dropBefore(Math.min(...this.#finalMs));
    const settled = this.#connection && this.#sentMs === this.#kept.endMs && !this.#hasPartial.includes(true);
    const droppedMs = this.#kept.dropBefore(this.#kept.endMs - (settled ? KEEP_SETTLED_MS : KEEP_MS));
    if (this.#connection || droppedMs === 0) return;
    if (this.#gapMs === 0) this.gapCount++;
    this.#gapMs += droppedMs;
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelTimer();
    this.#cancelFinish();
    this.#connection?.abort();
    this.#connection = undefined;
    this.#finished?.();
  }
}

function shifted(result: SttResult, byMs: number): SttResult {
  const words = result.words.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));
  return { ...result, words, startMs: result.startMs + byMs, endMs: result.endMs + byMs };
}

/** The result less the words that lie before `beforeMs`; undefined when none is left. */
function withoutWordsBefore(result: SttResult, beforeMs: number): SttResult | undefined {
  const words = result.words.filter((word) => (word.startMs + word.endMs) / 2 >= beforeMs);
  if (words.length === result.words.length) return result.text === '' ? undefined : result;
  const [first] = words;
  return first && { ...result, words, startMs: first.startMs, text: words.map((word) => word.text).join(' ') };
}
