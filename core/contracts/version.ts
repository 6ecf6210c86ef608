import { z } from 'zod';

/**
 * The number of all that relays and the cloud say to each other: events, tickets, the control channel. It is raised by
 * a change that the older of the two would refuse or misread; a new optional field is not one. `CallsTicked` and the
 * answer to `POST /relay-tickets` stay readable across all of them, because they tell the two apart.
 */
export const CONTRACT_VERSION = 1;

/** The oldest contract of a relay that the cloud of this version still understands. */
const OLDEST_CONTRACT_VERSION = 1;

/** What a relay or a cloud speaks that states nothing: those before 0.2.0. */
const UNSTATED = 1;

/** A release, in semver. */
export const releaseSchema = z.string().min(1).max(64);

export const contractVersionSchema = z.int().positive().max(1_000_000);

/** The cloud's release, and the contracts that it understands. */
export const cloudVersionSchema = z.object({
  version: releaseSchema,
  contractVersion: contractVersionSchema,
  oldestContractVersion: contractVersionSchema,
});
export type CloudVersion = z.infer<typeof cloudVersionSchema>;

/** The cloud of this version of the project. */
export function cloudVersionOf(version: string): CloudVersion {
  return { version, contractVersion: CONTRACT_VERSION, oldestContractVersion: OLDEST_CONTRACT_VERSION };
}

/** Whether a relay and the cloud fit together, or what must be upgraded first. */
export type Fit = 'fits' | 'upgrade-cloud' | 'upgrade-relay';

/**
 * The cloud understands relays of its own contract and of some before it, and none of a later one.
 * @param relay its contract version, undefined where it states none
 * @param cloud undefined where it states none
 */
export function fitOf(
  relay: number = UNSTATED,
  cloud: Pick<CloudVersion, 'contractVersion' | 'oldestContractVersion'> = {
    contractVersion: UNSTATED,
    oldestContractVersion: UNSTATED,
  },
): Fit {
  if (relay > cloud.contractVersion) return 'upgrade-cloud';
  return relay < cloud.oldestContractVersion ? 'upgrade-relay' : 'fits';
}
