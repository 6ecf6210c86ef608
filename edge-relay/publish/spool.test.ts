import { mkdtempSync, rmSync } from 'node:fs';
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
    spool = new Spool(folder);
  });
  afterEach(async () => {
    await spool.close();
    rmSync(folder, { recursive: true });
  });

  const first = (limit = 10) => spool.firstOfEachCall(limit, () => false);
  const reopen = async () => {
    await spool.close();
    spool = new Spool(folder);
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
});
