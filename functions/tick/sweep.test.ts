import { exampleCall, exampleHead } from '#core/call/example-call.ts';
import { relayEventSchema, type RelayReport } from '#core/contracts/events.ts';
import { MAX_CALL_MS } from '#core/fields.ts';
import { RELAY_LOST_MS, reportedCalls, sweep } from './sweep.ts';

const { callId, callStartedAt } = exampleHead;
const now = callStartedAt + 10 * 60_000;
const report = (tickedAt: number, atMs = 600_000): RelayReport => ({
  relayId: 'berlin-1',
  tickedAt,
  part: 1,
  parts: 1,
  spooledEvents: 0,
  calls: [{ callId, atMs, lastSeq: 4, legs: [] }],
});

describe('sweep', () => {
  it('keeps a call that its relay reports', () => {
    expect(sweep([exampleCall], [report(now - RELAY_LOST_MS)], now)).toEqual([]);
  });

  it('ends a call as lost when its relay is silent, or reports only others', () => {
    const lost = [{ type: 'CallEnded', callId, reason: 'lost', endedAt: now }];
    expect(sweep([exampleCall], [report(now - RELAY_LOST_MS - 1)], now)).toMatchObject(lost);
    expect(sweep([exampleCall], [{ ...report(now), calls: [] }], now)).toMatchObject(lost);
    expect(sweep([exampleCall], [], now)).toMatchObject(lost);
  });

  it('ends a call that only another relay reports', () => {
    expect(sweep([exampleCall], [{ ...report(now), relayId: 'berlin-2' }], now)).toHaveLength(1);
    expect(sweep([exampleCall], [{ ...report(now), relayId: 'berlin-2' }, report(now)], now)).toEqual([]);
  });

  it('waits for the first report of a call that has just started', () => {
    expect(sweep([exampleCall], [], callStartedAt + RELAY_LOST_MS)).toEqual([]);
  });

  it('ends a call that is reported although it is too old', () => {
    expect(sweep([exampleCall], [report(now, MAX_CALL_MS + 1)], now)).toHaveLength(1);
    expect(reportedCalls([report(now, MAX_CALL_MS + 1)], now).size).toBe(0);
  });

  it('makes valid events', () => {
    const events = sweep([exampleCall], [], now);
    expect(events.map((event) => relayEventSchema.parse(event))).toEqual(events);
  });
});
