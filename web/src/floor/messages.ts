import { clockTime } from '../ui/format.ts';
import { count } from '../ui/messages.ts';

const loading = 'Loading the live calls…';

/** Words of the floor: its figures, its list and its wallboard. */
export const floorMessages = {
  title: 'Live calls',
  label: 'The floor',
  calls: (n: number) => count(n, 'call', 'calls'),
  mood: 'mood',
  unheard: (n: number) => count(n, 'unheard', 'unheard'),
  quiet: (n: number) => `All quiet: ${count(n, 'call', 'calls')}, nobody unhappy.`,
  quietShort: 'All quiet.',
  lastAlert: (at: number | undefined, listeningSince: number) =>
    at === undefined ? `No alert since ${clockTime(listeningSince)}.` : `Last alert ${clockTime(at)}.`,
  search: 'Search calls',
  searchHint: 'Search',
  showAll: 'Show all',
  filters: 'Filters',
  campaign: 'Campaign',
  allCampaigns: 'All campaigns',
  agent: 'Agent',
  allAgents: 'All agents',
  level: 'Alert level',
  allLevels: 'All calls',
  dense: 'Compact',
  loading,
  empty: (isLoaded: boolean, isFiltered: boolean) => {
    if (isFiltered) return 'No live call fits the filters.';
    return isLoaded ? 'No live calls. A new one appears here by itself.' : loading;
  },
  held: 'Order held while you are in the list',
  release: 'Sort now',
  choose: 'No call is open.',
  chooseHint: 'Choose one in the list, or with these keys:',

  row: {
    length: 'Length',
    nothingSaid: 'nothing said yet',
    list: 'Calls',
  },

  waiting: {
    label: 'Waiting calls',
    byQueue: 'By queue',
    calls: (n: number) => `${String(n)} waiting`,
    longest: (time: string) => `for up to ${time}`,
    abandoned: (n: number) => `${String(n)} gave up`,
    abandonedHint: 'Callers who hung up in the last hour before an agent took them',
    ofQueue: ({ calls, abandoned }: { calls: number; abandoned: number }, longest: string | undefined) =>
      [
        longest === undefined ? String(calls) : `${String(calls)}, ${longest}`,
        ...(abandoned > 0 ? [`${String(abandoned)} gave up`] : []),
      ].join(', '),
    more: (n: number) => `and ${count(n, 'more queue', 'more queues')}`,
  },

  wallboard: {
    title: 'Wallboard',
    open: 'Wallboard (full screen)',
    leave: 'Leave the wallboard',
  },
} as const;
