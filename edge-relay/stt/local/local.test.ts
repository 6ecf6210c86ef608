import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '../../until.ts';
import { codedSpeech } from '../coded-speech.fake.ts';
import type { SttListener } from '../engine.ts';
import { openLocal } from './local.ts';

/** sherpa-onnx on a machine that is too slow: a piece takes longer than it was spoken. */
const SLOW_LIBRARY = `
export class OfflineRecognizer {
  createStream() { return { acceptWaveform() {} }; }
  decode() { const end = Date.now() + 700; while (Date.now() < end); }
  getResult() { return { text: 'yes' }; }
}
export class Vad {
  acceptWaveform() {}
  isDetected() { return true; }
  isEmpty() { return true; }
  reset() {}
}
`;

const listener: SttListener = {
  partial: () => undefined,
  final: () => undefined,
  endpoint: () => undefined,
  lost: () => undefined,
  closed: () => undefined,
};
const format = { sampleRate: 8_000, channelCount: 1 } as const;

test('an engine that is behind says so and accepts no more legs, until it has caught up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-local-'));
  for (const file of ['tokens.txt', 'encoder_model.ort', 'decoder_model_merged.ort'])
    writeFileSync(join(folder, file), '');
  const library = join(folder, 'slow.mjs');
  writeFileSync(library, SLOW_LIBRARY);
  const engine = await openLocal({
    folder,
    threads: 1,
    language: 'en-US',
    library: pathToFileURL(library).href,
    maxLateSeconds: 1,
  });
  const open = () => engine.open(format, { channels: ['caller'] }, listener);
  // All are there before any is sent audio.
  const connections = await Promise.all([open(), open(), open(), open()]);
  expect(engine.limits?.()).toEqual([]);
  const speech = codedSpeech(Array<string>(4).fill('thank you'), format);
  for (const connection of connections) connection.send(speech);
  await until(() => engine.limits?.().length === 1);
  expect(engine.limits?.()[0]).toMatch(/engine late \d+ s/);
  await expect(open()).rejects.toMatchObject({ name: 'SttError', retryable: true });
  for (const connection of connections) connection.abort();
  await until(() => engine.limits?.().length === 0);
  (await open()).abort();
  await engine.close();
  rmSync(folder, { recursive: true });
}, 30_000);
