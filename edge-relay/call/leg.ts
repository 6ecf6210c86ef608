import type { LegTick } from '#core/events.ts';
import type { Channel } from '#core/ids.ts';
import { Resampler } from '../audio/resampler.ts';
import { bytesOf, samplesOf } from '../audio/samples.ts';
import { Timeline } from '../audio/timeline.ts';
import type { LegReceiver } from '../capture/source.ts';
import { type AudioFormat, bytesPerMs } from '../stt/engine.ts';
import { type SessionDependencies, SttSession } from '../stt/session.ts';
import { type SpokenUtterance, UtteranceAssembler } from './utterances.ts';

export interface LegDependencies extends Omit<SessionDependencies, 'listener'> {
  /** Times of the utterance are milliseconds since the leg began; `finalAt` is an instant. */
  readonly onUtterance: (utterance: SpokenUtterance, finalAt: number) => void;
  readonly onEnd: () => void;
}

/** One side's audio: its place in time, its speech session, its utterances. */
export class Leg implements LegReceiver {
  readonly uuid: string;
  readonly startedAt: number;
  channel: Channel = 'mixed';
  readonly #deps: LegDependencies;
  readonly #timeline = new Timeline();
  readonly #assembler: UtteranceAssembler;
  #format: AudioFormat | undefined;
  #session: SttSession | undefined;
  #resampler: { fromRate: number; resampler: Resampler } | undefined;
  #lastAudioAt: number;
  #isStarted = false;
  #isEnded = false;
  #speechMs = 0;
  #engineLagMs = 0;

  constructor(uuid: string, dependencies: LegDependencies) {
    this.uuid = uuid;
    this.#deps = dependencies;
    this.startedAt = dependencies.clock.now();
    this.#lastAudioAt = this.startedAt;
    this.#assembler = new UtteranceAssembler((utterance) => {
      this.#told(utterance);
    });
  }

  /** The leg's side is known, or will not be for now: the engine may be opened. */
  start(channel: Channel): void {
    this.channel = channel;
    this.#isStarted = true;
    this.#session?.start({ channels: [channel] });
  }

  audio(audio: Buffer, sampleRate: number): void {
    if (this.#isEnded || audio.length === 0) return;
    const session = this.#sessionAt(sampleRate);
    const nowMs = this.#sinceStart();
    this.#lastAudioAt = this.#deps.clock.now();
    const silenceMs = this.#timeline.audio(nowMs, audio.length / 2 / (sampleRate / 1_000));
    this.#pushSilence(silenceMs);
    session.push(this.#atEngineRate(audio, sampleRate));
  }

  /** Called a few times a second: an engine that hears nothing gives no endpoint, and closes in the end. */
  beat(): void {
    if (!this.#isEnded) this.#pushSilence(this.#timeline.quiet(this.#sinceStart()));
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    void (this.#session?.finish() ?? Promise.resolve()).then(() => {
      this.#assembler.endpoint();
      this.#deps.onEnd();
    });
  }

  tick(): LegTick {
    return {
      channel: this.channel,
      engine: this.#deps.engine.name,
      lastAudioAgeMs: Math.max(0, this.#deps.clock.now() - this.#lastAudioAt),
      speechMs: Math.round(this.#speechMs),
      silenceMs: Math.round(this.#timeline.holesMs),
      engineLagMs: Math.round(this.#engineLagMs),
      gapCount: this.#session?.gapCount ?? 0,
    };
  }

  #sinceStart(): number {
    return this.#deps.clock.now() - this.startedAt;
  }

  /** The session is opened at the rate of the first audio; what comes at another is brought to it. */
  #sessionAt(sampleRate: number): SttSession {
    if (this.#session) return this.#session;
    this.#format = { sampleRate: sampleRate === 8_000 ? 8_000 : 16_000, channelCount: 1 };
    this.#session = new SttSession(this.#format, {
      ...this.#deps,
      listener: {
        partial: () => undefined,
        final: (result, gapBeforeMs) => {
          this.#assembler.final(result, gapBeforeMs);
        },
        endpoint: () => {
          this.#assembler.endpoint();
        },
      },
    });
    if (this.#isStarted) this.#session.start({ channels: [this.channel] });
    return this.#session;
  }

  #atEngineRate(audio: Buffer, fromRate: number): Buffer {
    const toRate = this.#format?.sampleRate ?? fromRate;
    if (fromRate === toRate) return audio;
    if (this.#resampler?.fromRate !== fromRate)
      this.#resampler = { fromRate, resampler: new Resampler(fromRate, toRate) };
    return bytesOf(this.#resampler.resampler.push(samplesOf(audio)));
  }

  #pushSilence(durationMs: number): void {
    if (durationMs > 0 && this.#format) this.#session?.push(Buffer.alloc(durationMs * bytesPerMs(this.#format)));
  }

  #told(utterance: SpokenUtterance): void {
    const finalAt = this.#deps.clock.now();
    const startMs = this.#timeline.spokenAt(utterance.startMs);
    const endMs = Math.max(startMs, this.#timeline.spokenAt(utterance.endMs));
    this.#speechMs += utterance.words.reduce((sum, word) => sum + word.endMs - word.startMs, 0);
    this.#engineLagMs = Math.max(0, finalAt - this.startedAt - endMs);
    this.#deps.onUtterance({ ...utterance, startMs, endMs }, finalAt);
  }
}
