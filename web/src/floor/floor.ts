import {
  computed,
  inject,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import { openCallCount } from '../alerts/alert-queue.ts';
import { bannerAlerts, isCalling } from '../alerts/banner.ts';
import type { KnownAlert } from '../live/board.ts';
import { noFilters, type Filters } from './filters.ts';
import { withSample, type MoodSample } from './mood-history.ts';
import { overviewOf, type Overview } from './overview.ts';
import { queueRowsOf, type QueueRow } from './queues.ts';
import { rowsOf, type CallRow } from '../live/screen.ts';
import type { Live } from '../live/live.ts';

/** The live calls as every page sees them. */
export interface Floor {
  readonly rows: ComputedRef<CallRow[]>;
  /** The alerts that the banner shows. */
  readonly banner: ComputedRef<KnownAlert[]>;
  readonly overview: ComputedRef<Overview>;
  /** How many calls, live or ended, have open alerts. */
  readonly openAlertCalls: ComputedRef<number>;
  /** Who waits for an agent, in each queue. */
  readonly queues: ComputedRef<QueueRow[]>;
  readonly moodHistory: Readonly<ShallowRef<readonly MoodSample[]>>;
  /** When the newest alert that we know of was raised. */
  readonly lastAlertAt: ComputedRef<number | undefined>;
  /** What the list is narrowed to; it stays while other pages are looked at. */
  readonly filters: ShallowRef<Filters>;
}

const key: InjectionKey<Floor> = Symbol('floor');

export function provideFloor(live: Live, now: Readonly<ShallowRef<number>>): Floor {
  const rows = computed(() => rowsOf(live.board.value, now.value));
  const banner = computed(() => bannerAlerts(live.board.value, now.value));
  const overview = computed(() => overviewOf(rows.value, banner.value.length));
  const openAlertCalls = computed(() => openCallCount(live.board.value, 'alerts'));
  const queues = computed(() => queueRowsOf(live.board.value, now.value));
  const moodHistory = shallowRef<readonly MoodSample[]>([]);
  watch(
    now,
    (at) => {
      moodHistory.value = withSample(moodHistory.value, overview.value.mood, at);
    },
    { immediate: true },
  );
  const lastAlertAt = computed(() => {
    const raised = [...live.board.value.alerts.values()].filter(isCalling).map(({ raisedAt }) => raisedAt);
    return raised.length > 0 ? Math.max(...raised) : undefined;
  });
  const filters = shallowRef(noFilters);
  const floor = { rows, banner, overview, openAlertCalls, queues, moodHistory, lastAlertAt, filters };
  provide(key, floor);
  return floor;
}

export function useFloor(): Floor {
  const floor = inject(key);
  if (!floor) throw new Error('No floor: call provideFloor at the root');
  return floor;
}
