import { systemSchema } from '#core/contracts/http/system.ts';
import { now, setUpApi } from './app.fake.ts';

const { ask, stores } = setUpApi();

describe('the system', () => {
  it('is returned with its lag and the pipeline’s findings', async () => {
    await stores().pipeline.put({
      checkedAt: now,
      deadLetters: [{ queue: 'q', what: 'ticks', messages: 2 }],
      alarms: [],
      unreadableCalls: [],
    });
    const status = systemSchema.parse(await (await ask('/system')).json());
    expect(status).toMatchObject({
      stage: 'test',
      cloud: { version: '1.2.3' },
      liveCalls: 1,
      lag: { utterances: 1, p50Ms: 55_000 },
    });
    expect(status.pipeline?.deadLetters).toMatchObject([{ messages: 2 }]);
  });
});
