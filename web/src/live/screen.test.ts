import { applyAlerts, applyMessage, emptyBoard, openTranscript } from './board.ts';
import { alertOn, callSummary, leg, report, STARTED_AT, utterance } from './example.ts';
import { FADE_MS, forgetOld, LOST_SHOWN_MS, MAX_ALERTS, missingSeqs, rowsOf } from './screen.ts';

const AT = STARTED_AT + 60_000;

function boardWith(...calls: ReturnType<typeof callSummary>[]) {
  const heard = applyMessage(emptyBoard, { type: 'overview', pushedAt: AT, calls }, AT);
  const relays = calls.map(({ callId }) => report(callId, AT, [leg('agent'), leg('caller')]));
  return applyMessage(heard, { type: 'relays', pushedAt: AT, relays }, AT);
}

test('a live call grows with the clock', () => {
  expect(rowsOf(boardWith(callSummary('a')), AT + 5000)).toMatchObject([{ lengthMs: 65_000 }]);
});

test('an ended call keeps its length, and leaves after a minute', () => {
  const board = boardWith(callSummary('a', { status: 'ended', endedAt: AT, endReason: 'hangup' }));
  const [row] = rowsOf(board, AT + FADE_MS - 1);
  expect(row).toMatchObject({ lengthMs: 60_000, over: { at: AT, reason: 'hangup' } });
  expect(rowsOf(board, AT + FADE_MS)).toEqual([]);
});

test('a call of a silent relay is over from when it was lost', () => {
  expect(rowsOf(boardWith(callSummary('a')), AT + 25_000)).toMatchObject([
    { over: { at: AT + 20_000, reason: 'lost' }, lengthMs: 80_000 },
  ]);
});

test('a lost call stays in the list ten times as long as one that ended', () => {
  const rows = (after: number) => rowsOf(boardWith(callSummary('a')), AT + 20_000 + after);
  expect(rows(LOST_SHOWN_MS - 1)).toMatchObject([{ over: { reason: 'lost' } }]);
  expect(rows(LOST_SHOWN_MS)).toEqual([]);
});

test('what ended long ago is forgotten, unless it is open', () => {
  const board = boardWith(callSummary('a', { status: 'ended', endedAt: AT }), callSummary('b'));
  const later = AT + 11 * 60_000;
  expect([...forgetOld(board, AT + FADE_MS).calls.keys()]).toEqual(['a', 'b']);
  const live = applyMessage(board, { type: 'relays', pushedAt: later, relays: [report('b', later, [])] }, later);
  expect([...forgetOld(live, later).calls.keys()]).toEqual(['b']);
  expect([...forgetOld(openTranscript(live, 'a'), later).calls.keys()]).toEqual(['a', 'b']);
});

test('an open alert of a forgotten call stays, with what is known of the call, and a handled one does not', () => {
  const board = applyAlerts(
    boardWith(callSummary('a', { status: 'ended', endedAt: AT, metadata: { campaign: 'S' } })),
    [alertOn('a', 1), alertOn('a', 2, 'resolved')],
  );
  const { calls, alerts } = forgetOld(board, AT + 11 * 60_000);
  expect(calls.size).toBe(0);
  expect([...alerts.values()]).toMatchObject([{ seq: 1, call: { status: 'ended', metadata: { campaign: 'S' } } }]);
});

test('of too many alerts the open and the grave ones stay, and all of an open call', () => {
  const mild = Array.from({ length: MAX_ALERTS + 20 }, (_, seq) => alertOn('a', seq + 1));
  const kept = [{ ...alertOn('a', 0), level: 'critical' as const }, alertOn('open', 0, 'resolved')];
  const dropped = [alertOn('a', 2000, 'resolved'), { ...alertOn('a', 2001), kind: 'coaching' as const }];
  const board = openTranscript(applyAlerts(boardWith(), [...kept, ...dropped, ...mild]), 'open');
  const ids = (alerts: Iterable<{ callId: string; alertId: string }>) =>
    Array.from(alerts, ({ callId, alertId }) => `${callId}/${alertId}`);
  const left = ids(forgetOld(board, AT).alerts.values());
  expect(left).toHaveLength(MAX_ALERTS + 1);
  expect(left).toEqual(expect.arrayContaining([...ids(kept), ...ids(mild.slice(21))]));
  expect(left).not.toEqual(expect.arrayContaining(ids(dropped)));
  expect(left).not.toContain(ids(mild)[0]);
});

test('missing lines are those below the last known one that are not here', () => {
  const lines = [1, 2, 4, 7].map((seq) => utterance('a', seq));
  expect(missingSeqs(lines, 8)).toEqual([3, 5, 6, 8]);
  expect(missingSeqs(lines, 2)).toEqual([3, 5, 6]);
  expect(missingSeqs([], 0)).toEqual([]);
});
