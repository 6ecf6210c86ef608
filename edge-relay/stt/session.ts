import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { ChannelProgress } from './channel-progress.ts';
import {
  type AudioFormat,
  bytesPerMs,
  type SpeechContext,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttListener,
  type SttResult,
} from './engine.ts';
import { EngineChoice } from './engine-choice.ts';
import type { EngineStatus } from './engine-status.ts';
import { KeptAudio } from './kept-audio.ts';
import { shifted } from './result-times.ts';
import { type Attempt, attemptOf, type Connected, connectedOf, type SessionState } from './session-state.ts';

/** What a session emits. Times are milliseconds since the first audio pushed, whatever connections came and went. */
interface SessionListener {
  /** `read` returns what the partial says beyond what is final: nothing is done for one that nobody wants to see. */
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
/** An engine that leaves so much audio unsent is lost, whatever the state of its connection. */
const STALL_MS = 10_000;
/** A connection that held for so long, or answered with text, works. */
const WORKS_AFTER_MS = 3_000;
/** Without an engine for so long, the relay is not ready. */
const FAILING_AFTER_MS = 10_000;
/** How long an engine may take for its last words after its audio ended, and for those of a replay. */
const FINISH_MS = 5_000;

/** Somebody waits for the last words. */
interface Finishing {
  readonly resolve: () => void;
  readonly cancelDeadline: () => void;
}

/**
 * One stream's speech, over as many engine connections as it takes. What an engine had not made final when its
 * connection dropped is sent again to the next, so no word is lost, and words that were final before are not emitted
 * twice. What each message does depends on the {@link SessionState}.
 */
export class SttSession {
  readonly #format: AudioFormat;
  readonly #bytesPerMs: number;
  readonly #dependencies: SessionDependencies;
  readonly #choice: EngineChoice;
  readonly #kept: KeptAudio;
  readonly #progress: ChannelProgress;
  #state: SessionState = { name: 'idle' };
  #finishing: Finishing | undefined;
  #lostSince: number | undefined;
  #trimAtMs = 0;

  constructor(format: AudioFormat, dependencies: SessionDependencies) {
    this.#format = format;
    this.#bytesPerMs = bytesPerMs(format);
    this.#dependencies = dependencies;
    this.#choice = new EngineChoice(dependencies.engines, dependencies.clock);
    this.#kept = new KeptAudio(format);
    this.#progress = new ChannelProgress(format.channelCount);
  }

  /** The engine that transcribes the stream, or is to. */
  get engineName(): string {
    return this.#choice.current.name;
  }

  /** Time since the engine was lost; undefined while one transcribes. */
  get downMs(): number | undefined {
    return this.#lostSince === undefined ? undefined : Math.max(0, this.#dependencies.clock.now() - this.#lostSince);
  }

  /** Length of the stream so far. */
  get streamMs(): number {
    return this.#kept.endMs;
  }

  get gapCount(): number {
    return this.#progress.gapCount;
  }

  /** There was voice on the channel since its last final. */
  isUnsettled(channel: number): boolean {
    return this.#progress.isUnsettled(channel);
  }

  /** Opens the first connection; audio pushed before is kept for it. */
  start(context: SpeechContext): void {
    this.#open(context);
  }

  /**
   * `voices`: the channels on which somebody may be speaking, as bits. Audio without voice need not be kept long.
   * The audio is copied or sent before this returns.
   */
  push(audio: Buffer, voices: number): void {
    const state = this.#state;
    if (state.name === 'over' || this.#finishing) return;
    this.#kept.push(audio);
    this.#progress.voice(voices, this.#kept.endMs);
    if (state.name === 'live') {
      state.on.connection.send(audio);
      state.on.sentMs = this.#kept.endMs;
      this.#checkAnswers(state.on);
    }
    this.#trim();
    if (this.#choice.isFallback) this.#returnWhenQuiet();
  }

  /** No more audio. Resolves when the last words have been emitted. */
  async finish(): Promise<void> {
    if (this.#state.name === 'over' || this.#finishing) return;
    const behindMs = this.#kept.endMs - this.#sentMs;
    await new Promise<void>((resolve) => {
      const cancelDeadline = this.#dependencies.clock.after(FINISH_MS + behindMs, () => {
        this.#dependencies.log.warn({ engine: this.engineName }, 'speech engine did not finish in time');
        this.#end();
      });
      this.#finishing = { resolve, cancelDeadline };
      this.#finishNow();
    });
  }

  /** What the end of the audio does in each state. */
  #finishNow(): void {
    const state = this.#state;
    switch (state.name) {
      case 'idle':
      case 'refused':
        this.#end();
        break;
      case 'live':
        state.on.connection.finish();
        break;
      case 'opening':
      case 'replaying':
      case 'waiting':
        // What is kept goes first.
        break;
      case 'over':
        break;
      default:
        state satisfies never;
    }
  }

