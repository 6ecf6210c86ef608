import type { Channel } from '#core/ids.ts';
import type { Level } from '#core/rules/alert.ts';
import type { ApiError } from './api/problem.ts';
import type { Health } from './live/health.ts';
import type { MoodBand } from './live/mood.ts';
import { duration } from './live/format.ts';
import type { CallRow } from './live/screen.ts';

/** Every English word on the page. */
const seconds = (ms: number): string => `${String(Math.round(ms / 1000))} s`;
const count = (n: number, one: string, many: string): string => `${String(n)} ${n === 1 ? one : many}`;

const channel: Record<Channel, string> = { agent: 'Agent', caller: 'Caller', mixed: 'Both sides' };
const side: Record<Channel, string> = { agent: 'agent', caller: 'caller', mixed: 'call' };
const level: Record<Level, string> = { warning: 'Warning', urgent: 'Urgent', critical: 'Critical' };
const mood: Record<MoodBand, string> = { good: 'good', fair: 'fair', even: 'even', poor: 'poor', bad: 'bad' };

/** Engines whose text is not to be taken for a real transcript are named for what they are. */
const demoEngines: Readonly<Record<string, string>> = { pocketsphinx: 'demo engine', script: 'scripted text' };

const health: { [K in Health['kind']]: (health: Extract<Health, { kind: K }>) => string } = {
  lost: ({ ms }) => `lost: relay silent ${seconds(ms)}`,
  unheard: ({ channel: of, ms }) => `no audio from ${side[of]} ${seconds(ms)}`,
  late: ({ ms }) => `engine late ${seconds(ms)}`,
  silent: ({ channel: of, ms }) => `${side[of]} silent ${seconds(ms)}`,
  'one-sided': ({ channel: of }) => `hearing ${side[of]} only`,
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

export const messages = {
  product: 'Earshot',
  close: 'Close',
  nav: { label: 'Pages', live: 'Live' },

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
  notice: {
    'calls-not-loaded': 'The list of calls could not be loaded. Trying again every 5 s.',
    'page-outdated': 'This page and the server speak different versions. Reload the page.',
  },

  signIn: {
    title: 'Sign in',
    lead: 'Live calls as text, for supervisors.',
    username: 'User name or e-mail',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    newPasswordTitle: 'Choose a new password',
    newPasswordLead: 'Your first password was for one use. Choose your own to go on.',
    newPassword: 'New password',
    setPassword: 'Set password',
    ended: 'Your session has ended. Sign in again to go on.',
    wrong: 'The user name or the password is wrong.',
    reset: 'Your password must be reset. Ask your administrator.',
    tooMany: 'Too many tries. Wait a minute and try again.',
    policy: (why: string) => `The password is not accepted. ${why}`,
    refused: (why: string) => `Sign-in was refused. ${why}`,
    unreachable: 'The sign-in service does not answer. Check your connection and try again.',
  },
  user: {
    menu: (name: string) => `${name || 'Signed in'}: menu`,
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    keys: 'Keys',
    signOut: 'Sign out',
  },

  keys: {
    title: 'Keys',
    lead: 'One key, wherever the focus is, except while typing.',
    enabled: 'Single keys are on',
    next: 'Next call',
    previous: 'Previous call',
    open: 'Open the call',
    back: 'Close the call',
    search: 'Search the list',
    help: 'These keys',
  },

  start: {
    title: 'Earshot cannot start',
    config: 'The page could not read /config.json, which tells it where its servers are.',
    act: 'Check your connection and reload. If it stays so, tell your administrator.',
    reload: 'Reload',
  },
  error: {
    network: 'The server does not answer. Check your connection.',
    'signed-out': 'Your session has ended.',
    refused: 'The server refused the request.',
    failed: 'The server failed to answer.',
    misunderstood: 'The answer of the server was not understood. Reload the page.',
    retry: 'Try again',
    of: (error: ApiError): string =>
      error.kind === 'refused' && error.message ? error.message : messages.error[error.kind],
  },

  channel,
  level,
  mood,
  moodLabel: (number: string, band: MoodBand) => `mood ${number}, ${mood[band]}`,
  scoreLabel: (number: string, band: MoodBand) => `score ${number}, ${mood[band]}`,
  noMood: 'no words yet',

  floor: {
    title: 'Live calls',
    label: 'The floor',
    calls: (n: number) => count(n, 'call', 'calls'),
    mood: 'mood',
    alerts: (n: number) => (n === 0 ? 'no alerts' : count(n, 'call with alerts', 'calls with alerts')),
    unheard: (n: number) => count(n, 'unheard', 'unheard'),
    quiet: (n: number) => `All quiet: ${count(n, 'call', 'calls')}, nobody unhappy.`,
    lastAlert: (at: string) => `Last alert ${at}.`,
    noAlertSince: (at: string) => `No alert since ${at}.`,
    search: 'Search calls',
    searchHint: 'Search',
    none: 'No live calls. A new one appears here by itself.',
    noneFound: (search: string) => `No live call has “${search}”.`,
    loading: 'Loading the live calls…',
    held: 'Order held while you are in the list',
    release: 'Sort now',
    choose: 'No call is open.',
    chooseHint: 'Choose one in the list, or with these keys:',
  },

  row: {
    list: 'Calls',
    unknownAgent: 'Unknown agent',
    unknownCaller: 'no number',
    length: 'Length',
    demoEngine: (engine: string | undefined) => (engine ? demoEngines[engine] : undefined),
    health: (state: Health) => (health[state.kind] as (state: Health) => string)(state),
    over: ({ reason }: NonNullable<CallRow['over']>, agoMs: number) => `${ended[reason]} ${duration(agoMs)} ago`,
    nothingSaid: 'nothing said yet',
  },

  call: {
    close: 'Close call',
    loading: 'Loading the call…',
    unknown: 'This call is not known. It may be too old, or its address is wrong.',
    with: '↔',
    inGroup: (name: string) => `in-group ${name}`,
    queue: (name: string) => `queue ${name}`,
    engine: (name: string) => `engine ${name}`,
    live: 'live',
    started: (at: string) => `since ${at}`,
  },

  chart: {
    title: 'Mood',
    customer: 'caller',
    agent: 'agent',
    alert: 'alert',
    hint: 'click jumps to the words',
    label: (customer: string, agent: string, alerts: number) =>
      `Mood over time. Caller now ${customer}, agent now ${agent}, ${count(alerts, 'alert', 'alerts')}.`,
  },

  transcript: {
    title: 'Transcript',
    empty: 'Nothing has been said yet.',
    newLines: (n: number) => count(n, 'new line', 'new lines'),
    gap: (ms: number, of: Channel) => `${seconds(Math.max(1000, ms))} of ${side[of]} audio lost`,
    missing: (n: number) => `${count(n, 'line', 'lines')} missing`,
    filling: (n: number) => `Fetching ${count(n, 'line', 'lines')}…`,
    why: 'Words that made this score',
    noWords: 'No word in this line moves the score.',
    matched: (rules: string) => `matches ${rules}`,
  },

  alerts: {
    title: 'Alerts',
    none: 'No alert on this call.',
    rule: (name: string, version: number) => `${name}, rule v${String(version)}`,
    state: { open: 'open', acknowledged: 'acknowledged', resolved: 'resolved' },
    jump: (time: string) => `Show the words at ${time}`,
    raised: (levelWord: string, rules: string) => `${levelWord} alert: ${rules}`,
  },

  facts: {
    title: 'Figures',
    talk: 'Talk',
    talkShare: (agent: number, customer: number) => `agent ${String(agent)} %, caller ${String(customer)} %`,
    lines: 'Lines',
    linesOf: (agent: number, customer: number) => `agent ${String(agent)}, caller ${String(customer)}`,
    feeling: 'Caller’s lines',
    feelingOf: (positive: number, neutral: number, negative: number) =>
      `${String(positive)} positive, ${String(neutral)} neutral, ${String(negative)} negative`,
    gaps: 'Audio gaps',
    lag: 'Engine lag',
    seconds: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  },
} as const;
