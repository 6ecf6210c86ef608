import type { CallMetadata } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import { languageName } from '#core/language.ts';
import type { Level, RuleKind } from '#core/alert.ts';
import { maskedNumber } from './format.ts';
import type { MoodBand } from './mood-band.ts';

export const seconds = (ms: number): string => `${String(Math.round(ms / 1000))} s`;
export const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;

const channel: Record<Channel, string> = { agent: 'Agent', caller: 'Caller', mixed: 'Both sides' };
/** A channel within a sentence. */
export const side: Record<Channel, string> = { agent: 'agent', caller: 'caller', mixed: 'call' };
const level: Record<Level, string> = { warning: 'Warning', urgent: 'Urgent', critical: 'Critical' };
const mood: Record<MoodBand, string> = { good: 'good', fair: 'fair', even: 'even', poor: 'poor', bad: 'bad' };
const ruleKind: Record<RuleKind, string> = {
  alert: 'Alert',
  compliance: 'Compliance',
  coaching: 'Coaching',
  health: 'Health',
};

/** Words that every page uses. */
export const uiMessages = {
  parts: 'Parts of the rule',
  partHolds: 'true:',
  partFails: 'not true:',
  product: 'Earshot',
  /** Of the browser's tab: what needs a person first, then where one is. */
  tab: (alerts: number, page: string) =>
    `${alerts > 0 ? `(${String(alerts)}) ` : ''}${page ? `${page} – ` : ''}Earshot`,
  close: 'Close',
  loading: 'Loading…',
  cancel: 'Cancel',
  retry: 'Try again',
  notScored: (tag: string | undefined) => (tag === undefined ? 'Not scored' : `Not scored (${languageName(tag)})`),

  channel,
  level,
  fromLevel: (of: Level) => (of === 'critical' ? level[of] : `${level[of]} or worse`),
  ruleKind,
  mood,
  moodLabel: (number: string, band: MoodBand) => `mood ${number}, ${mood[band]}`,
  scoreLabel: (number: string, band: MoodBand) => `score ${number}, ${mood[band]}`,
  noMood: 'no words yet',

  agentOf: ({ agent }: CallMetadata) => agent?.name ?? agent?.id ?? 'Unknown agent',
  callerOf: ({ caller }: CallMetadata) => (caller?.number ? maskedNumber(caller.number) : 'no number'),

  matched: (rules: string) => `matches ${rules}`,

  /** What is not kept: only the first ones are. */
  more: {
    rules: (n: number) => `and ${count(n, 'more rule', 'more rules')}`,
    matches: (n: number) => `and ${count(n, 'more match', 'more matches')}`,
    words: (n: number) => `and ${count(n, 'more word', 'more words')}`,
    calls: (n: number) => `and ${count(n, 'more call', 'more calls')}`,
    agents: (n: number) => `and ${count(n, 'more agent', 'more agents')}`,
    brief: (n: number) => `${count(n, 'call', 'calls')} without details`,
    unsearched: (n: number) => `${count(n, 'word', 'words')} not searched`,
  } satisfies Record<string, (n: number) => string>,

  span: 'Days',
  days: (n: number) => (n === 1 ? 'Today' : `Last ${String(n)} days`),
} as const;
