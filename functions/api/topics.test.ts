import { recordOf } from '#core/call/record.ts';
import { topicsSchema } from '#core/contracts/http/topics.ts';
import type { Recap } from '#core/recap/recap.ts';
import { RecapTable } from '../adapters/recap-table.ts';
import { ofSales, now, setUpApi } from './app.fake.ts';

const { ask, stores, table } = setUpApi();

it('lists what the calls that a person may see are about', async () => {
  const recaps = new RecapTable(table(), 30);
  for (const [callId, topics] of [
    ['sales-1', ['direct debit', 'savings account']],
    ['sales-2', ['direct debits']],
    ['save-1', ['direct debit', 'savings account']],
  ] as const) {
    const call = await stores().calls.detail(callId);
    if (!call) throw new Error('The call is not stored.');
    const { record } = recordOf(call.state, call.utterances, call.alerts);
    const recap: Recap = { engine: 'extract', isFinal: true, madeAt: now, lastSeq: 1, lines: 1, sentences: [] };
    expect(await recaps.putFinal({ ...call.state, ...record }, recap, topics)).toBe(true);
  }
  const topics = async (as?: unknown) =>
    topicsSchema.parse(await (await ask('/topics?days=7', as === undefined ? {} : { as })).json());
  expect(await topics()).toMatchObject({
    calls: 3,
    callsBefore: 0,
    topics: [
      { phrase: 'direct debit', calls: 3, callsBefore: 0 },
      { phrase: 'savings account', calls: 2 },
    ],
  });
  expect((await topics(ofSales)).topics).toMatchObject([{ phrase: 'direct debit', calls: 2 }]);
  expect((await ask('/topics?days=0')).status).toBe(400);
});
