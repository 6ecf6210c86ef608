import type { Monitor, MonitorMode, RingOutcome } from '#core/monitor.ts';
import type { Channel } from '#core/ids.ts';
import type { RecapEngine, RecapSection } from '#core/recap/recap.ts';
import type { LanguageSource } from '#core/language.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import { duration } from '../ui/format.ts';
import { count, seconds, side } from '../ui/messages.ts';
import type { Owed } from './deadlines.ts';

const onCall: Record<MonitorMode, string> = {
  listen: 'listening: nobody hears you',
  whisper: 'whispering: the agent alone hears you',
  barge: 'and both sides hear you',
};

/** What became of calling a supervisor's telephone, and what to do about it. */
const monitorOutcome: Record<RingOutcome, (extension: string, mode: MonitorMode) => string> = {
  requested: (extension) => `Calling your telephone ${extension}…`,
  answered: (extension, mode) => `Your telephone ${extension} is on the call, ${onCall[mode]}. Hang up to leave.`,
  busy: (extension) => `Your telephone ${extension} is busy. Hang up there and try again.`,
  'no-answer': (extension) =>
    `Your telephone ${extension} rang, and nobody picked up. Try again when you are beside it.`,
  refused: (extension) =>
    `The telephone system does not let ${extension} be called. Ask your administrator whether this extension is yours and allowed.`,
  'call-gone': () => 'The call was over before you were on it.',
  'relay-offline': () =>
    'The relay of this call is offline, so it cannot call you. Look at the System page, or tell your administrator.',
  failed: (extension) =>
    `Your telephone ${extension} could not be called. Try again; if it stays so, tell your administrator.`,
};

const RECENT_DAYS = 30;
const ordinals = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth'];

const languageFrom: Record<LanguageSource, string> = {
  engine: 'The speech engine says so.',
  dialplan: 'The dialplan or dialler says so.',
  person: 'Somebody who listens said so.',
  default: 'It is what the relay is set to.',
};

