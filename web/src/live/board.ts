import type { AlertRow } from '#core/contracts/http/alerts.ts';
import type { CallTick } from '#core/call/events.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Alert } from '#core/alert.ts';
import type { ActiveCalls, CallDetail } from '#core/contracts/http/calls.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import type { Waiting } from '#core/waiting.ts';

/** A call as last received. */
export interface KnownCall {
  readonly summary: CallSummary;
  /** When the server last sent it, by our clock. */
  readonly receivedAt: number;
  /** When a fetch no longer listed it, although its end never arrived; by the server's clock. */
  readonly goneAt?: number;
}

export interface KnownTick {
  readonly tickedAt: number;
  readonly tick: CallTick;
}

export interface KnownRelay {
  readonly tickedAt: number;
  readonly spooledEvents: number;
}

/** Who waits in the queues that one part of a relay's report is about. */
export interface KnownQueues {
  readonly relayId: string;
  readonly pbx: string;
  readonly part: number;
  readonly parts: number;
  readonly tickedAt: number;
  readonly queues: readonly Waiting[];
}

/** An alert with what was sent of its call: the call itself may have left the board. */
export type KnownAlert = Alert & { readonly call?: AlertRow['call'] };

/** The words of an open call. */
export interface Transcript {
  /** By {@link lineKey}. */
  readonly utterances: ReadonlyMap<number | string, ScoredUtterance>;
  /** Whether a fetch has answered, so that an empty transcript means that nothing was said. */
  readonly isFetched: boolean;
}

/**
 * All that the page knows. Every function below applies only what is newer or unknown, so messages and fetches may
 * come in any order and repeat: the same set of them gives the same board.
 */
