import type { CallMetadata } from './call/events.ts';
import type { LiveAgent } from './live-agent.ts';
import { plainName } from './text/plain-name.ts';
import type { Access, Restriction, Role } from './people.ts';

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

/** The queues that a person may see: those that are their teams. */
export function visibleQueues<T extends { readonly queue: string }>(
  restriction: Restriction | undefined,
  queues: readonly T[],
): T[] {
  return queues.filter(({ queue }) => maySee(restriction, { queue }));
}

/** What the user pool has of a person's access. */
export interface PoolEntry {
  readonly groups: readonly string[];
  /** Names, separated by commas. */
  readonly campaigns?: string | undefined;
  readonly teams?: string | undefined;
}

/** A person's access by their entry in the user pool; undefined without a role. Admins see every call. */
export function accessOf({ groups, campaigns, teams }: PoolEntry): Access | undefined {
  const role = roleOf(groups);
  if (!role) return undefined;
  const names = { campaigns: namesIn(campaigns), teams: namesIn(teams) };
  const isRestricted = role === 'supervisor' && (names.campaigns !== undefined || names.teams !== undefined);
  if (!isRestricted) return { role };
  return {
    role,
    restriction: {
      ...(names.campaigns && { campaigns: names.campaigns }),
      ...(names.teams && { teams: names.teams }),
    },
  };
}

export function isSameAccess(one: Access | undefined, other: Access | undefined): boolean {
  const key = (access: Access | undefined) =>
    JSON.stringify([access?.role, access?.restriction?.campaigns, access?.restriction?.teams]);
  return key(one) === key(other);
}

function roleOf(groups: readonly string[]): Role | undefined {
  if (groups.includes('admin')) return 'admin';
  return groups.includes('supervisor') ? 'supervisor' : undefined;
}

/** Undefined if there are none. */
function namesIn(list = ''): string[] | undefined {
  const names = list.split(',').map(plainName);
  const given = names.filter(Boolean);
  return given.length > 0 ? given : undefined;
}
