import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { bytesOf } from '../../audio/samples.ts';
import { writeWav } from '../../audio/wav.ts';
import type { LegDescription } from '../../leg-contract.ts';
import { ManualClock } from '../../clock.fake.ts';
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

class Heard {
  samples: number[] = [];
  rates = new Set<number>();
  isEnded = false;
}

describe('Recordings', () => {
  let folder: string;
  let clock: ManualClock;
  let heard: Map<string, Heard>;
  let described: Map<string, LegDescription>;
  let recordings: Recordings;
  let logged: string;

  const start = async () => {
    recordings = await Recordings.start(
      { folder: join(folder, 'monitor'), stateFolder: join(folder, 'state'), side: 'caller' },
      {
        clock,
        log: pino({}, { write: (line: string) => void (logged += line) }),
        describe: (description) => described.set(description.uuid, description),
        openLeg: ({ uuid }) => {
          const leg = heard.get(uuid) ?? new Heard();
          heard.set(uuid, leg);
          return {
            audio: (audio, sampleRate) => {
              leg.rates.add(sampleRate);
              for (let at = 0; at < audio.length; at += 2) leg.samples.push(audio.readInt16LE(at));
            },
            end: () => (leg.isEnded = true),
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
  const legOf = (channel: string) =>
    heard.get([...described.values()].find((leg) => leg.channel === channel)?.uuid ?? '');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-recordings-'));
    mkdirSync(join(folder, 'monitor'));
    clock = new ManualClock(Date.now());
    heard = new Map();
    described = new Map();
    logged = '';
    await start();
  });
  afterEach(async () => {
    await recordings.stop();
    rmSync(folder, { recursive: true });
  });

  it('hears a pair as it grows, at the pace it was spoken, and ends with it', async () => {
    const [from, to] = ['call-1795399200.16-in.wav', 'call-1795399200.16-out.wav'];
    const began = clock.now();
    create(from, openHeader(), bytesOf(ramp(0, FLUSH)));
    create(to, openHeader(), bytesOf(ramp(-FLUSH, FLUSH)));
    await passUntil(() => described.size === 2 && [...heard.values()].every(({ samples }) => samples.length > 0));
    const heardMs = (legOf('caller')?.samples.length ?? 0) / 8;
    expect(heardMs).toBeLessThan(FLUSH / 8);
    expect(heardMs).toBeLessThan(clock.now() - began);
    await passUntil(() => [...heard.values()].every(({ samples }) => samples.length === FLUSH));
    append(from, ramp(FLUSH, 800));
    await passUntil(() => legOf('caller')?.samples.length === FLUSH + 800);
    await closeFile(from, 2 * (FLUSH + 800));
    await closeFile(to, 2 * FLUSH);
    await passUntil(() => [...heard.values()].every(({ isEnded }) => isEnded) && recordings.followedPaths.length === 0);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH + 800)]);
    expect(legOf('agent')?.samples).toEqual([...ramp(-FLUSH, FLUSH)]);
    for (const { linkedid } of described.values()) expect(linkedid).toBe('1795399200.16');
  });

  it('hears the left of a stereo recording as the agent, and the right as the caller', async () => {
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

  it('does not hear the mix of what is there side by side', async () => {
    for (const name of ['q.wav', 'q-r.wav', 'q-t.wav']) create(name, openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('agent')?.samples.length === 800 && legOf('caller')?.samples.length === 800);
    expect(heard.size).toBe(2);
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
    expect(heard.size).toBe(1);
    expect(legOf('caller')?.isEnded).toBe(false);
  });

  it('ends with a recording that is deleted, after what it still held', async () => {
    create('gone-r.wav', openHeader(), bytesOf(ramp(0, FLUSH)));
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 0);
    rmSync(path('gone-r.wav'));
    await passUntil(() => legOf('caller')?.isEnded === true);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH)]);
  });

  it('goes on after a restart, and hears nothing twice', async () => {
    create('long-r.wav', openHeader(), bytesOf(ramp(0, FLUSH)));
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) > 4_000);
    await recordings.stop();
    append('long-r.wav', ramp(FLUSH, 800));
    await start();
    await passUntil(() => (legOf('caller')?.samples.length ?? 0) >= FLUSH + 800);
    expect(legOf('caller')?.samples).toEqual([...ramp(0, FLUSH + 800)]);
    expect(heard.size).toBe(1);
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
    expect(heard.size).toBe(0);
    expect(recordings.followedPaths).toEqual([]);
  });

  it.each([
    ['GSM', { tag: 49, bits: 0 }, /WAV49 \(GSM\): have Asterisk write it as \.wav/],
    ['24 bits', { tag: 1, bits: 24 }, /have it written as 16-bit PCM/],
    ['three channels', { channels: 3 }, /3 channels: have it written/],
    ['4 kHz', { sampleRate: 4_000 }, /4000 Hz: have it written/],
  ])(
    'says once what to do about a recording of %s, and names it whole to a person alone',
    async (_what, header, why) => {
      create('out-5551234567-1795399200.16.WAV', openHeader(header), Buffer.alloc(100));
      await passUntil(() => logged !== '');
      appendFileSync(path('out-5551234567-1795399200.16.WAV'), Buffer.alloc(6_500));
      await pass(3_000);
      expect(logged.trim().split('\n')).toEqual([expect.stringMatching(why)]);
      expect(logged).toContain('"file":"out-…-….16.WAV"');
      expect(heard.size).toBe(0);
      await recordings.stop();
      const [shown] = listRecordings(join(folder, 'state'));
      expect(shown).toMatch(why);
      expect(shown).toMatch(/^REFUSED .*out-5551234567-1795399200\.16\.WAV/);
      await start();
      await pass(500);
      expect(logged.trim().split('\n')).toHaveLength(1);
    },
  );

  it.each([44_100, 48_000])('hears a recording of %i Hz at its rate', async (sampleRate) => {
    create('studio-r.wav', openHeader({ sampleRate }), bytesOf(ramp(0, 4_000)));
    await passUntil(() => legOf('caller')?.samples.length === 4_000);
    expect([...(legOf('caller')?.rates ?? [])]).toEqual([sampleRate]);
  });

  it('hears .wav16, as Asterisk names wideband recordings', async () => {
    create('wide-t.wav16', openHeader({ sampleRate: 16_000 }), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('agent')?.samples.length === 800);
    expect([...(legOf('agent')?.rates ?? [])]).toEqual([16_000]);
  });

  it('hears what MixMonitor’s D writes: first the recorded channel, then what it hears; until it is quiet', async () => {
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

  it('shows what it follows', async () => {
    create('shown-r.wav', openHeader(), bytesOf(ramp(0, 800)));
    await passUntil(() => legOf('caller')?.samples.length === 800);
    await recordings.stop();
    expect(listRecordings(join(folder, 'state'))).toEqual([
      expect.stringMatching(/^following .* 1644 bytes .*shown-r\.wav$/),
    ]);
    await start();
  });
});
