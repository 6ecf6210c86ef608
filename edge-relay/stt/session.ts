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
import { EngineChoice } from './engine-choice.ts';
import type { EngineStatus } from './engine-status.ts';
import { KeptAudio } from './kept-audio.ts';

/** What a session tells. Times are milliseconds since the first audio pushed, whatever connections came and went. */
interface SessionListener {
  /** `read` gives what the partial says beyond what is final: nothing is done for one that nobody wants to see. */
  partial: (channelIndex: number, read: () => SttResult | undefined) => void;
  /** `gapBeforeMs`: audio since the last final of the channel that no engine made text of. */
  final: (result: SttResult, gapBeforeMs: number) => void;
  endpoint: (channelIndex: number) => void;
}

export interface SpeechServices {
  /** The preferred engine, then its fallback if there is one. */
  readonly engines: readonly SttEngine[];
  readonly status: EngineStatus;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface SessionDependencies extends SpeechServices {
  readonly listener: SessionListener;
}

/** Audio kept for a replay: of words under way, and where none are. */
const KEEP_MS = 30_000;
const KEEP_SETTLED_MS = 5_000;
const REPLAY_STEP_MS = 100;
const TRIM_STEP_MS = 200;
/** Voice so shortly after a final is the end of what was made final. */
const SAME_VOICE_MS = 500;
/** An engine that leaves so much audio lying is lost, whatever its connection says. */
const STALL_MS = 10_000;
/** A connection that held for so long, or told something, works. */
const WORKS_AFTER_MS = 3_000;
/** Without an engine for so long, the relay is not ready. */
const FAILING_AFTER_MS = 10_000;
/** How long an engine may take for its last words after its audio ended, and for those of a replay. */
const FINISH_MS = 5_000;

/**
 * One stream's speech, over as many engine connections as it takes. What an engine had not made final when its
 * connection dropped is sent again to the next, so no word is lost, and words that were final before are not told twice.
 */
export class SttSession {
  readonly #format: AudioFormat;
  readonly #bytesPerMs: number;
  readonly #deps: SessionDependencies;
  readonly #choice: EngineChoice;
  readonly #kept: KeptAudio;
  readonly #finalMs: number[];
  /** Channels that have told something since their last final. */
  readonly #hasPartial: boolean[];
  /** Gaps not yet told with a final, by channel. */
  readonly #gapMs: number[];
  #context: SpeechContext | undefined;
  #connection: SttConnection | undefined;
  /** Where the running connection's own time zero lies in the session's time. */
  #originMs = 0;
  /** Told connections apart: what an abandoned one still says is not heard. */
  #attempt = 0;
  #openedAt = 0;
  #answeredAt = 0;
  #sentMs = 0;
  /** All that was pushed has been sent. */
  #isLevel = false;
  #trimAtMs = 0;
  #replayedAt = 0;
  /** Where somebody was last heard, by channel. */
  readonly #voiceMs: number[];
  #lostSince: number | undefined;
  #isRefused = false;
  #cancelTimer: () => void = () => undefined;
  #cancelWorks: () => void = () => undefined;
  #cancelFinish: () => void = () => undefined;
  #finished: (() => void) | undefined;
  #isOver = false;
  gapCount = 0;

  constructor(format: AudioFormat, dependencies: SessionDependencies) {
    this.#format = format;
    this.#bytesPerMs = bytesPerMs(format);
    this.#deps = dependencies;
    this.#choice = new EngineChoice(dependencies.engines, dependencies.clock);
    this.#kept = new KeptAudio(format);
    const { channelCount } = format;
    this.#finalMs = new Array<number>(channelCount).fill(0);
    this.#hasPartial = new Array<boolean>(channelCount).fill(false);
    this.#gapMs = new Array<number>(channelCount).fill(0);
    this.#voiceMs = new Array<number>(channelCount).fill(0);
  }

  /** The engine that hears the stream, or is to. */
  get engineName(): string {
    return this.#choice.current.name;
  }

  /** Time since the engine was lost; undefined while one hears. */
  get downMs(): number | undefined {
    return this.#lostSince === undefined ? undefined : Math.max(0, this.#deps.clock.now() - this.#lostSince);
  }

  /** Length of the stream so far. */
  get streamMs(): number {
    return this.#kept.endMs;
  }

  /** Opens the first connection; audio pushed before is kept for it. */
  start(context: SpeechContext): void {
    this.#context = context;
    this.#open();
  }

