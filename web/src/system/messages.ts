import { count } from '../ui/messages.ts';
import type { TrunkQuestion } from '#core/trunks.ts';
import type { Misfit, RelayTrouble } from './relay-status.ts';

const trouble: Record<RelayTrouble, string> = {
  silent: 'Silent: look whether the relay’s machine and its network run. Its calls are shown as lost.',
  spooling: 'Its events wait on its disk: check its way to AWS. Nothing is lost; it catches up by itself.',
  'engine-down': 'A speech engine does not answer: check its account and network. Calls go on without text.',
  late: 'Text comes late: give the relay or its engine more power, or fewer calls.',
};

/** The versions as people call them. */
type Versions = (relay: string, cloud: string) => string;

const misfit: Record<Misfit, Versions> = {
  'upgrade-cloud': (relay, cloud) =>
    `Version ${relay} is too new for the cloud (${cloud}). Upgrade the cloud first: npm run deploy, from version ${relay} or later.`,
  'upgrade-relay': (relay, cloud) =>
    `Version ${relay} is too old for the cloud (${cloud}). Upgrade this relay: install the package of version ${cloud}.`,
};

/** Words of the system's page. */
export const systemMessages = {
  title: 'System',
  stage: (name: string, version: string) => `stage ${name}, version ${version}`,
  relays: 'Relays',
  noRelays: 'No relay has reported yet. Start one: npx earshot-relay run.',
  version: (name: string) => `version ${name}`,
  unstatedVersion: 'before 0.2.0',
  misfit,
  calls: (calls: number, legs: number) => `${count(calls, 'call', 'calls')}, ${count(legs, 'leg', 'legs')}`,
  engines: (names: readonly string[]) => (names.length === 0 ? 'no engine in use' : names.join(', ')),
  relayLag: (ms: number) => `lag ${(ms / 1000).toFixed(1)} s`,
  spool: (events: number) => `spool ${String(events)}`,
  gaps: (n: number) => count(n, 'gap', 'gaps'),
  heard: (ago: string) => `heard ${ago} ago`,
  trouble,
  trunks: {
    ask: (prefix: string) => `Do channels named ${prefix}… lead outside?`,
    why: ({ context, swaps }: Pick<TrunkQuestion, 'context' | 'swaps'>) =>
      [
        ...(context === undefined ? [] : [`Calls come in on them by the context ${context}.`]),
        ...(swaps > 0 ? [`Sides were swapped by hand on ${count(swaps, 'call', 'calls')}.`] : []),
        'If they do, whoever is on them is the caller.',
      ].join(' '),
    yes: 'Yes, the caller is on them',
    no: 'No',
    answered: 'Saved. The relay will confirm within seconds.',
    onlyAdmins: 'An admin can answer this.',
  },
  pipeline: 'Pipeline',
  lag: ({ p50Ms, p95Ms }: { p50Ms: number; p95Ms: number }) =>
    `From the last word to the table: ${(p50Ms / 1000).toFixed(1)} s, at worst (95 %) ${(p95Ms / 1000).toFixed(1)} s.`,
  noLag: 'No words of live calls to measure by.',
  deadLetters: (n: number, what: string, queue: string) =>
    `${count(n, 'message waits', 'messages wait')} that could not be handled (${what}). Look into the queue ${queue}, mend the cause, and redrive it.`,
  alarm: (name: string, since: string) => `Alarm ${name} since ${since}.`,
  unreadable: (callId: string) =>
    `The call ${callId} is stored and cannot be read: it is left out of every list. See “Rows that cannot be read” in the operations guide.`,
  well: 'No alarm rings and no message waits.',
  checked: (ago: string) => `Checked ${ago} ago.`,
  unchecked: 'The pipeline has not been checked yet; that happens once a minute.',
} as const;
