import type { AgentState } from '#core/live-agent.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import { duration } from '../ui/format.ts';
import { count } from '../ui/messages.ts';

/** A paused agent's reason stands beside it. */
const agentState: Record<AgentState, string> = {
  INCALL: 'In call',
  QUEUE: 'Call arriving',
  MQUEUE: 'Dialling',
  DISPO: 'Wrap-up',
  PAUSED: 'Paused',
  READY: 'Ready',
  CLOSER: 'Ready for inbound',
};

/** Words of the agents' pages. */
export const agentMessages = {
  title: 'Agents',
  past: 'Their past calls',
  none: 'No agent had a call in these days.',
  agent: 'Agent',
  calls: 'Calls',
  mood: 'Callers’ mood',
  trend: 'By day',
  alerts: 'Alerts',
  length: 'Mean length',
  negative: 'Negative lines',
  share: (part: number, whole: number) => (whole === 0 ? '–' : `${String(Math.round((100 * part) / whole))} %`),
  toCalls: 'Calls of this agent',
  byDay: 'Day by day',
  day: 'Day',
  moodLine: '━ callers’ mood',
  alertBars: '▮ alerts',
  chart: (days: number, last: string) =>
    `Callers’ mood and alerts over ${count(days, 'day', 'days')} with calls; mood on the last of them ${last}.`,

  live: {
    title: 'Logged in now',
    none: 'Nobody is logged in to the dialler.',
    agent: 'Agent',
    state: 'State',
    since: 'For',
    campaign: 'Campaign',
    inGroups: 'In-groups',
    call: 'Call',
    callsToday: 'Calls today',
    open: 'Open',
    openCallOf: (name: string) => `Open the call of ${isolatedName(name)}`,
    notHeard: 'not heard',
    states: agentState,
    counts: (counts: readonly (readonly [AgentState, number])[]) =>
      counts.map(([state, n]) => `${String(n)} ${agentState[state].toLowerCase()}`).join(', '),
    stale: (pbx: string, ms: number) => `The dialler of ${pbx} has not been heard of for ${duration(ms)}.`,
  },
} as const;
