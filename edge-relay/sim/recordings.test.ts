import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

  it('names a file that is not there, or cannot be played', async () => {
    await expect(readLegs([join(folder, 'none.wav')])).rejects.toThrow('none.wav cannot be read');
    await expect(readLegs([file('cd.wav', [left], 44_100)])).rejects.toThrow('cd.wav: it has 44100 Hz');
    await expect(readLegs([file('s.wav', [left, right]), file('m.wav', [left])])).rejects.toThrow('one or two sides');
  });
});
