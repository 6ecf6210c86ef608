import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnsentEvent } from '../call/call.ts';
import { Spool } from './spool.ts';

const head = (callId: string) => ({
  version: 1 as const,
  relayId: 'berlin-1',
  callId,
  pbx: 'berlin',
  callStartedAt: 1_000,
});
const started = (callId: string): UnsentEvent => ({ type: 'CallStarted', ...head(callId), engine: 'script' });
const said = (callId: string, seq: number): UnsentEvent => ({
  type: 'UtteranceTranscribed',
  ...head(callId),
  seq,
  channel: 'caller',
  startMs: 0,
  endMs: 500,
  text: `utterance ${seq}`,
  engine: 'script',
  spokenAt: 1_500,
  transcribedAt: 1_700,
});
const ended = (callId: string): UnsentEvent => ({
  type: 'CallEnded',
  ...head(callId),
  endedAt: 2_000,
  lastSeq: 1,
  reason: 'hangup',
});

describe('Spool', () => {
  let folder: string;
  let spool: Spool;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-spool-'));
    spool = Spool.start(folder);
  });
  afterEach(async () => {
    await spool.close();
    rmSync(folder, { recursive: true });
  });

  const first = (limit = 10) => spool.firstOfEachCall(limit, () => false);
  const reopen = async () => {
    await spool.close();
    spool = Spool.start(folder);
  };

  it('gives the oldest event of each call', async () => {
    await Promise.all([started('a'), said('a', 1), started('b')].map((event) => spool.append(event)));
    expect(first().map(({ event }) => [event.callId, event.type])).toEqual([
      ['a', 'CallStarted'],
      ['b', 'CallStarted'],
    ]);
    expect(first(1)).toHaveLength(1);
    expect(spool.firstOfEachCall(10, (callId) => callId === 'a').map(({ event }) => event.callId)).toEqual(['b']);
  });

  it('forgets what was taken and gives the next', async () => {
    for (const event of [started('a'), said('a', 1)]) await spool.append(event);
    await spool.remove(first());
    expect(first().map(({ event }) => event.type)).toEqual(['UtteranceTranscribed']);
    expect(spool.count).toBe(1);
    await spool.remove(first());
    expect(first()).toEqual([]);
    expect(spool.count).toBe(0);
  });

  it('keeps order and content over a restart, and numbers on', async () => {
    for (const event of [started('a'), said('a', 1)]) await spool.append(event);
    await reopen();
    await spool.append(said('a', 2));
    expect(spool.count).toBe(3);
    const texts: unknown[] = [];
    for (let batch = first(); batch.length > 0; batch = first()) {
      texts.push(...batch.map(({ event }) => (event.type === 'UtteranceTranscribed' ? event.seq : event.type)));
      await spool.remove(batch);
    }
    expect(texts).toEqual(['CallStarted', 1, 2]);
  });

  it('knows after a restart which calls were live, and how far they were', async () => {
    for (const event of [started('a'), said('a', 1), said('a', 2), started('b'), ended('b')]) await spool.append(event);
    await reopen();
    expect(spool.liveCalls()).toEqual([
      { relayId: 'berlin-1', callId: 'a', pbx: 'berlin', callStartedAt: 1_000, lastSeq: 2, lastEventAt: 1_500 },
    ]);
  });

  describe('without room', () => {
    let freeBytes: number;
    beforeEach(async () => {
      await spool.close();
      freeBytes = 0;
      spool = Spool.start(folder, { maxBytes: 1_000, reserveBytes: 100 }, () => freeBytes);
    });
    const drainAll = async () => {
      const seqs: unknown[] = [];
      for (let batch = first(); batch.length > 0; batch = first()) {
        seqs.push(...batch.map(({ event }) => (event.type === 'UtteranceTranscribed' ? event.seq : event.type)));
        await spool.remove(batch);
      }
      return seqs;
    };

    it('keeps events in memory, in order, and sends them from there', async () => {
      expect(await spool.append(started('a'))).toBe(false);
      expect(await spool.append(said('a', 1))).toBe(false);
      freeBytes = 1_000;
      expect(await spool.append(said('a', 2))).toBe(true);
      expect([spool.count, spool.unwrittenCount]).toEqual([3, 2]);
      expect(await drainAll()).toEqual(['CallStarted', 1, 2]);
    });

    it('writes them as soon as the disk has room, each in its place', async () => {
      await spool.append(started('a'));
      expect(await spool.writeRest()).toBe(false);
      freeBytes = 1_000;
      await spool.append(said('a', 1));
      expect(await spool.writeRest()).toBe(true);
      expect(spool.unwrittenCount).toBe(0);
      await reopen();
      expect(await drainAll()).toEqual(['CallStarted', 1]);
    });

    it('has a bound of its own, and counts what is taken away again', async () => {
      freeBytes = 1e9;
      const taken: boolean[] = [];
      for (let seq = 1; seq <= 8; seq++) taken.push(await spool.append(said('a', seq)));
      expect(taken).toContain(true);
      expect(taken.at(-1)).toBe(false);
      await spool.remove(first());
      expect(await spool.append(said('b', 1))).toBe(true);
    });

    it.each([
      ['the last number', said('a', 3), [{ callId: 'a', lastSeq: 3 }]],
      ['that the call has ended', ended('a'), []],
    ])('keeps %s when older events are written after newer ones', async (_what, newer, live) => {
      for (const event of [started('a'), said('a', 1), said('a', 2)]) await spool.append(event);
      freeBytes = 1e9;
      expect(await spool.append(newer)).toBe(true);
      expect(await spool.writeRest()).toBe(true);
      await reopen();
      expect(spool.liveCalls()).toMatchObject(live);
      expect(spool.count).toBe(4);
    });

    it('knows how far a call was although its last events are not on disk', async () => {
      await spool.append(started('a'));
      await spool.append(said('a', 1));
      await reopen();
      expect(spool.liveCalls()).toMatchObject([{ callId: 'a', lastSeq: 1 }]);
    });
  });

  it('leaves its reserve on a disk that others fill, and goes on when they stop', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'earshot-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch (error) {
      process.stdout.write(`a full disk was not tried: this user may not mount one (${(error as Error).message})\n`);
      rmSync(disk, { recursive: true });
      return;
    }
    try {
      const other = join(disk, 'somebody-elses-file');
      const full = Spool.start(disk, { maxBytes: 1e9, reserveBytes: 1_048_576 });
      expect(await full.append(said('a', 1))).toBe(true);
      writeFileSync(other, Buffer.alloc(3 * 1_048_576));
      expect(await full.append(said('a', 2))).toBe(false);
      rmSync(other);
      expect(await full.writeRest()).toBe(true);
      expect(full.unwrittenCount).toBe(0);
      await full.close();
      const again = Spool.start(disk, { maxBytes: 1e9, reserveBytes: 1_048_576 });
      expect(again.count).toBe(2);
      await again.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  }, 60_000);
});
