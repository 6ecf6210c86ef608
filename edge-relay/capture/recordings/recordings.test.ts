import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import fc from 'fast-check';
import { pino } from 'pino';
import { bytesOf } from '../../audio/samples.ts';
import { anyShape, PLAIN_SHAPE, wavAudio, wavEnd, wavStart } from '../../audio/wav.fake.ts';
import { writeWav } from '../../audio/wav.ts';
import type { LegDescription } from '../../leg-contract.ts';
import { ManualClock } from '../../clock.fake.ts';
import { ABANDONED_MS } from './follower.ts';
import { listRecordings, Recordings } from './recordings.ts';
import { until } from '../../until.ts';

/** A WAV header as Asterisk writes it before the file is closed. */
function openHeader({ channels = 1, sampleRate = 8_000, tag = 1, bits = 16 } = {}): Buffer {
  const head = writeWav({ sampleRate, channels: Array.from({ length: channels }, () => new Int16Array(0)) });
  head.writeUInt32LE(0, 4);
  head.writeUInt16LE(tag, 20);
  head.writeUInt16LE(bits, 34);
  head.writeUInt32LE(0, 40);
  return head;
}

/** Samples that say where they stand. */
const ramp = (from: number, length: number) => Int16Array.from({ length }, (_, i) => from + i);
const FLUSH = 24_000;

class ReceivedLeg {
  samples: number[] = [];
  rates = new Set<number>();
  isEnded = false;
  ends = 0;
}

