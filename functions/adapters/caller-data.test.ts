import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { eventsOfCall, INGESTED_AT, randomFrom } from '../ingest/example-traffic.fake.ts';
import { ingest } from '../ingest/ingest.ts';
import { CallTable } from './call-table.ts';
import { dataOfCaller, deleteRows } from './caller-data.ts';
import { HistoryTable } from './history-table.ts';
import { dayOf } from '#core/days.ts';
import { callKey } from '#core/table-layout.ts';
import { packed, unpacked } from './packed.ts';
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
    onConflict: () => undefined,
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
  expect(await dataOfCaller(test.table, ['+491', '01'])).toEqual({
    callIds: [],
    liveCallIds: [],
    keys: [],
    unreadableCallIds: [],
    unknownCallIds: [],
  });
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

describe('rows that cannot be read', () => {
  /** Replaces what a call's state holds. */
  async function damage(callId: string, change: (content: object) => Uint8Array): Promise<void> {
    const Key = callKey(callId);
    const { Item } = await test.table.client.send(new GetCommand({ TableName: test.table.name, Key }));
    const content = change(unpacked(Item?.packed) as object);
    await test.table.client.send(new PutCommand({ TableName: test.table.name, Item: { ...Item, packed: content } }));
  }
  /** The calls of which anything is stored. */
  async function storedOf(callId: string): Promise<number> {
    const { Count = 0 } = await test.table.client.send(
      new QueryCommand({
        TableName: test.table.name,
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': callKey(callId).PK },
      }),
    );
    return Count;
  }

  it('are deleted where they show the number, in themselves or in the history, and else on demand', async () => {
    for (const callId of ['strange', 'bytes', 'bytes-live']) await call(callId, '+499', callId !== 'bytes-live');
    await call('strange-live', '+499', false);
    await damage('strange', (content) => packed({ ...content, keywords: { word: 'no number' } }));
    await damage('strange-live', (content) => packed({ ...content, alertCount: 'many' }));
    for (const callId of ['bytes', 'bytes-live']) await damage(callId, () => new Uint8Array([1, 2, 3]));

    const found = await dataOfCaller(test.table, ['+499']);
    expect(found).toMatchObject({
      callIds: ['bytes', 'strange', 'strange-live'],
      liveCallIds: [],
      unreadableCallIds: ['bytes', 'strange', 'strange-live'],
      unknownCallIds: ['bytes-live'],
    });
    await deleteRows(test.table, found.keys);
    expect(await Promise.all(['strange', 'bytes', 'strange-live'].map(storedOf))).toEqual([0, 0, 0]);
    expect(await storedOf('bytes-live')).toBeGreaterThan(UTTERANCES);

    const others = await dataOfCaller(test.table, ['+499'], { withUnknown: true });
    expect(others).toMatchObject({ callIds: [], unknownCallIds: ['bytes-live'] });
    await deleteRows(test.table, others.keys);
    expect(await storedOf('bytes-live')).toBe(0);
    expect(await storedOf('other')).toBeGreaterThan(UTTERANCES);
  }, 120_000);
});