/** Words of one call's page. */
export const callMessages = {
  close: 'Close call',
  loading: 'Loading the call…',
  moved: 'This call moved to another team.',
  unknown: 'This call is not known. It may be too old, or its address is wrong.',
  with: '↔',
  inGroup: (name: string) => `in-group ${isolatedName(name)}`,
  queue: (name: string) => `queue ${isolatedName(name)}`,
  ended: (at: string, how: string) => `${at}, ${how}`,

  monitor: {
    label: 'Join the call',
    title: 'On the line',
    mode: { listen: 'Listen', whisper: 'Whisper', barge: 'Barge in' } satisfies Record<MonitorMode, string>,
    hint: {
      listen: 'Your telephone rings. Nobody on the call hears you.',
      whisper: 'Your telephone rings. The agent hears you, the caller does not.',
      barge: 'Your telephone rings. As soon as you pick up, the agent and the caller hear you.',
    } satisfies Record<MonitorMode, string>,
    bargeTitle: 'Barge in on this call?',
    outcome: {
      requested: 'calling',
      answered: 'joined',
      busy: 'busy',
      'no-answer': 'no answer',
      refused: 'refused',
      'call-gone': 'call was over',
      'relay-offline': 'relay offline',
      failed: 'failed',
    } satisfies Record<RingOutcome, string>,
    said: ({ mode, extension }: Pick<Monitor, 'mode' | 'extension'>, outcome: RingOutcome) =>
      monitorOutcome[outcome](extension, mode),
  },

  sides: {
    swap: 'Swap sides',
    hint: 'Agent and caller are the wrong way round: swaps them for the whole call',
    asked: 'The relay is told; the lines follow in a moment.',
    swapped: 'sides swapped by hand',
  },

  language: {
    title: 'Language',
    unknown: 'not known',
    hint: (from: LanguageSource | undefined) =>
      `${languageFrom[from ?? 'default']} Choose another where it is wrong: for the rest of the call.`,
    asked: 'The relay is asked; it holds from the next words on.',
  },

  chart: {
    title: 'Mood',
    customer: 'caller',
    agent: 'agent',
    alert: 'alert',
    hint: 'click jumps to the words',
    large: 'Large mood chart',
    label: (customer: string, agent: string, alerts: number) =>
      `Mood over time. Caller now ${customer}, agent now ${agent}, ${count(alerts, 'alert', 'alerts')}.`,
  },

  recap: {
    live: 'So far',
    final: 'Summary',
    catchUp: 'Catch up',
    summary: 'Summary',
    again: 'Catch up again',
    hint: 'What happened so far, in three sentences (C)',
    finalHint: 'What happened, in the words of the call (C)',
    writing: 'Reading the call…',
    nothing: 'Nothing that stands out was said.',
    section: {
      reason: 'Reason',
      moment: 'Turning points',
      done: 'Done',
      promised: 'Promised',
      open: 'Open',
      ended: 'How it ended',
      now: 'Now',
    } satisfies Record<RecapSection, string>,
    due: (due: string | undefined) => (due === undefined ? 'no time given' : `due ${due}`),
    evidence: (at: string) => `Show the line at ${at}`,
    by: (engine: RecapEngine, model: string | undefined) =>
      engine === 'extract'
        ? 'Extracts: found by phrases and figures, in the words that were said.'
        : `Written by the model ${model ?? engine}. Check the lines before you rely on it.`,
    fellBack: (why: string) => `Extracts instead of the model’s summary. ${why}`,
    unread: (n: number) =>
      `${count(n, 'line is', 'lines are')} not in English: promises and what is open are not found there.`,
  },

  earlier: {
    title: (calls: readonly { readonly startedAt: number }[], startedAt: number) => {
      const recent = calls.filter((call) => startedAt - call.startedAt <= RECENT_DAYS * 86_400_000).length;
      if (recent === 0) return 'Earlier calls';
      const ordinal = ordinals[recent];
      return ordinal
        ? `${ordinal} call in ${String(RECENT_DAYS)} days`
        : `${String(recent)} calls in ${String(RECENT_DAYS)} days`;
    },
    open: (n: number) => `${String(n)} open`,
    promised: (n: number) => count(n, 'promise', 'promises'),
    all: (n: number) => `All ${String(n)}`,
  },

  aside: {
    bar: (all: number, open: number) => {
      if (all === 0) return 'No alerts';
      return open === 0 ? count(all, 'alert', 'alerts') : count(open, 'open alert', 'open alerts');
    },
  },

  transcript: {
    title: 'Transcript',
    empty: 'Nothing has been said yet.',
    newLines: (n: number) => count(n, 'new line', 'new lines'),
    conflict: 'The relay gave this line the number of another one; rules did not see it',
    gap: (ms: number, of: Channel) => `${seconds(Math.max(1000, ms))} of ${side[of]} audio lost`,
    missing: (n: number) => `${count(n, 'line', 'lines')} missing`,
    filling: (n: number) => `Fetching ${count(n, 'line', 'lines')}…`,
    why: 'Words that made this score',
    noWords: 'No word in this line moves the score.',
  },

  export: {
    details: 'Details',
    transcript: 'Transcript',
    copy: 'Copy as text',
    copyLink: 'Copy link to this moment',
    linkCopied: (at: string | undefined) => `Link to ${at ?? 'the call'} copied.`,
    print: 'Print',
    copied: 'Copied.',
    notCopied: 'The browser did not allow copying.',
    save: (format: string) => `Download ${format.toUpperCase()}`,
  },

  details: {
    agent: 'Agent',
    caller: 'Caller',
    campaign: 'Campaign',
    inGroup: 'In-group',
    queue: 'Queue',
    started: 'Started',
    linkedid: 'Linkedid',
    callId: 'Call',
    relay: 'Relay',
    engine: 'Engine',
    disposition: 'Outcome',
    termReason: 'Ended by',
    waited: 'Waited',
    diallerLength: 'Length, dialler',
    leadId: 'Lead',
    recording: 'Open the recording',
    noRecording: 'No recording is known.',
  },

  facts: {
    recording: 'Recording',
    title: 'Figures',
    all: 'All figures',
    talk: 'Talk',
    talkShare: (agent: number, customer: number) => `agent ${String(agent)} %, caller ${String(customer)} %`,
    lines: 'Lines',
    linesOf: (agent: number, customer: number) => `agent ${String(agent)}, caller ${String(customer)}`,
    feeling: 'Caller’s lines',
    feelingOf: (positive: number, neutral: number, negative: number) =>
      `${String(positive)} positive, ${String(neutral)} neutral, ${String(negative)} negative`,
    meanMood: 'Mean mood',
    interruptions: 'Interruptions',
    silence: 'Silence',
    keywords: 'Keywords',
    keywordsOf: (keywords: readonly { phrase: string; count: number }[]) =>
      keywords.map(({ phrase, count: n }) => (n > 1 ? `${phrase} ×${String(n)}` : phrase)).join(', '),
    owed: (owed: Owed) => {
      if (owed.kind === 'done') return `✓ ${duration(owed.atMs)}`;
      return owed.kind === 'running' ? `due in ${seconds(owed.leftMs)}` : 'not said in time';
    },
    gapsOf: (n: number | undefined, lostMs: number) =>
      [n === undefined ? '' : String(n), lostMs > 0 ? `${seconds(lostMs)} lost` : ''].filter(Boolean).join(', '),
    gaps: 'Audio gaps',
    lag: 'Engine lag',
    seconds: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  },
} as const;
