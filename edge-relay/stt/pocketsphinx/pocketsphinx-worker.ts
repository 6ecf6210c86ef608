import { parentPort, workerData } from 'node:worker_threads';
import { DECODER_SAMPLE_RATE, openDecoder } from './decoder.ts';
import type { FromWorker, ToWorker, WorkerInput } from './protocol.ts';

/** The decoder is checked for a pause after each step of so much audio. */
const STEP_SAMPLES = DECODER_SAMPLE_RATE / 50;
/** Speech without a pause is cut here. */
const MAX_SPEECH_MS = 8_000;
const PARTIAL_EVERY_MS = 200;

const { files, sampleRate } = workerData as WorkerInput;
const decoder = openDecoder(files);
const post = (message: FromWorker) => parentPort?.postMessage(message);

let streamMs = 0;
let speechStartMs: number | undefined;
let partialMs = 0;
let lastPartial = '';

function takeUtterance(): void {
  speechStartMs = undefined;
  lastPartial = '';
  const words = decoder.takeUtterance();
  if (words.length > 0) post({ type: 'utterance', words, streamMs });
}

function emitPartial(startMs: number): void {
  if (streamMs - partialMs < PARTIAL_EVERY_MS) return;
  partialMs = streamMs;
  const text = decoder.hypothesis();
  if (text === '' || text === lastPartial) return;
  lastPartial = text;
  post({ type: 'partial', text, startMs, streamMs });
}

function step(samples: Int16Array): void {
  decoder.process(samples);
  streamMs += (samples.length / DECODER_SAMPLE_RATE) * 1_000;
  if (decoder.isInSpeech()) {
    speechStartMs ??= streamMs;
    if (streamMs - speechStartMs >= MAX_SPEECH_MS) takeUtterance();
    else emitPartial(speechStartMs);
  } else if (speechStartMs !== undefined) takeUtterance();
}

parentPort?.on('message', (message: ToWorker) => {
  if (message === 'finish') {
    takeUtterance();
    post({ type: 'finished' });
    return;
  }
  const samples = at16Khz(message.audio);
  for (let at = 0; at < samples.length; at += STEP_SAMPLES) step(samples.subarray(at, at + STEP_SAMPLES));
});

/** Telephone audio is raised by repeating each sample: the model knows that better than a band that ends at 4 kHz. */
function at16Khz({ buffer, byteOffset, byteLength }: Uint8Array): Int16Array {
  const samples = new Int16Array(buffer, byteOffset, byteLength / 2);
  if (sampleRate === DECODER_SAMPLE_RATE) return samples;
  const raised = new Int16Array(2 * samples.length);
  for (let i = 0; i < samples.length; i++) raised[2 * i] = raised[2 * i + 1] = samples[i] as number;
  return raised;
}

post({ type: 'ready' });
