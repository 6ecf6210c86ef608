import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeWav } from '../../edge-relay/audio/wav.ts';
import { readCorpus, sample } from './corpus.ts';

describe('readCorpus', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-corpus-'));
    for (const [name, sampleRate] of [
      ['one', 8_000],
      ['two', 16_000],
      ['music', 44_100],
      ['tone', 8_000],
    ] as const)
      writeFileSync(join(folder, `${name}.wav`), writeWav({ sampleRate, channels: [Int16Array.of(1, 2)] }));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes texts from one file, and leaves out what is no speech, too short, or at another rate', () => {
    const texts = join(folder, 'texts.txt.gz');
    writeFileSync(
      texts,
      gzipSync(
        '; Texts\n\none: Please hold the line.\ntwo: Yes.\nmusic: It plays all day long\ntone: [a tone of one kind]\n',
      ),
    );
    expect(readCorpus(folder, texts)).toEqual([
      { name: 'one', sampleRate: 8_000, samples: Int16Array.of(1, 2), said: ['please', 'hold', 'the', 'line'] },
    ]);
  });

  it('takes a text beside each recording', () => {
    for (const name of ['one', 'two', 'music', 'tone'])
      writeFileSync(join(folder, `${name}.txt`), `This is text of ${name}`);
    expect(readCorpus(folder, undefined).map(({ name }) => name)).toEqual(['one', 'tone', 'two']);
  });
});

test('a sample is of all parts', () => {
  expect(sample([0, 1, 2, 3, 4, 5], 3)).toEqual([0, 2, 4]);
  expect(sample([0, 1], 3)).toEqual([0, 1]);
});
