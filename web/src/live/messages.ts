import { duration } from '../ui/format.ts';
import { seconds, side } from '../ui/messages.ts';
import type { Health } from './health.ts';
import type { CallRow } from './screen.ts';

/** Engines whose text is not to be taken for a real transcript are named for what they are. */
const demoEngines: ReadonlyMap<string, string> = new Map([
  ['pocketsphinx', 'demo engine'],
  ['script', 'scripted text'],
]);

const health: { [K in Health['kind']]: (health: Extract<Health, { kind: K }>) => string } = {
  lost: ({ ms }) => `lost: relay silent ${seconds(ms)}`,
  unheard: ({ channel: of, ms }) => `no audio from ${side[of]} ${seconds(ms)}`,
  late: ({ ms }) => `engine late ${seconds(ms)}`,
  silent: ({ channel: of, ms }) => `${side[of]} silent ${seconds(ms)}`,
  'one-sided': ({ channel: of }) => `hearing ${side[of]} only`,
  restarting: () => 'relay restarting',
  waiting: () => 'waiting for audio',
  hearing: () => 'hearing both sides',
};

const ended: Record<NonNullable<CallRow['over']>['reason'], string> = {
  hangup: 'ended',
  drained: 'ended: relay stopped',
  'relay-restarted': 'ended: relay restarted',
  lost: 'lost',
  gone: 'ended',
};

/** Words for the live connection, and for whether each call can be heard. */
export const liveMessages = {
  connection: {
    connecting: 'connecting',
    live: 'live',
    reconnecting: (ms: number) => `reconnecting in ${seconds(ms)}`,
    reconnectingShort: 'reconnecting',
    offline: (ms: number) => `offline, next try in ${seconds(ms)}`,
    offlineShort: 'offline',
    age: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
    ageHint: 'Time since the last message',
  },
  away: {
    offline: 'You are offline.',
    noServer: 'Earshot cannot be reached.',
    showing: (time: string) => `Showing ${time}.`,
  },
  notice: {
    'calls-not-loaded': 'The list of calls could not be loaded. Trying again every 5 s.',
    'page-outdated': 'This page and the server speak different versions. Reload the page.',
  },

  demoEngine: (engine: string | undefined) => (engine ? demoEngines.get(engine) : undefined),
  health: (state: Health) => (health[state.kind] as (state: Health) => string)(state),
  over: ({ reason }: NonNullable<CallRow['over']>, agoMs: number) => `${ended[reason]} ${duration(agoMs)} ago`,
  ended,
} as const;
