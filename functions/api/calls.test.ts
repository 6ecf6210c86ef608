import { activeCallsSchema, callDetailSchema } from '#core/contracts/http/calls.ts';
import { problemOf, setUpApi } from './app.fake.ts';

const { ask } = setUpApi();

describe('calls', () => {
  it('are listed while they are live', async () => {
    const { calls: live } = activeCallsSchema.parse(await (await ask('/calls')).json());
    expect(live.map(({ callId }) => callId)).toEqual(['live-1']);
  });

  it('are returned with utterances and alerts', async () => {
    const detail = callDetailSchema.parse(await (await ask('/calls/sales-1')).json());
    expect(detail.utterances.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(detail.alerts.map(({ alertId }) => alertId)).toEqual(['leaving~1']);
  });

  it('that are not stored are not found', async () => {
    expect(await problemOf(await ask('/calls/other'))).toMatchObject({ status: 404, field: 'callId' });
    expect(await problemOf(await ask('/nowhere'))).toMatchObject({ status: 404 });
  });
});
