import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { eventsOfCall, INGESTED_AT, randomFrom } from '../ingest/example-traffic.ts';
import { ingest } from '../ingest/ingest.ts';
import { CallTable } from './call-table.ts';
import { dataOfCaller, deleteRows } from './caller-data.ts';
import { HistoryTable } from './history-table.ts';
import { dayOf } from '#core/days.ts';
import { startTestTable, type TestTable } from './table.fake.ts';

const UTTERANCES = 12;
const rules = compileRules(defaultRules);

let test: TestTable;
let calls: CallTable;
beforeAll(async () => {
  test = await startTestTable();
  calls = new CallTable(test.table, 30);
  await call('mine', '+491');
  await call('mine-too', '01');
  await call('other', '+492');
}, 120_000);
afterAll(async () => test.stop());

async function call(callId: string, number: string, isOver = true) {
  const dependencies = {
    calls,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => INGESTED_AT,
    pause: () => Promise.resolve(),
  };
  for (const event of eventsOfCall(callId, UTTERANCES, randomFrom(5))) {
    const own = event.type === 'CallDescribed' && event.metadata.caller;
    if (event.type === 'CallEnded' && !isOver) continue;
    await ingest(own ? { ...event, metadata: { ...event.metadata, caller: { number } } } : event, dependencies);
  }
}

it('finds and deletes all that is stored of one caller, and nothing of others', async () => {
  expect((await dataOfCaller(test.table, ['+491'])).callIds).toEqual(['mine']);
  const found = await dataOfCaller(test.table, ['+491', '01']);
  expect(found).toMatchObject({ callIds: ['mine', 'mine-too'], liveCallIds: [] });
  // Two calls, their rows of the history, and alerts.
  expect(found.keys.length).toBeGreaterThan(2 * (1 + UTTERANCES + 1));

  await deleteRows(test.table, found.keys);
  expect(await calls.detail('mine')).toBeUndefined();
  expect(await dataOfCaller(test.table, ['+491', '01'])).toEqual({ callIds: [], liveCallIds: [], keys: [] });
  expect((await calls.detail('other'))?.utterances).toHaveLength(UTTERANCES);
  const history = await new HistoryTable(test.table).ofDay(dayOf(INGESTED_AT), {});
  expect(history.map(({ callId }) => callId)).toEqual(['other']);
}, 60_000);

it('reports which calls of a caller are unfinished', async () => {
  await call('now', '+493', false);
  const found = await dataOfCaller(test.table, ['+493']);
  expect(found).toMatchObject({ callIds: ['now'], liveCallIds: ['now'] });
  expect(found.keys.length).toBeGreaterThan(UTTERANCES);
}, 60_000);
