import type { CallMetadata } from '#core/call/events.ts';

/** By what a dialler's database may know a call. */
export interface CallKeys {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Asterisk's ids of the call's channels, the call's own first. */
  readonly uniqueids: readonly string[];
  /** The names of those channels. */
  readonly asteriskChannels: readonly string[];
  /** What they show as the caller's name. */
  readonly callerNames: readonly string[];
}

/** What was found of a call. */
export interface Found {
  readonly metadata: DialledMetadata;
  /** All that is known while a call runs is there. */
  readonly isWhole: boolean;
  /** Nothing more will become known once the call is over. */
  readonly isFinal: boolean;
}

/** What only the dialler knows of a call. */
export type DialledMetadata = Pick<
  CallMetadata,
  | 'agent'
  | 'caller'
  | 'campaign'
  | 'inGroup'
  | 'recordingUrl'
  | 'leadId'
  | 'disposition'
  | 'termReason'
  | 'queueMs'
  | 'diallerLengthMs'
>;
