import type { AgentList } from '#core/contracts/events.ts';
import { AgentListTable } from './agent-list-table.ts';
import { startTestTable } from './table.fake.ts';

let lists: AgentListTable;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  lists = new AgentListTable(started.table);
}, 120_000);
afterAll(async () => stop());

const list = (relayId: string, listedAt: number, ids: string[], part = 1, parts = 1): AgentList => ({
  ...{ relayId, pbx: relayId, listedAt, part, parts },
  agents: ids.map((id) => ({ id, state: 'READY' as const })),
});

describe('AgentListTable', () => {
  it('keeps the newest list of each relay in any order of arrival, with all its parts', async () => {
    await lists.put(list('berlin', 2_000, ['1', '2'], 1, 2));
    await lists.put(list('berlin', 2_000, ['3'], 2, 2));
    await lists.put(list('berlin', 1_000, ['9']));
    await lists.put(list('rome', 1_000, []));
    expect(await lists.all()).toEqual([
      list('berlin', 2_000, ['1', '2'], 1, 2),
      list('berlin', 2_000, ['3'], 2, 2),
      list('rome', 1_000, []),
    ]);
    await lists.put(list('berlin', 3_000, ['1']));
    expect(await lists.all()).toEqual([list('berlin', 3_000, ['1']), list('rome', 1_000, [])]);
  });
});
