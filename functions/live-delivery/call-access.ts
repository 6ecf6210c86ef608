import { maySee } from '#core/access.ts';
import type { CallMetadata } from '#core/call/events.ts';
import type { TopicFrames } from './deliver.ts';

/** Looks up the metadata of calls, by id; calls that are not stored are left out. */
export type MetadataOf = (callIds: readonly string[]) => Promise<ReadonlyMap<string, CallMetadata>>;

/** Who may receive a call's topic: it may have moved to another team since they subscribed. */
export function accessTo(callId: string, pushedAt: number, metadataOf: MetadataOf): NonNullable<TopicFrames['access']> {
  return {
    isOpenTo: async (restriction) => maySee(restriction, (await metadataOf([callId])).get(callId) ?? {}),
    closing: { type: 'moved', pushedAt, callIds: [callId] },
  };
}
