import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { UnsentEvent } from '../call/call.ts';
import { ENDED_KEPT_MS, Spool } from './spool.ts';

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

const dependencies = { now: Date.now, log: pino({ level: 'silent' }) };

describe('Spool', () => {
  let folder: string;
  let spool: Spool;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-spool-'));
    spool = await Spool.start(folder, dependencies);
  });
  afterEach(async () => {
    await spool.close();
    rmSync(folder, { recursive: true });
  });

  const first = (limit = 10) => spool.load(spool.firstOfEachCall(limit, () => false));
  const reopen = async () => {
    await spool.close();
    spool = await Spool.start(folder, dependencies);
  };

  it('keeps what is known of live calls, and the ids of those that ended, for the next relay', async () => {
    await spool.append(started('a'));
    await spool.append(said('a', 1));
    await spool.append(started('b'));
    const memory = { keptAt: 1_900, sides: {}, fromPbx: { queue: 'save' }, fromDialler: {} };
    await spool.keep([
      { callId: 'a', ...memory },
      { callId: 'b', ...memory },
    ]);
    await spool.append(ended('b'));
    await reopen();
    expect(spool.leftCalls()).toMatchObject([
      { callId: 'a', lastSeq: 1, spokenAt: { caller: 1_500 }, memory: { callId: 'a', ...memory } },
    ]);
    expect(spool.endedCallIds(2_000)).toEqual(['b']);
    expect(spool.endedCallIds(2_001 + ENDED_KEPT_MS)).toEqual([]);
    for (let i = 0; i < 20; i++)
      await spool.append({ ...ended(`c${i}`), endedAt: 3_000 + ENDED_KEPT_MS } as UnsentEvent);
    expect(spool.endedCallIds(0)).toHaveLength(20);
  });

  it('knows since when it knows every call: since now, where a part of it is lost', async () => {
    const { createdAt } = spool;
    expect(Date.now() - createdAt).toBeLessThan(60_000);
    await spool.append(started('a'));
    await reopen();
    expect(spool.createdAt).toBe(createdAt);
    await spool.close();
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.rows'));
    appendFileSync(join(folder, file), '\nhalf a rec\n');
    spool = await Spool.start(folder, { ...dependencies, now: () => createdAt + 1_000 });
    expect(spool.createdAt).toBe(createdAt + 1_000);
  });

  it('gives the oldest event of each call', async () => {
    await Promise.all([started('a'), said('a', 1), started('b')].map((event) => spool.append(event)));
    expect((await first()).map(({ event }) => [event.callId, event.type])).toEqual([
      ['a', 'CallStarted'],
      ['b', 'CallStarted'],
    ]);
    expect(await first(1)).toHaveLength(1);
    expect(spool.firstOfEachCall(10, (callId) => callId === 'a').map(({ callId }) => callId)).toEqual(['b']);
  });

  it('forgets what was taken and gives the next', async () => {
    for (const event of [started('a'), said('a', 1)]) await spool.append(event);
    await spool.remove(await first());
    expect((await first()).map(({ event }) => event.type)).toEqual(['UtteranceTranscribed']);
    expect(spool.count).toBe(1);
    await spool.remove(await first());
    expect(await first()).toEqual([]);
    expect(spool.count).toBe(0);
  });

  it('keeps order and content over a restart, and numbers on', async () => {
    for (const event of [started('a'), said('a', 1)]) await spool.append(event);
    await reopen();
    await spool.append(said('a', 2));
    expect(spool.count).toBe(3);
    const texts: unknown[] = [];
    for (let batch = await first(); batch.length > 0; batch = await first()) {
      texts.push(...batch.map(({ event }) => (event.type === 'UtteranceTranscribed' ? event.seq : event.type)));
      await spool.remove(batch);
    }
    expect(texts).toEqual(['CallStarted', 1, 2]);
  });

  it('knows after a restart which calls were live, and how far they were', async () => {
    for (const event of [started('a'), said('a', 1), said('a', 2), started('b'), ended('b')]) await spool.append(event);
    await reopen();
    expect(spool.leftCalls()).toEqual([
      {
        ...{ relayId: 'berlin-1', callId: 'a', pbx: 'berlin', callStartedAt: 1_000, lastSeq: 2 },
        ...{ lastEventAt: 1_500, spokenAt: { caller: 1_500 } },
      },
    ]);
  });

  describe('without room', () => {
    let freeBytes: number;
    const limited = () => ({
      ...dependencies,
      limits: { maxBytes: 1_000, reserveBytes: 100 },
      freeBytes: () => freeBytes,
    });
    beforeEach(async () => {
      await spool.close();
      freeBytes = 0;
      spool = await Spool.start(folder, limited());
    });
    const drainAll = async () => {
      const seqs: unknown[] = [];
      for (let batch = await first(); batch.length > 0; batch = await first()) {
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
      await spool.remove(await first());
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
      expect(spool.leftCalls()).toMatchObject(live);
      expect(spool.count).toBe(4);
    });

    it('knows how far a call was although its last events are not on disk', async () => {
      await spool.append(started('a'));
      await spool.append(said('a', 1));
      await reopen();
      expect(spool.leftCalls()).toMatchObject([{ callId: 'a', lastSeq: 1 }]);
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
      const full = await Spool.start(disk, { ...dependencies, limits: { maxBytes: 1e9, reserveBytes: 1_048_576 } });
      expect(await full.append(said('a', 1))).toBe(true);
      writeFileSync(other, Buffer.alloc(3 * 1_048_576));
      expect(await full.append(said('a', 2))).toBe(false);
      rmSync(other);
      expect(await full.writeRest()).toBe(true);
      expect(full.unwrittenCount).toBe(0);
      await full.close();
      const again = await Spool.start(disk, { ...dependencies, limits: { maxBytes: 1e9, reserveBytes: 1_048_576 } });
      expect(again.count).toBe(2);
      await again.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  }, 60_000);
});
