import { owedOf } from './deadlines.ts';
import { callSummary } from '../live/example.ts';

const owed = { ruleId: 'disclosure', ruleName: 'Recording disclosure', dueMs: 30_000 };

function at(lengthMs: number, fields: Parameters<typeof callSummary>[1] = {}) {
  return owedOf(callSummary('a', { deadlines: [owed], ...fields }), lengthMs)[0];
}

test('a countdown runs down to its time', () => {
  expect(at(18_000)).toMatchObject({ kind: 'running', leftMs: 12_000 });
  expect(at(30_000)).toMatchObject({ kind: 'missed' });
});

test('what was said in time is done, whatever the clock says', () => {
  expect(at(90_000, { deadlines: [{ ...owed, doneMs: 9000 }] })).toMatchObject({ kind: 'done', atMs: 9000 });
});

test('a call that ended early still owes it', () => {
  expect(at(10_000, { status: 'ended' })).toMatchObject({ kind: 'missed' });
});
