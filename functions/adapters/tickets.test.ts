import { startTestTable } from './table.fake.ts';
import { Tickets } from './tickets.ts';

const person = { me: { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' as const } };
let now = 1_000_000;
let tickets: Tickets;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  tickets = new Tickets(started.table, () => now);
}, 120_000);
afterAll(async () => stop());

describe('a ticket', () => {
  it('works once, for one of many concurrent attempts', async () => {
    await tickets.issue('t1', person, now + 30_000);
    const tries = await Promise.all(Array.from({ length: 8 }, () => tickets.consume('t1')));
    expect(tries.filter(Boolean)).toEqual([person]);
  });

  it('distinguishes a relay from a person', async () => {
    await tickets.issue('t2', { relayId: 'berlin-1' }, now + 30_000);
    expect(await tickets.consume('t2')).toEqual({ relayId: 'berlin-1' });
  });

  it('is rejected when it has expired or was never issued', async () => {
    await tickets.issue('t3', person, now + 30_000);
    now += 30_000;
    expect(await tickets.consume('t3')).toBeUndefined();
    expect(await tickets.consume('t4')).toBeUndefined();
    expect(await tickets.consume('')).toBeUndefined();
  });
});
