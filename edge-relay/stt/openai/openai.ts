import { samplesOf } from '../../audio/samples.ts';
import { writeWav } from '../../audio/wav.ts';
import {
  type AudioFormat,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttListener,
  type SttResult,
} from '../engine.ts';
import { audioOfCut, type SpeechCut, SpeechCutter } from '../speech-cutter.ts';
import { resultOfAnswer } from './answer.ts';
import { whisperLanguages } from '../languages.ts';
import { RequestForm } from './request-form.ts';

export interface OpenAiOptions {
  /** Base address, with its `/v1`. */
  readonly url: string;
  /** Many servers of one's own want none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Undefined: the model finds it out. */
  readonly language: string | undefined;
  /** Words the model should know how to spell. */
  readonly vocabulary: readonly string[];
}

/** A server that has not answered by then is lost. */
const ANSWER_MS = 20_000;
/** Pieces under way at once: a long one does not hold up the next, and results are emitted in order. */
const MAX_UNDER_WAY = 3;
/** A piece that fails so often is given up. */
const MAX_TRIES = 2;
/** So many pieces given up in a row are no fault of the pieces. */
const MAX_GIVEN_UP = 2;
/** How much of a server's words is kept. */
const MAX_WORDS_LENGTH = 300;

/** What is known of a server, for all streams. */
interface Server {
  readonly options: OpenAiOptions;
  readonly form: RequestForm;
  /** It has made text of a piece: what it refuses from then on is a fault of the piece. */
  hasWorked: boolean;
}

/**
 * Any server with OpenAI's `POST /v1/audio/transcriptions`. It transcribes one piece of speech at a time, cut at the
 * pauses, and never silence, in which models of this kind invent text. There are no partials.
 */
export function openOpenAi(options: OpenAiOptions): SttEngine {
  const server: Server = { options, form: new RequestForm(), hasWorked: false };
  return {
    name: 'openai',
    // What waits is sent at once; the server works at its own pace.
    replayRate: 20,
    maxChannels: 1,
    open: (format, { language }, listener) =>
      Promise.resolve(
        new OpenAiConnection(server, format, whisperLanguages.find(language ?? options.language ?? ''), listener),
      ),
    limits: () => server.form.refusals.map((words) => `openai: the server refused a part of the request: ${words}`),
    close: () => Promise.resolve(),
  };
}

class OpenAiConnection implements SttConnection {
  readonly bufferedBytes = 0;
  readonly #server: Server;
  readonly #format: AudioFormat;
  readonly #language: string | undefined;
  readonly #listener: SttListener;
  readonly #cutter: SpeechCutter;
  readonly #abort = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  /** Pieces given up since the last one that became text. */
  #givenUp = 0;
  /** Resolves when all earlier results have been emitted. */
  #emitted: Promise<void> = Promise.resolve();

