import { levelSchema } from '#core/alert.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { CallRow } from '../live/screen.ts';

/**
 * Orders calls by how much they need a person: live ones first, then open alert level, mood, falling trend and
 * length. Moods count as they are shown, to two digits.
 */
export function byRisk(a: CallSummary, b: CallSummary): number {
  return (
    Number(a.status !== 'live') - Number(b.status !== 'live') ||
    levelRank(b) - levelRank(a) ||
    hundredths(a.mood.rolling) - hundredths(b.mood.rolling) ||
    hundredths(a.mood.trend) - hundredths(b.mood.trend) ||
    a.startedAt - b.startedAt ||
    (a.callId < b.callId ? -1 : 1)
  );
}

/** The same for rows: what we know to be over sinks, even if the stored call is still marked live. */
export function byRiskOfRow(a: CallRow, b: CallRow): number {
  return Number(a.over !== undefined) - Number(b.over !== undefined) || byRisk(a.call, b.call);
}

function levelRank({ openLevel }: CallSummary): number {
  return openLevel ? levelSchema.options.indexOf(openLevel) : -1;
}

function hundredths(value: number): number {
  return Math.round(value * 100);
}
