import type { Pace } from '../adapters/pace.ts';
import type { Backlog } from './backlog.ts';
import { deliver, type Deliveries, type DeliveryDependencies } from '../live-delivery/deliver.ts';
import { overviewMail, type MetadataOf } from './messages.ts';

/** Overviews are so far apart, whichever shard of the stream they come from. */
export const OVERVIEW_INTERVAL_MS = 500;
/** What is not told by then goes with what changed meanwhile. */
export const OVERVIEW_TIME_MS = 3000;

/** What telling the overview needs of the world. */
export interface OverviewDependencies extends DeliveryDependencies {
  readonly pace: Pick<Pace, 'reserve'>;
  readonly metadataOf: MetadataOf;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/**
 * Tells the viewers of the overview what waits, a message at each moment of the pace, until all is told or the time
 * is up; what is left then waits for the next call.
 */
export async function sendOverview(
  backlog: Backlog,
  untilAt: number,
  dependencies: OverviewDependencies,
): Promise<Deliveries> {
  const total: Deliveries = { sent: 0, gone: 0, failed: 0 };
  do {
    const load = backlog.next();
    if (!load) break;
    const at = await dependencies.pace.reserve();
    await dependencies.sleep(Math.max(0, at - dependencies.now()));
    const deliveries = await deliver([overviewMail(load, dependencies.now(), dependencies.metadataOf)], dependencies);
    for (const end of ['sent', 'gone', 'failed'] as const) total[end] += deliveries[end];
  } while (dependencies.now() < untilAt);
  return total;
}
