import { DeepgramClient } from '@deepgram/sdk';
import { type AudioFormat, type SttConnection, type SttEngine, SttError, type SttListener } from '../engine.ts';
import { deepgramLanguage } from './languages.ts';
import { emitDeepgramMessage } from './messages.ts';

export interface DeepgramOptions {
  readonly apiKey: string;
  /** wss://api.deepgram.com, or a server of one's own. */
  readonly url: string;
  readonly model: string;
  readonly language: string;
  /** Words and names of the trade, which the model would not expect. */
  readonly vocabulary: readonly string[];
  /** What Deepgram itself redacts: `pci`, `ssn`, `numbers`. */
  readonly redact: readonly string[];
}

const NORMAL_CLOSE = 1_000;
const CONNECT_SECONDS = 5;

/** Deepgram live streaming over its SDK, whose own reconnect is off: it loses audio and starts the times anew. */
export function openDeepgram(options: DeepgramOptions): SttEngine {
  const client = new DeepgramClient({ apiKey: options.apiKey, baseUrl: options.url });
  return {
    name: 'deepgram',
    // Deepgram's documented limit for sending audio.
    replayRate: 1.25,
    maxChannels: 2,
    // It sends a result every second or so, an empty one where nobody spoke.
    answersWithinMs: 15_000,
    open: (format, { language: ofCall }, listener) => {
      // One that the model does not take would be refused, and the call would not be transcribed at all.
      const language = (ofCall && deepgramLanguage(options.model, ofCall)) ?? options.language;
      return connect(client, { ...options, language }, format, listener);
    },
    close: () => Promise.resolve(),
  };
}

async function connect(
  client: DeepgramClient,
  { model, language, vocabulary, redact }: DeepgramOptions,
  { sampleRate, channelCount }: AudioFormat,
  listener: SttListener,
): Promise<SttConnection> {
  const socket = await client.listen.v1.connect({
    model,
    language,
    encoding: 'linear16',
    sample_rate: sampleRate,
    channels: channelCount,
    multichannel: channelCount > 1 ? 'true' : 'false',
    interim_results: 'true',
    smart_format: 'true',
    // Rules need the words as they were said.
    profanity_filter: 'false',
    ...(vocabulary.length > 0 && vocabularyOf(model, vocabulary)),
    ...(redact.length > 0 && { queryParams: { redact } }),
    endpointing: 300,
    utterance_end_ms: 1_000,
    vad_events: 'true',
    reconnectAttempts: 1,
    shouldReconnect: () => false,
    connectionTimeoutInSeconds: CONNECT_SECONDS,
  });
  let isOver = false;
  let isFinishing = false;
  let lastError = '';
  // The SDK holds one handler an event; another on() would take its place.
  socket.on('message', (message) => {
    if (!isOver) emitDeepgramMessage(message, listener);
  });
  socket.on('error', (error) => {
    lastError = error.message;
  });
  const opened = new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('close', ({ code, reason }) => {
      // A refusal shows as a normal close before the error that names it.
      setImmediate(() => {
        reject(errorOf(lastError || `closed with ${code} ${reason}`));
        if (isOver) return;
        isOver = true;
        listener.closed(
          isFinishing && code === NORMAL_CLOSE ? undefined : errorOf(lastError || `closed with ${code} ${reason}`),
        );
      });
    });
  });
  socket.connect();
  await opened.catch((error: unknown) => {
    isOver = true;
    throw error;
  });

  const whenOpen = (action: () => void) => {
    if (!isOver && socket.readyState === socket.socket.OPEN) action();
  };
  return {
    send: (audio) => {
      whenOpen(() => {
        socket.sendMedia(audio);
      });
    },
    get bufferedBytes() {
      return socket.socket.bufferedAmount;
    },
    finalize: () => {
      whenOpen(() => {
        socket.sendFinalize({ type: 'Finalize' });
      });
    },
    finish: () => {
      isFinishing = true;
      whenOpen(() => {
        socket.sendCloseStream({ type: 'CloseStream' });
      });
    },
    abort: () => {
      isOver = true;
      socket.close();
    },
  };
}

/** Nova-3 accepts whole terms; earlier models accept single words with a weight. */
function vocabularyOf(model: string, terms: readonly string[]) {
  if (model.startsWith('nova-3')) return { keyterm: [...terms] };
  return { keywords: terms.flatMap((term) => term.split(/\s+/)).map((word) => `${word}:2`) };
}

/** Refusals that another try cannot change: a bad request, key, or plan. */
function errorOf(message: string): SttError {
  return new SttError(`Deepgram: ${message}`, { retryable: !/response: 40[0-4]\b/.test(message) });
}
