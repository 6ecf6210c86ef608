import type { Channel } from '#core/ids.ts';
import { bytesOf } from '../audio/samples.ts';
import type { AudioFormat, SpeechContext } from '../stt/engine.ts';
import { type SpeechServices, SttSession } from '../stt/session.ts';
import { splitChannels } from '../stt/split-channels.ts';
import { PairedStream } from './interleaving/paired-stream.ts';
import type { SpeechEvents, SpeechInput } from './speech-contract.ts';

/** One call's way to the engine: one stream of two channels where the engine has that, and else a stream a leg. */
export class CallSpeech {
  readonly #services: SpeechServices;
  readonly #language: () => string | undefined;
  readonly #isPaired: boolean;
  #pair: PairedStream | undefined;

  constructor(services: SpeechServices, language: () => string | undefined) {
    this.#services = services;
    this.#language = language;
    this.#isPaired = services.engines[0]?.maxChannels === 2;
  }

  open(channel: Channel, legRate: number, events: SpeechEvents): SpeechInput {
    const sampleRate = legRate === 8_000 ? 8_000 : 16_000;
    if (!this.#isPaired || channel === 'mixed') return this.#openSingle(channel, sampleRate, events);
    if (this.#pair?.isOver !== false) {
      const services = { ...this.#services, engines: this.#services.engines.map(splitChannels) };
      this.#pair = new PairedStream(sampleRate, services);
      this.#pair.start(this.#context(['agent', 'caller']));
    }
    return this.#pair.open(channel, events) ?? this.#openSingle(channel, sampleRate, events);
  }

  #openSingle(channel: Channel, sampleRate: AudioFormat['sampleRate'], events: SpeechEvents): SpeechInput {
    const session: SttSession = new SttSession(
      { sampleRate, channelCount: 1 },
      {
        ...this.#services,
        listener: {
          partial: (_channelIndex, read) => {
            events.wordsUnderWay();
            const result = events.isWatched() ? read() : undefined;
            if (result) events.partial(result);
          },
          final: (result, gapBeforeMs) => {
            events.final(result, gapBeforeMs, session.engineName);
          },
          endpoint: () => {
            events.endpoint();
          },
        },
      },
    );
    session.start({ ...this.#context([channel]), isWatched: events.isWatched });
    return {
      sampleRate,
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
        session.push(Buffer.from(bytesOf(samples)), hasVoice ? 1 : 0);
      },
      finish: () => session.finish(),
    };
  }

  #context(channels: readonly Channel[]): SpeechContext {
    return { channels, language: this.#language() };
  }
}
