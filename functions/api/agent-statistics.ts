import type { AgentStatistics, Statistics } from '#core/contracts/http/agents.ts';
import type { CallRecord } from '#core/call/record.ts';
import { dayOf } from '#core/days.ts';

/** Statistics of past calls by agent and by day, busiest agent first. Calls without an agent are left out. */
export function agentStatistics(records: readonly CallRecord[]): AgentStatistics[] {
  return [...grouped(records, ({ agent }) => agent?.id)]
    .map(([id, ofAgent]) => {
      const newest = ofAgent.reduce((a, b) => (b.startedAt > a.startedAt ? b : a));
      const byDay = [...grouped(ofAgent, ({ startedAt }) => dayOf(startedAt))];
      return {
        agent: newest.agent ?? { id },
        ...sumOf(ofAgent),
        days: byDay.map(([day, ofDay]) => ({ day, ...sumOf(ofDay) })).sort((a, b) => (a.day < b.day ? -1 : 1)),
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.agent.id < b.agent.id ? -1 : 1));
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function sumOf(records: readonly CallRecord[]): Statistics {
  const sum = (field: 'alerts' | 'utterances' | 'positive' | 'neutral' | 'negative' | 'durationMs') =>
    records.reduce((total, record) => total + record[field], 0);
  const withWords = records.filter(({ positive, neutral, negative }) => positive + neutral + negative > 0);
  const moods = withWords.reduce((total, { meanMood }) => total + meanMood, 0);
  return {
    calls: records.length,
    meanMood: withWords.length === 0 ? 0 : Math.round((moods / withWords.length) * 10_000) / 10_000,
    meanDurationMs: Math.round(sum('durationMs') / records.length),
    alerts: sum('alerts'),
    utterances: sum('utterances'),
    positive: sum('positive'),
    neutral: sum('neutral'),
    negative: sum('negative'),
  };
}
