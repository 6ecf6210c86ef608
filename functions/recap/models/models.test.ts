import { promptOf } from '#core/recap/model.ts';
import { startFakeBedrock } from './bedrock.fake.ts';
import { ModelError } from './model.ts';
import { USAGE, type ModelServer } from './model-server.fake.ts';
import { startFakeOpenai } from './openai.fake.ts';
import { openModel, recapConfigSchema } from './registry.ts';

const prompt = promptOf(
  {
    lines: [{ seq: 1, channel: 'caller', text: 'my line is “dead”\u2028 since Monday', startMs: 0 }],
    alerts: [],
    isOver: true,
  },
  4_000,
);

/** Every kind of model keeps these promises. */
describe.each([
  ['bedrock', startFakeBedrock],
  ['openai', startFakeOpenai],
] as const)('a model by %s', (engine, start) => {
  let server: ModelServer;
  const never = new AbortController().signal;
  const failureOf = async (signal = never) => {
    const error: unknown = await server.model.ask(prompt, signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ModelError)) throw new Error('It did not fail as models do.', { cause: error });
    return error;
  };

  beforeEach(async () => {
    server = await start();
  });
  afterEach(async () => server.close());

  it('is sent instructions and lines apart, and answers with its text and what it counted', async () => {
    const text = '{"sentences": "naïve 🙂"}';
    server.replies.push({ kind: 'answer', text });
    expect(await server.model.ask(prompt, never)).toEqual({ text, usage: USAGE });
    expect(server.asked).toEqual([{ system: prompt.system, user: prompt.user }]);
    expect(server.model.engine).toBe(engine);
  });

  it.each([
    [429, true],
    [503, true],
    [500, true],
    [400, false],
  ])('says of status %i whether to try again', async (status, retryable) => {
    server.replies.push({ kind: 'status', status });
    expect(await failureOf()).toMatchObject({ retryable });
  });

  it('is given up when its time is over', async () => {
    server.replies.push({ kind: 'silent' });
    const error = await failureOf(AbortSignal.timeout(50));
    expect(error.message).toContain('in time');
    expect(error.retryable).toBe(false);
  });

  it('fails where its answer is cut, too long or of another kind', async () => {
    server.replies.push({ kind: 'cut', text: '{"sentences":[]}' });
    expect(await failureOf()).toBeInstanceOf(ModelError);
    server.replies.push({ kind: 'too-long', text: '{"sent' });
    expect((await failureOf()).retryable).toBe(false);
    server.replies.push({ kind: 'garbage' });
    expect(await failureOf()).toBeInstanceOf(ModelError);
  });

  it('cannot be reached where nobody listens', async () => {
    await server.close();
    expect((await failureOf()).message).not.toContain('ECONN');
    server = await start();
  });
});

describe('the configuration of recaps', () => {
  const secret = () => Promise.resolve('sk-example');

  it('opens no model for extraction, and the named one otherwise', async () => {
    expect(await openModel(recapConfigSchema.parse({ engine: 'extract' }), { secret })).toBeUndefined();
    expect(await openModel(recapConfigSchema.parse({ engine: 'bedrock', model: 'm' }), { secret })).toMatchObject({
      engine: 'bedrock',
      name: 'm',
    });
    const server = { engine: 'openai', model: 'm', url: 'http://127.0.0.1:11434/v1' };
    expect(await openModel(recapConfigSchema.parse(server), { secret })).toMatchObject({ engine: 'openai', name: 'm' });
  });

  it.each([
    { engine: 'bedrock' },
    { engine: 'openai', model: 'm' },
    { engine: 'openai', model: 'm', url: 'file:///x' },
  ])('refuses %j', (config) => {
    expect(recapConfigSchema.safeParse(config).success).toBe(false);
  });
});
