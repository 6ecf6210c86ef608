import type { Channel } from '#core/ids.ts';
import type { AudioFormat, SpeechContext, SttResult } from '../../stt/engine.ts';
import { type SpeechServices, SttSession } from '../../stt/session.ts';
import type { SpeechEvents, SpeechInput } from '../speech-contract.ts';
import { Interleaver } from './interleaver.ts';

/** How long to wait for the last words of a leg that ended while the other goes on. */
const LAST_WORDS_MS = 3_000;

const LANES: Readonly<Partial<Record<Channel, number>>> = { agent: 0, caller: 1 };

/** Agent and caller on one stream of two channels. Legs come and go; the stream ends with the last of them. */
export class PairedStream {
  readonly #sampleRate: AudioFormat['sampleRate'];
  readonly #services: SpeechServices;
  readonly #session: SttSession;
  readonly #interleaver: Interleaver;
  /** Who has spoken in each lane, in order of time. */
  readonly #tenants: readonly [Tenant[], Tenant[]] = [[], []];
  isOver = false;

  constructor(sampleRate: AudioFormat['sampleRate'], services: SpeechServices) {
    this.#sampleRate = sampleRate;
    this.#services = services;
    this.#session = new SttSession(
      { sampleRate, channelCount: 2 },
      {
        ...services,
        listener: {
          partial: (lane, read) => {
            this.#partial(lane, read);
          },
          final: (result, gapBeforeMs) => {
            this.#final(result, gapBeforeMs);
          },
          endpoint: (lane) => {
            this.#lane(lane).forEach(({ events }) => {
              events.endpoint();
            });
          },
        },
      },
    );
    this.#interleaver = new Interleaver(sampleRate, services.clock.now, {
      audio: (audio, voices) => {
        this.#session.push(audio, voices);
      },
      padded: (lane, durationMs) => {
        const last = this.#lane(lane).at(-1);
        if (last?.isSpeaking) last.events.padded(durationMs);
      },
    });
  }

  start(context: SpeechContext): void {
    const isWatched = () => this.#tenants.flat().some(({ events }) => events.isWatched());
    this.#session.start({ ...context, isWatched });
  }

  /** Undefined when the channel's lane is in use. */
  open(channel: Channel, events: SpeechEvents): SpeechInput | undefined {
    const lane = LANES[channel];
    if (lane === undefined || this.#lane(lane).some(({ isSpeaking }) => isSpeaking)) return undefined;
    const session = this.#session;
    const tenant: Tenant = {
      events,
      originMs: this.#interleaver.open(lane),
      isSpeaking: true,
      onLastWords: () => undefined,
    };
    this.#lane(lane).push(tenant);
    return {
      sampleRate: this.#sampleRate,
      get engineName() {
        return session.engineName;
      },
      get downMs() {
        return session.downMs;
      },
      get gapCount() {
        return session.gapCount;
      },
      push: (samples, hasVoice) => {
        this.#interleaver.push(lane, samples, hasVoice);
      },
      finish: () => this.#finish(lane, tenant),
    };
  }

  async #finish(lane: number, tenant: Tenant): Promise<void> {
    if (!tenant.isSpeaking) return;
    tenant.isSpeaking = false;
    this.#interleaver.close(lane);
    if (!this.#tenants.flat().some(({ isSpeaking }) => isSpeaking)) {
      this.isOver = true;
      await this.#session.finish();
      for (const other of this.#tenants.flat()) other.onLastWords();
    } else if (this.#session.isUnsettled(lane)) {
      await new Promise<void>((resolve) => {
        const cancel = this.#services.clock.after(LAST_WORDS_MS, resolve);
        tenant.onLastWords = () => {
          cancel();
          resolve();
        };
      });
    }
    const tenants = this.#lane(lane);
    if (tenants.includes(tenant)) tenants.splice(tenants.indexOf(tenant), 1);
  }

  #partial(lane: number, read: () => SttResult | undefined): void {
    this.#lane(lane).at(-1)?.events.wordsUnderWay();
    const result = this.#lane(lane).some(({ events }) => events.isWatched()) ? read() : undefined;
    const tenant = result && this.#speaker(result);
    if (tenant) tenant.events.partial(since(result, tenant.originMs));
  }

  #final(result: SttResult, gapBeforeMs: number): void {
    const tenants = this.#lane(result.channelIndex);
    const tenant = this.#speaker(result);
    tenant?.events.final(since(result, tenant.originMs), gapBeforeMs, this.#session.engineName);
    if (this.#session.isUnsettled(result.channelIndex)) return;
    for (const { isSpeaking, onLastWords } of tenants) if (!isSpeaking) onLastWords();
  }

  #speaker({ channelIndex, words, startMs }: SttResult): Tenant | undefined {
    const tenants = this.#lane(channelIndex);
    const spokenMs = words[0]?.startMs ?? startMs;
    return tenants.findLast(({ originMs }) => originMs <= spokenMs) ?? tenants[0];
  }

  #lane(index: number): Tenant[] {
    return this.#tenants[index === 0 ? 0 : 1];
  }
}

interface Tenant {
  readonly events: SpeechEvents;
  /** Where its first sample lies in the stream. */
  readonly originMs: number;
  isSpeaking: boolean;
  /** Called when its last words have been emitted. */
  onLastWords: () => void;
}

function since(result: SttResult, originMs: number): SttResult {
  const at = (ms: number) => Math.max(0, ms - originMs);
  const words = result.words.map((word) => ({ ...word, startMs: at(word.startMs), endMs: at(word.endMs) }));
  return { ...result, words, startMs: at(result.startMs), endMs: at(result.endMs) };
}
