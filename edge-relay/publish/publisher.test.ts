import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallsTicked, relayEventSchema } from '#core/contracts/events.ts';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { pino } from 'pino';
import type { UnsentEvent } from '../call/call.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type FakeEventBridge, startFakeEventBridge } from './event-bridge.fake.ts';
import { Publisher } from './publisher.ts';
import { Spool } from './spool.ts';
import { until } from '../until.ts';

/** Back-off goes by the clock; here fifty times as fast. */
const fastClock: Clock = {
  now: systemClock.now,
  after: (delayMs, action) => systemClock.after(delayMs / 50, action),
};

const head = (callId: string) => ({
  version: 1 as const,
  relayId: 'berlin-1',
  callId,
  pbx: 'berlin',
  callStartedAt: 1_000,
});
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
const tick = (tickedAt: number, part = 1, parts = 1): CallsTicked => ({
  type: 'CallsTicked',
  version: 1,
  relayId: 'berlin-1',
  tickedAt,
  part,
  parts,
  spooledEvents: 0,
  calls: [],
});

describe('Publisher', () => {
  let bus: FakeEventBridge;
  let folder: string;
  let spool: Spool;
  let client: EventBridgeClient;
  let publisher: Publisher;

  const startPublisher = () => {
    const started = new Publisher({
      client,
      busName: 'earshot',
      source: 'earshot.relay/berlin-1/berlin',
      spool,
      clock: fastClock,
      log: pino({ level: 'silent' }),
    });
    started.start();
    return started;
  };

  beforeEach(async () => {
    bus = await startFakeEventBridge();
    folder = mkdtempSync(join(tmpdir(), 'earshot-publisher-'));
    spool = await Spool.start(folder, { now: Date.now, log: pino({ level: 'silent' }) });
    client = new EventBridgeClient({
      region: 'eu-central-1',
      endpoint: bus.url,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      maxAttempts: 1,
    });
    publisher = startPublisher();
  });
  afterEach(async () => {
    await publisher.flush(10_000);
    client.destroy();
    await spool.close();
    await bus.close();
    rmSync(folder, { recursive: true });
  });

  const seqs = (callId: string) =>
    bus.taken.flatMap((event) => (event.type === 'UtteranceTranscribed' && event.callId === callId ? event.seq : []));

  it('sends what the bus expects, with the time of sending', async () => {
    publisher.publish(said('a', 1));
    await until(() => spool.count === 0);
    const entry = bus.requests[0]?.[0];
    expect(entry).toMatchObject({
      EventBusName: 'earshot',
      Source: 'earshot.relay/berlin-1/berlin',
      DetailType: 'UtteranceTranscribed',
    });
    const detail = relayEventSchema.parse(JSON.parse(entry?.Detail ?? ''));
    expect(detail.type === 'UtteranceTranscribed' && Math.abs(detail.publishedAt - Date.now()) < 60_000).toBe(true);
    expect(publisher.publishedEvents).toBe(1);
  });

  it('sends no more than ten entries at once, and no two of one call', async () => {
    bus.outage = 'unavailable';
    for (let call = 0; call < 25; call++)
      for (let seq = 1; seq <= 3; seq++) publisher.publish(said(`call-${call}`, seq));
    await until(() => spool.count === 75 && bus.requests.length > 0);
    bus.outage = undefined;
    await until(() => spool.count === 0);
    for (const entries of bus.requests) {
      expect(entries.length).toBeLessThanOrEqual(10);
      const callIds = entries.map((entry) => (JSON.parse(entry.Detail) as { callId: string }).callId);
      expect(new Set(callIds).size).toBe(callIds.length);
    }
    for (let call = 0; call < 25; call++) expect(seqs(`call-${call}`)).toEqual([1, 2, 3]);
  });

  it('sends again only the entries that failed, and keeps the order of each call', async () => {
    bus.faults.push({ failEntries: [0] }, { failEntries: [0] });
    for (let seq = 1; seq <= 4; seq++) {
      publisher.publish(said('a', seq));
      publisher.publish(said('b', seq));
    }
    await until(() => spool.count === 0);
    expect(seqs('a')).toEqual([1, 2, 3, 4]);
    expect(seqs('b')).toEqual([1, 2, 3, 4]);
    expect(publisher.failedEntries).toBe(2);
  });

  it.each(['reset', 'unavailable'] as const)('keeps events while the bus is %s', async (fault) => {
    bus.outage = fault;
    for (let seq = 1; seq <= 5; seq++) publisher.publish(said('a', seq));
    await until(() => publisher.consecutiveFailures >= 3);
    expect(spool.count).toBe(5);
    bus.outage = undefined;
    await until(() => spool.count === 0);
    expect(seqs('a')).toEqual([1, 2, 3, 4, 5]);
    expect(publisher.consecutiveFailures).toBe(0);
  });

  it('sends at its start what an earlier one left', async () => {
    await spool.append(said('left', 1));
    startPublisher();
    await until(() => spool.count === 0);
    expect(seqs('left')).toEqual([1]);
  });

  it('sends ticks straight, and drops those that a newer one replaces', async () => {
    bus.faults.push('unavailable');
    publisher.report(tick(1));
    publisher.report(tick(2));
    publisher.report(tick(3, 1, 2));
    publisher.report(tick(3, 2, 2));
    await until(() => bus.taken.length === 2);
    expect(bus.taken.map((event) => event.type === 'CallsTicked' && [event.tickedAt, event.part])).toEqual([
      [3, 1],
      [3, 2],
    ]);
    expect(publisher.droppedTicks).toBe(2);
    expect(spool.count).toBe(0);
  });

  it('sends lists of agents beside the ticks, no more at once than a request takes', async () => {
    bus.faults.push('unavailable');
    publisher.report(tick(1));
    publisher.report(tick(2));
    const agents = Array.from({ length: 200 }, (_, i) => ({
      id: String(6001 + i),
      name: 'x'.repeat(256),
      state: 'READY' as const,
    }));
    for (const part of [1, 2, 3, 4, 5])
      publisher.report({
        type: 'AgentsListed',
        version: 1,
        relayId: 'berlin-1',
        pbx: 'berlin',
        listedAt: 5,
        part,
        parts: 5,
        agents,
      });
    await until(() => bus.taken.length === 6);
    expect(bus.taken[0]).toMatchObject({ type: 'CallsTicked', tickedAt: 2 });
    expect(bus.taken.slice(1).map((event) => event.type === 'AgentsListed' && event.part)).toEqual([1, 2, 3, 4, 5]);
    expect(Math.max(...bus.requests.map((entries) => entries.length))).toBeLessThan(5);
  });

  it.each([
    ['an entry is refused for what it is', { failEntries: [0], code: 'MalformedDetail' }],
    ['an entry is refused for no known reason', { failEntries: [0], code: 'Whatever' }],
  ])('sets an event aside when %s, and goes on with its call', async (_what, fault) => {
    bus.faults.push(...Array.from({ length: 20 }, () => fault));
    publisher.publish(said('a', 1));
    await until(() => spool.rejectedCount === 1);
    bus.faults.length = 0;
    publisher.publish(said('a', 2));
    await until(() => spool.count === 0);
    expect(seqs('a')).toEqual([2]);
    expect(await spool.rejected()).toMatchObject([{ event: { callId: 'a', seq: 1 }, reason: fault.code }]);
  });

  it('never sets aside what is only throttled', async () => {
    bus.faults.push(...Array.from({ length: 25 }, () => ({ failEntries: [0] })));
    publisher.publish(said('a', 1));
    await until(() => spool.count === 0);
    expect(seqs('a')).toEqual([1]);
    expect(spool.rejectedCount).toBe(0);
  }, 20_000);

  it('finds the one event for which whole requests are refused', async () => {
    bus.outage = 'unavailable';
    for (let call = 0; call < 8; call++)
      for (let seq = 1; seq <= 2; seq++) publisher.publish(said(`call-${call}`, seq));
    await until(() => spool.count === 16 && publisher.consecutiveFailures > 0);
    bus.isPoison = (event) => event.type === 'UtteranceTranscribed' && event.callId === 'call-3' && event.seq === 1;
    bus.outage = undefined;
    await until(() => spool.count === 0);
    for (let call = 0; call < 8; call++) expect(seqs(`call-${call}`)).toEqual(call === 3 ? [2] : [1, 2]);
    expect(spool.rejectedCount).toBe(1);
  });

  it('says when it could not flush in time', async () => {
    bus.outage = 'unavailable';
    publisher.publish(said('a', 1));
    expect(await publisher.flush(1_000)).toBe(false);
    bus.outage = undefined;
    expect(await publisher.flush(60_000)).toBe(true);
  });
});
