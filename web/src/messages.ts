import type { Monitor, MonitorMode, RingOutcome } from '#core/monitor.ts';
import type { AgentState } from '#core/live-agent.ts';
import type { CallMetadata } from '#core/call/events.ts';
import type { Channel } from '#core/ids.ts';
import type { Level, RuleKind, Verdict } from '#core/alert.ts';
import type { RuleChannel } from '#core/rules/channel.ts';
import type { Condition } from '#core/rules/rule.ts';
import type { Weekday, WorkingHours } from '#core/working-hours.ts';
import type { ApiError } from './session/api-error.ts';
import type { Health } from './live/health.ts';
import type { MoodBand } from './ui/mood-band.ts';
import type { RelayTrouble } from './system/relay-status.ts';
import type { Owed } from './call/deadlines.ts';
import { clockTime, duration, maskedNumber } from './ui/format.ts';
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

const ruleKind: Record<RuleKind, string> = {
  alert: 'Alert',
  compliance: 'Compliance',
  coaching: 'Coaching',
  health: 'Health',
};

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
  unheard: '“We could not hear you. Check the headset before the next call.”',
};

const trouble: Record<RelayTrouble, string> = {
  silent: 'Silent: look whether the relay’s machine and its network run. Its calls are shown as lost.',
  spooling: 'Its events wait on its disk: check its way to AWS. Nothing is lost; it catches up by itself.',
  'engine-down': 'A speech engine does not answer: check its account and network. Calls go on without text.',
  late: 'Text comes late: give the relay or its engine more power, or fewer calls.',
};

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

