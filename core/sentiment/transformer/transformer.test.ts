import { transformerEngine, type TokenBatch } from './transformer.ts';
import { pieceVocabulary } from './word-piece.ts';

const PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'good', 'bad', 'so', '##so', 'the'];
const vocabulary = pieceVocabulary(PIECES.join('\n'));
/** What each piece adds to the positive logit. */
const WEIGHTS = [0, 0, 0, 0, 0, 2, -3, 0.2, 0.1, 0];

function model(classes = { negative: 0, positive: 1 }) {
  const batches: TokenBatch[] = [];
  const run = (batch: TokenBatch): Promise<Float64Array> => {
    batches.push(batch);
    const logits = new Float64Array(batch.rows * 2);
    for (let row = 0; row < batch.rows; row++)
      for (let column = 0; column < batch.columns; column++)
        logits[row * 2 + classes.positive] =
          (logits[row * 2 + classes.positive] ?? 0) + (WEIGHTS[batch.ids[row * batch.columns + column] ?? 0] ?? 0);
    return Promise.resolve(logits);
  };
  return { batches, vocabulary, classes, languages: ['en'], run };
}

it('scores the difference of the two probabilities, whichever class comes first', async () => {
  const probability = 1 / (1 + Math.exp(-2));
  for (const classes of [
    { negative: 0, positive: 1 },
    { negative: 1, positive: 0 },
  ]) {
    const { compound, label } = await transformerEngine(model(classes)).score('good');
    expect(compound).toBeCloseTo(2 * probability - 1, 12);
    expect(label).toBe('positive');
  }
});

it.each([
  ['bad', 'negative'],
  ['the', 'neutral'],
  // 0.2 is a probability of 0.55, two of them 0.599 and three 0.65.
  ['so', 'neutral'],
  ['so so', 'neutral'],
  ['so so so', 'positive'],
])('labels "%s" %s', async (text, label) => {
  expect((await transformerEngine(model()).score(text)).label).toBe(label);
});

it('explains by masking one word after the other', async () => {
  const used = model();
  const { compound, contributions } = await transformerEngine(used).score('The BAD soso');
  expect(contributions.map(({ text, start, end }) => [text, start, end])).toEqual([
    ['BAD', 4, 7],
    ['soso', 8, 12],
  ]);
  expect(contributions[0]?.valence).toBeCloseTo(compound - Math.tanh(0.15), 12);
  const ids = (text: string) => text.split(' ').map((piece) => PIECES.indexOf(piece));
  expect(used.batches.map(({ ids, rows, columns }) => ({ ids, rows, columns }))).toEqual([
    { rows: 1, columns: 6, ids: ids('[CLS] the bad so ##so [SEP]') },
    {
      rows: 3,
      columns: 6,
      ids: ids('[CLS] [MASK] bad so ##so [SEP] [CLS] the [MASK] so ##so [SEP] [CLS] the bad [MASK] [MASK] [SEP]'),
    },
  ]);
});

it('explains a long text by stretches of several words', async () => {
  const used = model();
  const text = `${'the '.repeat(99)}good${' the'.repeat(30)}`;
  const { contributions } = await transformerEngine(used).score(text);
  expect(contributions.map(({ text }) => text)).toEqual(['good the the']);
  expect(used.batches.reduce((rows, batch) => rows + batch.rows, 0)).toBeLessThanOrEqual(65);
});

it('runs once without explanation', async () => {
  const used = model();
  expect((await transformerEngine(used, false).score('good bad the')).contributions).toEqual([]);
  expect(used.batches).toHaveLength(1);
});

it('keeps to the positions of the model and to small batches', async () => {
  const used = model();
  await transformerEngine(used).score('good '.repeat(600));
  expect(Math.max(...used.batches.map(({ columns }) => columns))).toBe(512);
  expect(Math.max(...used.batches.map(({ rows }) => rows))).toBe(16);
  expect(used.batches[0]?.ids.at(-1)).toBe(vocabulary.separator);
});

it('does not run the model for a text without words', async () => {
  const used = model();
  expect(await transformerEngine(used).score(' \n')).toEqual({ compound: 0, label: 'neutral', contributions: [] });
  expect(used.batches).toEqual([]);
});
