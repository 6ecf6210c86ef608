import { startTestTable } from './table.fake.ts';
import { MAX_TOPICS, Viewers } from './viewers.ts';

const me = { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' as const };
const restricted = { ...me, restriction: { campaigns: ['SALES'] } };
let now = 1_000_000;
let viewers: Viewers;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  viewers = new Viewers(started.table, () => now);
}, 120_000);
afterAll(async () => stop());

describe('a connection', () => {
  it('receives topics until it unsubscribes or closes', async () => {
    await viewers.connect('c1', me, 7);
    await viewers.connect('c2', restricted, 7);
    await Promise.all([viewers.subscribe('c1', 'overview'), viewers.subscribe('c1', 'call:x')]);
    await viewers.subscribe('c2', 'overview');
    const known = (connectionId: string, access: object) => ({ connectionId, sub: 'u-1', asOf: 7, access });
    const c2 = known('c2', { role: 'supervisor', restriction: { campaigns: ['SALES'] } });
    expect(await viewers.of('overview')).toEqual([known('c1', { role: 'supervisor' }), c2]);
    await viewers.unsubscribe('c1', 'call:x');
    expect(await viewers.of('call:x')).toEqual([]);
    await viewers.disconnect('c1');
    expect(await viewers.of('overview')).toEqual([c2]);
  });

  it('that is unknown cannot subscribe', async () => {
    expect(await viewers.subscribe('nobody', 'alerts')).toBe(false);
    expect(await viewers.of('alerts')).toEqual([]);
  });

  it('subscribes to no more topics than a page needs', async () => {
    await viewers.connect('greedy', me, 7);
    for (let call = 0; call < MAX_TOPICS; call++) {
      expect(await viewers.subscribe('greedy', `call:${call}`)).toBe(true);
    }
    expect(await viewers.subscribe('greedy', 'call:too-many')).toBe(false);
    expect(await viewers.subscribe('greedy', 'call:0')).toBe(true);
  });

  it('has its messages counted from 1 in each interval', async () => {
    await viewers.connect('talker', restricted, 7);
    expect(await viewers.countMessage('talker', 10_000)).toEqual({ me: restricted, asOf: 7, messages: 1 });
    expect(await viewers.countMessage('talker', 10_000)).toEqual({ me: restricted, asOf: 7, messages: 2 });
    now += 10_000;
    expect(await viewers.countMessage('talker', 10_000)).toEqual({ me: restricted, asOf: 7, messages: 1 });
    expect(await viewers.countMessage('nobody', 10_000)).toBeUndefined();
  });

  it('that was removed before is removed from the topic it was found under', async () => {
    await viewers.connect('c3', me, 7);
    await viewers.subscribe('c3', 'alerts');
    await viewers.disconnect('c3');
    await viewers.disconnect('c3', 'alerts');
    expect(await viewers.of('alerts')).toEqual([]);
  });
});
