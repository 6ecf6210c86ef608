import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { eventsOfCall, INGESTED_AT, randomFrom } from '../ingest/example-traffic.ts';
import { ingest } from '../ingest/ingest.ts';
import { CallTable } from './call-table.ts';
import { deleteRows, rowsOfCaller } from './caller-data.ts';
import { HistoryTable } from './history-table.ts';
import { dayOf } from './items.ts';
import { startTestTable, type TestTable } from './test-table.ts';

let test: TestTable;
beforeAll(async () => {
  test = await startTestTable();
}, 120_000);
afterAll(async () => test.stop());

it('finds and deletes all that is stored of one caller, and nothing of others', async () => {
  const calls = new CallTable(test.table, 30);
  const rules = compileRules(defaultRules);
  const world = {
    calls,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => INGESTED_AT,
    pause: () => Promise.resolve(),
  };
  for (const [callId, number] of Object.entries({ mine: '+491', 'mine-too': '+491', other: '+492' })) {
    for (const event of eventsOfCall(callId, 12, randomFrom(5))) {
      const own = event.type === 'CallDescribed' && event.metadata.caller;
      await ingest(own ? { ...event, metadata: { ...event.metadata, caller: { number } } } : event, world);
    }
  }
  const found = await rowsOfCaller(test.table, '+491');
  expect(found.callIds).toEqual(['mine', 'mine-too']);
  expect(found.keys.length).toBeGreaterThan(2 * (1 + 12 + 1));

  await deleteRows(test.table, found.keys);
  expect(await calls.detail('mine')).toBeUndefined();
  expect(await rowsOfCaller(test.table, '+491')).toEqual({ callIds: [], keys: [] });
  expect((await calls.detail('other'))?.utterances).toHaveLength(12);
  const history = await new HistoryTable(test.table).ofDay(dayOf(INGESTED_AT), {});
  expect(history.map(({ callId }) => callId)).toEqual(['other']);
}, 60_000);
