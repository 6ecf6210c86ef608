import { exampleAlert, exampleCall } from '#core/call/example-call.ts';
import { coreEventSchema, type CoreEvent } from '#core/contracts/events.ts';
import { recordOf } from '#core/call/record.ts';
import { announce, announcementsOf } from './announce.ts';

describe('announcementsOf', () => {
  const { record } = recordOf({ ...exampleCall, metadata: { campaign: 'SALES' }, alertCount: 1 }, [], []);

  const alert = { kind: 'alert', value: exampleAlert } as const;
  const past = { kind: 'record', value: record } as const;

  it.each([
    [alert, undefined, 'AlertRaised'],
    [alert, alert, 'AlertUpdated'],
    [past, undefined, 'CallCompleted'],
    [{ ...past, value: { ...record, utterances: 9 } }, past, 'CallCompleted'],
    [past, { ...past, value: { ...record, reason: 'broken', recapAt: 1 } }, 'CallCompleted'],
  ] as const)('makes a valid event of %j after %j', (entity, former, type) => {
    const [event] = announcementsOf(entity, former);
    expect(coreEventSchema.parse(JSON.parse(JSON.stringify(event)))).toMatchObject({
      type,
      callId: exampleCall.callId,
    });
  });

  it('makes no event of a follow-up, nor of rows that are not for other consumers', () => {
    expect(announcementsOf({ kind: 'alert', value: { ...exampleAlert, follows: 'refund~1' } }, undefined)).toEqual([]);
    expect(announcementsOf({ kind: 'call', value: exampleCall }, undefined)).toEqual([]);
  });

  it('makes no event of a recap, which is written because of one', () => {
    const recapped = { ...past, value: { ...record, reason: 'broken', recapAt: 1 } };
    expect(announcementsOf(recapped, past)).toEqual([]);
    expect(announcementsOf({ ...past, value: { ...record, recapAt: 2 } }, recapped)).toEqual([]);
  });
});

describe('announce', () => {
  const events = announcementsOf({ kind: 'alert', value: exampleAlert }, undefined);
  const failing = () => Promise.reject(new Error('down'));
  const storingIn = (published: CoreEvent[]) => (some: readonly CoreEvent[]) => {
    published.push(...some);
    return Promise.resolve();
  };

  it('publishes events on the bus', async () => {
    const published: CoreEvent[] = [];
    await announce(events, { bus: { publish: storingIn(published) }, deadLetters: { store: failing } });
    expect(published).toEqual(events);
  });

  it('stores events as dead letters when publishing fails, and fails only if that fails too', async () => {
    const stored: CoreEvent[] = [];
    await announce(events, { bus: { publish: failing }, deadLetters: { store: storingIn(stored) } });
    expect(stored).toEqual(events);
    const nowhere = announce(events, { bus: { publish: failing }, deadLetters: { store: failing } });
    await expect(nowhere).rejects.toThrow('down');
  });
});
