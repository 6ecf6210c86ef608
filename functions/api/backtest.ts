import type { BacktestResult } from '#core/contracts/http/rules.ts';
import { backtest } from '#core/judging/backtest.ts';
import type { CallRecord } from '#core/call/record.ts';
import type { Restriction } from '#core/people.ts';
import type { Rule } from '#core/rules/rule.ts';
import { dayOf } from '#core/days.ts';
import { lastDays } from './days.ts';
import type { ApiDependencies } from './dependencies.ts';

const MAX_HITS = 100;
const READ_AT_ONCE = 10;

/** Runs a draft over the newest past calls that a person may see. */
export async function runBacktest(
  rule: Rule,
  { days, most, restriction }: { days: number; most: number; restriction: Restriction | undefined },
  { history, calls, now }: Pick<ApiDependencies, 'history' | 'calls' | 'now'>,
): Promise<BacktestResult> {
  const requestedDays = lastDays(days, now());
  const records = (await Promise.all(requestedDays.map(async (day) => history.ofDay(day, { restriction })))).flat();
  const newest = records.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, most);
  const stored = await inBatches(newest, async ({ callId }) => calls.detail(callId));
  const past = stored.filter((call) => call !== undefined);
  const [result] = backtest([rule], past);
  const hits = result?.hits.toReversed() ?? [];
  const byId = new Map(newest.map((record) => [record.callId, record]));
  const isOf = (day: string) => (callId: string) => dayOf(byId.get(callId)?.startedAt ?? 0) === day;
  return {
    callsRead: past.length,
    callsLeftOut: records.length - newest.length,
    days: requestedDays.toReversed().map((day) => ({
      day,
      calls: past.filter(({ state }) => isOf(day)(state.callId)).length,
      hits: hits.filter(({ callId }) => isOf(day)(callId)).length,
    })),
    hits: hits.slice(0, MAX_HITS).map(({ raisedAt: _, ...hit }) => ({ ...hit, ...ofCall(byId.get(hit.callId)) })),
    hitCount: hits.length,
    ...(result?.untried !== undefined && { untried: result.untried }),
  };
}

function ofCall(record: CallRecord | undefined) {
  return { startedAt: record?.startedAt ?? 0, ...(record?.agent && { agent: record.agent }) };
}

async function inBatches<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < inputs.length; from += READ_AT_ONCE) {
    results.push(...(await Promise.all(inputs.slice(from, from + READ_AT_ONCE).map(task))));
  }
  return results;
}
