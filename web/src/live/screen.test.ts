import { applyMessage, emptyBoard, openTranscript } from './board.ts';
import { callSummary, leg, report, STARTED_AT, utterance } from './example.ts';
import { FADE_MS, forgetOld, missingSeqs, rowsOf } from './screen.ts';

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

test('what ended long ago is forgotten, unless it is open', () => {
  const board = boardWith(callSummary('a', { status: 'ended', endedAt: AT }), callSummary('b'));
  const later = AT + 11 * 60_000;
  expect([...forgetOld(board, AT + FADE_MS).calls.keys()]).toEqual(['a', 'b']);
  const live = applyMessage(board, { type: 'relays', pushedAt: later, relays: [report('b', later, [])] }, later);
  expect([...forgetOld(live, later).calls.keys()]).toEqual(['b']);
  expect([...forgetOld(openTranscript(live, 'a'), later).calls.keys()]).toEqual(['a', 'b']);
});

test('missing lines are those below the last known one that are not here', () => {
  const lines = [1, 2, 4, 7].map((seq) => utterance('a', seq));
  expect(missingSeqs(lines, 8)).toEqual([3, 5, 6, 8]);
  expect(missingSeqs(lines, 2)).toEqual([3, 5, 6]);
  expect(missingSeqs([], 0)).toEqual([]);
});
