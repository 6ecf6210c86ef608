import { exampleAlert, exampleCall } from '#core/call/example-call.ts';
import { coreEventSchema } from '#core/events.ts';
import { recordOf } from '#core/history.ts';
import { announcementsOf } from './announce.ts';

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
    expect(announcementsOf({ kind: 'alert', value: { ...exampleAlert, follows: 'refund#1' } }, true)).toEqual([]);
    expect(announcementsOf({ kind: 'call', value: exampleCall }, true)).toEqual([]);
  });
});
