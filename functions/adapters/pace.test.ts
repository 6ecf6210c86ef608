import { Pace } from './pace.ts';
import type { Table } from './table.ts';
import { startTestTable } from './table.fake.ts';

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTestTable());
}, 120_000);
afterAll(async () => stop());

describe('Pace', () => {
  it('reserves a slot for each of many, the interval apart, the first at once', async () => {
    const paces = Array.from({ length: 4 }, () => new Pace(table, 'many', 500, () => 10_000));
    const moments = await Promise.all(paces.flatMap((pace) => [pace.reserve(), pace.reserve()]));
    expect(moments.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => 10_000 + n * 500));
  });

  it('does not catch up on slots that nobody reserved', async () => {
    let now = 10_000;
    const pace = new Pace(table, 'idle', 500, () => now);
    await pace.reserve();
    now = 60_000;
    expect(await pace.reserve()).toBe(60_000);
    expect(await pace.reserve()).toBe(60_500);
  });
});
