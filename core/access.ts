import type { CallMetadata } from './call/events.ts';
import type { LiveAgent } from './live-agent.ts';
import type { Restriction } from './people.ts';

/**
 * Whether a call is among those that someone may see. One whose campaign and team are not known yet is not.
 * @param restriction undefined where someone may see every call
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

/** Whether an agent is among those that someone may see: of a campaign of theirs, or one who takes a team's calls. */
export function maySeeAgent(
  restriction: Restriction | undefined,
  { campaign, inGroups = [] }: Pick<LiveAgent, 'campaign' | 'inGroups'>,
): boolean {
  const as = (inGroup?: string) => maySee(restriction, { campaign, inGroup });
  return as() || inGroups.some(as);
}
