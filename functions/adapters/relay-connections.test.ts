import { RelayConnections, sendToRelay } from './relay-connections.ts';
import { startTestTable } from './table.fake.ts';
import type { Delivery } from './web-socket.ts';

let now = 1_000_000;
let relays: RelayConnections;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  relays = new RelayConnections(started.table, () => now);
}, 120_000);
afterAll(async () => stop());

describe('a relay’s connection', () => {
  it('is the one that was opened last, in any order of arrival', async () => {
    await relays.connect('r1', 'second', 2000);
    await relays.connect('r1', 'first', 1000);
    expect(await relays.of('r1')).toBe('second');
    await relays.connect('r1', 'third', 3000);
    expect(await relays.of('r1')).toBe('third');
    expect(await relays.of('another')).toBeUndefined();
  });

  it('remains when an older one closes', async () => {
    await relays.connect('r2', 'old', 1000);
    await relays.connect('r2', 'new', 2000);
    await relays.disconnect('r2', 'old');
    expect(await relays.of('r2')).toBe('new');
    await relays.disconnect('r2', 'new');
    await relays.disconnect('r2', 'new');
    expect(await relays.of('r2')).toBeUndefined();
  });

  it('has its messages counted from 1 in each interval', async () => {
    await relays.connect('r3', 'c', now);
    expect(await relays.countMessage('r3', 10_000)).toBe(1);
    expect(await relays.countMessage('r3', 10_000)).toBe(2);
    now += 10_000;
    expect(await relays.countMessage('r3', 10_000)).toBe(1);
    expect(await relays.countMessage('nobody', 10_000)).toBe(0);
  });
});

describe('sendToRelay', () => {
  const command = { type: 'watch', callId: 'pbx-1' } as const;
  const sent: string[] = [];
  const send = async (relayId: string, delivery: Delivery) =>
    sendToRelay(relayId, command, {
      relayConnections: relays,
      webSocket: {
        post: (connectionId, message) => {
          sent.push(`${connectionId} ${message}`);
          return Promise.resolve(delivery);
        },
      },
    });

  it('posts to the relay’s connection', async () => {
    await relays.connect('r4', 'c4', 1000);
    expect(await send('r4', 'sent')).toBe('sent');
    expect(sent.splice(0)).toEqual(['c4 {"type":"watch","callId":"pbx-1"}']);
  });

  it('removes a connection that is gone, but not one that is only slow', async () => {
    expect(await send('r4', 'failed')).toBe('failed');
    expect(await relays.of('r4')).toBe('c4');
    expect(await send('r4', 'gone')).toBe('gone');
    expect(await relays.of('r4')).toBeUndefined();
    expect(sent.splice(0)).toHaveLength(2);
    expect(await send('r4', 'sent')).toBe('gone');
    expect(sent).toEqual([]);
  });
});