export interface Board {
  readonly calls: ReadonlyMap<string, KnownCall>;
  readonly ticks: ReadonlyMap<string, KnownTick>;
  readonly relays: ReadonlyMap<string, KnownRelay>;
  /** By relay and part of its report. */
  readonly queues: ReadonlyMap<string, KnownQueues>;
  /** By `alertKey`. */
  readonly alerts: ReadonlyMap<string, KnownAlert>;
  /** Requests to be on a call, by their ids. */
  readonly monitors: ReadonlyMap<string, Monitor>;
  /** Calls that moved to a team which the reader may not see, and when we were told, by our clock. */
  readonly moved: ReadonlyMap<string, number>;
  /** Of the calls that are open on the page. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
}

export const emptyBoard: Board = {
  calls: new Map(),
  ticks: new Map(),
  relays: new Map(),
  queues: new Map(),
  alerts: new Map(),
  monitors: new Map(),
  moved: new Map(),
  transcripts: new Map(),
};

type Handlers = {
  [T in ServerMessage['type']]: (
    board: Board,
    message: Extract<ServerMessage, { type: T }>,
    receivedAt: number,
  ) => Board;
};

const same = (board: Board): Board => board;

const handlers: Handlers = {
  subscribed: same,
  unsubscribed: same,
  pong: same,
  error: same,
  // Many and short-lived: they are kept by themselves, so that they do not set all that depends on the board in motion.
  partial: same,
  overview: (board, { calls }, receivedAt) => withCalls(board, calls, receivedAt),
  relays: (board, { relays }) => withRelays(board, relays),
  alerts: (board, { alerts }) => withAlerts(board, alerts),
  moved: (board, { callIds }, receivedAt) => withoutMoved(board, callIds, receivedAt),
  monitor: (board, { monitor }) => withMonitors(board, [monitor]),
  call: (board, { callId, utterances, alerts }) => withAlerts(withUtterances(board, callId, utterances), alerts),
};

/** The board after a message of the live connection, received at `receivedAt` by our clock. */
export function applyMessage(board: Board, message: ServerMessage, receivedAt: number): Board {
  const handler = handlers[message.type] as (board: Board, message: ServerMessage, receivedAt: number) => Board;
  return handler(board, message, receivedAt);
}

/**
 * The board after an answer of `GET /calls`. Live calls it no longer lists have ended, unless they were received
 * after we asked.
 * @param askedAt when the request went out, by our clock
 * @param answeredAt when the answer came, by the server's clock
 */
export function applyActiveCalls(board: Board, answer: ActiveCalls, askedAt: number, answeredAt: number): Board {
  const listed = new Set(answer.calls.map((call) => call.callId));
  const calls = new Map(board.calls);
  for (const [callId, known] of calls) {
    if (listed.has(callId)) {
      const { summary, receivedAt } = known;
      calls.set(callId, { summary, receivedAt });
    } else if (known.summary.status === 'live' && known.receivedAt < askedAt && known.goneAt === undefined) {
      calls.set(callId, { ...known, goneAt: answeredAt });
    }
  }
  return withRelays(withCalls({ ...board, calls }, answer.calls, askedAt), answer.relays);
}

/**
 * The board after an answer of `GET /calls/{callId}`.
 * @param askedAt when the request went out, by our clock
 */
export function applyCallDetail(board: Board, detail: CallDetail, askedAt: number): Board {
  const { callId } = detail.call;
  if ((board.moved.get(callId) ?? -1) >= askedAt) return board;
  const opened = withUtterances(withCalls(board, [detail.call], askedAt), callId, detail.utterances);
  const transcript = opened.transcripts.get(callId);
  const transcripts = transcript
    ? new Map(opened.transcripts).set(callId, { ...transcript, isFetched: true })
    : opened.transcripts;
  return withMonitors(withAlerts({ ...opened, transcripts }, detail.alerts), detail.monitors);
}

/** The board with alerts that an answer brought. */
export function applyAlerts(board: Board, alerts: readonly KnownAlert[]): Board {
  return withAlerts(board, alerts);
}

/** The board with a request to be on a call that an answer brought. */
export function applyMonitor(board: Board, monitor: Monitor): Board {
  return withMonitors(board, [monitor]);
}

/** Starts to keep a call's words. */
export function openTranscript(board: Board, callId: string): Board {
  if (board.transcripts.has(callId)) return board;
  const transcript: Transcript = { utterances: new Map(), isFetched: false };
  return { ...board, transcripts: new Map(board.transcripts).set(callId, transcript) };
}

export function closeTranscript(board: Board, callId: string): Board {
  const transcripts = new Map(board.transcripts);
  transcripts.delete(callId);
  const alerts = new Map([...board.alerts].filter(([, alert]) => alert.callId !== callId || !alert.follows));
  return { ...board, transcripts, alerts };
}

export function alertKey({ callId, alertId }: Alert): string {
  return `${callId}/${alertId}`;
}

/** Nothing of a call stays that its reader may not see any more. */
function withoutMoved(board: Board, callIds: readonly string[], receivedAt: number): Board {
  const gone = new Set(callIds);
  const without = <T>(map: ReadonlyMap<string, T>, callIdOf: (key: string, value: T) => string) =>
    new Map([...map].filter(([key, value]) => !gone.has(callIdOf(key, value))));
  return {
    ...board,
    calls: without(board.calls, (callId) => callId),
    ticks: without(board.ticks, (callId) => callId),
    alerts: without(board.alerts, (_, { callId }) => callId),
    monitors: without(board.monitors, (_, { callId }) => callId),
    transcripts: new Map(
      [...board.transcripts].map(([callId, transcript]) => [
        callId,
        gone.has(callId) ? { ...transcript, utterances: new Map() } : transcript,
      ]),
    ),
    moved: new Map([...board.moved, ...callIds.map((callId) => [callId, receivedAt] as const)]),
  };
}

function withCalls(board: Board, summaries: readonly CallSummary[], receivedAt: number): Board {
  const [calls, moved] = [new Map(board.calls), new Map(board.moved)];
  for (const summary of summaries) {
    // It is back if it was sent after it moved.
    if ((moved.get(summary.callId) ?? -1) >= receivedAt) continue;
    moved.delete(summary.callId);
    const known = calls.get(summary.callId);
    if (!known || summary.version > known.summary.version) calls.set(summary.callId, { summary, receivedAt });
    else if (receivedAt > known.receivedAt) calls.set(summary.callId, { ...known, receivedAt });
  }
  return { ...board, calls, moved };
}

function withRelays(board: Board, reports: readonly RelayReport[]): Board {
  const [relays, ticks, waiting] = [new Map(board.relays), new Map(board.ticks), new Map(board.queues)];
  for (const { relayId, pbx = '', part, parts, tickedAt, spooledEvents, calls, queues = [] } of reports) {
    const key = `${relayId}#${String(part)}`;
    if (tickedAt > (waiting.get(key)?.tickedAt ?? -1))
      waiting.set(key, { relayId, pbx, part, parts, tickedAt, queues });
    if (tickedAt > (relays.get(relayId)?.tickedAt ?? -1)) relays.set(relayId, { tickedAt, spooledEvents });
    for (const tick of calls)
      if (tickedAt > (ticks.get(tick.callId)?.tickedAt ?? -1)) ticks.set(tick.callId, { tickedAt, tick });
  }
  return { ...board, relays, ticks, queues: waiting };
}

function withAlerts(board: Board, news: readonly KnownAlert[]): Board {
  if (news.length === 0) return board;
  const alerts = new Map(board.alerts);
  for (const alert of news) {
    // Follow-ups are shown on their call alone; it is fetched with them when it is opened.
    if (alert.follows !== undefined && !board.transcripts.has(alert.callId)) continue;
    const known = alerts.get(alertKey(alert));
    const call = alert.call ?? known?.call;
    const newest = known && handlingVersion(known) >= handlingVersion(alert) ? known : alert;
    alerts.set(alertKey(alert), call && newest.call !== call ? { ...newest, call } : newest);
  }
  return { ...board, alerts };
}

/** An outcome is the last that becomes of a request. */
function withMonitors(board: Board, news: readonly Monitor[]): Board {
  const unknown = news.filter(({ requestId, outcome }) => {
    const known = board.monitors.get(requestId);
    return !known || (known.outcome === 'requested' && outcome !== 'requested');
  });
  if (unknown.length === 0) return board;
  const monitors = new Map(board.monitors);
  for (const monitor of unknown) monitors.set(monitor.requestId, monitor);
  return { ...board, monitors };
}

/** How often people changed an alert: the higher, the newer. */
export function handlingVersion({ handling }: Alert): number {
  return handling?.version ?? 0;
}

/** An utterance's number in its call; of one whose number another has, more. */
export function lineKey({ seq, conflict }: ScoredUtterance): number | string {
  return conflict === undefined ? seq : `${String(seq)}-${conflict}`;
}

function withUtterances(board: Board, callId: string, news: readonly ScoredUtterance[]): Board {
  const transcript = board.transcripts.get(callId);
  if (!transcript || news.every((utterance) => transcript.utterances.has(lineKey(utterance)))) return board;
  const utterances = new Map(transcript.utterances);
  for (const utterance of news) utterances.set(lineKey(utterance), utterance);
  return { ...board, transcripts: new Map(board.transcripts).set(callId, { ...transcript, utterances }) };
}
