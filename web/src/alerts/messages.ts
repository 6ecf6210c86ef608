import type { AlertState, Verdict } from '#core/alert.ts';
import type { Condition } from '#core/rules/rule.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import { count } from '../ui/messages.ts';
import type { DeedKind } from './deed.ts';
import type { Desk } from './alert-queue.ts';
import type { Sorting } from './call-groups.ts';

/** What a supervisor may say to an agent about what a rule found. */
const advice: Record<Condition['type'], string> = {
  phrase: '“Those words stood out. What would you say instead next time?”',
  profanity: '“Let us keep our language calm, whatever the caller says.”',
  'score-below': '“That line sounded harsh. How could it be said more kindly?”',
  'rolling-below': '“The mood fell over this call. Where did it turn, and what could have caught it?”',
  'consecutive-negative': '“The caller was unhappy for a while. Name the feeling first, then the solution.”',
  'phrase-count': '“When you do not know, say what you will find out and by when.”',
  'not-said-within': '“This has to be said at the start of every call. Put it right after the greeting.”',
  interruptions: '“Let the caller finish, wait a breath, then answer.”',
  'dead-air': '“Tell the caller what you are doing while you look, and how long it will take.”',
  'talk-ratio': '“Ask an open question and let the caller talk.”',
  'long-call': '“Sum up what is agreed, and ask whether anything is still open.”',
  all: '“Look at these lines together. What would you do at the first of them?”',
  any: '“Look at what happened here. What would you do instead next time?”',
  unheard: '“We could not hear you. Check the headset before the next call.”',
};

const deedWord: Record<DeedKind, string> = {
  acknowledged: 'Acknowledged',
  taken: 'Taken',
  resolved: 'Resolved',
  judged: 'Judged',
};

/** What an open alert of each pile is called. */
const openWhat: Record<Desk, string> = {
  alerts: 'open alerts',
  compliance: 'open compliance alerts',
  coaching: 'open coaching notes',
};

/** What was done to how much: the first rule, and the agent of its call where that is known. */
interface DeedFacts {
  readonly rule: string;
  readonly alerts: number;
  readonly calls: number;
  readonly agent: string | undefined;
}

/** Words of alerts, wherever they are shown. */
export const alertMessages = {
  title: 'Alerts',
  none: 'No alert on this call.',
  why: (rule: string, words: string) => `${rule}: ${words}`,
  untaken: (time: string) => `not taken for ${time}`,
  rule: (name: string, version: number) => `${name}, rule v${String(version)}`,
  state: { open: 'open', acknowledged: 'acknowledged', resolved: 'resolved' },
  handledBy: (name: string, isMe: boolean) => `by ${isMe ? 'you' : isolatedName(name)}`,
  jump: (time: string) => `Show the words at ${time}`,
  raised: (levelWord: string, rules: string, agent?: string) =>
    `${levelWord} alert${agent ? `, ${isolatedName(agent)}` : ''}: ${rules}`,
  andMore: (n: number) => `And ${count(n, 'more alert', 'more alerts')}.`,
  acknowledge: 'Acknowledge',
  take: 'Take it',
  takenBy: (name: string, isMe: boolean) => `taken by ${isMe ? 'you' : isolatedName(name)}`,
  resolve: 'Resolve',
  resolveAll: (n: number) => `Resolve all (${String(n)})`,
  deed: (kind: DeedKind, { rule, alerts, calls, agent }: DeedFacts) => {
    const of = calls > 1 ? `${count(alerts, 'alert', 'alerts')} of ${String(calls)} calls` : rule;
    const more = calls === 1 && alerts > 1 ? ` ${alertMessages.others(alerts - 1)}` : '';
    return `${deedWord[kind]}: ${of}${more}${calls === 1 && agent ? `, ${isolatedName(agent)}` : ''}`;
  },
  undo: 'Undo',
  noneToActOn: 'No open alert here.',
  verdict: { useful: 'Useful', 'false-alarm': 'False alarm' } satisfies Record<Verdict, string>,
  note: 'Note',
  keepNote: 'Save note',
  noteUnsaved: 'a note on an alert',
  changedMeanwhile: 'Somebody changed this alert before you. It is shown as it is now; nothing of yours was saved.',
  whoUnknown: 'The server has not said yet who you are. Try again in a moment.',
  assignee: (name: string, isMe: boolean) => (isMe ? 'you' : isolatedName(name)),
  desk: { alerts: 'Alerts', compliance: 'Compliance', coaching: 'Coaching' },
  deskCount: (name: string, calls: number) => (calls === 0 ? name : `${name} (${String(calls)})`),
  /** What is counted wherever alerts are. */
  openCalls: (n: number, desk: Desk = 'alerts') => {
    const what = openWhat[desk];
    return n === 0 ? `No ${what}` : count(n, `call with ${what}`, `calls with ${what}`);
  },
  noneOf: 'Nothing here since yesterday.',
  noneOpen: 'Nothing is open. All alerts since yesterday have been handled.',
  noneFits: 'No call fits the filters.',
  resolved: (n: number) => count(n, 'resolved call', 'resolved calls'),
  more: 'Load older ones',
  others: (n: number) => `and ${count(n, 'more alert', 'more alerts')}`,
  alertsOf: (call: string) => `Alerts of ${isolatedName(call)}`,
  states: (counts: readonly (readonly [state: AlertState, n: number])[]) =>
    counts
      .filter(([, n]) => n > 0)
      .map(([state, n]) => `${String(n)} ${state}`)
      .join(', '),
  select: (call: string) => `Select ${isolatedName(call)}`,
  bulk: {
    label: 'Selected calls',
    all: 'Select all',
    selected: (n: number) => (n === 0 ? 'No call selected' : `${count(n, 'call', 'calls')} selected`),
    none: 'Select calls first.',
  },
  filter: {
    label: 'Filters',
    anyLevel: 'All levels',
    level: 'Level',
    rule: 'Rule',
    anyRule: 'All rules',
    agent: 'Agent',
    anyAgent: 'All agents',
    campaign: 'Campaign',
    anyCampaign: 'All campaigns',
    mine: 'Mine',
    unhandled: 'Unhandled',
    showAll: 'Show all',
    sort: 'Sort',
    sorts: {
      severity: 'Most severe first',
      newest: 'Newest first',
      oldest: 'Oldest first',
      agent: 'By agent',
    } satisfies Record<Sorting, string>,
  },
  columns: {
    select: 'Selected',
    age: 'Age',
    level: 'Level',
    agent: 'Agent',
    reasons: 'Reasons',
    words: 'Words',
    state: 'State',
    who: 'Who',
    act: 'Actions',
  },
  byTime: 'Triggered by time',
  ended: 'call ended',

  banner: {
    label: 'Newest alert',
    more: (calls: number) => `+${count(calls, 'call', 'calls')}`,
  },

  coaching: {
    title: 'Coaching notes',
    advice,
  },
} as const;
