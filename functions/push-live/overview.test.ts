import { peopleWith, viewerOf } from '../live-delivery/viewers.fake.ts';
import { exampleCall } from '#core/call/example-call.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import { Backlog } from './backlog.ts';
import { MESSAGE_LIMIT_BYTES, messagesIn } from '../live-delivery/frame.ts';
import { tableOf } from '#core/own-table.ts';
import { sendOverview, type OverviewDependencies } from './overview.ts';

const call = (callId: string, version = 1) => ({ ...exampleCall, callId, version });
const report = (part: number, tickedAt = 1): RelayReport => ({
  relayId: 'berlin-1',
  tickedAt,
  part,
  parts: 9,
  spooledEvents: 0,
  calls: [],
});

/** A clock that only sleeping advances, a pace of 500 ms, and one viewer. */
function stage() {
  let now = 0;
  let nextAt = 0;
  const frames: { at: number; bytes: number; messages: ServerMessage[] }[] = [];
  const dependencies: OverviewDependencies = {
    viewers: {
      of: () => Promise.resolve([viewerOf('v')]),
      disconnect: () => Promise.resolve(),
      unsubscribe: () => Promise.resolve(),
    },
    people: peopleWith(),
    webSocket: {
      post: (_, message) => {
        frames.push({
          at: now,
          bytes: Buffer.byteLength(message),
          messages: messagesIn(message),
        });
        return Promise.resolve('sent');
      },
      close: () => Promise.resolve(),
    },
    pace: {
      reserve: () => {
        const at = Math.max(now, nextAt);
        nextAt = at + 500;
        return Promise.resolve(at);
      },
    },
    metadataOf: () => Promise.resolve(new Map()),
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
  const calls = () =>
    frames.flatMap(({ messages }) => messages).flatMap((message) => (message.type === 'overview' ? message.calls : []));
  return { dependencies, frames, calls };
}

describe('sendOverview', () => {
  it('sends each call once, in its newest version', async () => {
    const { dependencies, calls } = stage();
    const backlog = new Backlog();
    backlog.add([call('a', 2), call('a', 3), call('a', 1)], []);
    await sendOverview(backlog, 3000, dependencies);
    expect(calls()).toMatchObject([{ callId: 'a', version: 3 }]);
    expect(backlog.next()).toBeUndefined();
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => call(`berlin-${index}`));

  it('sends a thousand calls within two seconds', async () => {
    const { dependencies, frames, calls } = stage();
    const backlog = new Backlog();
    backlog.add(many(1000), []);
    await sendOverview(backlog, 3000, dependencies);
    expect(calls()).toHaveLength(1000);
    expect(frames.at(-1)?.at).toBeLessThanOrEqual(2000);
  });

  it('sends more in messages that are billed once, two a second, and leaves the rest in the backlog', async () => {
    const { dependencies, frames, calls } = stage();
    const backlog = new Backlog();
    backlog.add(
      many(5000),
      [1, 2].map((part) => report(part)),
    );
    await sendOverview(backlog, 3000, dependencies);
    expect(frames.map(({ at }) => at)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000]);
    expect(frames.every(({ bytes }) => bytes <= MESSAGE_LIMIT_BYTES)).toBe(true);
    while (calls().length < 5000) await sendOverview(backlog, 0, dependencies);
    expect(new Set(calls().map(({ callId }) => callId)).size).toBe(5000);
  });

  it('sends first what is over, then what is most severe, then what has waited longest', async () => {
    const { dependencies, calls } = stage();
    const backlog = new Backlog();
    backlog.add([call('waits'), call('came-after')], []);
    backlog.add(
      [
        { ...call('urgent'), openAlerts: tableOf([['x', 'urgent']]) },
        { ...call('over'), status: 'ended' },
      ],
      [],
    );
    backlog.add([call('waits', 2)], []);
    await sendOverview(backlog, 0, dependencies);
    expect(calls().map(({ callId }) => callId)).toEqual(['over', 'urgent', 'waits', 'came-after']);
  });

  it('sends calls and reports in one frame, of each report the newest', async () => {
    const { dependencies, frames } = stage();
    const backlog = new Backlog();
    backlog.add([call('a')], [report(1, 5), report(1, 10)]);
    await sendOverview(backlog, 3000, dependencies);
    expect(frames).toMatchObject([
      { messages: [{ type: 'relays', relays: [{ tickedAt: 10 }] }, { type: 'overview' }] },
    ]);
  });

  it('does not let a flood of reports hold up the calls', async () => {
    const { dependencies, frames } = stage();
    const backlog = new Backlog();
    const leg = { engine: 'script', lastAudioAgeMs: 1, speechMs: 1, silenceMs: 1, engineLagMs: 1, gapCount: 0 };
    const calls = Array.from({ length: 50 }, (_, index) => ({
      callId: `berlin-${index}`,
      atMs: 1,
      lastSeq: 1,
      legs: [{ ...leg, channel: 'agent' as const }],
    }));
    backlog.add(
      [call('a')],
      Array.from({ length: 100 }, (_, part) => ({ ...report(part + 1), calls })),
    );
    await sendOverview(backlog, 0, dependencies);
    expect(frames[0]?.messages).toMatchObject([{ type: 'relays' }, { type: 'overview', calls: [{ callId: 'a' }] }]);
  });
});
