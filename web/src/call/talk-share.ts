import type { CallSummary } from '#core/call/summary.ts';

/** How the speech time of a call is shared, in percent; nothing while nobody spoke. */
export function talkShare({ channels }: CallSummary): { agent: number; customer: number } | undefined {
  const agent = channels.agent?.speechMs ?? 0;
  const customer = (channels.caller?.speechMs ?? 0) + (channels.mixed?.speechMs ?? 0);
  if (agent + customer === 0) return undefined;
  const share = Math.round((100 * agent) / (agent + customer));
  return { agent: share, customer: 100 - share };
}
