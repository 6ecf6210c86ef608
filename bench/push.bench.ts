import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { playFloor } from './cloud/pushes.ts';

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
    const floor = {
      calls: Number(values.calls),
      viewers: Number(values.viewers),
      seconds: Number(values.seconds),
      shards: Number(values.shards),
      utteranceEverySeconds: 4,
    };
    const { posts, units, bytes, onePerEvent, utterances, alerts, mostOverviewsASecond } = await playFloor(floor);
    const figures = {
      calls: floor.calls,
      viewers: floor.viewers,
      seconds: floor.seconds,
      shards: floor.shards,
      utterances,
      alerts,
      posts,
      units32KB: units,
      postsPerViewerPerSecond: Math.round((posts / floor.viewers / floor.seconds) * 100) / 100,
      kilobytesPerViewerPerSecond: Math.round(bytes / 1024 / floor.viewers / floor.seconds),
      mostOverviewsPerSecond: mostOverviewsASecond,
      timesFewerMessages: Math.round(onePerEvent / posts),
    };
    return { figures, peers: { 'one message for each event and viewer': { posts: onePerEvent } } };
  },
} satisfies Benchmark;