export const messages = {
  product: 'Earshot',
  /** Of the browser's tab: what needs a person first, then where one is. */
  tab: (alerts: number, page: string) =>
    `${alerts > 0 ? `(${String(alerts)}) ` : ''}${page ? `${page} – ` : ''}Earshot`,
  close: 'Close',
  loading: 'Loading…',
  cancel: 'Cancel',
  nav: {
    label: 'Pages',
    skip: 'Skip to the page',
    live: 'Live',
    alerts: (open: number) => (open === 0 ? 'Alerts' : `Alerts (${String(open)})`),
    agents: 'Agents',
    history: 'History',
    rules: 'Rules',
    system: 'System',
    settings: 'Settings',
  },
  /** What a page is called in the browser's tab, by its route. */
  pages: {
    live: 'Live',
    call: 'Call',
    alerts: 'Alerts',
    agents: 'Agents',
    agent: 'Agent',
    history: 'History',
    rules: 'Rules',
    rule: 'Rule',
    system: 'System',
    settings: 'Settings',
    wallboard: 'Wallboard',
  } as Readonly<Record<string, string>>,
  banner: {
    label: 'Newest alert',
    reason: (rule: string, explanation: string) => `${rule}: ${explanation}`,
    more: (n: number) => `+${String(n)} more`,
  },

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
    newAlerts: 'New alerts',
    sound: 'Sound',
    desktop: 'Desktop notification',
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
    acknowledge: 'Acknowledge the alert',
    take: 'Assign the alert to me',
    resolve: 'Resolve the alert',
    nextAlert: 'Open the call with the gravest alert',
    toEnd: 'Newest line of the call',
    search: 'Search the list',
    help: 'These keys',
  },

  leave: {
    title: 'Leave without saving?',
    detail: (works: readonly string[]) => `This would be lost: ${works.join(', ')}.`,
    stay: 'Stay here',
    go: 'Leave without saving',
    endedTitle: 'Your session has ended',
    endedDetail: (works: readonly string[]) =>
      `You have not saved ${works.join(', ')}. Sign in here to go on where you were, or leave and lose it.`,
    endedElsewhere: (works: readonly string[]) =>
      `You have not saved ${works.join(', ')}. Stay to copy it; signing in leads away from this page.`,
    signIn: 'Sign in',
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
    alerts: (calls: number, waiting: number) => {
      if (calls > 0) return count(calls, 'call with alerts', 'calls with alerts');
      return waiting > 0 ? `${count(waiting, 'alert', 'alerts')} of ended calls` : 'no alerts';
    },
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
    fromLevel: (of: Level) => (of === 'critical' ? level[of] : `${level[of]} or worse`),
    dense: 'One line a call',
    loading: 'Loading the live calls…',
    empty: (isLoaded: boolean, isFiltered: boolean) => {
      if (isFiltered) return 'No live call fits the filters.';
      return isLoaded ? 'No live calls. A new one appears here by itself.' : messages.floor.loading;
    },
    held: 'Order held while you are in the list',
    release: 'Sort now',
    choose: 'No call is open.',
    chooseHint: 'Choose one in the list, or with these keys:',
  },

  wallboard: {
    title: 'Wallboard',
    open: 'Wallboard (full screen)',
    leave: 'Leave the wallboard',
  },

  row: {
    list: 'Calls',
    agent: ({ agent }: CallMetadata) => agent?.name ?? agent?.id ?? 'Unknown agent',
    caller: ({ caller }: CallMetadata) => (caller?.number ? maskedNumber(caller.number) : 'no number'),
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
    ended: (at: string, how: string) => `${at}, ${how}`,
    how: ended,
  },

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
    handledBy: (name: string, isMe: boolean) => `by ${isMe ? 'you' : name}`,
    jump: (time: string) => `Show the words at ${time}`,
    raised: (levelWord: string, rules: string, agent?: string) =>
      `${levelWord} alert${agent ? `, ${agent}` : ''}: ${rules}`,
    andMore: (n: number) => `And ${count(n, 'more alert', 'more alerts')}.`,
    acknowledge: 'Acknowledge',
    take: 'Take it',
    takenBy: (name: string, isMe: boolean) => `taken by ${isMe ? 'you' : name}`,
    resolve: 'Resolve',
    verdict: { useful: 'Useful', 'false-alarm': 'False alarm' } satisfies Record<Verdict, string>,
    note: 'Note',
    keepNote: 'Keep the note',
    noteUnsaved: 'a note on an alert',
    changedMeanwhile: 'Somebody changed this alert before you. It is shown as it is now; nothing of yours was saved.',
    whoUnknown: 'The server has not said yet who you are. Try again in a moment.',
    assignee: (name: string, isMe: boolean) => (isMe ? 'you' : name),
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
    byTime: 'no words: time alone set it off',
    ended: 'call ended',
  },

  take: {
    details: 'Details',
    transcript: 'Transcript',
    copy: 'Copy as text',
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

  coaching: {
    title: 'To talk about',
    kind: ruleKind,
    advice,
  },

  liveAgents: {
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
    openCallOf: (name: string) => `Open the call of ${name}`,
    notHeard: 'not heard',
    states: agentState,
    counts: (counts: readonly (readonly [AgentState, number])[]) =>
      counts.map(([state, n]) => `${String(n)} ${agentState[state].toLowerCase()}`).join(', '),
    stale: (pbx: string, ms: number) => `The dialler of ${pbx} has not been heard of for ${duration(ms)}.`,
  },

  agents: {
    title: 'Agents',
    past: 'Their past calls',
    span: 'Days',
    days: (n: number) => (n === 1 ? 'Today' : `Last ${String(n)} days`),
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
  },

  history: {
    title: 'History',
    fields: {
      words: 'Words that were said',
      agent: 'Agent’s id',
      campaign: 'Campaign',
      number: 'Caller’s number',
      from: 'From',
      to: 'To',
      mood: 'Mood',
      level: 'Alerts',
    },
    any: 'Any',
    anyAlert: 'Any alert',
    mood: { negative: 'Negative', neutral: 'Neutral', positive: 'Positive' },
    search: 'Search',
    reset: 'Reset',
    export: (format: string) => `Export ${format.toUpperCase()}`,
    exporting: 'Making the file…',
    exported: 'The file is in your downloads.',
    exportCut: 'The file holds the newest 5,000 calls; narrow the days for the rest.',
    fileName: (format: string) => `earshot-calls.${format}`,
    none: 'No past call fits. Without days, the last seven are searched.',
    more: 'Older calls',
    columns: {
      started: 'Started',
      agent: 'Agent',
      caller: 'Caller',
      place: 'Campaign',
      length: 'Length',
      mood: 'Mean mood',
      alerts: 'Alerts',
    },
  },

  rules: {
    title: 'Rules',
    add: 'New rule',
    newTitle: 'New rule',
    on: 'on',
    off: 'off',
    kinds: ruleKind,
    hits: (n: number) => `${count(n, 'alert', 'alerts')} in 7 days`,
    falseShare: (falseAlarms: number, judged: number) =>
      `${String(Math.round((100 * falseAlarms) / judged))} % of ${String(judged)} judged were false`,
    adminsOnly: 'Only admins change rules. Ask one of them.',
    choose: 'Choose a rule to see what it does.',
    unknown: 'There is no such rule.',
    version: (n: number) => `version ${String(n)}`,
    name: 'Name',
    level: 'Level',
    kind: 'Kind',
    channel: 'Listens to',
    channels: { caller: 'the caller', agent: 'the agent', any: 'both sides' } satisfies Record<RuleChannel, string>,
    cooldown: 'Silent after firing for',
    enabled: 'Enabled',
    condition: 'Fires when',
    conditionKind: 'Condition',
    conditions: {
      phrase: 'a phrase is said',
      profanity: 'somebody swears',
      'score-below': 'one line scores low',
      'rolling-below': 'the mood falls',
      'consecutive-negative': 'negative lines follow one another',
      'phrase-count': 'a phrase is said several times',
      'not-said-within': 'something owed is not said',
      interruptions: 'one side interrupts',
      'dead-air': 'nobody speaks',
      'talk-ratio': 'one side does all the talking',
      'long-call': 'the call lasts long',
      unheard: 'a side cannot be heard',
    } satisfies Record<Condition['type'], string>,
    form: {
      phrases: 'Any of these phrases',
      phrasesHint: 'One a line; whole words, in all their forms.',
      owed: 'One of these phrases is owed',
      ignore: 'But not as part of',
      ignoreHint: 'One a line: “account manager” keeps “manager” quiet.',
      also: 'These words count too',
      alsoHint: 'One a line.',
      except: 'These do not count',
      exceptHint: 'One a line.',
      below: 'Score under',
      belowMood: 'Mood under',
      inARow: 'In a row',
      times: 'At least',
      within: 'Within',
      firstSeconds: 'In the first',
      silentFor: 'Silent for',
      longerThan: 'Longer than',
      unheardFor: 'Not heard for',
      above: 'Share of the talk over',
      afterTalk: 'Once both have talked for',
      score: 'from −1 to 1',
      timesUnit: 'times',
      seconds: 'seconds',
      percent: '%',
    },
    scope: 'In calls of',
    scopes: {
      campaigns: 'Campaigns (none: all)',
      inGroups: 'In-groups (none: all)',
      agentIds: 'Agents by id (none: all)',
    },
    /** What a rule's fields are called where a change is shown, by their path. */
    fields: {
      ruleId: 'Id',
      name: 'Name',
      enabled: 'Enabled',
      level: 'Level',
      kind: 'Kind',
      channel: 'Listens to',
      cooldownMs: 'Silent after firing for',
      'scope.campaigns': 'Campaigns',
      'scope.inGroups': 'In-groups',
      'scope.agentIds': 'Agents',
      'condition.type': 'Condition',
      'condition.phrases': 'Phrases',
      'condition.ignore': 'But not as part of',
      'condition.also': 'These words count too',
      'condition.except': 'These do not count',
      'condition.below': 'Under',
      'condition.above': 'Over',
      'condition.count': 'At least',
      'condition.withinMs': 'Within',
      'condition.afterMs': 'After',
    } as Readonly<Record<string, string>>,
    tryTitle: 'Try a sentence',
    tryLabel: 'What somebody might say, one sentence a line',
    tryInvalid: 'Complete the rule above to try it.',
    tryNeedsTime: 'This condition needs the times of a real call: the backtest shows what it does.',
    fires: 'fires',
    quiet: 'quiet',
    backtest: 'Backtest',
    backtestRun: 'Run on past calls',
    backtestRuns: 'Running…',
    backtestFound: (hits: number, calls: number) =>
      `${count(hits, 'alert', 'alerts')} on ${count(calls, 'past call', 'past calls')}.`,
    backtestLeftOut: (calls: number) => `${count(calls, 'older call', 'older calls')} left out.`,
    backtestStale: 'The rule has changed since: run it again.',
    backtestDays: 'Alerts by day',
    backtestDay: (hits: number, calls: number) =>
      `${count(hits, 'alert', 'alerts')} on ${count(calls, 'call', 'calls')}`,
    backtestLines: 'Lines it would have fired on',
    versions: 'Earlier versions',
    byDefault: 'as it came',
    deletedVersion: 'deleted here',
    restore: 'Take up again',
    save: 'Save',
    undo: 'Undo changes',
    remove: 'Delete',
    unsaved: 'changes to a rule',
    saved: (n: number) => `Saved as version ${String(n)}.`,
    saveTitle: 'Save these changes?',
    saveDetail: 'The rule acts on live calls from the next words on.',
    removeTitle: (of: string) => `Delete “${of}”?`,
    removeDetail: 'It raises no alerts from now on. Its versions and its alerts stay.',
    idTaken: 'A rule with such a name exists, or existed. Choose another name.',
    changedMeanwhile: 'Somebody saved this rule before you. Copy what you need, reload the page and change it again.',
  },

  system: {
    title: 'System',
    stage: (name: string) => `stage ${name}`,
    relays: 'Relays',
    noRelays: 'No relay has reported yet. Start one: npx earshot-relay run.',
    calls: (calls: number, legs: number) => `${count(calls, 'call', 'calls')}, ${count(legs, 'leg', 'legs')}`,
    engines: (names: readonly string[]) => (names.length === 0 ? 'no engine in use' : names.join(', ')),
    relayLag: (ms: number) => `lag ${(ms / 1000).toFixed(1)} s`,
    spool: (events: number) => `spool ${String(events)}`,
    gaps: (n: number) => count(n, 'gap', 'gaps'),
    heard: (ago: string) => `heard ${ago} ago`,
    trouble,
    pipeline: 'Pipeline',
    lag: ({ p50Ms, p95Ms }: { p50Ms: number; p95Ms: number }) =>
      `From the last word to the table: ${(p50Ms / 1000).toFixed(1)} s, at worst (95 %) ${(p95Ms / 1000).toFixed(1)} s.`,
    noLag: 'No words of live calls to measure by.',
    deadLetters: (n: number, what: string, queue: string) =>
      `${count(n, 'message waits', 'messages wait')} that could not be handled (${what}). Look into the queue ${queue}, mend the cause, and redrive it.`,
    alarm: (name: string, since: string) => `Alarm ${name} since ${since}.`,
    well: 'No alarm rings and no message waits.',
    checked: (ago: string) => `Checked ${ago} ago.`,
    unchecked: 'The pipeline has not been checked yet; that happens once a minute.',
  },

  settings: {
    title: 'Settings',
    adminsOnly: 'Only admins change settings. Ask one of them.',
    telephones: 'Telephones',
    telephonesHint:
      'The extension that rings when somebody listens to a call, whispers or barges in. People whose attribute custom:extension is set in the user pool need no entry.',
    email: 'E-mail',
    extension: 'Extension',
    addPerson: 'Add a person',
    removePerson: (email: string) => `Remove ${email || 'this person'}`,
    ringing: 'Alerts that ring',
    ringingHint:
      'A new alert calls these telephones, once, and says which agent and which rule; never what the customer said, nor who they are. What is to be talked about later calls nobody.',
    rings: (of: Level) => `${level[of]} alerts call somebody`,
    ringExtensions: 'Extensions to call',
    ringExtensionsHint: 'One a line; all ring at once.',
    days: 'On',
    weekday: {
      mon: 'Monday',
      tue: 'Tuesday',
      wed: 'Wednesday',
      thu: 'Thursday',
      fri: 'Friday',
      sat: 'Saturday',
      sun: 'Sunday',
    } satisfies Record<Weekday, string>,
    from: 'From',
    to: 'To',
    timeZone: 'Time zone',
    hours: ({ from, to }: Pick<WorkingHours, 'from' | 'to'>) => {
      if (from === to) return 'All day.';
      return from < to ? `From ${from} to ${to} of each of these days.` : `From ${from} to ${to} of the next day.`;
    },
    save: 'Save',
    undo: 'Undo changes',
    saved: 'Saved.',
    unsaved: 'changes to the settings',
    changed: (name: string, at: string) => `Last saved by ${name}, ${at}.`,
    changedMeanwhile:
      'Somebody saved the settings before you. Copy what you need, reload the page and change them again.',
  },

  facts: {
    recording: 'Recording',
    title: 'Figures',
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
      return owed.kind === 'running' ? `owed in ${seconds(owed.leftMs)}` : 'not said in time';
    },
    gapsOf: (n: number | undefined, lostMs: number) =>
      [n === undefined ? '' : String(n), lostMs > 0 ? `${seconds(lostMs)} lost` : ''].filter(Boolean).join(', '),
    gaps: 'Audio gaps',
    lag: 'Engine lag',
    seconds: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  },
} as const;