describe('Recordings', () => {
  let folder: string;
  let clock: ManualClock;
  let legs: Map<string, ReceivedLeg>;
  let described: Map<string, LegDescription>;
  let recordings: Recordings;
  let logged: string;

  const start = async (options: { maxFollowed?: number } = {}) => {
    recordings = await Recordings.start(
      { folder: join(folder, 'monitor'), stateFolder: join(folder, 'state'), side: 'caller', ...options },
      {
        clock,
        log: pino({}, { write: (line: string) => void (logged += line) }),
        describe: (description) => described.set(description.uuid, description),
        openLeg: ({ uuid }) => {
          const leg = legs.get(uuid) ?? new ReceivedLeg();
          legs.set(uuid, leg);
          return {
            audio: (audio, sampleRate) => {
              leg.rates.add(sampleRate);
              for (let at = 0; at < audio.length; at += 2) leg.samples.push(audio.readInt16LE(at));
            },
            end: () => {
              leg.isEnded = true;
              leg.ends++;
            },
          };
        },
      },
    );
  };
  const path = (name: string) => join(folder, 'monitor', name);
  const create = (name: string, ...parts: Buffer[]) => {
    writeFileSync(path(name), Buffer.concat(parts));
  };
  const append = (name: string, samples: Int16Array) => {
    appendFileSync(path(name), bytesOf(samples));
  };
  /** As Asterisk does: the sizes are written last. */
  async function closeFile(name: string, dataBytes: number): Promise<void> {
    const file = await open(path(name), 'r+');
    const size = Buffer.alloc(4);
    size.writeUInt32LE(dataBytes);
    await file.write(size, 0, 4, 40);
    await file.close();
  }
  /** Lets time pass until the condition holds: files are read in real time, but the call's time is ours. */
  function passUntil(condition: () => boolean): Promise<void> {
    return until(() => {
      if (condition()) return true;
      clock.advance(100);
      return false;
    });
  }
  /** Lets time pass, and each recording be read as often as it would be. */
  async function pass(durationMs: number): Promise<void> {
    for (let ms = 0; ms < durationMs; ms += 100) {
      const { rounds } = recordings;
      clock.advance(100);
      await until(() => recordings.rounds > rounds, { intervalMs: 0 });
    }
  }
  const ends = () => [...legs.values()].reduce((sum, leg) => sum + leg.ends, 0);
  const legOf = (channel: string) =>
    legs.get([...described.values()].find((leg) => leg.channel === channel)?.uuid ?? '');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-recordings-'));
    mkdirSync(join(folder, 'monitor'));
    clock = new ManualClock(Date.now());
    legs = new Map();
    described = new Map();
    logged = '';
    await start();
  });
  afterEach(async () => {
    await recordings.stop();
    rmSync(folder, { recursive: true });
  });

  it('receives a pair as it grows, at the pace it was spoken, and ends with it', async () => {
    const [from, to] = ['call-1795399200.16-in.wav', 'call-1795399200.16-out.wav'];
    const began = clock.now();
    create(from, openHeader(), bytesOf(ramp(0, FLUSH)));
    create(to, openHeader(), bytesOf(ramp(-FLUSH, FLUSH)));
    await passUntil(() => described.size === 2 && [...legs.values()].every(({ samples }) => samples.length > 0));
    const heardMs = (legOf('caller')?.samples.length ?? 0) / 8;
    expect(heardMs).toBeLessThan(FLUSH / 8);
    expect(heardMs).toBeLessThan(clock.now() - began);
    await passUntil(() => [...legs.values()].every(({ samples }) => samples.length === FLUSH));
    append(from, ramp(FLUSH, 800));
    await passUntil(() => legOf('caller')?.samples.length === FLUSH + 800);
    await closeFile(from, 2 * (FLUSH + 800));
    await closeFile(to, 2 * FLUSH);
    await passUntil(() => [...legs.values()].every(({ isEnded }) => isEnded) && recordings.followedPaths.length === 0);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH + 800)]);
    expect(legOf('agent')?.samples).toEqual([...ramp(-FLUSH, FLUSH)]);
    for (const { linkedid } of described.values()) expect(linkedid).toBe('1795399200.16');
  });

  it('receives the left of a stereo recording as the agent, and the right as the caller', async () => {
    const interleaved = [...ramp(0, 4_000)].flatMap((sample) => [sample, -sample]);
    create('stereo.wav', openHeader({ channels: 2, sampleRate: 16_000 }), bytesOf(Int16Array.from(interleaved)));
    await passUntil(() => legOf('agent')?.samples.length === 4_000);
    expect(legOf('agent')?.samples).toEqual([...ramp(0, 4_000)]);
    expect(legOf('caller')?.samples.map((sample) => 0 - sample)).toEqual([...ramp(0, 4_000)]);
    expect([...(legOf('agent')?.rates ?? [])]).toEqual([16_000]);
  });

  it.each([
    ['µ-law', 7, [0xff, 0x7f, 0x80, 0x00, 0xe7], [0, 0, 32_124, -32_124, 260]],
    ['A-law', 6, [0xd5, 0x55, 0xaa, 0x2a, 0xc5], [8, -8, 32_256, -32_256, 264]],
  ])('decodes %s', async (_name, tag, bytes, expected) => {
    create('law.wav', openHeader({ tag, bits: 8 }), Buffer.from(bytes));
    await passUntil(() => legOf('mixed')?.samples.length === bytes.length);
    expect(legOf('mixed')?.samples).toEqual(expected);
  });

  it('does not read the mix of what is there side by side', async () => {
    for (const name of ['q.wav', 'q-r.wav', 'q-t.wav']) create(name, openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('agent')?.samples.length === 800 && legOf('caller')?.samples.length === 800);
    expect(legs.size).toBe(2);
  });

  it('waits while a recording pauses, and goes on where it stopped', async () => {
    create('pause-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    await pass(20_000);
    expect(legOf('caller')?.isEnded).toBe(false);
    append('pause-r.wav', ramp(800, 800));
    await passUntil(() => legOf('caller')?.samples.length === 1_600);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, 1_600)]);
  });

  it('follows a recording that is renamed', async () => {
    create('before-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    renameSync(path('before-r.wav'), path('after-r.wav'));
    await until(() => recordings.followedPaths.includes(path('after-r.wav')));
    await pass(3_000);
    append('after-r.wav', ramp(800, 800));
    await passUntil(() => legOf('caller')?.samples.length === 1_600);
    expect(legs.size).toBe(1);
    expect(legOf('caller')?.isEnded).toBe(false);
  });

  it('ends with a recording that is deleted, after what it still held', async () => {
    create('gone-r.wav', openHeader(), bytesOf(ramp(0, FLUSH)));
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 0);
    rmSync(path('gone-r.wav'));
    await passUntil(() => legOf('caller')?.isEnded === true);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH)]);
  });

  it('goes on after a restart, and sends nothing twice', async () => {
    create('long-r.wav', openHeader(), bytesOf(ramp(0, FLUSH)));
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 4_000);
    await recordings.stop();
    append('long-r.wav', ramp(FLUSH, 800));
    await start();
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) >= FLUSH + 800);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH + 800)]);
    expect(legs.size).toBe(1);
    await closeFile('long-r.wav', 2 * (FLUSH + 800));
    await passUntil(() => recordings.followedPaths.length === 0);
    await recordings.stop();
    await start();
    await pass(1_000);
    expect(legOf('caller')?.samples).toHaveLength(FLUSH + 800);
  });

  it('leaves recordings alone that were finished before it started, and files that are none', async () => {
    await recordings.stop();
    create('finished.wav', writeWav({ sampleRate: 8_000, channels: [ramp(0, 800)] }));
    create('notes.txt', Buffer.from('not audio'));
    create('broken.wav', Buffer.from('this is no recording at all, it only says so'));
    create('finished.raw', bytesOf(ramp(0, 800)));
    const longAgo = clock.now() / 1_000 - 60;
    utimesSync(path('finished.raw'), longAgo, longAgo);
    await start();
    await passUntil(() => logged.includes('RIFF'));
    await pass(2_000);
    expect(legs.size).toBe(0);
    expect(recordings.followedPaths).toEqual([]);
  });

  it.each([
    ['GSM', { tag: 49, bits: 0 }, /WAV49 \(GSM\): have Asterisk write it as \.wav/],
    ['ADPCM', { tag: 17, bits: 4 }, /have it written as 16-bit PCM/],
    ['40 bits', { tag: 1, bits: 40 }, /have it written as 16-bit PCM/],
    ['three channels', { channels: 3 }, /3 channels: have it written/],
    ['3 kHz', { sampleRate: 3_000 }, /3000 Hz: have it written/],
  ])(
    'says once what to do about a recording of %s, and names it whole to a person alone',
    async (_what, header, why) => {
      create('out-5551234567-1795399200.16.WAV', openHeader(header), Buffer.alloc(100));
      await passUntil(() => logged !== '');
      appendFileSync(path('out-5551234567-1795399200.16.WAV'), Buffer.alloc(6_500));
      await pass(3_000);
      expect(logged.trim().split('\n')).toEqual([expect.stringMatching(why)]);
      expect(logged).toContain('"file":"out-…-….16.WAV"');
      expect(legs.size).toBe(0);
      await recordings.stop();
      const [shown] = await listRecordings(join(folder, 'state'));
      expect(shown).toMatch(why);
      expect(shown).toMatch(/^REFUSED .*out-5551234567-1795399200\.16\.WAV/);
      await start();
      await pass(500);
      expect(logged.trim().split('\n')).toHaveLength(1);
    },
  );

  it.each([44_100, 48_000])('receives a recording of %i Hz at its rate', async (sampleRate) => {
    create('studio-r.wav', openHeader({ sampleRate }), bytesOf(ramp(0, 4_000)));
    await passUntil(() => legOf('caller')?.samples.length === 4_000);
    expect([...(legOf('caller')?.rates ?? [])]).toEqual([sampleRate]);
  });

  describe('whose file is written in another way', () => {
    const sizes = [0, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
    it.each(sizes)('receives all of it while its length is said to be %i', async (said) => {
      create('said-r.wav', wavStart(PLAIN_SHAPE, said), bytesOf(ramp(0, 8)));
      await passUntil(() => legOf('caller')?.samples.length === 8);
      append('said-r.wav', ramp(8, 3_000));
      await passUntil(() => legOf('caller')?.samples.length === 3_008);
      expect(legOf('caller')?.samples).toEqual([...ramp(0, 3_008)]);
      expect(legOf('caller')?.isEnded).toBe(false);
      clock.advance(ABANDONED_MS);
      await passUntil(() => recordings.followedPaths.length === 0);
      expect(legOf('caller')?.isEnded).toBe(true);
    });

    it('receives it once, and ends with it, where the header is updated each second', async () => {
      create('each-r.wav', wavStart(PLAIN_SHAPE, 0));
      for (let second = 0; second < 5; second++) {
        append('each-r.wav', ramp(8_000 * second, 8_000));
        await pass(300);
        await closeFile('each-r.wav', 16_000 * (second + 1));
        await pass(700);
        expect(legOf('caller')?.isEnded).not.toBe(true);
      }
      await passUntil(() => recordings.followedPaths.length === 0);
      expect(legOf('caller')?.samples).toEqual([...ramp(0, 40_000)]);
      expect(ends()).toBe(1);
    });

    it('goes on with one that was over and grows again, whether its header follows or not', async () => {
      create('more-r.wav', writeWav({ sampleRate: 8_000, channels: [ramp(0, 800)] }));
      await passUntil(() => legOf('caller')?.isEnded === true && recordings.followedPaths.length === 0);
      append('more-r.wav', ramp(800, 800));
      await closeFile('more-r.wav', 3_200);
      await passUntil(() => legOf('caller')?.samples.length === 1_600 && recordings.followedPaths.length === 0);
      append('more-r.wav', ramp(1_600, 800));
      await passUntil(() => legOf('caller')?.samples.length === 2_400 && recordings.followedPaths.length === 0);
      expect(legOf('caller')?.samples).toEqual([...ramp(0, 2_400)]);
      expect(ends()).toBe(3);
    });

    it.each([400, 4_000, 40_000])(
      'receives one that is truncated, and written anew with %i samples',
      async (length) => {
        create('anew-r.wav', wavStart(PLAIN_SHAPE, 0), bytesOf(ramp(0, 8_000)));
        await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 1_000);
        create('anew-r.wav', wavStart(PLAIN_SHAPE, 2 * length), bytesOf(ramp(-32_000, length)));
        await passUntil(() => recordings.followedPaths.length === 0);
        expect(legOf('caller')?.samples).toEqual([...ramp(0, 8_000), ...ramp(-32_000, length)]);
        expect(ends()).toBe(1);
      },
    );

    it('receives one that is written anew after it was over, as a whole', async () => {
      create('again-r.wav', writeWav({ sampleRate: 8_000, channels: [ramp(0, 800)] }));
      await passUntil(() => legOf('caller')?.isEnded === true && recordings.followedPaths.length === 0);
      create('again-r.wav', writeWav({ sampleRate: 8_000, channels: [ramp(5_000, 900)] }));
      await passUntil(() => legOf('caller')?.samples.length === 1_700 && recordings.followedPaths.length === 0);
      expect(legOf('caller')?.samples).toEqual([...ramp(0, 800), ...ramp(5_000, 900)]);
    });

    it('receives once what is written again and again, as a whole and longer each time', async () => {
      for (let length = 800; length <= 8_000; length += 800) {
        create('whole-r.wav');
        await passUntil(() => recordings.followedPaths.length === 1);
        create('whole-r.wav', writeWav({ sampleRate: 8_000, channels: [ramp(1, length)] }));
        await pass(900);
      }
      await passUntil(() => (legOf('caller')?.samples.length ?? 0) >= 8_000 && recordings.followedPaths.length === 0);
      expect(legOf('caller')?.samples).toEqual([...ramp(1, 8_000)]);
    });

    it('receives no chunk after the audio, though it comes before the length', async () => {
      const shape = { ...PLAIN_SHAPE, after: [3_001, 26] };
      create('tail-r.wav', wavStart(shape, 0), bytesOf(ramp(0, 4_000)));
      await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 1_000);
      appendFileSync(path('tail-r.wav'), wavEnd(shape, 8_000));
      await pass(100);
      await closeFile('tail-r.wav', 8_000);
      await passUntil(() => recordings.followedPaths.length === 0);
      expect(legOf('caller')?.samples).toEqual([...ramp(0, 4_000)]);
    });

    it('receives any file whole and once, in whatever steps it is written', async () => {
      const anyFile = fc.record({ shape: anyShape, cuts: fc.array(fc.nat(20_000), { maxLength: 8 }) });
      const files = fc.sample(anyFile, 12).map(({ shape, cuts }) => {
        const audio = wavAudio(shape, ramp(0, 2_000));
        const whole = Buffer.concat([wavStart(shape, audio.length), audio, wavEnd(shape, audio.length)]);
        const ends = [...cuts.sort((a, b) => a - b), whole.length];
        return { shape, pieces: ends.map((end, i) => whole.subarray(ends[i - 1] ?? 0, end)) };
      });
      files.forEach((_, number) => {
        create(`any${number}-r.wav`);
      });
      await passUntil(() => recordings.followedPaths.length === files.length);
      for (let step = 0; step < 9; step++) {
        files.forEach(({ pieces }, number) => {
          appendFileSync(path(`any${number}-r.wav`), pieces[step] ?? Buffer.alloc(0));
        });
        await pass(200);
      }
      await passUntil(() => recordings.followedPaths.length === 0);
      expect(legs.size).toBe(files.reduce((sum, { shape }) => sum + shape.channelCount, 0));
      for (const { samples, ends } of legs.values()) expect([samples.length, ends]).toEqual([2_000, 1]);
    });
  });

  it('says which recording never had a header', async () => {
    create('cut-r.wav', wavStart(PLAIN_SHAPE, 0).subarray(0, 30));
    await passUntil(() => recordings.followedPaths.length === 1);
    rmSync(path('cut-r.wav'));
    await passUntil(() => recordings.followedPaths.length === 0);
    expect(logged).toContain('its format is cut short or missing; have it recorded anew');
  });

  it.each([4_000, 11_025, 22_050, 44_100, 191_999])('passes %i Hz on in the time it lasts', async (sampleRate) => {
    create('pace-r.wav', wavStart({ ...PLAIN_SHAPE, sampleRate }, 0), bytesOf(ramp(0, 3 * sampleRate)));
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 0);
    const before = legOf('caller')?.samples.length ?? 0;
    await pass(2_000);
    expect((legOf('caller')?.samples.length ?? 0) - before).toBe(2 * sampleRate);
  });

  it('receives .wav16, as Asterisk names wideband recordings', async () => {
    create('wide-t.wav16', openHeader({ sampleRate: 16_000 }), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('agent')?.samples.length === 800);
    expect([...(legOf('agent')?.rates ?? [])]).toEqual([16_000]);
  });

  it('receives what MixMonitor’s D writes: first the recorded channel, then what it hears; until it is quiet', async () => {
    const both = (from: number, length: number) =>
      Int16Array.from([...ramp(from, length)].flatMap((sample) => [sample, -sample]));
    create('1795399200.16.raw', bytesOf(both(1, 4_000)));
    await passUntil(() => legOf('agent')?.samples.length === 4_000);
    append('1795399200.16.raw', both(4_001, 4_000));
    await passUntil(() => legOf('agent')?.samples.length === 8_000);
    expect(legOf('caller')?.samples).toEqual([...ramp(1, 8_000)]);
    expect(legOf('agent')?.samples.map((sample) => 0 - sample)).toEqual([...ramp(1, 8_000)]);
    await passUntil(() => legOf('caller')?.isEnded === true && recordings.followedPaths.length === 0);
    append('1795399200.16.raw', both(8_001, 800));
    await passUntil(() => legOf('caller')?.samples.length === 8_800);
    expect(legOf('caller')?.samples.slice(8_000)).toEqual([...ramp(8_001, 800)]);
  });

  it('follows the files of folders that are made later', async () => {
    mkdirSync(path('2026/11'), { recursive: true });
    create('2026/11/later-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
  });

  it('goes on while it lets go of the files of long ago', async () => {
    create('on-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    // What nobody writes to for an hour is over.
    clock.advance(3_600_000);
    await passUntil(() => recordings.followedPaths.length === 0);
    const next = join(folder, 'next');
    writeFileSync(next, Buffer.concat([openHeader(), bytesOf(ramp(0, 800))]));
    // The machine's time has not moved.
    utimesSync(next, clock.now() / 1_000, clock.now() / 1_000);
    renameSync(next, path('next-t.wav'));
    await passUntil(() => legOf('agent')?.samples.length === 800);
  });

  /** Whatever may lie in a folder beside files, by what the log says of it. */
  const irregular: Readonly<Record<string, (name: string) => void | Promise<void>>> = {
    'a FIFO': (name) => void execaSync('mkfifo', [path(name)]),
    'a socket': async (name) => {
      // Below the limit of a socket's address.
      await once(createServer().unref().listen(path(name)), 'listening');
    },
    'a symbolic link': (name) => {
      writeFileSync(join(folder, 'secret.wav'), Buffer.concat([openHeader(), bytesOf(ramp(0, 800))]));
      symlinkSync(join(folder, 'secret.wav'), path(name));
    },
  };
  it.each(Object.keys(irregular))('skips %s, says so once, and reads all others', async (kind) => {
    await recordings.stop();
    for (let number = 0; number < 6; number++) await irregular[kind]?.(`${number}-r.wav`);
    await start();
    for (let number = 6; number < 9; number++) await irregular[kind]?.(`${number}-r.wav`);
    create('sound-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    const lines = () => logged.split('\n').filter((line) => line.includes(`this is ${kind}: only regular files`));
    await until(() => lines().length === 9);
    await recordings.stop();
    expect((await listRecordings(join(folder, 'state'))).filter((line) => line.includes(`REFUSED`))).toHaveLength(9);
    await start();
    await pass(500);
    expect(lines()).toHaveLength(9);
    expect(legs.size).toBe(1);
  });

  it('does not enter linked folders, but may be given one, and a mix counts as one beside what is no file', async () => {
    await recordings.stop();
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/other-r.wav'), Buffer.concat([openHeader(), bytesOf(ramp(0, 800))]));
    symlinkSync(join(folder, 'elsewhere'), path('linked'));
    renameSync(join(folder, 'monitor'), join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'monitor'));
    symlinkSync('/nowhere', path('mix-r.wav'));
    await start();
    create('mix.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('mixed')?.samples.length === 800);
    await until(() => logged.includes('"file":"linked"'));
    expect(legs.size).toBe(1);
  });

  it('follows no more recordings at once than it can, says so once, and goes on with the next when one is over', async () => {
    await recordings.stop();
    await start({ maxFollowed: 2 });
    create('1-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    create('2-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await until(() => recordings.followedPaths.length === 2);
    create('3-t.wav', openHeader(), bytesOf(ramp(0, 800)));
    await until(() => logged.includes('recordings are left out'));
    expect(recordings.followedPaths).toHaveLength(2);
    await closeFile('1-r.wav', 1_600);
    await passUntil(() => recordings.followedPaths.length === 1);
    append('3-t.wav', ramp(800, 800));
    await passUntil(() => legOf('agent')?.samples.length === 1_600);
    expect(logged.match(/recordings are left out/g)).toHaveLength(1);
  });

  it('shows names without what a terminal would run', async () => {
    create('\u001b[2J\n-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    await recordings.stop();
    expect((await listRecordings(join(folder, 'state'))).join('')).not.toMatch(/\p{C}/u);
    await start();
  });

  it('shows what it follows', async () => {
    create('shown-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    await recordings.stop();
    expect(await listRecordings(join(folder, 'state'))).toEqual([
      expect.stringMatching(/^following .* 1644 bytes .*shown-r\.wav$/),
    ]);
    await start();
  });
});