  #open(context: SpeechContext): void {
    const now = this.#dependencies.clock.now();
    const attempt: Attempt = {
      context,
      openedAt: now,
      answeredAt: now,
      originMs: this.#kept.startMs,
      hasResults: false,
    };
    this.#state = { name: 'opening', attempt };
    this.#choice.current.open(this.#format, context, this.#listenerOf(attempt)).then(
      (connection) => {
        if (this.#isCurrent(attempt)) this.#opened(attempt, connection);
        else connection.abort();
      },
      (error: unknown) => {
        const reason =
          error instanceof SttError ? error : new SttError(String(error), { retryable: true, cause: error });
        this.#closed(attempt, reason);
      },
    );
  }

  /** What the engine says on an attempt's connection. */
  #listenerOf(attempt: Attempt): SttListener {
    const { clock, listener } = this.#dependencies;
    const whileCurrent = <T extends unknown[]>(handle: (...args: T) => void) => {
      return (...args: T) => {
        if (!this.#isCurrent(attempt)) return;
        attempt.answeredAt = clock.now();
        handle(...args);
      };
    };
    return {
      partial: whileCurrent((result) => {
        attempt.hasResults = true;
        this.#progress.partial(result, this.#kept.endMs);
        if (result.text === '') return;
        this.#works();
        listener.partial(result.channelIndex, () =>
          this.#progress.withoutFinalWords(shifted(result, attempt.originMs)),
        );
      }),
      final: whileCurrent((result) => {
        attempt.hasResults = true;
        this.#works();
        const fresh = this.#progress.final(shifted(result, attempt.originMs), this.#sentMs);
        if (fresh) listener.final(fresh.result, fresh.gapBeforeMs);
        if (this.#progress.isPause(result)) this.#endpoint(result.channelIndex);
      }),
      endpoint: whileCurrent((channelIndex) => {
        this.#endpoint(channelIndex);
      }),
      lost: whileCurrent(({ channelIndex, startMs, endMs, reason }) => {
        this.#dependencies.log.warn(
          { engine: this.engineName, reason, lostMs: Math.round(endMs - startMs) },
          'speech engine gave up on a piece of audio',
        );
        this.#progress.gaveUp(channelIndex, startMs + attempt.originMs, endMs + attempt.originMs);
      }),
      closed: (error) => {
        this.#closed(attempt, error);
      },
    };
  }