  constructor(server: Server, format: AudioFormat, language: string | undefined, listener: SttListener) {
    this.#server = server;
    this.#format = format;
    this.#language = language;
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
    void this.#emitted.then(() => {
      this.#close();
    });
  }

  abort(): void {
    this.#abort.abort();
  }

  #take(cut: SpeechCut): void {
    const before = this.#emitted;
    this.#emitted = (async () => {
      await this.#turn();
      const result = await this.#transcribe(cut).finally(() => {
        this.#underWay--;
        this.#waiting.shift()?.();
      });
      await before;
      if (this.#abort.signal.aborted) return;
      if (result instanceof PieceError) this.#giveUp(cut, result);
      else this.#emit(result);
    })().catch((error: unknown) => {
      const reason = error instanceof SttError ? error : new SttError(`OpenAI: ${String(error)}`, { retryable: true });
      this.#close(reason);
    });
  }

  #emit(result: SttResult): void {
    this.#givenUp = 0;
    this.#listener.final(result);
    this.#listener.endpoint(0);
  }

  /** The piece stays without text; when the one before did too, the server is what fails. */
  #giveUp({ startMs, endMs }: SpeechCut, error: PieceError): void {
    this.#givenUp++;
    if (this.#givenUp >= MAX_GIVEN_UP) {
      this.#close(new SttError(error.message, { retryable: true, cause: error }));
      return;
    }
    this.#listener.lost({ channelIndex: 0, startMs, endMs, reason: error.message });
  }

  async #turn(): Promise<void> {
    if (this.#underWay >= MAX_UNDER_WAY) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay++;
  }

  /** Returns the error when the server fails on the piece, and throws when it fails as such. */
  async #transcribe(cut: SpeechCut): Promise<SttResult | PieceError> {
    const { form } = this.#server;
    for (let tries = 1; ;) {
      const { version } = form;
      try {
        const result = await this.#ask(cut);
        this.#server.hasWorked = true;
        return result;
      } catch (error) {
        if (!(error instanceof PieceError)) throw error;
        // Another piece may have met the same refusal meanwhile.
        if (form.version > version || (error.isRefusal && form.simplify(error.words))) continue;
        if (error.isRefusal && !this.#server.hasWorked)
          throw new SttError(error.message, { retryable: false, cause: error });
        if (++tries > MAX_TRIES) return error;
      }
    }
  }

  async #ask(cut: SpeechCut): Promise<SttResult> {
    // Node 24 throws, where nobody can catch it, when a form goes into a fetch that is already aborted.
    this.#abort.signal.throwIfAborted();
    const { options, form: fields } = this.#server;
    const { sampleRate } = this.#format;
    const wav = writeWav({ sampleRate, channels: [samplesOf(audioOfCut(cut, this.#format))] });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), 'speech.wav');
    form.set('model', options.model);
    fields.fill(form, { language: this.#language, vocabulary: options.vocabulary });
    const response = await request(`${options.url}/audio/transcriptions`, {
      method: 'POST',
      headers: headersOf(options),
      body: form,
      signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    const body = await response.text().catch((error: unknown) => {
      throw unreachable(error);
    });
    try {
      const result = resultOfAnswer(body, response.headers.get('content-type'), cut);
      if (this.#language === undefined) return result;
      // It repeats what it was told.
      const { language: _told, ...found } = result;
      return found;
    } catch (error) {
      throw new PieceError(`OpenAI: ${(error as Error).message}`, { isRefusal: false, words: '' });
    }
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

/** The server answered, but made no text of the piece. */
class PieceError extends Error {
  override readonly name = 'PieceError';
  /** It refused the request, in these words. */
  readonly isRefusal: boolean;
  readonly words: string;

  constructor(message: string, { isRefusal, words }: { isRefusal: boolean; words: string }) {
    super(message);
    this.isRefusal = isRefusal;
    this.words = words;
  }
}

/** Refusals of whoever asks: no other request changes a key, a plan or an address. */
const OF_THE_CALLER: readonly number[] = [401, 402, 403, 404];
/** Refusals of what is asked. */
const OF_THE_REQUEST: readonly number[] = [400, 405, 406, 411, 413, 415, 422, 500, 501];

/** @throws {SttError | PieceError} */
async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (response.ok) return response;
  const words = wordsOf(await response.text().catch(() => ''));
  const message = `OpenAI: the server answered ${response.status}${words === '' ? '' : `: ${words}`}`;
  if (OF_THE_REQUEST.includes(response.status))
    throw new PieceError(message, { isRefusal: response.status < 500, words });
  throw new SttError(message, { retryable: !OF_THE_CALLER.includes(response.status) });
}

function unreachable(error: unknown): SttError {
  const { message, cause } = error as Error;
  const reason = (cause as { code?: string } | undefined)?.code ?? message;
  return new SttError(`OpenAI: the server cannot be reached: ${reason}`, { retryable: true, cause: error });
}

/** What a refusal says, on one line. */
function wordsOf(body: string): string {
  const text = /^\s*</.test(body) ? '' : body;
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS_LENGTH);
}
