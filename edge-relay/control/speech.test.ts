import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '../audio/wav.ts';
import { announcementFrames, Announcements } from './announcement.ts';
import { speak, SpeechError } from './speech.ts';

const rms = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / Math.max(1, samples.length));

describe('speak', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'earshot-speech-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A program of the given source that stands where espeak-ng would. */
  function program(source: string): string {
    const file = join(folder, 'speak.cjs');
    writeFileSync(file, source);
    return `${process.execPath} ${file}`;
  }

  it('has espeak-ng speak, for as long as the sentence takes', async () => {
    const short = await speak('espeak-ng --stdout', 'Critical.');
    const long = await speak('espeak-ng --stdout', 'Critical alert on the call of Dana Wills: cancel my account.');
    expect(long.length / 8_000).toBeGreaterThan(2.5);
    expect(long.length).toBeGreaterThan(2 * short.length);
    // Speech, loud enough for a telephone, and no click at the end of the scale.
    expect(rms(long)).toBeGreaterThan(1_000);
    expect(long.filter((sample) => Math.abs(sample) > 32_000).length).toBeLessThan(long.length / 1_000);
  });

  it('gives the program the sentence as one line, and brings what it says to 8 kHz', async () => {
    const wav = join(folder, 'tone.wav');
    const tone = Int16Array.from({ length: 22_050 }, (_, i) => 8_000 * Math.sin((2 * Math.PI * 440 * i) / 22_050));
    writeFileSync(wav, writeWav({ sampleRate: 22_050, channels: [tone] }));
    const said = join(folder, 'said');
    const command = program(`
      const fs = require('fs');
      fs.writeFileSync(${JSON.stringify(said)}, fs.readFileSync(0));
      process.stdout.write(fs.readFileSync(${JSON.stringify(wav)}));
    `);
    const samples = await speak(command, 'two\nlines; $(touch /tmp/x)');
    expect(samples.length).toBeGreaterThan(7_950);
    expect(samples.length).toBeLessThanOrEqual(8_000);
    expect(Math.abs(rms(samples) - 8_000 / Math.SQRT2)).toBeLessThan(200);
    expect(readFileSync(said, 'utf8')).toBe('two lines; $(touch /tmp/x)\n');
  });

  it.each([
    ['that is not there', () => 'earshot-no-such-program', 'apt-get install espeak-ng', 20_000],
    ['that fails', () => program('process.exit(3)'), 'ended with 3', 20_000],
    ['that gives no WAV', () => program('process.stdout.write("hello")'), 'no WAV', 20_000],
    ['that never ends', () => program('setInterval(() => undefined, 1000)'), 'took more than', 200],
  ])('says what is wrong with a program %s', async (_what, command, expected, limitMs) => {
    const spoken = speak(command(), 'hello', limitMs);
    await expect(spoken).rejects.toThrow(SpeechError);
    await expect(spoken).rejects.toThrow(expected);
  });

  it('leaves no timer behind that keeps a command line from ending', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    await expect(speak('earshot-no-such-program', 'hello')).rejects.toThrow(SpeechError);
    expect(timers()).toBe(before);
  });
});

describe('an announcement', () => {
  const speech = new Int16Array(8_000).fill(5_000);
  const samplesOf = (frames: readonly Buffer[]) =>
    Int16Array.from(frames.flatMap((frame) => Array.from({ length: 160 }, (_, i) => frame.readInt16LE(3 + 2 * i))));

  it('is a tone and the sentence twice, in frames of 20 ms', () => {
    const frames = announcementFrames(speech);
    expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([323]));
    const samples = samplesOf(frames);
    expect(samples.filter((sample) => sample === 5_000).length).toBeGreaterThanOrEqual(16_000);
    const first = samples.indexOf(
      5_000,
      samples.findIndex((_, i) => samples.subarray(i, i + 99).every((s) => s === 5_000)),
    );
    expect(rms(samples.subarray(0, first))).toBeGreaterThan(1_000);
  });

  it('is the tone alone where nothing can be spoken', () => {
    expect(rms(samplesOf(announcementFrames(undefined)))).toBeGreaterThan(1_000);
  });

  it('is for the connection that somebody was called for, once', () => {
    const announcements = new Announcements();
    let taken = 0;
    announcements.add('a', [], () => taken++);
    announcements.add('b', [], () => taken++);
    announcements.forget('b');
    expect([announcements.take('a'), announcements.take('a'), announcements.take('b')]).toEqual([
      [],
      undefined,
      undefined,
    ]);
    expect(taken).toBe(1);
  });
});
