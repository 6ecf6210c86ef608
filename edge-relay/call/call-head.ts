/** What names a call in every event of it. */
export interface CallHead {
  readonly relayId: string;
  readonly callId: string;
  readonly pbx: string;
  readonly callStartedAt: number;
}
