import type { LiveAgents } from '#core/contracts/http/agents.ts';
import { agentCountsOf, agentRowsOf, staleDiallersOf } from './agent-rows.ts';

const now = 1_795_399_200_000;
const agent = (id: string, more: Partial<LiveAgents['agents'][number]> = {}): LiveAgents['agents'][number] => ({
  ...{ id, state: 'READY', pbx: 'berlin', listedAt: now },
  ...more,
});
const of = (...agents: LiveAgents['agents']): LiveAgents => ({ lists: [], agents });

describe('agentRowsOf', () => {
  it('puts who is on a call first, and in each state who has been there longest', () => {
    const rows = agentRowsOf(
      of(
        agent('1', { since: now - 5_000 }),
        agent('2', { since: now - 60_000 }),
        agent('3', { state: 'PAUSED', pauseCode: 'LUNCH' }),
        agent('4', { state: 'INCALL', name: 'Dana', callId: 'berlin-1.2' }),
      ),
      now,
    );
    expect(rows.map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
    expect(rows[0]).toMatchObject({ name: 'Dana', callId: 'berlin-1.2', stateMs: undefined });
    expect(rows[2]).toMatchObject({ name: '2', stateMs: 60_000 });
  });

  it('tells agents with one id at two PBXes apart, and no time before it began', () => {
    const rows = agentRowsOf(of(agent('1', { since: now + 900 }), agent('1', { pbx: 'rome' })), now);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
    expect(rows.map(({ stateMs }) => stateMs)).toContain(0);
  });
});

describe('agentCountsOf', () => {
  it('counts each state that somebody is in', () => {
    const rows = agentRowsOf(of(agent('1'), agent('2'), agent('3', { state: 'DISPO' })), now);
    expect(agentCountsOf(rows)).toEqual([
      ['DISPO', 1],
      ['READY', 2],
    ]);
  });
});

describe('staleDiallersOf', () => {
  it('names a PBX when none of its relays has listed lately', () => {
    const list = (relayId: string, pbx: string, ageMs: number) => ({ relayId, pbx, listedAt: now - ageMs });
    const lists = [list('a', 'berlin', 600_000), list('b', 'berlin', 1_000), list('c', 'rome', 240_000)];
    expect(staleDiallersOf({ lists, agents: [] }, now)).toEqual([{ pbx: 'rome', silentMs: 240_000 }]);
  });
});
