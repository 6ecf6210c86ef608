import { startTestTable } from './test-table.ts';
import { Viewers } from './viewers.ts';

const person = { sub: 'u-1', groups: ['supervisor'] };
let now = 1_000_000;
let viewers: Viewers;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  viewers = new Viewers(started.table, () => now);
}, 120_000);
afterAll(async () => stop());

describe('a ticket', () => {
  it('works once, for one of many who try at once', async () => {
    await viewers.issueTicket('t1', person, now + 30_000);
    const tries = await Promise.all(Array.from({ length: 8 }, () => viewers.consumeTicket('t1')));
    expect(tries.filter(Boolean)).toEqual([person]);
  });

  it('is refused when it is too old or was never issued', async () => {
    await viewers.issueTicket('t2', person, now + 30_000);
    now += 30_000;
    expect(await viewers.consumeTicket('t2')).toBeUndefined();
    expect(await viewers.consumeTicket('t3')).toBeUndefined();
    expect(await viewers.consumeTicket('')).toBeUndefined();
  });
});

describe('a connection', () => {
  it('watches topics until it unsubscribes or closes', async () => {
    await viewers.connect('c1', person);
    await viewers.connect('c2', person);
    await Promise.all([viewers.subscribe('c1', 'overview'), viewers.subscribe('c1', 'call:x')]);
    await viewers.subscribe('c2', 'overview');
    expect((await viewers.of('overview')).sort()).toEqual(['c1', 'c2']);
    await viewers.unsubscribe('c1', 'call:x');
    expect(await viewers.of('call:x')).toEqual([]);
    await viewers.disconnect('c1');
    expect(await viewers.of('overview')).toEqual(['c2']);
  });

  it('that is not known watches nothing', async () => {
    expect(await viewers.subscribe('nobody', 'alerts')).toBe(false);
    expect(await viewers.of('alerts')).toEqual([]);
  });

  it('that was forgotten before is taken off the topic it was found under', async () => {
    await viewers.connect('c3', person);
    await viewers.subscribe('c3', 'alerts');
    await viewers.disconnect('c3');
    await viewers.disconnect('c3', 'alerts');
    expect(await viewers.of('alerts')).toEqual([]);
  });
});
