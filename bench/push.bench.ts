import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { readAssumptions } from './cloud/assumptions.ts';
import { playFloor } from './cloud/floor.ts';

export default {
  about: 'Messages to viewers, against one for each event (--calls N --viewers N --seconds N --shards N)',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        calls: { type: 'string', default: '1000' },
        viewers: { type: 'string', default: '100' },
        seconds: { type: 'string', default: '60' },
        shards: { type: 'string', default: '4' },
      },
    });
    const { calls, timings } = readAssumptions();
    const floor = {
      calls: Number(values.calls),
      viewers: Number(values.viewers),
      seconds: Number(values.seconds),
      shards: Number(values.shards),
      ...calls,
    };
    const pushed = await playFloor(floor, timings);
    const perViewerSecond = (count: number) => rounded(count / floor.viewers / floor.seconds);
    const at = (delays: readonly number[], share: number) => delays[Math.floor((delays.length - 1) * share)] ?? 0;
    const figures = {
      calls: floor.calls,
      viewers: floor.viewers,
      seconds: floor.seconds,
      shards: floor.shards,
      utterances: pushed.utterances,
      alerts: pushed.alerts,
      posts: pushed.posts,
      units32KB: pushed.units,
      postsPerViewerPerSecond: perViewerSecond(pushed.posts),
      kilobytesPerViewerPerSecond: perViewerSecond(pushed.bytes / 1024),
      mostOverviewsPerSecond: pushed.mostOverviewsASecond,
      overviewP50Ms: at(pushed.overviewDelaysMs, 0.5),
      overviewP95Ms: at(pushed.overviewDelaysMs, 0.95),
      wordsP50Ms: at(pushed.wordDelaysMs, 0.5),
      wordsP95Ms: at(pushed.wordDelaysMs, 0.95),
      timesFewerMessages: Math.round(pushed.onePerEvent / pushed.posts),
    };
    return { figures, peers: { 'one message for each event and viewer': { posts: pushed.onePerEvent } } };
  },
} satisfies Benchmark;

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
