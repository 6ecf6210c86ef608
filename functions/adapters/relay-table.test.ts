import type { RelayReport } from '#core/contracts/events.ts';
import { RelayTable } from './relay-table.ts';
import { startTestTable } from './table.fake.ts';

let relays: RelayTable;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  relays = new RelayTable(started.table);
}, 120_000);
afterAll(async () => stop());

const report = (relayId: string, tickedAt: number, part = 1, parts = 1): RelayReport => ({
  relayId,
  tickedAt,
  part,
  parts,
  spooledEvents: 0,
  calls: [],
});

describe('RelayTable', () => {
  it('keeps the newest report in any order of arrival', async () => {
    await relays.put(report('berlin', 2000));
    await relays.put(report('berlin', 1000));
    await relays.put(report('berlin', 2000));
    expect((await relays.all()).filter(({ relayId }) => relayId === 'berlin')).toEqual([report('berlin', 2000)]);
  });

  it('drops the parts that a smaller report no longer has', async () => {
    await relays.put(report('rome', 1000, 1, 2));
    await relays.put(report('rome', 1000, 2, 2));
    await relays.put(report('rome', 6000, 1, 1));
    expect((await relays.all()).filter(({ relayId }) => relayId === 'rome')).toEqual([report('rome', 6000)]);
  });
});
