import { healthyLeg, tick } from '../../call/example-call.ts';
import { alertsOverTime } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';
import type { Rule } from '../rule.ts';

const rule = exampleRule({ type: 'dead-air', afterMs: 20_000 });
const both = (atMs: number, callerSilentMs: number, agentSilentMs: number) =>
  tick(
    atMs,
    {},
    {
      legs: [
        { ...healthyLeg, channel: 'caller', silenceMs: callerSilentMs },
        { ...healthyLeg, channel: 'agent', silenceMs: agentSilentMs },
      ],
    },
  );
const reported = (some: Rule, ...ticks: ReturnType<typeof both>[]) =>
  alertsOverTime([some], ...ticks).map(({ alertId, atMs, reasons }) => [alertId, atMs, reasons[0]?.explanation]);

describe('dead-air', () => {
  it('is reported once for each silence, at the time when it became long enough', () => {
    expect(
      reported(
        rule,
        both(20_000, 19_000, 15_000),
        both(30_000, 29_000, 25_000),
        both(35_000, 34_000, 30_000),
        both(90_000, 40_000, 22_000),
      ),
    ).toEqual([
      ['example~5000', 25_000, 'nobody spoke for 20 s'],
      ['example~68000', 88_000, 'nobody spoke for 20 s'],
    ]);
  });

  it('is reported by a tick that arrives late', () => {
    expect(reported(rule, both(90_000, 40_000, 22_000), both(30_000, 29_000, 25_000)).map(([id]) => id)).toEqual([
      'example~68000',
      'example~5000',
    ]);
  });

  it('can be the silence of one side', () => {
    expect(reported({ ...rule, channel: 'agent' }, both(60_000, 0, 20_000))).toEqual([
      ['example~40000', 60_000, 'the agent was silent for 20 s'],
    ]);
    expect(reported({ ...rule, channel: 'caller' }, both(60_000, 0, 20_000))).toEqual([]);
  });

  it('is not reported while no leg has audio', () => {
    const unheard = tick(60_000, { silenceMs: 60_000, lastAudioAgeMs: 10_000 });
    expect(reported(rule, unheard)).toEqual([]);
    expect(reported(rule, tick(60_000, {}, { legs: [] }))).toEqual([]);
  });

  it('is reported for calls in its scope only', () => {
    const scoped = { ...rule, scope: { campaigns: ['SALES'] } };
    expect(reported(scoped, both(60_000, 30_000, 30_000))).toEqual([]);
    expect(reported(scoped, { ...both(60_000, 30_000, 30_000), scope: { campaign: 'SALES' } })).toHaveLength(1);
  });
});
