import { exampleCall, said } from '#core/call/example-call.ts';
import { recordOf } from '#core/call/record.ts';
import type { CallState } from '#core/call/state.ts';
import { coreEventSchema, type CallCompleted, type CoreEvent } from '#core/contracts/events.ts';
import { dayOf } from '#core/days.ts';
import { dataOfCaller, deleteRows } from '../adapters/caller-data.ts';
import { CallTable } from '../adapters/call-table.ts';
import { CallerTable } from '../adapters/caller-table.ts';
import { HistoryTable } from '../adapters/history-table.ts';
import { RecapTable } from '../adapters/recap-table.ts';
import { startTestTable, type TestTable } from '../adapters/table.fake.ts';
import type { LanguageModel } from './models/model.ts';
import { recapCall } from './recap-call.ts';

const { startedAt } = exampleCall;
const day = dayOf(startedAt);
const words = ['my router is broken since monday', 'i have ordered a new one for you', 'okay thank you'];

let test: TestTable;
let calls: CallTable;
let recaps: RecapTable;
let history: HistoryTable;
let callers: CallerTable;
const published: CoreEvent[] = [];

beforeAll(async () => {
  test = await startTestTable();
  calls = new CallTable(test.table, 30);
  recaps = new RecapTable(test.table, 30);
  callers = new CallerTable(test.table, 30);
  history = new HistoryTable(test.table);
}, 120_000);
afterAll(async () => test.stop());
beforeEach(() => published.splice(0));

async function storeCall(callId: string, texts = words, number?: string): Promise<CallCompleted> {
  const state: CallState = {
    ...exampleCall,
    callId,
    version: 1,
    ...(number !== undefined && { metadata: { caller: { number } } }),
    status: 'ended',
    endedAt: startedAt + 60_000,
    lastSeq: texts.length,
    nextSeq: texts.length + 1,
  };
  const utterances = texts.map((text, index) => ({
    ...said({ seq: index + 1, text, channel: index === 1 ? 'agent' : 'caller' }),
    callId,
  }));
  for (const utterance of utterances) await calls.putUtterance(utterance);
  const { record, words: searched } = recordOf(state, utterances, []);
  await calls.save(state, [], { record, words: searched });
  return {
    type: 'CallCompleted',
    version: 1,
    relayId: 'core',
    callId,
    callStartedAt: startedAt,
    endedAt: startedAt + 60_000,
    metadata: {},
    utterances: texts.length,
    alerts: 0,
    mood: 0,
  };
}

const recap = async (event: CallCompleted, model?: LanguageModel) =>
  recapCall(event, {
    calls,
    recaps,
    callers,
    bus: {
      publish: (events) => {
        published.push(...(events as CoreEvent[]));
        return Promise.resolve();
      },
    },
    model,
    now: () => startedAt + 61_000,
    pause: () => Promise.resolve(),
    timeoutMs: 1_000,
  });

describe('the recap of a call that is over', () => {
  it('is stored, published with the figures, and in the history with its reason', async () => {
    await recap(await storeCall('recap-1'));
    expect(await recaps.load('recap-1', { isFinal: true })).toMatchObject({ engine: 'extract', lines: 3 });
    expect(published.map((event) => coreEventSchema.parse(JSON.parse(JSON.stringify(event))))).toMatchObject([
      {
        type: 'CallSummarized',
        callId: 'recap-1',
        utterances: 3,
        recap: { sentences: [{ section: 'reason' }, {}, {}] },
      },
    ]);
    const [record] = await history.ofDay(day, {});
    expect(record).toMatchObject({
      callId: 'recap-1',
      reason: words[0],
      recapAt: startedAt + 61_000,
      topics: ['broken', 'router'],
    });
  });

  it('is found by words that only a model wrote', async () => {
    const text = 'The caller reports that the router is broken since Monday, a hardware fault.';
    const model: LanguageModel = {
      engine: 'bedrock',
      name: 'example',
      ask: () => Promise.resolve({ text: JSON.stringify({ sentences: [{ section: 'reason', text, lines: [1] }] }) }),
    };
    await recap(await storeCall('recap-2'), model);
    const found = await history.search([day], { words: 'hardware router' }, { limit: 10 });
    expect(found.found.map(({ callId }) => callId)).toEqual(['recap-2']);
  });

  it('asks a model once for the same lines, however often the event comes', async () => {
    let asked = 0;
    const model: LanguageModel = {
      engine: 'bedrock',
      name: 'example',
      ask: () => {
        asked++;
        return Promise.resolve({ text: '{"sentences":[{"section":"ended","text":"Okay, thank you.","lines":[3]}]}' });
      },
    };
    const event = await storeCall('recap-3');
    await recap(event, model);
    await recap(event, model);
    expect(asked).toBe(1);
    expect(published).toHaveLength(2);
  });

  it('brings no call back that was deleted meanwhile', async () => {
    const event = await storeCall('recap-4');
    const gone = { ...event, callId: 'recap-5' };
    await recap(gone);
    expect(published).toEqual([]);
    const stored = await calls.detail('recap-4');
    if (!stored) throw new Error('The call is not stored.');
    const draft = await recaps.load('recap-1', { isFinal: true });
    if (!draft) throw new Error('There is no recap.');
    expect(await recaps.putFinal({ callId: 'recap-5', startedAt }, draft, [])).toBe(false);
    expect(await recaps.load('recap-5', { isFinal: true })).toBeUndefined();
  });

  it('is kept with its caller, however their number is written, and forgotten with them', async () => {
    await recap(await storeCall('recap-7', words, '+44 1632 960077'));
    const later = startedAt + 1;
    expect(await callers.before('441632960077', later, 3)).toMatchObject([
      { callId: 'recap-7', reason: words[0], open: 0 },
    ]);
    expect(await callers.before('441632960077', startedAt, 3)).toEqual([]);
    expect(await callers.before('+441632960078', later, 3)).toEqual([]);
    // Another number was known before: its row goes too.
    const [earlier] = await callers.before('441632960077', later, 3);
    if (earlier) await callers.put({ ...earlier, caller: { number: '+441632960079' } });
    expect(await callers.before('+441632960079', later, 3)).toHaveLength(1);
    const { keys } = await dataOfCaller(test.table, ['+44 1632 960077']);
    await deleteRows(test.table, keys);
    expect(await callers.before('441632960077', later, 3)).toEqual([]);
    expect(await callers.before('+441632960079', later, 3)).toEqual([]);
  });

  it('is kept with nobody where the number is withheld or an extension', async () => {
    await recap(await storeCall('recap-8', words, 'anonymous'));
    await recap(await storeCall('recap-9', words, '6001'));
    expect(await callers.before('anonymous', startedAt + 1, 3)).toEqual([]);
    expect(await callers.before('6001', startedAt + 1, 3)).toEqual([]);
  });

  it('says so where nothing was said, and the call is summarized all the same', async () => {
    await recap(await storeCall('recap-6', []));
    expect(published).toMatchObject([{ type: 'CallSummarized', callId: 'recap-6' }]);
    expect(published[0]).not.toHaveProperty('recap');
  });
});
