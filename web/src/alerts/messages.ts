import type { Verdict } from '#core/alert.ts';
import type { Condition } from '#core/rules/rule.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import { count } from '../ui/messages.ts';
import type { DeedKind } from './alert-desk.ts';

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
  deed: (kind: DeedKind, rule: string, agent?: string) =>
    `${deedWord[kind]}: ${rule}${agent ? `, ${isolatedName(agent)}` : ''}`,
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
  deskCount: (name: string, open: number) => (open === 0 ? name : `${name} (${String(open)})`),
  noneOf: 'Nothing here since yesterday.',
  noneOpen: 'Nothing is open. All alerts since yesterday have been handled.',
  resolved: (n: number) => count(n, 'resolved alert', 'resolved alerts'),
  more: 'Load older ones',
  columns: {
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
    more: (n: number) => `+${String(n)} more`,
  },

  coaching: {
    title: 'Coaching notes',
    advice,
  },
} as const;
