import { samplesOf } from '../../audio/samples.ts';
import { writeWav } from '../../audio/wav.ts';
import { type AudioFormat, type SttConnection, type SttEngine, SttError, type SttListener } from '../engine.ts';
import { type SpeechCut, SpeechCutter } from '../speech-cutter.ts';
import { resultOfAnswer } from './answer.ts';

export interface OpenAiOptions {
  /** Base address, with its `/v1`. */
  readonly url: string;
  /** Many servers of one's own want none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  readonly language: string;
  /** Words the model should know how to spell. */
  readonly vocabulary: readonly string[];
}

/** A server that has not answered by then is lost. */
const ANSWER_MS = 20_000;
/** Pieces under way at once: a long one does not hold up the next, and results are emitted in order. */
const MAX_UNDER_WAY = 3;

/**
 * Any server with OpenAI's `POST /v1/audio/transcriptions`. It transcribes one piece of speech at a time, cut at the
 * pauses, and never silence, in which models of this kind invent text. There are no partials.
 */
export function openOpenAi(options: OpenAiOptions): SttEngine {
  return {
    name: 'openai',
    // What waits is sent at once; the server works at its own pace.
    replayRate: 20,
    maxChannels: 1,
    open: (format, { language = options.language }, listener) =>
      Promise.resolve(new OpenAiConnection({ ...options, language }, format, listener)),
    probe: async () => {
      const response = await request(`${options.url}/models`, { headers: headersOf(options) });
      await response.body?.cancel();
    },
    close: () => Promise.resolve(),
  };
}

class OpenAiConnection implements SttConnection {
  readonly bufferedBytes = 0;
  readonly #options: OpenAiOptions;
  readonly #format: AudioFormat;
  readonly #listener: SttListener;
  readonly #cutter: SpeechCutter;
  readonly #abort = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  /** Resolves when all earlier results have been emitted. */
  #told: Promise<void> = Promise.resolve();

  constructor(options: OpenAiOptions, format: AudioFormat, listener: SttListener) {
    this.#options = options;
    this.#format = format;
    this.#listener = listener;
    this.#cutter = new SpeechCutter(format, {
      onCut: (cut) => {
        this.#take(cut);
      },
    });
  }

  send(audio: Buffer): void {
    if (!this.#abort.signal.aborted) this.#cutter.push(audio);
  }

  finish(): void {
    this.#cutter.end();
    void this.#told.then(() => {
      this.#close();
    });
  }

  abort(): void {
    this.#abort.abort();
  }

  #take(cut: SpeechCut): void {
    const before = this.#told;
    this.#told = (async () => {
      await this.#turn();
      const answer = await this.#transcribe(cut).finally(() => {
        this.#underWay--;
        this.#waiting.shift()?.();
      });
      await before;
      if (this.#abort.signal.aborted) return;
      this.#listener.final(resultOfAnswer(answer, cut));
      this.#listener.endpoint(0);
    })().catch((error: unknown) => {
      const reason = error instanceof SttError ? error : new SttError(`OpenAI: ${String(error)}`, { retryable: true });
      this.#close(reason);
    });
  }

  async #turn(): Promise<void> {
    if (this.#underWay >= MAX_UNDER_WAY) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay++;
  }

  async #transcribe({ audio }: SpeechCut): Promise<unknown> {
    // Node 24 throws, where nobody can catch it, when a form goes into a fetch that is already aborted.
    this.#abort.signal.throwIfAborted();
    const { url, model, language, vocabulary } = this.#options;
    const form = new FormData();
    form.set(
      'file',
      new Blob([new Uint8Array(writeWav({ sampleRate: this.#format.sampleRate, channels: [samplesOf(audio)] }))], {
        type: 'audio/wav',
      }),
      'speech.wav',
    );
    form.set('model', model);
    // The API wants the bare language of a tag such as en-GB.
    form.set('language', language.split('-')[0] ?? language);
    form.set('response_format', 'verbose_json');
    form.set('timestamp_granularities[]', 'word');
    form.set('temperature', '0');
    if (vocabulary.length > 0) form.set('prompt', vocabulary.join(', '));
    const signal = AbortSignal.any([this.#abort.signal, AbortSignal.timeout(ANSWER_MS)]);
    const response = await request(`${url}/audio/transcriptions`, {
      method: 'POST',
      headers: headersOf(this.#options),
      body: form,
      signal,
    });
    return response.json();
  }

  #close(error?: SttError): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#listener.closed(error);
  }
}

function headersOf({ apiKey }: OpenAiOptions): Record<string, string> {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}

/** Refusals that another try cannot change: a bad request, key, plan or address. */
const TERMINAL: readonly number[] = [400, 401, 402, 403, 404, 415, 422];

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    const { message, cause } = error as Error;
    const reason = (cause as { code?: string } | undefined)?.code ?? message;
    throw new SttError(`OpenAI: the server cannot be reached: ${reason}`, { retryable: true, cause: error });
  });
  if (response.ok) return response;
  await response.body?.cancel();
  throw new SttError(`OpenAI: the server answered ${response.status}`, {
    retryable: !TERMINAL.includes(response.status),
  });
}
