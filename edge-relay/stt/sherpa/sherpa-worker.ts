import type { AudioFormat } from '../engine.ts';
import { type Hearer, type HearerEvents, OnlineHearers, openOfflineHearer } from './hearers.ts';
import type { SherpaLibrary } from './library.ts';
import type { FromChild, SherpaInput, ToChild } from './protocol.ts';

const tell = (message: FromChild) => process.send?.(message);

interface Opened {
  open: (sampleRate: AudioFormat['sampleRate'], events: HearerEvents) => Hearer;
  /** Works on what has come. */
  decode: () => void;
}

function openModel(
  { OnlineRecognizer, OfflineRecognizer }: SherpaLibrary,
  { model, threads, language }: SherpaInput,
): Opened {
  const featConfig = { sampleRate: 16_000, featureDim: 80 };
  const { tokens, kind: _kind, ...parts } = model;
  const common = { tokens, numThreads: threads, provider: 'cpu' };
  if (model.kind === 'whisper') {
    const whisper = { ...parts, language: language.split('-')[0], task: 'transcribe' };
    const recognizer = new OfflineRecognizer({ featConfig, modelConfig: { whisper, ...common } });
    return {
      open: (sampleRate, events) => openOfflineHearer(recognizer, sampleRate, events),
      decode: () => undefined,
    };
  }
  const recognizer = new OnlineRecognizer({
    featConfig,
    modelConfig: { transducer: parts, ...common },
    enableEndpoint: true,
    rule1MinTrailingSilence: 2.4,
    rule2MinTrailingSilence: 0.5,
    rule3MinUtteranceLength: 12,
  });
  const hearers = new OnlineHearers(recognizer);
  return {
    open: (sampleRate, events) => hearers.open(sampleRate, events),
    decode: () => {
      hearers.decode();
    },
  };
}

function serve(opened: Opened): void {
  const hearers = new Map<number, Hearer>();
  let isDue = false;
  const decodeSoon = () => {
    if (isDue) return;
    isDue = true;
    // After the messages that wait: what all streams have sent is decoded at once.
    setImmediate(() => {
      isDue = false;
      opened.decode();
    });
  };
  process.on('message', (message: ToChild) => {
    if (message.type === 'load') return;
    const { id } = message;
    switch (message.type) {
      case 'open':
        hearers.set(
          id,
          opened.open(message.sampleRate, {
            partial: (result) => {
              tell({ type: 'partial', id, result });
            },
            final: (result) => {
              tell({ type: 'final', id, result });
            },
          }),
        );
        break;
      case 'audio':
        hearers.get(id)?.push(message.audio);
        tell({ type: 'taken', id, bytes: message.audio.length });
        decodeSoon();
        break;
      case 'finish':
        hearers.get(id)?.end();
        hearers.delete(id);
        tell({ type: 'finished', id });
        break;
      case 'abort':
        hearers.get(id)?.abandon();
        hearers.delete(id);
        break;
    }
  });
}

async function load(input: SherpaInput): Promise<void> {
  const module = (await import(input.library)) as SherpaLibrary & { default?: SherpaLibrary };
  serve(openModel(module.default ?? module, input));
  tell({ type: 'ready' });
}

process.once('message', (message: ToChild) => {
  if (message.type !== 'load') return;
  load(message.input).catch((error: unknown) => {
    tell({ type: 'failed', message: (error as Error).message });
  });
});
// The relay is gone.
process.once('disconnect', () => process.exit());
// Signals of the terminal go to the whole group; the relay drains first and then ends this process itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