  /**
   * `voices`: the channels on which somebody may be speaking, as bits. What nobody speaks in need not be kept long.
   * The audio is copied or sent before this returns.
   */
  push(audio: Buffer, voices: number): void {
    if (this.#isOver || this.#finished) return;
    this.#kept.push(audio);
    if (voices !== 0)
      for (let channel = 0; channel < this.#voiceMs.length; channel++)
        if (voices & (1 << channel)) this.#voiceMs[channel] = this.#kept.endMs;
    if (this.#connection && this.#isLevel) {
      this.#connection.send(audio);
      this.#sentMs = this.#kept.endMs;
      this.#watch(this.#connection);
    }
    this.#trim();
    if (this.#choice.isFallback) this.#returnWhenQuiet();
  }

  /** No more audio. Resolves when the last words have been told. */
  async finish(): Promise<void> {
    if (this.#isOver || this.#finished) return;
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
      const behindMs = this.#kept.endMs - this.#sentMs;
      this.#cancelFinish = this.#deps.clock.after(FINISH_MS + behindMs, () => {
        this.#deps.log.warn({ engine: this.engineName }, 'speech engine did not finish in time');
        this.#end();
      });
      if (!this.#context || this.#isRefused) this.#end();
      else if (this.#connection && this.#isLevel) this.#connection.finish();
    });
  }

  #open(): void {
    if (!this.#context) return;
    const attempt = ++this.#attempt;
    const { clock, listener } = this.#deps;
    const engine = this.#choice.current;
    this.#openedAt = this.#answeredAt = clock.now();
    this.#originMs = this.#sentMs = this.#kept.startMs;
    const isLive = () => attempt === this.#attempt && !this.#isOver;
    const closed = (error?: SttError) => {
      if (!isLive()) return;
      if (this.#finished && !error) this.#end();
      else this.#lose(error ?? new SttError('the engine ended the stream', { retryable: true }));
    };
    const live = <T extends unknown[]>(tell: (...args: T) => void) => {
      return (...args: T) => {
        if (!isLive()) return;
        this.#answeredAt = clock.now();
        tell(...args);
      };
    };
    engine
      .open(this.#format, this.#context, {
        partial: live((result) => {
          this.#hasPartial[result.channelIndex] = result.text !== '';
          if (result.text === '') return;
          this.#works();
          const { channelIndex } = result;
          listener.partial(channelIndex, () =>
            withoutWordsBefore(shifted(result, this.#originMs), this.#finalMs[channelIndex] ?? 0),
          );
        }),
        final: live((result) => {
          this.#works();
          this.#final(shifted(result, this.#originMs));
        }),
        endpoint: live((channelIndex) => {
          listener.endpoint(channelIndex);
        }),
        closed,
      })
      .then(
        (connection) => {
          if (!isLive()) {
            connection.abort();
            return;
          }
          this.#connection = connection;
          this.#answeredAt = clock.now();
          this.#cancelWorks = clock.after(WORKS_AFTER_MS, () => {
            this.#works();
          });
          this.#skipTo(this.#kept.startMs);
          this.#replayedAt = clock.now();
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
    const { clock } = this.#deps;
    const behindMs = this.#kept.endMs - this.#sentMs;
    // By the time that passed, not by the timers that ran: those may be late.
    const elapsedMs = Math.max(REPLAY_STEP_MS, clock.now() - this.#replayedAt);
    this.#replayedAt = clock.now();
    const stepMs = Math.min(behindMs, elapsedMs * this.#choice.current.replayRate);
    if (stepMs > 0) this.#connection.send(this.#kept.read(this.#sentMs, stepMs));
    this.#isLevel = stepMs === behindMs;
    this.#sentMs = this.#isLevel ? this.#kept.endMs : this.#sentMs + stepMs;
    if (this.#isLevel) {
      if (this.#finished) this.#connection.finish();
      return;
    }
    this.#cancelTimer = clock.after(REPLAY_STEP_MS, () => {
      this.#replay();
    });
    this.#watch(this.#connection);
  }

  /** A connection may be dead and not say so. */
  #watch(connection: SttConnection): void {
    const { answersWithinMs = Infinity } = this.#choice.current;
    const isStuck = connection.bufferedBytes > STALL_MS * this.#bytesPerMs;
    if (!isStuck && this.#deps.clock.now() - this.#answeredAt <= answersWithinMs) return;
    this.#lose(new SttError('the engine takes no audio or answers no more', { retryable: true }));
  }

  #lose(error: SttError): void {
    const { clock, log, status } = this.#deps;
    const engine = this.engineName;
    const connection = this.#connection;
    this.#markForgotten();
    this.#leave();
    connection?.abort();
    this.#lostSince ??= clock.now();
    const delayMs = this.#choice.failed(error, clock.now() - this.#openedAt);
    if (!error.retryable || (this.downMs ?? 0) > FAILING_AFTER_MS) status.failing(engine, error.message);
    if (delayMs === undefined) {
      log.error({ engine, reason: error.message }, 'speech engine refused the stream, it will not be retried');
      this.#isRefused = true;
      if (this.#finished) this.#end();
      return;
    }
    log.warn(
      { engine, reason: error.message, delayMs, next: this.engineName },
      'speech engine dropped the stream, opening another',
    );
    this.#cancelTimer = clock.after(delayMs, () => {
      this.#open();
    });
  }

  /** What the connection still says is not heard any more. */
  #leave(): void {
    this.#trimAtMs = 0;
    this.#trim();
    this.#attempt++;
    this.#connection = undefined;
    this.#isLevel = false;
    // What had been sent and was not final has to be sent again.
    this.#sentMs = this.#kept.startMs;
    this.#cancelTimer();
    this.#cancelWorks();
    this.#hasPartial.fill(false);
  }

  #works(): void {
    this.#lostSince = undefined;
    this.#choice.worked();
    this.#deps.status.worked(this.engineName);
  }

  #final(result: SttResult): void {
    const { channelIndex } = result;
    const before = this.#finalMs[channelIndex] ?? 0;
    this.#finalMs[channelIndex] = Math.max(before, Math.min(Math.floor(result.endMs), this.#sentMs));
    this.#hasPartial[channelIndex] = false;
    const fresh = withoutWordsBefore(result, before);
    if (fresh) {
      this.#deps.listener.final(fresh, this.#gapMs[channelIndex] ?? 0);
      this.#gapMs[channelIndex] = 0;
    }
  }