  #endpoint(channelIndex: number): void {
    this.#progress.ended(channelIndex);
    this.#dependencies.listener.endpoint(channelIndex);
  }

  /** No word waits for an answer that an engine forgot. */
  #endWhatIsOverdue(): void {
    for (const channel of this.#progress.overdueEndpoints(this.#kept.endMs)) this.#endpoint(channel);
    const overdue = this.#progress.overdueFinals(this.#kept.endMs);
    if (overdue.length > 0) connectedOf(this.#state)?.connection.finalize?.();
  }

  #isCurrent(attempt: Attempt): boolean {
    return attemptOf(this.#state) === attempt;
  }

  #opened(attempt: Attempt, connection: SttConnection): void {
    const { clock } = this.#dependencies;
    const now = clock.now();
    const { startMs } = this.#kept;
    attempt.answeredAt = now;
    // Audio may have been given up while the connection was being opened.
    attempt.originMs = startMs;
    const cancelWorks = clock.after(WORKS_AFTER_MS, () => {
      this.#works();
    });
    this.#replay({ attempt, connection, sentMs: startMs, cancelWorks }, now);
  }

  /**
   * Sends what was kept, no faster than the engine takes it, until the stream is level with what is being spoken.
   * `sinceAt`: when the last step was sent.
   */
  #replay(on: Connected, sinceAt: number): void {
    const { clock } = this.#dependencies;
    const now = clock.now();
    const cancelTimer = clock.after(REPLAY_STEP_MS, () => {
      this.#replay(on, now);
    });
    this.#state = { name: 'replaying', on, cancelTimer };
    const behindMs = this.#kept.endMs - on.sentMs;
    // By the time that passed, not by the timers that ran: those may be late.
    const stepMs = Math.min(behindMs, Math.max(REPLAY_STEP_MS, now - sinceAt) * this.#choice.current.replayRate);
    if (stepMs > 0) on.connection.send(this.#kept.read(on.sentMs, stepMs));
    if (!this.#isCurrent(on.attempt)) return;
    if (stepMs < behindMs) {
      on.sentMs += stepMs;
      this.#checkAnswers(on);
      return;
    }
    cancelTimer();
    on.sentMs = this.#kept.endMs;
    this.#state = { name: 'live', on };
    if (this.#finishing) on.connection.finish();
  }

  /** A connection may be dead and not say so. */
  #checkAnswers({ attempt, connection }: Connected): void {
    const { answersWithinMs = Infinity } = this.#choice.current;
    const isStuck = connection.bufferedBytes > STALL_MS * this.#bytesPerMs;
    if (!isStuck && this.#dependencies.clock.now() - attempt.answeredAt <= answersWithinMs) return;
    this.#closed(attempt, new SttError('the engine takes no audio or answers no more', { retryable: true }));
  }

  #closed(attempt: Attempt, error?: SttError): void {
    if (!this.#isCurrent(attempt)) return;
    if (this.#finishing && !error) this.#end();
    else this.#lose(attempt, lossOf(attempt, error));
  }

  #lose(attempt: Attempt, error: SttError): void {
    const { clock, log, status } = this.#dependencies;
    const engine = this.engineName;
    this.#progress.connectionLost(Math.min(this.#kept.startMs, this.#sentMs));
    this.#lostSince ??= clock.now();
    const delayMs = this.#choice.failed(error, clock.now() - attempt.openedAt);
    if (!error.retryable || (this.downMs ?? 0) > FAILING_AFTER_MS) status.failing(engine, error.message);
    if (delayMs === undefined) {
      log.error({ engine, reason: error.message }, 'speech engine refused the stream, it will not be retried');
      this.#leaveFor({ name: 'refused' });
      if (this.#finishing) this.#end();
      return;
    }
    log.warn(
      { engine, reason: error.message, delayMs, next: this.engineName },
      'speech engine dropped the stream, opening another',
    );
    const cancelTimer = clock.after(delayMs, () => {
      this.#open(attempt.context);
    });
    this.#leaveFor({ name: 'waiting', cancelTimer });
  }

  /** Ends what the state had going; what its connection still says is ignored, and what was not final is sent again. */
  #leaveFor(next: SessionState): void {
    this.#trimAtMs = 0;
    this.#trim();
    const state = this.#state;
    this.#state = next;
    this.#progress.leaveConnection();
    if (state.name === 'waiting' || state.name === 'replaying') state.cancelTimer();
    const on = connectedOf(state);
    on?.cancelWorks();
    on?.connection.abort();
  }

  #works(): void {
    this.#lostSince = undefined;
    this.#choice.worked();
    this.#dependencies.status.worked(this.engineName);
  }

  /** Back to the preferred engine between two utterances, so that neither is transcribed by halves. */
  #returnWhenQuiet(): void {
    const state = this.#state;
    if (state.name !== 'live' || this.#finishing) return;
    if (this.#progress.isSpeechUnderWay || !this.#choice.mayReturn()) return;
    this.#leaveFor({ name: 'idle' });
    this.#dependencies.log.info({ engine: this.engineName }, 'going back to the preferred speech engine');
    this.#open(state.on.attempt.context);
  }

  /** The end of what the engine was sent; without a connection all that is kept has to be sent. */
  get #sentMs(): number {
    return connectedOf(this.#state)?.sentMs ?? this.#kept.startMs;
  }

  /** Forgets what no replay would need: all before the last finals, and silence after a while. */
  #trim(): void {
    const { name } = this.#state;
    const { endMs } = this.#kept;
    // Most frames find little to forget; looking at every tenth is enough.
    if (name === 'live' && endMs < this.#trimAtMs) return;
    this.#trimAtMs = endMs + TRIM_STEP_MS;
    this.#endWhatIsOverdue();
    this.#kept.dropBefore(Math.min(this.#sentMs, this.#progress.neededFromMs(endMs - KEEP_SETTLED_MS)));
    // What is being replayed is sent in the end, however long it takes.
    if (name === 'replaying') return;
    const droppedMs = this.#kept.dropBefore(endMs - KEEP_MS);
    if (droppedMs > 0 && name !== 'live') this.#progress.lost(droppedMs);
  }

  #end(): void {
    this.#leaveFor({ name: 'over' });
    this.#finishing?.cancelDeadline();
    this.#finishing?.resolve();
  }
}

/** An engine that has worked on a stream accepts it: a later refusal, as of a signature that expired, is a loss. */
function lossOf({ hasResults }: Attempt, error: SttError | undefined): SttError {
  if (!error) return new SttError('the engine ended the stream', { retryable: true });
  return error.retryable || !hasResults ? error : new SttError(error.message, { retryable: true, cause: error });
}
