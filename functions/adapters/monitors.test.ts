import type { Monitor } from '#core/monitor.ts';
import { Monitors } from './monitors.ts';
import { startTestTable } from './table.fake.ts';

const request: Monitor = {
  requestId: '00000000-0000-4000-8000-000000000001',
  callId: 'pbx-1',
  mode: 'whisper',
  by: { sub: 'u-1', name: 'Ada' },
  extension: '6005',
  requestedAt: 1000,
  outcome: 'requested',
};
let monitors: Monitors;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  monitors = new Monitors(started.table, 30);
}, 120_000);
afterAll(async () => stop());

describe('a request to join a call', () => {
  it('keeps the first outcome of many', async () => {
    await monitors.put(request);
    const tries = await Promise.all([
      monitors.settle(request, 'answered', 2000),
      monitors.settle(request, 'answered', 2000),
    ]);
    const settled = { ...request, outcome: 'answered', outcomeAt: 2000 };
    expect(tries.filter(Boolean)).toEqual([settled]);
    expect(await monitors.settle(request, 'failed', 3000)).toBeUndefined();
    expect(await monitors.ofCall('pbx-1')).toEqual([settled]);
  });

  it('that does not exist gets no outcome', async () => {
    expect(await monitors.settle({ ...request, callId: 'pbx-2' }, 'busy', 2000)).toBeUndefined();
    expect(await monitors.ofCall('pbx-2')).toEqual([]);
  });
});
