import { healthyLeg, tick } from '../../call/example-call.ts';
import type { LegTick } from '../../call/events.ts';
import { alertsOverTime } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';
import type { Rule } from '../rule.ts';

const rule = exampleRule({ type: 'unheard', afterMs: 15_000 }, { kind: 'health' });
const both = (atMs: number, caller: Partial<LegTick>, agent: Partial<LegTick>) =>
  tick(
    atMs,
    {},
    {
      legs: [
        { ...healthyLeg, channel: 'caller', ...caller },
        { ...healthyLeg, channel: 'agent', ...agent },
      ],
    },
  );
const reported = (some: Rule, ...ticks: ReturnType<typeof both>[]) =>
  alertsOverTime([some], ...ticks).map(({ alertId, atMs, reasons }) => [alertId, atMs, reasons[0]?.explanation]);

describe('unheard', () => {
  it('is reported once when the last audio is too long ago on every leg', () => {
    expect(
      reported(
        rule,
        both(30_000, { lastAudioAgeMs: 20_000 }, { lastAudioAgeMs: 14_000 }),
        both(35_000, { lastAudioAgeMs: 25_000 }, { lastAudioAgeMs: 19_000 }),
        both(40_000, { lastAudioAgeMs: 30_000 }, { lastAudioAgeMs: 24_000 }),
      ),
    ).toEqual([['example~16000', 31_000, 'nobody was heard for 15 s']]);
  });

  it('is reported when every leg has lost its engine', () => {
    expect(reported(rule, both(60_000, { engineDownMs: 15_000 }, { engineDownMs: 16_000 }))).toHaveLength(1);
    expect(reported(rule, both(60_000, { engineDownMs: 15_000 }, {}))).toEqual([]);
  });

  it('can be about one side', () => {
    const agentUnheard = both(60_000, {}, { lastAudioAgeMs: 15_000 });
    expect(reported({ ...rule, channel: 'agent' }, agentUnheard)).toEqual([
      ['example~45000', 60_000, 'the agent was not heard for 15 s'],
    ]);
    expect(reported({ ...rule, channel: 'caller' }, agentUnheard)).toEqual([]);
    expect(
      reported({ ...rule, channel: 'caller' }, tick(60_000, { channel: 'mixed', lastAudioAgeMs: 20_000 })),
    ).toHaveLength(1);
  });

  it('is not reported for a call without legs', () => {
    expect(reported(rule, tick(60_000, {}, { legs: [] }))).toEqual([]);
  });
});
