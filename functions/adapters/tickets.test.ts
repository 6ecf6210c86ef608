import { randomBytes } from 'node:crypto';
import { startTestTable } from './table.fake.ts';
import { Tickets, ticketTextSchema } from './tickets.ts';

const person = { me: { person: { sub: 'u-1', name: 'Ada' }, role: 'supervisor' as const }, asOf: 1_000 };
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

  it('is removed once, after it was used', async () => {
    await tickets.issue('t5', person, now + 30_000);
    expect(await tickets.remove('t5')).toBeUndefined();
    await tickets.consume('t5');
    const tries = await Promise.all(Array.from({ length: 8 }, () => tickets.remove('t5')));
    expect(tries.filter(Boolean)).toEqual([person]);
    expect(await tickets.consume('t5')).toBeUndefined();
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

describe('the text of a ticket', () => {
  it.each(['', 'x'.repeat(129), 'x'.repeat(2_042), 'x'.repeat(10_000), 'a b', 'a#b', 'ä', '\u0000'])(
    'is not %.20j',
    (text) => {
      expect(ticketTextSchema.safeParse(text).success).toBe(false);
    },
  );

  it('is whatever is issued', () => {
    for (const bytes of [1, 24, 96]) {
      expect(ticketTextSchema.parse(randomBytes(bytes).toString('base64url'))).toBeTruthy();
    }
  });
});
