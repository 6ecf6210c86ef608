import { earlierCallOf } from '#core/call/earlier-call.ts';
import { earlierCallsSchema } from '#core/contracts/http/earlier-calls.ts';
import { recapSchema } from '#core/recap/recap.ts';
import { ofSales, setUpApi } from './app.fake.ts';

const { ask, models, stores } = setUpApi();

const recapOf = async (callId: string, as?: unknown) => ask(`/calls/${callId}/recap`, as === undefined ? {} : { as });

describe('GET /calls/{callId}/recap', () => {
  afterEach(() => {
    models.current = undefined;
  });

  it('summarizes a past call in sentences with their lines, and notes who read it', async () => {
    const response = await recapOf('sales-1');
    expect(response.status).toBe(200);
    const recap = recapSchema.parse(await response.json());
    expect(recap).toMatchObject({ engine: 'extract', isFinal: true });
    expect(recap.sentences[0]).toMatchObject({ section: 'reason', seqs: [1] });
    const { found } = await stores().audit.search(['2026-11-23'], {}, { limit: 50 });
    expect(found).toContainEqual(expect.objectContaining({ kind: 'reading', callId: 'sales-1' }));
  });

  it('asks the model for a catch-up of a live call, once for ten more lines', async () => {
    let asked = 0;
    models.current = {
      engine: 'bedrock',
      name: 'example',
      ask: () => {
        asked++;
        return Promise.resolve({ text: '{"sentences":[{"section":"now","text":"Hello there.","lines":[1]}]}' });
      },
    };
    const [first, second] = [await recapOf('live-1'), await recapOf('live-1')];
    expect(await first.json()).toMatchObject({ engine: 'bedrock', isFinal: false, sentences: [{ seqs: [1] }] });
    expect(second.status).toBe(200);
    expect(asked).toBe(1);
  });

  it('finds no call that a person may not see, nor one that there is not', async () => {
    expect((await recapOf('save-1', ofSales)).status).toBe(404);
    expect((await recapOf('nobody-1')).status).toBe(404);
  });
});

describe('GET /calls/{callId}/earlier', () => {
  it('lists the calls of the same caller before, as far as the reader may see them', async () => {
    const { calls, callers } = stores();
    const [save, live] = [await calls.detail('save-1'), await calls.load('live-1')];
    if (!save || !live) throw new Error('The calls are not stored.');
    const number = live.metadata.caller?.number ?? '';
    const before = { ...save.state, startedAt: live.startedAt - 86_400_000 };
    const own = { ...before, metadata: { ...before.metadata, caller: { number } } };
    await callers.put(earlierCallOf({ ...save, state: own }, undefined));
    const earlier = async (as?: unknown) =>
      earlierCallsSchema.parse(await (await ask('/calls/live-1/earlier', as === undefined ? {} : { as })).json()).calls;
    expect(await earlier()).toMatchObject([{ callId: 'save-1' }]);
    expect(await earlier(ofSales)).toEqual([]);
    expect((await ask('/calls/nobody-1/earlier')).status).toBe(404);
  });
});
