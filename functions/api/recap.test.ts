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
