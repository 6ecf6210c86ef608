import { type AgentsListed, relayEventSchema } from '#core/contracts/events.ts';
import { ManualClock } from '../../clock.fake.ts';
import { AgentLister } from './agent-list.ts';
import { LiveAgentRows } from './live-agents.ts';
import { Remembered } from './remembered.ts';
import type { LiveAgentRow } from './tables.ts';

const row = (more: Partial<LiveAgentRow> = {}): LiveAgentRow => ({
  ...{ user: '6666', server_ip: '10.0.0.5', call_server_ip: undefined, conf_exten: '8600051', extension: 'SIP/cc100' },
  ...{ status: 'READY', lead_id: undefined, campaign_id: 'SALES', uniqueid: undefined, callerid: undefined },
  ...{ channel: undefined, closer_campaigns: 'SAVE SUPPORT -', calls_today: 3, pause_code: undefined },
  stateSince: 1_795_399_200,
  ...more,
});
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('AgentLister', () => {
  let clock: ManualClock;
  let lister: AgentLister;
  let rows: LiveAgentRow[];
  let isAway: boolean;
  let calls: Map<string, string>;
  let reported: AgentsListed[];
  let asked: string[][];
  beforeEach(async () => {
    clock = new ManualClock();
    rows = [row()];
    isAway = false;
    calls = new Map();
    reported = [];
    asked = [];
    const tables = { liveAgents: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(rows)) };
    lister = new AgentLister({
      relayId: 'berlin-1',
      pbx: 'berlin',
      clock,
      liveAgents: new LiveAgentRows(tables, clock),
      names: new Remembered(clock, 300_000, (users) => {
        asked.push([...users]);
        return Promise.resolve(new Map([['6666', 'Dana Wills']]));
      }),
      callsByAgent: () => calls,
      publish: (list) => {
        expect(relayEventSchema.parse(list)).toEqual(list);
        reported.push(list);
      },
    });
    lister.start();
    await tick();
  });
  afterEach(() => {
    lister.stop();
  });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 5_000) {
      clock.advance(5_000);
      await tick();
    }
  };
  const agents = () => reported.at(-1)?.agents;

  it('tells who is logged in', () => {
    expect(reported).toMatchObject([{ relayId: 'berlin-1', pbx: 'berlin', part: 1, parts: 1 }]);
    expect(agents()).toEqual([
      {
        ...{ id: '6666', name: 'Dana Wills', state: 'READY', since: 1_795_399_200_000, campaign: 'SALES' },
        ...{ inGroups: ['SAVE', 'SUPPORT'], callsToday: 3 },
      },
    ]);
  });

  it('tells a change within five seconds, and what stays the same once a minute', async () => {
    await pass(60_000);
    expect(reported).toHaveLength(2);
    rows = [row({ status: 'PAUSED', pause_code: 'LUNCH' })];
    calls.set('6666', 'berlin-1.16');
    await pass(5_000);
    expect(reported).toHaveLength(3);
    expect(agents()).toMatchObject([{ state: 'PAUSED', pauseCode: 'LUNCH', callId: 'berlin-1.16' }]);
    rows = [];
    await pass(5_000);
    expect(agents()).toEqual([]);
  });

  it.each([
    ['INCALL', {}, 'INCALL'],
    ['QUEUE', {}, 'QUEUE'],
    ['CLOSER', {}, 'CLOSER'],
    ['MQUEUE', {}, 'MQUEUE'],
    ['PAUSED', { pause_code: 'LAGGED' }, 'PAUSED'],
    ['PAUSED', { lead_id: 7, pause_code: 'X' }, 'DISPO'],
  ])('reads %s with %j as %s', async (status, more, state) => {
    rows = [row({ status, ...more })];
    await pass(5_000);
    expect(agents()).toMatchObject([{ state }]);
    if (state === 'DISPO') expect(agents()?.[0]).not.toHaveProperty('pauseCode');
  });

  it('leaves out rows that name nobody, or a state that nobody knows', async () => {
    rows = [row({ user: undefined }), row({ status: 'NEWSTATE' }), row({ user: '7777' })];
    await pass(5_000);
    expect(agents()?.map(({ id }) => id)).toEqual(['7777']);
  });

  it('reports many in parts', async () => {
    rows = Array.from({ length: 450 }, (_, i) => row({ user: String(1_000 + i) }));
    await pass(5_000);
    expect(reported.slice(1).map(({ part, parts, agents: some }) => [part, parts, some.length])).toEqual([
      [1, 3, 200],
      [2, 3, 200],
      [3, 3, 50],
    ]);
  });

  it('reports nothing while the database is away, and goes on after', async () => {
    isAway = true;
    await pass(120_000);
    expect(reported).toHaveLength(1);
    isAway = false;
    await pass(5_000);
    expect(reported).toHaveLength(2);
  });

  it('looks names up once in five minutes', async () => {
    await pass(290_000);
    expect(asked).toEqual([['6666']]);
    await pass(15_000);
    expect(asked).toEqual([['6666'], ['6666']]);
  });
});
