import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AudioFormat,
  type SttConnection,
  type SttEngine,
  SttError,
  type SttListener,
  type SttResult,
} from '../engine.ts';
import { type DecoderFiles, FRAME_MS, openDecoder } from './decoder.ts';
import { startWorker } from '../worker.ts';
import { arpaOf, wordsOf } from './language-model.ts';
import type { FromWorker, ToWorker, WorkerInput } from './protocol.ts';
import sentences from './sentences.json';

export interface PocketSphinxOptions {
  readonly library: string;
  readonly acousticModel: string;
  readonly dictionary: string;
  /** An ARPA or binary model of what callers and agents say; without one, a small one of call-centre English. */
  readonly languageModel: string | undefined;
}

/** It runs here, some twenty times as fast as speech. */
const REPLAY_RATE = 10;

/**
 * The local engine: libpocketsphinx in one worker thread a leg. No network, no key; for demos and tests.
 * @throws {SttError} when the library or a model is not there.
 */
export async function openPocketSphinx(options: PocketSphinxOptions): Promise<SttEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-pocketsphinx-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const files = await modelFiles(options, folder);
    openDecoder(files).free();
    return {
      name: 'pocketsphinx',
      replayRate: REPLAY_RATE,
      maxChannels: 1,
      open: (format, _context, listener) => openConnection(files, format, listener),
      close,
    };
  } catch (error) {
    await close();
    const message = `PocketSphinx cannot be used: ${(error as Error).message}. On Debian: apt-get install libpocketsphinx3 pocketsphinx-en-us`;
    throw new SttError(message, { retryable: false, cause: error });
  }
}

/** Our own language model comes with a dictionary of its words alone: the whole one takes two seconds to load. */
async function modelFiles(options: PocketSphinxOptions, folder: string): Promise<DecoderFiles> {
  const { languageModel } = options;
  if (languageModel !== undefined) return { ...options, languageModel };
  const vocabulary = new Set(sentences.flatMap(wordsOf));
  const pronunciations = (await readFile(options.dictionary, 'utf8'))
    .split('\n')
    .filter((line) => vocabulary.has(/^[^\s(]+/.exec(line)?.[0] ?? ''));
  const own = { languageModel: join(folder, 'call-centre.arpa'), dictionary: join(folder, 'call-centre.dict') };
  await writeFile(own.languageModel, arpaOf(sentences));
  await writeFile(own.dictionary, `${pronunciations.join('\n')}\n`);
  return { ...options, ...own };
}

async function openConnection(files: DecoderFiles, format: AudioFormat, listener: SttListener): Promise<SttConnection> {
  if (format.channelCount !== 1) throw new SttError('PocketSphinx recognizes one channel', { retryable: false });
  const worker = startWorker('pocketsphinx', 'pocketsphinx-worker', {
    files,
    sampleRate: format.sampleRate,
  } satisfies WorkerInput);
  let isOver = false;
  const close = (error?: SttError) => {
    if (isOver) return;
    isOver = true;
    void worker.terminate();
    listener.closed(error);
  };

  await new Promise<void>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => {
      reject(new SttError(error.message, { retryable: false, cause: error }));
    });
  });
  worker.on('message', (message: FromWorker) => {
    if (!isOver) receive(message, listener, close);
  });
  worker.on('error', (error) => {
    close(new SttError(error.message, { retryable: true, cause: error }));
  });
  worker.on('exit', () => {
    close(new SttError('the recogniser stopped', { retryable: true }));
  });
  const send = (message: ToWorker) => {
    worker.postMessage(message);
  };

  return {
    send: (audio) => {
      send({ audio: Uint8Array.from(audio) });
    },
    bufferedBytes: 0,
    finish: () => {
      send('finish');
    },
    abort: () => {
      isOver = true;
      void worker.terminate();
    },
  };
}

function receive(message: FromWorker, listener: SttListener, close: () => void): void {
  switch (message.type) {
    case 'ready':
      break;
    case 'partial':
      listener.partial({
        channelIndex: 0,
        text: message.text,
        words: [],
        startMs: message.startMs,
        endMs: message.streamMs,
      });
      break;
    case 'utterance':
      listener.final(resultOf(message));
      listener.endpoint(0);
      break;
    case 'finished':
      close();
      break;
  }
}

function resultOf({ words, streamMs }: Extract<FromWorker, { type: 'utterance' }>): SttResult {
  const timed = words.map(({ text, startFrame, endFrame }) => ({
    text,
    startMs: startFrame * FRAME_MS,
    endMs: endFrame * FRAME_MS,
  }));
  return {
    channelIndex: 0,
    text: timed.map((word) => word.text).join(' '),
    words: timed,
    startMs: timed[0]?.startMs ?? streamMs,
    endMs: streamMs,
  };
}
