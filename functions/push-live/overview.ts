import type { Pace } from '../adapters/pace.ts';
import type { Backlog } from './backlog.ts';
import { deliver, type Deliveries, type DeliveryDependencies } from '../live-delivery/deliver.ts';
import type { MetadataOf } from '../live-delivery/call-access.ts';
import { overviewFrames } from './messages.ts';

/** Time between two overviews, whichever shard of the stream they come from. */
export const OVERVIEW_INTERVAL_MS = 500;
/** What is not sent in this time is sent with the next changes. */
export const OVERVIEW_TIME_MS = 3000;

/** What {@link sendOverview} depends on. */
export interface OverviewDependencies extends DeliveryDependencies {
  readonly pace: Pick<Pace, 'reserve'>;
  readonly metadataOf: MetadataOf;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/**
 * Sends the backlog to the viewers of the overview, a frame at each slot of the pace, until it is empty or the time is
 * up; the rest is left for the next call.
 */
export async function sendOverview(
  backlog: Backlog,
  untilAt: number,
  dependencies: OverviewDependencies,
): Promise<Deliveries> {
  const total: Deliveries = { sent: 0, gone: 0, failed: 0 };
  do {
    const batch = backlog.next();
    if (!batch) break;
    const at = await dependencies.pace.reserve();
    await dependencies.sleep(Math.max(0, at - dependencies.now()));
    const deliveries = await deliver(
      [overviewFrames(batch, dependencies.now(), dependencies.metadataOf)],
      dependencies,
    );
    for (const end of ['sent', 'gone', 'failed'] as const) total[end] += deliveries[end];
  } while (dependencies.now() < untilAt);
  return total;
}
