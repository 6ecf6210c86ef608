import { exampleAlert, exampleCall } from '#core/call/example-call.ts';
import { coreEventSchema, type CoreEvent } from '#core/contracts/events.ts';
import { recordOf } from '#core/call/record.ts';
import { announce, announcementsOf } from './announce.ts';

describe('announcementsOf', () => {
  const { record } = recordOf({ ...exampleCall, metadata: { campaign: 'SALES' }, alertCount: 1 }, [], []);

  it.each([
    [{ kind: 'alert', value: exampleAlert }, true, 'AlertRaised'],
    [{ kind: 'alert', value: exampleAlert }, false, 'AlertUpdated'],
    [{ kind: 'record', value: record }, true, 'CallSummarized'],
    [{ kind: 'record', value: record }, false, 'CallSummarized'],
  ] as const)('says what the bus accepts of %j', (entity, isNew, type) => {
    const [event] = announcementsOf(entity, isNew);
    expect(coreEventSchema.parse(JSON.parse(JSON.stringify(event)))).toMatchObject({
      type,
      callId: exampleCall.callId,
    });
  });

  it('says nothing of what only adds words, nor of rows that are not for others', () => {
    expect(announcementsOf({ kind: 'alert', value: { ...exampleAlert, follows: 'refund~1' } }, true)).toEqual([]);
    expect(announcementsOf({ kind: 'call', value: exampleCall }, true)).toEqual([]);
  });
});

describe('announce', () => {
  const events = announcementsOf({ kind: 'alert', value: exampleAlert }, true);
  const failing = () => Promise.reject(new Error('down'));
  const taking = (taken: CoreEvent[]) => (some: readonly CoreEvent[]) => {
    taken.push(...some);
    return Promise.resolve();
  };

  it('says events on the bus', async () => {
    const taken: CoreEvent[] = [];
    await announce(events, { bus: { publish: taking(taken) }, deadLetters: { keep: failing } });
    expect(taken).toEqual(events);
  });

  it('keeps what the bus does not take, and fails only where that fails too', async () => {
    const kept: CoreEvent[] = [];
    await announce(events, { bus: { publish: failing }, deadLetters: { keep: taking(kept) } });
    expect(kept).toEqual(events);
    const nowhere = announce(events, { bus: { publish: failing }, deadLetters: { keep: failing } });
    await expect(nowhere).rejects.toThrow('down');
  });
});
