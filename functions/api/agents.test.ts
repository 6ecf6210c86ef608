import { agentsListSchema, agentStatisticsSchema, liveAgentsSchema } from '#core/contracts/http/agents.ts';
import type { LiveAgent } from '#core/live-agent.ts';
import { now, ofSales, setUpApi, supervisor } from './app.fake.ts';

const { ask, stores } = setUpApi();

describe('agents', () => {
  it('are summarized over days', async () => {
    const { agents } = agentsListSchema.parse(await (await ask('/agents')).json());
    expect(agents.map(({ agent, calls: count }) => [agent.id, count])).toEqual([
      ['agent-SALES', 2],
      ['agent-SAVE', 1],
    ]);
    const one = agentStatisticsSchema.parse(await (await ask('/agents/agent-SALES')).json());
    expect(one).toMatchObject({ calls: 2, meanDurationMs: 60_000, alerts: 1, utterances: 3, positive: 2, negative: 1 });
    expect(one.days).toHaveLength(1);
    expect((await ask('/agents/nobody')).status).toBe(404);
  });

  describe('who are logged in', () => {
    const live = async (as: unknown = supervisor) =>
      liveAgentsSchema.parse(await (await ask('/agents/live', { as })).json());
    const list = (relayId: string, pbx: string, listedAt: number, agents: LiveAgent[]) =>
      stores().agentLists.put({ relayId, pbx, listedAt, part: 1, parts: 1, agents });
    const dana: LiveAgent = { id: '6001', name: 'Dana', state: 'INCALL', campaign: 'SALES', callId: 'live-1' };
    const sam: LiveAgent = { id: '6002', state: 'PAUSED', pauseCode: 'LUNCH', campaign: 'OTHER', inGroups: ['SAVE'] };

    it('are nobody until a list is stored', async () => {
      expect(await live()).toEqual({ lists: [], agents: [] });
    });

    it('are returned once, with their call, if two relays list them', async () => {
      await list('berlin-2', 'berlin', now, [{ ...dana, callId: undefined }, sam]);
      await list('berlin-1', 'berlin', now - 5_000, [dana]);
      await list('rome-1', 'rome', now, [{ ...dana, name: 'Another', callId: undefined }]);
      const { lists, agents } = await live();
      expect(lists.map(({ relayId }) => relayId).sort()).toEqual(['berlin-1', 'berlin-2', 'rome-1']);
      expect(agents.map(({ id, pbx, callId }) => [pbx, id, callId]).sort()).toEqual([
        ['berlin', '6001', 'live-1'],
        ['berlin', '6002', undefined],
        ['rome', '6001', undefined],
      ]);
    });

    it('are not taken from a stale list', async () => {
      await list('oslo-1', 'oslo', now - 180_001, [dana]);
      const { lists, agents } = await live();
      expect(lists).toContainEqual({ relayId: 'oslo-1', pbx: 'oslo', listedAt: now - 180_001 });
      expect(agents.filter(({ pbx }) => pbx === 'oslo')).toEqual([]);
    });

    it('are visible to supervisors of their campaign, or of a team whose calls they take', async () => {
      const idsOfAll = async (as: unknown) => (await live(as)).agents.map(({ id }) => id);
      expect(new Set(await idsOfAll(ofSales))).toEqual(new Set(['6001']));
      expect(await idsOfAll({ ...supervisor, 'custom:teams': 'SAVE' })).toEqual(['6002']);
      expect(await idsOfAll({ ...supervisor, 'custom:teams': 'NOBODY' })).toEqual([]);
    });

    it('have no callId that the person may not see', async () => {
      await list('paris-1', 'paris', now, [{ ...sam, callId: 'live-1' }]);
      const [agent] = (await live({ ...supervisor, 'custom:teams': 'SAVE' })).agents.filter(
        ({ pbx }) => pbx === 'paris',
      );
      expect(agent).toMatchObject({ id: '6002' });
      expect(agent).not.toHaveProperty('callId');
      expect((await live()).agents.find(({ pbx }) => pbx === 'paris')).toMatchObject({ callId: 'live-1' });
    });
  });
});
