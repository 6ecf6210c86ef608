import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeWav } from '../audio/wav.ts';
import { readLegs } from './recordings.ts';

describe('readLegs', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'earshot-recordings-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const left = Int16Array.of(1, 2, 3);
  const right = Int16Array.of(-1, -2, -3);
  function file(name: string, channels: Int16Array[], sampleRate = 8_000): string {
    const bytes = writeWav({ sampleRate, channels });
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
    return join(folder, name);
  }

  it('takes two files as agent and caller', async () => {
    expect(await readLegs([file('a.wav', [left]), file('b.wav.gz', [right], 16_000)])).toEqual([
      { channel: 'agent', sampleRate: 8_000, samples: left },
      { channel: 'caller', sampleRate: 16_000, samples: right },
    ]);
  });

  it('takes a stereo file as agent left, caller right', async () => {
    expect(await readLegs([file('s.wav', [left, right])])).toMatchObject([
      { channel: 'agent', samples: left },
      { channel: 'caller', samples: right },
    ]);
  });

  it('takes one side as mixed', async () => {
    expect(await readLegs([file('m.wav', [left])])).toMatchObject([{ channel: 'mixed' }]);
  });

  it('takes a stereo file that says the same on both sides as mixed', async () => {
    const [voice, other] = [sine(300, 8_000), sine(440, 8_000)];
    expect(await readLegs([file('same.wav', [voice, voice])])).toEqual([
      { channel: 'mixed', sampleRate: 8_000, samples: voice },
    ]);
    expect(await readLegs([file('two.wav', [voice, other])])).toHaveLength(2);
    const quiet = new Int16Array(voice.length);
    expect(await readLegs([file('one.wav', [voice, quiet])])).toHaveLength(2);
    expect(await readLegs([file('none.wav', [quiet, quiet])])).toHaveLength(2);
  });

  it.each([
    [44_100, 16_000],
    [48_000, 16_000],
    [22_050, 16_000],
    [11_025, 8_000],
    [32_000, 16_000],
    [6_000, 8_000],
  ])('brings %d Hz to %d, at which it sounds the same', async (from, to) => {
    const [leg] = await readLegs([file('m.wav', [sine(300, from)], from)]);
    expect(leg?.sampleRate).toBe(to);
    const samples = leg?.samples ?? new Int16Array();
    expect(Math.abs(samples.length / to - 1)).toBeLessThan(0.01);
    const crossings = samples.filter((sample, i) => i > 0 && sample >= 0 && (samples[i - 1] ?? 0) < 0).length;
    expect(Math.abs(crossings - 300)).toBeLessThan(5);
    expect(Math.max(...samples)).toBeGreaterThan(9_000);
  });

  it('has ffmpeg decode what is no WAV', async () => {
    const decoded = file('decoded.wav', [sine(300, 44_100)], 44_100);
    const ffmpeg = join(folder, 'ffmpeg');
    writeFileSync(
      ffmpeg,
      `#!/bin/sh\n[ "$4" = "${join(folder, 'call.mp3')}" ] && exec cat ${decoded}\necho "$4: bad" >&2; exit 1\n`,
    );
    chmodSync(ffmpeg, 0o755);
    writeFileSync(join(folder, 'call.mp3'), 'ID3 and so on');
    writeFileSync(join(folder, 'text.mp3'), 'no audio');
    expect(await readLegs([join(folder, 'call.mp3')], { ffmpeg })).toMatchObject([
      { channel: 'mixed', sampleRate: 16_000 },
    ]);
    await expect(readLegs([join(folder, 'text.mp3')], { ffmpeg })).rejects.toThrow(/text\.mp3: .*; ffmpeg: .*: bad$/);
    await expect(readLegs([join(folder, 'call.mp3')], { ffmpeg: join(folder, 'nothing') })).rejects.toThrow(
      /call\.mp3: .*where ffmpeg is installed, and it is not.*apt-get install ffmpeg/,
    );
  });

  it('names a file that is not there, and files of too many sides', async () => {
    await expect(readLegs([join(folder, 'none.wav')])).rejects.toThrow('none.wav cannot be read');
    await expect(readLegs([file('s.wav', [left, right]), file('m.wav', [left])])).rejects.toThrow('one or two sides');
  });
});

/** A second of a tone. */
function sine(hertz: number, sampleRate: number): Int16Array {
  return Int16Array.from({ length: sampleRate }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hertz * i) / sampleRate)),
  );
}
