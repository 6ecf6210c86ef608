import type { CallMetadata } from '#core/call/events.ts';
import { type Channel, channelSchema } from '#core/ids.ts';
import type { CallHead } from './call-head.ts';

/** What a relay keeps of a live call for the one that goes on with it, beside the numbers of what was published. */
export interface CallMemory {
  readonly callId: string;
  readonly keptAt: number;
  readonly sides: Readonly<Partial<Record<Channel, SideMemory>>>;
  readonly fromPbx: CallMetadata;
  readonly fromDialler: CallMetadata;
}

export interface SideMemory {
  /** All that was said until then is published. */
  readonly heardUntilAt: number;
  /** What was not received before that, and no event has said yet. */
  readonly untoldMs: number;
}

/** A call that was live when an earlier relay stopped. */
export interface LeftCall extends CallHead {
  readonly lastSeq: number;
  readonly lastEventAt: number;
  /** When the last published words of each side ended. */
  readonly spokenAt?: Readonly<Partial<Record<Channel, number>>>;
  /** As it was last kept; words may have been published since. */
  readonly memory?: CallMemory;
}

/** How far each side of a call was received before its relay stopped. */
export function sidesOf({ callStartedAt, lastEventAt, spokenAt, memory }: LeftCall): Map<Channel, SideMemory> {
  const unknownSince = memory?.keptAt ?? (spokenAt ? callStartedAt : lastEventAt);
  return new Map(
    channelSchema.options.map((channel) => {
      const kept = memory?.sides[channel] ?? { heardUntilAt: unknownSince, untoldMs: 0 };
      const spoken = spokenAt?.[channel] ?? 0;
      // Words that were published later said what was untold before them.
      return [channel, spoken > kept.heardUntilAt ? { heardUntilAt: spoken, untoldMs: 0 } : kept];
    }),
  );
}

/** The ids under which a call goes on that another relay numbered, or that ended: its id, and when that was noticed. */
const SUCCESSOR = /^(.+):\d{10,}$/;

export function successorIdOf(callId: string, now: number): string {
  return `${callId}:${Math.floor(now / 1_000)}`;
}

/** The call that an id made by {@link successorIdOf} goes on with; undefined for any other. */
export function predecessorIdOf(callId: string): string | undefined {
  return SUCCESSOR.exec(callId)?.[1];
}

/** By when the PBX had begun a call: its linkedid has the second, after the name of the system if there is one. */
export function begunBy(linkedid: string): number | undefined {
  const seconds = /(?:^|-)(\d{10})\.\d+$/.exec(linkedid)?.[1];
  return seconds === undefined ? undefined : (Number(seconds) + 1) * 1_000;
}