  /** The bound may have been passed while the connection was being opened. */
  #skipTo(ms: number): void {
    this.#originMs = this.#sentMs = ms;
  }

  /** Back to the preferred engine between two utterances, so that none is heard by halves. */
  #returnWhenQuiet(): void {
    if (this.#finished || !this.#isLevel || this.#isSpeechUnderWay() || !this.#choice.mayReturn()) return;
    const connection = this.#connection;
    this.#leave();
    connection?.abort();
    this.#deps.log.info({ engine: this.engineName }, 'going back to the preferred speech engine');
    this.#open();
  }

  /** Somebody was heard on the channel since its last final. */
  isUnsettled(channel: number): boolean {
    const sinceFinalMs = (this.#voiceMs[channel] ?? 0) - (this.#finalMs[channel] ?? 0);
    return this.#hasPartial[channel] === true || sinceFinalMs > SAME_VOICE_MS;
  }

  #isSpeechUnderWay(): boolean {
    return this.#finalMs.some((_, channel) => this.isUnsettled(channel));
  }

  /** Forgets what no replay would need: all before the last finals, and silence after a while. */
  #trim(): void {
    const { endMs } = this.#kept;
    // Most frames find little to forget; looking at every tenth is enough.
    if (this.#isLevel && endMs < this.#trimAtMs) return;
    this.#trimAtMs = endMs + TRIM_STEP_MS;
    let neededMs = this.#sentMs;
    for (let channel = 0; channel < this.#finalMs.length; channel++) {
      const finalMs = this.#finalMs[channel] ?? 0;
      neededMs = Math.min(neededMs, this.isUnsettled(channel) ? finalMs : Math.max(finalMs, endMs - KEEP_SETTLED_MS));
    }
    this.#kept.dropBefore(neededMs);
    if (this.#connection && !this.#isLevel) return;
    const droppedMs = this.#kept.dropBefore(endMs - KEEP_MS);
    if (droppedMs === 0 || this.#connection) return;
    this.#sentMs = this.#kept.startMs;
    this.#gap(droppedMs, () => true);
  }

  /** Words were under way when the bound was passed, and the connection that knew them is gone. */
  #markForgotten(): void {
    for (const [channel, finalMs] of this.#finalMs.entries()) {
      const forgottenMs = Math.min(this.#kept.startMs, this.#sentMs) - finalMs;
      if (this.#hasPartial[channel] && forgottenMs > 0) this.#gap(forgottenMs, (other) => other === channel);
    }
  }

  #gap(durationMs: number, isOn: (channel: number) => boolean): void {
    if (this.#gapMs.every((ms) => ms === 0)) this.gapCount++;
    this.#gapMs.forEach((ms, channel) => {
      if (isOn(channel)) this.#gapMs[channel] = ms + durationMs;
    });
  }

  #end(): void {
    this.#isOver = true;
    const connection = this.#connection;
    this.#leave();
    this.#cancelFinish();
    connection?.abort();
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
