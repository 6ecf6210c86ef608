import fc from 'fast-check';
import type { SentimentEngine } from '#core/sentiment/engine.ts';
import { scoreSchema } from '#core/sentiment/score.ts';
import { comprehendEngine } from './sentiment-comprehend.ts';
import type { TransformerEngine } from './sentiment-transformer.ts';
import { openSentiment, sentimentConfigSchema } from './sentiment.ts';
import { makeModelFolder, startComprehend, type FakeComprehend } from './sentiment.fake.ts';

let comprehend: FakeComprehend;
let model: Awaited<ReturnType<typeof makeModelFolder>>;
const engines: Record<string, SentimentEngine> = {};

beforeAll(async () => {
  comprehend = await startComprehend();
  model = await makeModelFolder();
  engines['vader'] = await openSentiment({ engine: 'vader', telephone: false });
  engines['vader with telephone'] = await openSentiment({ engine: 'vader', telephone: true });
  engines['textblob'] = await openSentiment({ engine: 'textblob' });
  engines['transformer'] = await openSentiment({ engine: 'transformer', modelFolder: model.folder, languages: ['en'] });
  engines['comprehend'] = comprehendEngine('en', comprehend.client);
});
afterAll(async () => {
  await (engines['transformer'] as TransformerEngine).close();
  await comprehend.close();
  await model.remove();
});

describe.each(['vader', 'vader with telephone', 'textblob', 'transformer', 'comprehend'])('%s', (name) => {
  const score = async (text: string) => (engines[name] as SentimentEngine).score(text);

  it('carries its own name', () => {
    expect(engines[name]?.name).toBe(name.split(' ')[0]);
  });

  it.each([
    ['This is wonderful, you have been great', 'positive'],
    ['That was awful, the worst call, I hate it', 'negative'],
    ['The invoice came on Tuesday', 'neutral'],
  ])('scores "%s" as %s', async (text, label) => {
    const found = await score(text);
    expect(found.label).toBe(label);
    if (label !== 'neutral') expect(Math.sign(found.compound)).toBe(label === 'positive' ? 1 : -1);
  });

  it.each(['', ' ', '\n\t\u2003'])('scores %j as neutral, without contributions', async (text) => {
    expect(await score(text)).toEqual({ compound: 0, label: 'neutral', contributions: [] });
  });

  it('explains a score', async () => {
    const { contributions } = await score('This is wonderful');
    expect(contributions.length).toBeGreaterThan(0);
    expect(contributions.some(({ text, valence }) => text.includes('wonderful') && valence > 0)).toBe(true);
  });

  it('returns the same score again, and concurrently', async () => {
    const text = 'Thank you, the last agent was rude but you are very helpful!';
    const once = await score(text);
    expect(await Promise.all([score(text), score(text), score(text)])).toEqual([once, once, once]);
  });

  it('scores a long text', async () => {
    expect((await score('the agent was bad. '.repeat(2000))).label).toBe('negative');
  });

  it('returns a valid score that points into the text, whatever the text', async () => {
    const parts = fc.constantFrom('good', 'BAD', 'not', 'very', '😀', 'é', '漢', "isn't", '!', '\ud800', '\u0000', '’');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((some) => some.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const found = scoreSchema.parse(await score(input));
        for (const { start, end, text: part } of found.contributions) {
          expect(end).toBeGreaterThan(start);
          expect(input.slice(start, end)).toBe(part);
        }
      }),
      { interruptAfterTimeLimit: 1500 },
    );
  });
});

describe('the configuration', () => {
  it('has sensible defaults', () => {
    expect(sentimentConfigSchema.parse({ engine: 'vader' })).toEqual({ engine: 'vader', telephone: true });
    expect(sentimentConfigSchema.parse({ engine: 'comprehend' })).toEqual({ engine: 'comprehend', languageCode: 'en' });
  });

  it.each([
    [{ engine: 'tea-leaves' }, 'engine'],
    [{ engine: 'transformer' }, 'modelFolder'],
    [{ engine: 'comprehend', languageCode: 'tlh' }, 'languageCode'],
  ])('names the invalid field of %j', (config, field) => {
    expect(sentimentConfigSchema.safeParse(config).error?.issues[0]?.path).toEqual([field]);
  });
});
