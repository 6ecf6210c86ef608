import type { LegTick } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import { LevelNormalizer } from '../audio/level.ts';
import { Resampler } from '../audio/resampler.ts';
import { passingSamplesOf } from '../audio/samples.ts';
import { Timeline } from '../audio/timeline.ts';
import type { LegReceiver } from '../leg-contract.ts';
import type { Clock } from '../clock.ts';
import type { SttResult } from '../stt/engine.ts';
import { VoiceActivity } from '../stt/voice-activity.ts';
import type { CallSpeech } from './speech.ts';
import type { SpeechInput } from './speech-contract.ts';
import { type SpokenUtterance, UtteranceAssembler } from './utterances.ts';

export interface LegDependencies {
  readonly clock: Clock;
  /** The level that voices are brought to; left out, they stay as they are. */
  readonly levelTargetDbfs?: number | undefined;
  /** Times of the utterance are milliseconds since the leg began; `finalAt` is an instant. */
  readonly onUtterance: (utterance: SpokenUtterance, finalAt: number) => void;
  /** Whether somebody wants to see the words while they are spoken. */
  readonly isWatched: () => boolean;
  /** Called while watched: the utterance that is being spoken, as far as it is transcribed by now. */
  readonly onUnderWay: (words: UnderWay) => void;
  /** Somebody speaks: `hasWords` once the engine makes text of it, else by the level of the audio. */
  readonly onSpeech: (hasWords: boolean) => void;
  readonly onEnd: () => void;
}

/** Words that may still change; `startMs` is the beginning of their utterance, since the leg began. */
export interface UnderWay {
  readonly text: string;
  readonly startMs: number;
}

interface EarlyAudio {
  readonly audio: Buffer;
  readonly sampleRate: number;
  readonly nowMs: number;
}

/** The last voice of an utterance may be measured a little after its last word. */
const VOICE_MARGIN_MS = 60;
/** Audio is not on its way for longer, however busy the machines are: a leg without audio for so long is silent. */
const LONGEST_WAY_MS = 2_000;
/** A pause between two words is not silence yet. */
const WORD_PAUSE_MS = 300;

/** One side's audio: its place in time, its way to the engine, its utterances. */
export class Leg implements LegReceiver {
  readonly uuid: string;
  readonly startedAt: number;
  channel: Channel = 'mixed';
  readonly #dependencies: LegDependencies;
  readonly #timeline = new Timeline();
  readonly #activity = new VoiceActivity();
  readonly #assembler: UtteranceAssembler;
  /** What came before the leg's call was known. */
  #early: EarlyAudio[] = [];
  #speech: CallSpeech | undefined;
  #input: SpeechInput | undefined;
  #resampler: { fromRate: number; resampler: Resampler } | undefined;
  readonly #level: LevelNormalizer | undefined;
  #lastAudioAt: number;
  #lastVoiceAt: number;
  #lastWordsAt: number;
  #isEnded = false;
  #speechMs = 0;
  #engineLagMs = 0;

