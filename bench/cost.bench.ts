import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Benchmark, Figures } from './benchmark.ts';
import { playFloor, type Pushes } from './cloud/pushes.ts';
import { measureTableUse, type TableUse } from './cloud/table-use.ts';

const CALLS = [5, 50, 1_000, 10_000];
const VIEWERS = [1, 10, 100, 500];
const PLAYED_SECONDS = 20;

const pricesSchema = z.object({
  perMillion: z.object({
    eventBridgeEvents: z.number(),
    dynamoDbWriteUnits: z.number(),
    dynamoDbReadUnits: z.number(),
    lambdaRequests: z.number(),
    webSocketMessages: z.number(),
    webSocketConnectionMinutes: z.number(),
  }),
  lambdaGigabyteSecond: z.number(),
  logsGigabyte: z.number(),
  speechCallHour: z.record(z.string(), z.number()),
});
const timed = z.object({ megabytes: z.number(), billedMs: z.number() });
const assumptionsSchema = z.object({
  utterancesPerCallHour: z.number(),
  callMinutes: z.number(),
  tickSeconds: z.number(),
  callsPerTickEvent: z.number(),
  reportBytesPerCall: z.number(),
  streamShards: z.number(),
  logBytesPerInvocation: z.number(),
  functions: z.object({
    ingest: timed,
    tick: timed,
    pushCalls: timed,
    pushOverview: z.object({ megabytes: z.number(), busyShare: z.number() }),
    announce: timed,
    sweep: timed,
  }),
});
type Prices = z.infer<typeof pricesSchema>;
type Assumptions = z.infer<typeof assumptionsSchema>;

function read<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'cloud', file), 'utf8')));
}

export default {
  about: 'Dollars a call-hour by calls and viewers, from measured requests and messages and from prices given as data',
  async run() {
    const prices = read('prices.json', pricesSchema);
    const assumptions = read('assumptions.json', assumptionsSchema);
    const use = await measureTableUse(Math.round((assumptions.utterancesPerCallHour * assumptions.callMinutes) / 60));
    console.log('measured at the table:', use);
    const figures: Figures = { ...use };
    const rows: Record<string, Record<string, string>> = {};
    for (const calls of CALLS) {
      for (const viewers of VIEWERS) {
        const pushes = await playFloor({
          calls,
          viewers,
          seconds: PLAYED_SECONDS,
          utteranceEverySeconds: 3600 / assumptions.utterancesPerCallHour,
          shards: assumptions.streamShards,
        });
        const parts = costOfHour(calls, viewers, use, pushes, prices, assumptions);
        const total = Object.values(parts).reduce((sum, dollars) => sum + dollars, 0);
        figures[`dollarsPerCallHourAt${calls}Calls${viewers}Viewers`] = dollars(total / calls);
        rows[`${calls} calls, ${viewers} viewers`] = Object.fromEntries(
          Object.entries({ ...parts, total }).map(([name, sum]) => [name, dollars(sum / calls).toFixed(5)]),
        );
      }
    }
    console.table(rows);
    const peers = Object.fromEntries(
      Object.entries(prices.speechCallHour).map(([engine, price]) => [
        `speech: ${engine}`,
        { dollarsPerCallHour: price },
      ]),
    );
    return { figures, peers };
  },
} satisfies Benchmark;

/** Dollars of one hour in which so many calls run all the time, by what they are paid for. */
function costOfHour(
  calls: number,
  viewers: number,
  use: TableUse,
  pushes: Pushes,
  { perMillion, lambdaGigabyteSecond, logsGigabyte }: Prices,
  { functions, ...assumed }: Assumptions,
): Record<string, number> {
  const utterances = calls * assumed.utterancesPerCallHour;
  const started = (calls * 60) / assumed.callMinutes;
  const ticks = Math.ceil(calls / assumed.callsPerTickEvent) * (3600 / assumed.tickSeconds);
  const alerts = utterances * use.alertsPerUtterance;
  const callEvents = utterances + 3 * started;
  const announced = alerts + started;
  // A batch of each shard as often as there is something in it, no oftener than the stream is asked.
  const batches = Math.min(callEvents, assumed.streamShards * 4 * 3600);
  const invocations = callEvents + ticks + 60 + 2 * batches + announced;
  const seconds = (times: number, { megabytes, billedMs }: z.infer<typeof timed>) =>
    (times * billedMs * megabytes) / 1024 / 1000;
  const gigabyteSeconds =
    seconds(callEvents, functions.ingest) +
    seconds(ticks, functions.tick) +
    seconds(60, functions.sweep) +
    seconds(batches, functions.pushCalls) +
    seconds(announced, functions.announce) +
    (Math.min(1, calls / 8) *
      assumed.streamShards *
      3600 *
      functions.pushOverview.busyShare *
      functions.pushOverview.megabytes) /
      1024;
  const million = (times: number, price: number) => (times * price) / 1_000_000;
  const callsInTick = Math.min(calls, assumed.callsPerTickEvent);
  const readsOfTicks = (ticks * callsInTick) / 2;
  const readsOfViewers = 2 * (batches + 2 * 3600);
  return {
    events: million(callEvents + ticks + announced, perMillion.eventBridgeEvents),
    table:
      million(
        utterances * use.writeUnitsPerUtterance +
          ticks * Math.ceil((callsInTick * assumed.reportBytesPerCall) / 1024) +
          2 * 3600,
        perMillion.dynamoDbWriteUnits,
      ) + million(utterances * use.readUnitsPerUtterance + readsOfTicks + readsOfViewers, perMillion.dynamoDbReadUnits),
    functions: million(invocations, perMillion.lambdaRequests) + gigabyteSeconds * lambdaGigabyteSecond,
    logs: (invocations * assumed.logBytesPerInvocation * logsGigabyte) / 1024 ** 3,
    messages:
      million((pushes.units / PLAYED_SECONDS) * 3600, perMillion.webSocketMessages) +
      million(viewers * 60, perMillion.webSocketConnectionMinutes),
  };
}

function dollars(value: number): number {
  return Math.round(value * 100_000) / 100_000;
}
