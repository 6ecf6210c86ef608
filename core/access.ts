import type { CallMetadata } from './call/events.ts';
import type { LiveAgent } from './live-agent.ts';
import type { Restriction } from './people.ts';

/**
 * Whether a person may see a call; false while its campaign and team are unknown.
 * @param restriction undefined: the person may see every call
 */
export function maySee(
  restriction: Restriction | undefined,
  { campaign, inGroup, queue }: Pick<CallMetadata, 'campaign' | 'inGroup' | 'queue'>,
): boolean {
  if (!restriction) return true;
  const isAmong = (allowed: readonly string[] | undefined, value: string | undefined) =>
    value !== undefined && (allowed?.includes(value) ?? false);
  return (
    isAmong(restriction.campaigns, campaign) || isAmong(restriction.teams, inGroup) || isAmong(restriction.teams, queue)
  );
}

/** Whether a person may see an agent: one of an allowed campaign, or one who takes calls of an allowed team. */
export function maySeeAgent(
  restriction: Restriction | undefined,
  { campaign, inGroups = [] }: Pick<LiveAgent, 'campaign' | 'inGroups'>,
): boolean {
  const as = (inGroup?: string) => maySee(restriction, { campaign, inGroup });
  return as() || inGroups.some(as);
}