  constructor(uuid: string, dependencies: LegDependencies) {
    this.uuid = uuid;
    this.#dependencies = dependencies;
    const { levelTargetDbfs } = dependencies;
    this.#level = levelTargetDbfs === undefined ? undefined : new LevelNormalizer(levelTargetDbfs);
    this.startedAt = this.#lastAudioAt = this.#lastVoiceAt = this.#lastWordsAt = dependencies.clock.now();
    this.#assembler = new UtteranceAssembler({
      onUtterance: (utterance) => {
        this.#emitUtterance(utterance);
      },
    });
  }

  /** The leg's call and side are known, or will not be for now: its audio may go to the engine. */
  start(channel: Channel, speech: CallSpeech): void {
    this.channel = channel;
    this.#speech = speech;
    const early = this.#early;
    this.#early = [];
    for (const { audio, sampleRate, nowMs } of early) this.#transcribe(speech, audio, sampleRate, nowMs);
  }

  audio(audio: Buffer, sampleRate: number): void {
    if (this.#isEnded || audio.length === 0) return;
    const now = this.#dependencies.clock.now();
    this.#lastAudioAt = now;
    if (this.#speech) this.#transcribe(this.#speech, audio, sampleRate, now - this.startedAt);
    else this.#early.push({ audio, sampleRate, nowMs: now - this.startedAt });
  }

  /** Called a few times a second: an engine without audio emits no endpoint, and closes in the end. */
  beat(): void {
    if (!this.#isEnded && this.#input) this.#pushSilence(this.#input, this.#timeline.quiet(this.#sinceStart()));
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    void (this.#input?.finish() ?? Promise.resolve()).then(() => {
      this.#assembler.flush();
      this.#dependencies.onEnd();
    });
  }

  /** No more audio comes, though its last words may be under way. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** When its first audio was received. Undefined while that may still be on its way. */
  heardSince(now: number): number | undefined {
    const heardAt = this.startedAt + Math.min(this.#timeline.startMs ?? Infinity, LONGEST_WAY_MS);
    return heardAt <= now ? heardAt : undefined;
  }

  /** Until when audio was received: what was said after its last audio may still be on its way, or waits to be read. */
  heardUntil(now: number): number {
    return Math.min(now, Math.max(this.startedAt + this.#timeline.endMs, now - LONGEST_WAY_MS));
  }

  /** Until when all that was said is published: as far as it was heard, unless somebody spoke since the last utterance. */
  publishedUntil(now: number): number {
    return this.#lastVoiceAt <= this.#lastWordsAt + VOICE_MARGIN_MS ? this.heardUntil(now) : this.#lastWordsAt;
  }

  /** `engine`: the one the leg's speech is meant for, named while it has none. */
  tick(engine: string, now: number): LegTick {
    const silenceMs = now - Math.round(this.#lastVoiceAt);
    const downMs = this.#input?.downMs;
    return {
      channel: this.channel,
      engine: this.#input?.engineName ?? engine,
      lastAudioAgeMs: Math.max(0, now - Math.round(this.#lastAudioAt)),
      speechMs: Math.round(this.#speechMs),
      silenceMs: silenceMs < WORD_PAUSE_MS ? 0 : silenceMs,
      engineLagMs: Math.round(this.#engineLagMs),
      ...(downMs !== undefined && { engineDownMs: Math.round(downMs) }),
      gapCount: this.#input?.gapCount ?? 0,
    };
  }

  #sinceStart(): number {
    return this.#dependencies.clock.now() - this.startedAt;
  }

  #transcribe(speech: CallSpeech, audio: Buffer, sampleRate: number, nowMs: number): void {
    // The stream is opened at the rate of the first audio; what comes at another is brought to it.
    const input = (this.#input ??= this.#open(speech, sampleRate));
    const samples = this.#atRate(input.sampleRate, audio, sampleRate);
    const durationMs = audio.length / 2 / (sampleRate / 1_000);
    const hasVoice = this.#activity.detects(samples, durationMs);
    if (hasVoice) {
      this.#speechMs += durationMs;
      this.#lastVoiceAt = this.startedAt + nowMs;
      this.#dependencies.onSpeech(false);
    }
    this.#pushSilence(input, this.#timeline.audio(nowMs, durationMs));
    input.push(samples, hasVoice);
  }

  #open(speech: CallSpeech, sampleRate: number): SpeechInput {
    return speech.open(this.channel, sampleRate, {
      isWatched: this.#dependencies.isWatched,
      wordsUnderWay: () => {
        this.#dependencies.onSpeech(true);
      },
      partial: (result) => {
        this.#reportUnderWay(result);
      },
      final: (result, gapBeforeMs, engine) => {
        this.#assembler.final(result, gapBeforeMs, engine);
      },
      endpoint: () => {
        this.#assembler.flush();
      },
      padded: (durationMs) => {
        this.#timeline.padded(durationMs);
      },
    });
  }

  #atRate(toRate: number, audio: Buffer, fromRate: number): Int16Array {
    const received = passingSamplesOf(audio);
    const samples = this.#level?.push(received, fromRate) ?? received;
    if (fromRate === toRate) return samples;
    if (this.#resampler?.fromRate !== fromRate)
      this.#resampler = { fromRate, resampler: new Resampler(fromRate, toRate) };
    return this.#resampler.resampler.push(samples);
  }

  #pushSilence(input: SpeechInput, durationMs: number): void {
    if (durationMs > 0) input.push(new Int16Array((durationMs * input.sampleRate) / 1_000), false);
  }

  #reportUnderWay(partial: SttResult): void {
    const { text, startMs } = this.#assembler.underWay(partial);
    this.#dependencies.onUnderWay({ text, startMs: this.#timeline.spokenAt(startMs) });
  }

  #emitUtterance(utterance: SpokenUtterance): void {
    const finalAt = this.#dependencies.clock.now();
    const startMs = this.#timeline.spokenAt(utterance.startMs);
    const endMs = Math.max(startMs, this.#timeline.spokenAt(utterance.endMs));
    this.#lastWordsAt = this.startedAt + endMs;
    this.#engineLagMs = Math.max(0, finalAt - this.startedAt - endMs);
    this.#dependencies.onUtterance({ ...utterance, startMs, endMs }, finalAt);
  }
}
