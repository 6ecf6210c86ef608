import fc from 'fast-check';
import { summaryOf } from '#core/call/summary.ts';
import type { ActiveCalls, CallDetail } from '#core/contracts/http/calls.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import {
  applyActiveCalls,
  applyAlerts,
  applyCallDetail,
  applyMessage,
  closeTranscript,
  emptyBoard,
  openTranscript,
  type Board,
} from './board.ts';
import { alertOn, callSummary, history, leg, monitorOn, report, STARTED_AT, utterance } from './example.ts';
import { alertsOf, linesOf, missingSeqs, monitorsOf } from './screen.ts';

const OPEN = 'pbx-1';
const OTHER = 'pbx-2';
const LINES = 12;

const words = (callId: string) =>
  Array.from({ length: LINES }, (_, index) => utterance(callId, index + 1, -0.1 * index));
const truth = { [OPEN]: history(OPEN, words(OPEN)), [OTHER]: history(OTHER, words(OTHER)) };
/** What became of the alerts, and with which version of the call. */
const alertNews = [
  { version: 3, alert: alertOn(OPEN, 3) },
  { version: 5, alert: alertOn(OPEN, 3, 'acknowledged') },
  { version: 7, alert: alertOn(OPEN, 7) },
  { version: 9, alert: alertOn(OPEN, 7, 'resolved') },
];
/** What became of the requests to be on the call, and when. */
const monitorNews = [
  { version: 2, monitor: monitorOn(OPEN, 1) },
  { version: 4, monitor: monitorOn(OPEN, 1, 'answered') },
  { version: 6, monitor: monitorOn(OPEN, 2) },
];
const newsAt = (at: number) => alertNews.filter(({ version }) => version === at).map(({ alert }) => alert);
const legs = [leg('agent'), leg('caller')];

/** Everything that is said of both calls up to their last word, in the order in which it happens. */
const messages: ServerMessage[] = Array.from({ length: LINES + 1 }, (_, version): ServerMessage[] => {
  const pushedAt = STARTED_AT + version * 1000;
  const states = [truth[OPEN][version], truth[OTHER][version]].filter((state) => state !== undefined);
  const said = words(OPEN).filter(({ seq }) => seq === version);
  return [
    { type: 'overview', pushedAt, calls: states.map(summaryOf) },
    { type: 'call', pushedAt, callId: OPEN, utterances: said, alerts: newsAt(version) },
    { type: 'alerts', pushedAt, alerts: newsAt(version) },
    { type: 'relays', pushedAt, relays: [report(OPEN, pushedAt, legs)] },
    ...monitorNews
      .filter((news) => news.version === version)
      .map(({ monitor }): ServerMessage => ({ type: 'monitor', pushedAt, monitor })),
  ];
}).flat();

/** What the API answers when both calls are at `version`. */
function fetched(version: number): { list: ActiveCalls; detail: CallDetail } {
  const [open, other] = [truth[OPEN][version], truth[OTHER][version]];
  if (!open || !other) throw new Error(`No version ${String(version)}`);
  const relays = [report(OPEN, STARTED_AT + version * 1000, legs)];
  return {
    list: { calls: [summaryOf(open), summaryOf(other)], relays },
    detail: {
      call: summaryOf(open),
      utterances: words(OPEN).slice(0, version),
      alerts: [3, 7].flatMap(
        (seq) => alertNews.findLast((news) => news.alert.seq === seq && news.version <= version)?.alert ?? [],
      ),
      monitors: [1, 2].flatMap(
        (n) =>
          monitorNews.findLast(
            ({ monitor, version: at }) => monitor.requestId === monitorOn(OPEN, n).requestId && at <= version,
          )?.monitor ?? [],
      ),
    },
  };
}

type Delivery = { kind: 'message'; index: number } | { kind: 'list' | 'detail'; version: number };

function deliver(board: Board, delivery: Delivery): Board {
  if (delivery.kind === 'message') {
    const message = messages[delivery.index];
    return message ? applyMessage(board, message, 0) : board;
  }
  const { list, detail } = fetched(delivery.version);
  return delivery.kind === 'list' ? applyActiveCalls(board, list, 0, 0) : applyCallDetail(board, detail, 0);
}

function screen(board: Board): unknown {
  return {
    calls: [...board.calls.values()].map(({ summary, goneAt }) => ({ summary, goneAt })).sort(byId),
    lines: linesOf(board, OPEN),
    alerts: alertsOf(board, OPEN),
    monitors: monitorsOf(board, OPEN),
    ticks: [...board.ticks],
    relays: [...board.relays],
  };
}

function byId(a: { summary: { callId: string } }, b: { summary: { callId: string } }): number {
  return a.summary.callId < b.summary.callId ? -1 : 1;
}

const opened = openTranscript(emptyBoard, OPEN);
const inOrder = messages.reduce((board, message) => applyMessage(board, message, 0), opened);
const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.record({ kind: fc.constant('message' as const), index: fc.nat(messages.length - 1) }),
  fc.record({ kind: fc.constantFrom('list' as const, 'detail' as const), version: fc.nat(LINES) }),
);

