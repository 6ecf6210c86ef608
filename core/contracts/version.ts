import { z } from 'zod';
import { wellFormed } from '../json.ts';

/**
 * The version of the contract between relays and the cloud: events, tickets, the control channel. Incremented by a
 * change that an older peer would reject or misread, which a new optional field is not. `CallsTicked` and the response to
 * a relay's request for a ticket stay readable across all versions, because they carry it. From 2 on a relay publishes
 * under a source of its own, and requests tickets at a path of its own.
 */
export const CONTRACT_VERSION = 2;

/** The oldest contract version of relays that this cloud supports. */
const OLDEST_CONTRACT_VERSION = 2;

/** The contract version of releases before 0.2.0, which do not state it. */
const UNSTATED = 1;

/** A release, in semver. */
export const releaseSchema = z.string().min(1).max(64).overwrite(wellFormed);

export const contractVersionSchema = z.int().positive().max(1_000_000);

/** The cloud's release, and the contract versions that it supports. */
export const cloudVersionSchema = z.object({
  version: releaseSchema,
  contractVersion: contractVersionSchema,
  oldestContractVersion: contractVersionSchema,
});
export type CloudVersion = z.infer<typeof cloudVersionSchema>;

/** The versions of the cloud of a release. */
export function cloudVersionOf(version: string): CloudVersion {
  return { version, contractVersion: CONTRACT_VERSION, oldestContractVersion: OLDEST_CONTRACT_VERSION };
}

/** Whether a relay and the cloud are compatible, or which to upgrade first. */
export type Fit = 'fits' | 'upgrade-cloud' | 'upgrade-relay';

/**
 * Compares versions: the cloud supports relays of its own contract and of some older ones, but of no newer one.
 * @param relay the relay's contract version; undefined if it does not state one
 * @param cloud undefined if it does not state its versions
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
