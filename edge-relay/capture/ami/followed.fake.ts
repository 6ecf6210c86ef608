import type { AmiMessage } from './protocol.ts';
import { CallTracker, type TapAction, type TrackerOptions } from './tracker.ts';

export const noFilters = { channels: [], contexts: [], queues: [] };

/** A tracker, what it asked for, and what is known of each tap at the end. */
export class Followed {
  readonly taps: { uuid: string; asteriskChannel: string; attempt: number }[] = [];
  readonly untapped: string[] = [];
  readonly legs = new Map<string, Record<string, unknown>>();
  readonly tracker: CallTracker;
  nowMs = 1_795_399_600_000;
  #count = 0;

  constructor(options: Partial<TrackerOptions> = {}) {
    this.tracker = new CallTracker({
      filters: noFilters,
      trunks: [],
      yieldsToOthers: false,
      now: () => this.nowMs,
      newUuid: () => `00000000-0000-4000-8000-${String(++this.#count).padStart(12, '0')}`,
      ...options,
    });
  }

  feed(...messages: AmiMessage[]): this {
    for (const event of messages) this.did(this.tracker.event(event));
    return this;
  }

  did(actions: readonly TapAction[]): void {
    for (const action of actions) {
      if (action.kind === 'untap') this.untapped.push(action.uuid);
      else this.legs.set(action.description.uuid, action.description);
      if (action.kind === 'tap')
        this.taps.push({
          uuid: action.description.uuid,
          asteriskChannel: action.asteriskChannel,
          attempt: action.attempt,
        });
    }
  }

  legOf(asteriskChannel: string): Record<string, unknown> | undefined {
    return this.legs.get(this.taps.findLast((tap) => tap.asteriskChannel === asteriskChannel)?.uuid ?? '');
  }

  get tapped(): string[] {
    return this.taps.map(({ asteriskChannel }) => asteriskChannel);
  }
}