test('all messages, in any order, repeated and mixed with fetches of any age, give the same screen', () => {
  const every: Delivery[] = messages.map((_, index) => ({ kind: 'message', index }));
  const shuffled = fc
    .array(delivery, { maxLength: 30 })
    .chain((more) => fc.shuffledSubarray([...every, ...more], { minLength: every.length + more.length }));
  fc.assert(
    fc.property(shuffled, (deliveries) => {
      expect(screen(deliveries.reduce(deliver, opened))).toEqual(screen(inOrder));
    }),
    { numRuns: 200 },
  );
});

test('whatever was lost, a fetch of the list and of the call makes the screen right', () => {
  fc.assert(
    fc.property(fc.array(delivery, { maxLength: 40 }), (deliveries) => {
      const board = deliveries.reduce(deliver, opened);
      const healed = deliver(deliver(board, { kind: 'list', version: LINES }), { kind: 'detail', version: LINES });
      expect(screen(healed)).toEqual(screen(inOrder));
      expect(missingSeqs(linesOf(healed, OPEN), LINES)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

describe('a fetched list', () => {
  const heard = (callId: string, version: number, at: number, board = emptyBoard) =>
    applyMessage(board, { type: 'overview', pushedAt: 0, calls: [callSummary(callId, { version })] }, at);

  test('ends live calls that it no longer has', () => {
    const board = applyActiveCalls(heard('a', 1, 100), { calls: [], relays: [] }, 200, 300);
    expect(board.calls.get('a')?.goneAt).toBe(300);
  });

  test('leaves alone what was heard of after it was asked for', () => {
    const board = applyActiveCalls(heard('a', 1, 250), { calls: [], relays: [] }, 200, 300);
    expect(board.calls.get('a')?.goneAt).toBeUndefined();
  });

  test('brings a call back that it has again, and so does news of the call', () => {
    const gone = applyActiveCalls(heard('a', 1, 100), { calls: [], relays: [] }, 200, 300);
    const listed = applyActiveCalls(gone, { calls: [callSummary('a', { version: 1 })], relays: [] }, 400, 500);
    expect(listed.calls.get('a')?.goneAt).toBeUndefined();
    expect(heard('a', 2, 600, gone).calls.get('a')?.goneAt).toBeUndefined();
    expect(heard('a', 1, 600, gone).calls.get('a')?.goneAt).toBe(300);
  });
});

test('words of a call that is not open are not kept', () => {
  const message: ServerMessage = {
    type: 'call',
    pushedAt: 0,
    callId: 'x',
    utterances: [utterance('x', 1)],
    alerts: [],
  };
  expect(applyMessage(emptyBoard, message, 0).transcripts.size).toBe(0);
});

test('follow-ups are kept while their call is open, and no longer', () => {
  const alerts = [alertOn('x', 1), { ...alertOn('x', 2), follows: alertOn('x', 1).alertId }];
  const seqs = (board: Board) => alertsOf(board, 'x').map(({ seq }) => seq);
  expect(seqs(applyAlerts(emptyBoard, alerts))).toEqual([1]);
  const board = applyAlerts(openTranscript(emptyBoard, 'x'), alerts);
  expect(seqs(board)).toEqual([2, 1]);
  expect(seqs(closeTranscript(board, 'x'))).toEqual([1]);
});

test('what an answer said of an alert’s call stays known, whichever news of the alert comes when', () => {
  const { startedAt, status, metadata } = callSummary('x', { metadata: { agent: { id: '7' } } });
  const row = { ...alertOn('x', 1), call: { startedAt, status, metadata } };
  const handled = alertOn('x', 1, 'acknowledged');
  for (const news of [
    [row, handled],
    [handled, row],
  ])
    expect([...applyAlerts(emptyBoard, news).alerts.values()]).toEqual([{ ...handled, call: row.call }]);
});

describe('a call that moved to another team', () => {
  const seen = () => {
    const opened = openTranscript(emptyBoard, OPEN);
    return messages.reduce((board, message, at) => applyMessage(board, message, STARTED_AT + at), opened);
  };
  const moved: ServerMessage = { type: 'moved', pushedAt: STARTED_AT, callIds: [OPEN] };
  const movedAt = STARTED_AT + 1_000_000;
  const last = fetched(LINES);

  it('leaves the page with all that was known of it, and no other call does', () => {
    const before = seen();
    const after = applyMessage(before, moved, movedAt);
    expect(after.moved.get(OPEN)).toBe(movedAt);
    expect([after.calls.has(OPEN), after.ticks.has(OPEN)]).toEqual([false, false]);
    expect([linesOf(after, OPEN), alertsOf(after, OPEN), monitorsOf(after, OPEN)]).toEqual([[], [], []]);
    expect(after.calls.get(OTHER)).toEqual(before.calls.get(OTHER));
  });

  it('is not brought back by an answer to what was asked before', () => {
    const after = applyMessage(seen(), moved, movedAt);
    const answered = applyActiveCalls(
      applyCallDetail(after, last.detail, movedAt - 1),
      last.list,
      movedAt - 1,
      movedAt,
    );
    expect(answered.calls.has(OPEN)).toBe(false);
    expect(linesOf(answered, OPEN)).toEqual([]);
    expect(answered.moved.has(OPEN)).toBe(true);
  });

  it('is shown again once it is sent again', () => {
    const after = applyMessage(seen(), moved, movedAt);
    const back = applyCallDetail(after, last.detail, movedAt + 1);
    expect(back.calls.has(OPEN)).toBe(true);
    expect(back.moved.has(OPEN)).toBe(false);
    expect(linesOf(back, OPEN)).toHaveLength(LINES);
  });
});
