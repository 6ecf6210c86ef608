import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTransformer } from './sentiment-transformer.ts';
import { makeModelFolder } from './sentiment.fake.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeModelFolder());
});
afterEach(() => remove());

it('runs the model and explains the score', async () => {
  const engine = await openTransformer(folder, ['en']);
  const { compound, contributions } = await engine.score('Thanks, but that was RUDE and awful');
  // One good word against two bad ones: logits 2 and 4.
  expect(compound).toBeCloseTo(Math.tanh(-1), 6);
  expect(contributions.map(({ text, valence }) => [text, Number(valence.toFixed(4))])).toEqual([
    ['Thanks', Number((Math.tanh(-1) - Math.tanh(-2)).toFixed(4))],
    ['RUDE', Number((Math.tanh(-1) - Math.tanh(0)).toFixed(4))],
    ['awful', Number((Math.tanh(-1) - Math.tanh(0)).toFixed(4))],
  ]);
  await engine.close();
});

it('follows the configured order of classes', async () => {
  await writeFile(join(folder, 'config.json'), '{"id2label":{"0":"positive","1":"negative"}}');
  const engine = await openTransformer(folder, ['en']);
  expect((await engine.score('awful')).label).toBe('positive');
  await engine.close();
});

it.each([
  ['vocab.txt', undefined, /vocab\.txt cannot be used: .*ENOENT/],
  ['vocab.txt', 'the\nbill\n', /vocab\.txt cannot be used: The vocabulary lacks \[UNK\]/],
  ['config.json', '{"id2label":{"0":"NEGATIVE","1":"NEUTRAL","2":"POSITIVE"}}', /must name POSITIVE and NEGATIVE/],
  ['config.json', '{}', /config\.json cannot be used: .*id2label/s],
  ['model.onnx', undefined, /model\.onnx cannot be run/],
  ['model.onnx', 'no model', /model\.onnx cannot be run/],
])('says so when %s is %j', async (file, content, message) => {
  await rm(join(folder, file));
  if (content !== undefined) await writeFile(join(folder, file), content);
  await expect(openTransformer(folder, ['en'])).rejects.toMatchObject({
    name: 'SentimentEngineError',
    retryable: false,
    message: expect.stringMatching(message) as string,
  });
});

it('rejects waiting and later requests once it is closed', async () => {
  const engine = await openTransformer(folder, ['en']);
  const waiting = Promise.allSettled(Array.from({ length: 200 }, async () => engine.score('good')));
  await engine.close();
  const closed = { status: 'rejected', reason: { name: 'SentimentEngineError', message: 'The model was closed.' } };
  expect((await waiting).at(-1)).toMatchObject(closed);
  await expect(engine.score('good')).rejects.toMatchObject(closed.reason);
});
