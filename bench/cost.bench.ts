import type { Benchmark, Figures } from './benchmark.ts';
import { readAssumptions, readPrices } from './cloud/assumptions.ts';
import { costOfHour, shardsOf } from './cloud/cost-of-hour.ts';
import { playFloor } from './cloud/floor.ts';
import { measureTableUse } from './cloud/table-use.ts';

const CALLS = [5, 50, 1_000, 10_000];
const VIEWERS = [1, 10, 100, 500];
/** Large floors are played for a shorter time, so that each run has a similar number of utterances. */
const PLAYED_CALL_SECONDS = 100_000;

export default {
  about: 'Dollars a call-hour by calls and viewers, from measured requests and messages and from prices given as data',
  async run() {
    const prices = readPrices();
    const assumptions = readAssumptions();
    const { utteranceEverySeconds, minutes } = assumptions.calls;
    const use = await measureTableUse(Math.round((minutes * 60) / utteranceEverySeconds));
    console.log('measured at the table:', use);
    const figures: Figures = { ...use };
    const rows: Record<string, Record<string, string>> = {};
    for (const calls of CALLS) {
      for (const viewers of VIEWERS) {
        const seconds = Math.min(120, Math.max(10, PLAYED_CALL_SECONDS / calls));
        const shards = shardsOf(calls, use, assumptions);
        const pushed = await playFloor({ calls, viewers, seconds, shards, ...assumptions.calls }, assumptions.timings);
        const parts = costOfHour({ calls, viewers, seconds, use, pushed }, prices, assumptions);
        const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
        figures[`dollarsPerCallHourAt${calls}Calls${viewers}Viewers`] = rounded(total / calls);
        rows[`${calls} calls, ${viewers} viewers`] = Object.fromEntries(
          Object.entries({ ...parts, total }).map(([name, sum]) => [name, rounded(sum / calls).toFixed(5)]),
        );
      }
    }
    console.table(rows);
    const { inputTokens, outputTokens } = assumptions.recap;
    const peers = Object.fromEntries([
      ...Object.entries(prices.speechCallHour).map(([engine, price]) => [
        `speech: ${engine}`,
        { dollarsPerCallHour: price },
      ]),
      ...Object.entries(prices.modelMillionTokens).map(([model, { input, output }]) => [
        `recaps: ${model}`,
        { dollarsPerCallHour: rounded(((inputTokens * input + outputTokens * output) / 1_000_000) * (60 / minutes)) },
      ]),
    ]) as Record<string, Figures>;
    return { figures, peers };
  },
} satisfies Benchmark;

function rounded(dollars: number): number {
  return Math.round(dollars * 100_000) / 100_000;
}
