import { comprehendEngine } from './sentiment-comprehend.ts';
import { startComprehend, type FakeComprehend } from './sentiment.fake.ts';

let comprehend: FakeComprehend;
beforeAll(async () => {
  comprehend = await startComprehend();
});
afterAll(() => comprehend.close());
beforeEach(() => {
  comprehend.requests.length = 0;
});

const engine = () => comprehendEngine('en', comprehend.client);
const answer = (Sentiment: string, Positive: number, Negative: number) => ({
  status: 200,
  body: { Sentiment, SentimentScore: { Positive, Negative, Neutral: 0.05, Mixed: 0.02 } },
});
const refusal = (code: string, status = 400) => ({ status, body: { __type: code, message: 'no' } });

it('asks DetectSentiment in the configured language', async () => {
  await comprehendEngine('de', comprehend.client).score('Vielen Dank');
  expect(comprehend.requests).toEqual([
    {
      target: 'Comprehend_20171127.DetectSentiment',
      type: 'application/x-amz-json-1.1',
      body: { Text: 'Vielen Dank', LanguageCode: 'de' },
    },
  ]);
});

it.each([
  ['POSITIVE', 'positive', 0.9, 0.03],
  ['NEGATIVE', 'negative', 0.1, 0.83],
  ['NEUTRAL', 'neutral', 0.3, 0.2],
  ['MIXED', 'neutral', 0.45, 0.4],
])('maps %s to %s', async (sentiment, label, positive, negative) => {
  comprehend.answers.push(answer(sentiment, positive, negative));
  const score = await engine().score('Well now');
  expect(score.label).toBe(label);
  expect(score.compound).toBeCloseTo(positive - negative, 12);
  expect(score.contributions).toMatchObject([{ text: 'Well now', start: 0, end: 8 }]);
  expect(score.contributions[0]?.because).toContain('2% Mixed');
});

it('sends no more than 5000 bytes, and no half character', async () => {
  const text = `a${'é😀'.repeat(1000)}`;
  const { contributions } = await engine().score(text);
  const sent = (comprehend.requests[0]?.body as { Text: string }).Text;
  expect(Buffer.byteLength(sent)).toBe(4999);
  expect(text.startsWith(sent)).toBe(true);
  expect(contributions[0]?.end).toBe(sent.length);
});

it('retries when Comprehend is busy', async () => {
  comprehend.answers.push(refusal('ThrottlingException'), answer('POSITIVE', 0.9, 0));
  expect((await engine().score('Lovely')).label).toBe('positive');
  expect(comprehend.requests).toHaveLength(2);
});

it.each([
  ['stays busy', [refusal('ThrottlingException'), refusal('ThrottlingException')], true],
  ['is broken', [refusal('InternalServerException', 500), refusal('InternalServerException', 500)], true],
  ['refuses the key', [refusal('UnrecognizedClientException')], false],
  ['refuses the language', [refusal('UnsupportedLanguageException')], false],
  ['answers without a sentiment', [{ status: 200, body: {} }], true],
])('reports whether to retry later when Comprehend %s', async (_, answers, retryable) => {
  comprehend.answers.push(...answers);
  await expect(engine().score('secret words')).rejects.toMatchObject({
    name: 'SentimentEngineError',
    retryable,
    message: expect.not.stringContaining('secret') as string,
  });
  expect(comprehend.answers).toEqual([]);
});

it('is retryable when Comprehend cannot be reached', async () => {
  const gone = await startComprehend();
  await gone.close();
  const away = comprehendEngine('en', gone.client);
  await expect(away.score('Hello')).rejects.toMatchObject({ name: 'SentimentEngineError', retryable: true });
});

it.each([
  ['fr-CA', 'fr'],
  ['zh-Hans-CN', 'zh'],
  ['zh-TW', 'zh-TW'],
  [undefined, 'en'],
])('scores %s as Comprehend names it', async (tag, code) => {
  await engine().score('Bonjour', tag);
  expect(comprehend.requests.at(-1)?.body).toMatchObject({ LanguageCode: code });
});
