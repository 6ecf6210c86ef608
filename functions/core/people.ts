import { z } from 'zod';
import type { CallMetadata, LiveAgent } from './events.ts';

/** The two roles of people: groups of the user pool. An admin may do all that a supervisor may. */
export const roleSchema = z.enum(['supervisor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Someone who did something: the user pool's id of them, and how they are shown. */
export const personSchema = z.object({ sub: z.string().min(1).max(128), name: z.string().min(1).max(256) });
export type Person = z.infer<typeof personSchema>;

/** Which calls a supervisor may see: those of a campaign or of a team (in-group or queue) that is named here. */
export const restrictionSchema = z.object({
  campaigns: z.array(z.string()).optional(),
  teams: z.array(z.string()).optional(),
});
export type Restriction = z.infer<typeof restrictionSchema>;

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
