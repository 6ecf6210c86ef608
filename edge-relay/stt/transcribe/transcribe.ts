import {
  type AudioStream,
  type LanguageCode,
  StartStreamTranscriptionCommand,
  TranscribeStreamingClient,
  type TranscribeStreamingClientConfig,
} from '@aws-sdk/client-transcribe-streaming';
import {
  type AudioFormat,
  bytesPerMs,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttListener,
} from '../engine.ts';
import { AudioQueue } from './audio-queue.ts';
import { transcribeLanguages } from './languages.ts';
import { emitTranscribeResult } from './results.ts';

export interface TranscribeOptions {
  readonly language: string;
  /** What it may be, where the call's own is not known: Transcribe finds it out then. Empty: it is `language`. */
  readonly identified: readonly string[];
  /** A custom vocabulary of the account and region. */
  readonly vocabularyName: string | undefined;
  /** Whether Transcribe itself redacts what identifies people. */
  readonly isRedacted: boolean;
  /** Region, endpoint and credentials; what is left out comes from AWS's own environment. */
  readonly client?: TranscribeStreamingClientConfig;
}

/** Without one the SDK writes every broken stream to the console; the session logs it. */
const quiet = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // The session logs it.
}

/** What Transcribe recommends to send at once. */
const STEP_MS = 100;

/** Amazon Transcribe streaming over HTTP/2. */
export function openTranscribe(options: TranscribeOptions): SttEngine {
  const client = new TranscribeStreamingClient({ ...options.client, maxAttempts: 1, logger: quiet });
  return {
    name: 'transcribe',
    replayRate: 1.25,
    maxChannels: 2,
    // The service responds only after the first audio, so nothing can be awaited here.
    open: (format, { language: ofCall }, listener) => {
      const language = (ofCall && transcribeLanguages.find(ofCall)) ?? options.language;
      const identified = ofCall === undefined ? options.identified : [];
      return Promise.resolve(start(client, { ...options, language, identified }, format, listener));
    },
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}

function start(
  client: TranscribeStreamingClient,
  { language, identified, vocabularyName, isRedacted }: TranscribeOptions,
  format: AudioFormat,
  listener: SttListener,
): SttConnection {
  const queue = new AudioQueue(STEP_MS * bytesPerMs(format));
  const abort = new AbortController();
  let isFinishing = false;
  const command = new StartStreamTranscriptionCommand({
    ...(identified.length > 0
      ? { IdentifyMultipleLanguages: true, LanguageOptions: identified.join(',') }
      : { LanguageCode: language as LanguageCode }),
    MediaEncoding: 'pcm',
    MediaSampleRateHertz: format.sampleRate,
    ...(format.channelCount > 1 && { EnableChannelIdentification: true, NumberOfChannels: format.channelCount }),
    ...(vocabularyName !== undefined &&
      (identified.length > 0 ? { VocabularyNames: vocabularyName } : { VocabularyName: vocabularyName })),
    // Transcribe redacts only where it was told the language.
    ...(isRedacted && identified.length === 0 && { ContentRedactionType: 'PII' }),
    AudioStream: audioEvents(queue),
  });

  const receive = async () => {
    const { TranscriptResultStream } = await client.send(command, { abortSignal: abort.signal });
    for await (const event of TranscriptResultStream ?? []) {
      if (abort.signal.aborted) return;
      for (const result of event.TranscriptEvent?.Transcript?.Results ?? []) emitTranscribeResult(result, listener);
    }
  };
  receive()
    .then(
      // A reset connection ends the iteration as if the stream were complete.
      () => (isFinishing ? undefined : new SttError('Transcribe: the stream broke off', { retryable: true })),
      errorOf,
    )
    .then((error) => {
      queue.end();
      if (!abort.signal.aborted) listener.closed(error);
    })
    .catch(() => undefined);

  return {
    send: (audio) => {
      queue.push(audio);
    },
    get bufferedBytes() {
      return queue.bufferedBytes;
    },
    finish: () => {
      isFinishing = true;
      queue.end();
    },
    abort: () => {
      abort.abort();
      queue.end();
    },
  };
}

async function* audioEvents(queue: AudioQueue): AsyncGenerator<AudioStream> {
  for await (const chunk of queue) yield { AudioEvent: { AudioChunk: chunk } };
}

const TERMINAL: readonly string[] = [
  'BadRequestException',
  'ValidationException',
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'CredentialsProviderError',
];

function errorOf(error: unknown): SttError {
  const { name, message } = error as Error;
  return new SttError(`Transcribe: ${name}: ${message}`, { retryable: !TERMINAL.includes(name), cause: error });
}
