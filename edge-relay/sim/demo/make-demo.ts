import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Resampler } from '../../audio/resampler.ts';
import { readWav, writeWav } from '../../audio/wav.ts';
import { demoTurns } from './demo.ts';

/**
 * Speaks the dialogue with Debian's flite and writes the two legs of the demo call beside this file:
 * `tsx edge-relay/sim/demo/make-demo.ts`
 */
const VOICES = { agent: 'awb', caller: 'rms' } as const;
const SAMPLE_RATE = 8_000;
const BEFORE_FIRST_MS = 600;
const BETWEEN_SENTENCES_MS = 700;
const BETWEEN_TURNS_MS = 650;

const folder = mkdtempSync(join(tmpdir(), 'earshot-demo-'));

function speak(text: string, voice: string): Int16Array {
  const file = join(folder, 'spoken.wav');
  execFileSync('flite', ['-voice', voice, '-o', file, text]);
  const { sampleRate, channels } = readWav(readFileSync(file));
  return new Resampler(sampleRate, SAMPLE_RATE).push(channels[0] ?? new Int16Array());
}

const samplesOfMs = (ms: number) => (ms * SAMPLE_RATE) / 1_000;

const parts: { channel: 'agent' | 'caller'; at: number; speech: Int16Array }[] = [];
let at = samplesOfMs(BEFORE_FIRST_MS);
for (const { channel, says } of demoTurns) {
  for (const text of says) {
    const speech = speak(text, VOICES[channel]);
    parts.push({ channel, at, speech });
    at += speech.length + samplesOfMs(BETWEEN_SENTENCES_MS);
  }
  at += samplesOfMs(BETWEEN_TURNS_MS - BETWEEN_SENTENCES_MS);
}

for (const channel of ['agent', 'caller'] as const) {
  const samples = new Int16Array(at + samplesOfMs(BETWEEN_SENTENCES_MS));
  for (const part of parts) if (part.channel === channel) samples.set(part.speech, part.at);
  const file = join(import.meta.dirname, `${channel}.wav.gz`);
  writeFileSync(file, gzipSync(writeWav({ sampleRate: SAMPLE_RATE, channels: [samples] }), { level: 9 }));
  console.log(`${file}: ${(samples.length / SAMPLE_RATE).toFixed(1)} s`);
}
rmSync(folder, { recursive: true });
