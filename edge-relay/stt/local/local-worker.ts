import type { SherpaLibrary } from './library.ts';
import { modelConfigOf, modelKinds } from './model-kinds.ts';
import { PieceRecognitions } from './piece-recognitions.ts';
import { PieceRecognizer } from './piece-recognizer.ts';
import type { FromChild, LocalInput, ToChild } from './protocol.ts';
import type { Recognition, Recognitions } from './recognition.ts';
import { StreamingRecognitions } from './streaming-recognitions.ts';
import { detectorConfig } from './voice-gate.ts';

const send = (message: FromChild) => process.send?.(message);
const soon = (action: () => void) => void setImmediate(action);

function openModel({ OnlineRecognizer, OfflineRecognizer, Vad }: SherpaLibrary, input: LocalInput): Recognitions {
  const featConfig = { sampleRate: 16_000, featureDim: 80 };
  const modelConfig = modelConfigOf(input.model, input.language, input.threads);
  if (modelKinds[input.model.kind].takes === 'pieces') {
    const { config, bufferSeconds } = detectorConfig(input.detector);
    const recognizer = new PieceRecognizer(
      new OfflineRecognizer({ featConfig, modelConfig }),
      new Vad(config, bufferSeconds),
    );
    return new PieceRecognitions(recognizer, { soon, now: () => performance.now() });
  }
  const recognizer = new OnlineRecognizer({
    featConfig,
    modelConfig,
    enableEndpoint: true,
    rule1MinTrailingSilence: 2.4,
    rule2MinTrailingSilence: 0.5,
    rule3MinUtteranceLength: 12,
  });
  return new StreamingRecognitions(recognizer, soon);
}

const REPORT_EVERY_MS = 500;

function reportLateness(opened: Recognitions): void {
  let reported = 0;
  setInterval(() => {
    const seconds = Math.floor(opened.lateMs / 1_000);
    if (seconds !== reported) send({ type: 'late', seconds });
    reported = seconds;
  }, REPORT_EVERY_MS).unref();
}

function serve(opened: Recognitions): void {
  reportLateness(opened);
  const recognitions = new Map<number, Recognition>();
  process.on('message', (message: ToChild) => {
    if (message.type === 'load') return;
    const { id } = message;
    switch (message.type) {
      case 'open':
        recognitions.set(
          id,
          opened.open(message.sampleRate, {
            partial: (result) => {
              send({ type: 'partial', id, result });
            },
            final: (result, isEndpoint) => {
              send({ type: 'final', id, result, isEndpoint });
            },
          }),
        );
        break;
      case 'audio':
        recognitions.get(id)?.push(message.audio, message.isWatched);
        send({ type: 'taken', id, bytes: message.audio.length });
        opened.decodeSoon();
        break;
      case 'finish':
        recognitions.get(id)?.end(() => {
          recognitions.delete(id);
          send({ type: 'finished', id });
        });
        break;
      case 'abort':
        recognitions.get(id)?.abandon();
        recognitions.delete(id);
        break;
    }
  });
}

async function load(input: LocalInput): Promise<void> {
  const module = (await import(input.library)) as SherpaLibrary & { default?: SherpaLibrary };
  serve(openModel(module.default ?? module, input));
  send({ type: 'ready' });
}

process.once('message', (message: ToChild) => {
  if (message.type !== 'load') return;
  load(message.input).catch((error: unknown) => {
    send({ type: 'failed', message: (error as Error).message });
  });
});
// The relay is gone.
process.once('disconnect', () => process.exit());
// Signals of the terminal go to the whole group; the relay drains first and then ends this process itself.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
