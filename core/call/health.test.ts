import type { LegTick } from './events.ts';
import { healthyLeg } from './example-call.ts';
import { callHealthOf, legHealthOf } from './health.ts';

describe('health', () => {
  it.each<[Partial<LegTick>, string]>([
    [{}, 'heard'],
    [{ silenceMs: 60_000 }, 'heard'],
    [{ engineLagMs: 5_000 }, 'late'],
    [{ lastAudioAgeMs: 9_999 }, 'heard'],
    [{ lastAudioAgeMs: 10_000 }, 'unheard'],
    [{ engineDownMs: 10_000 }, 'unheard'],
    [{ engineDownMs: 10_000, engineLagMs: 9_000 }, 'unheard'],
  ])('of a leg with %j is %s', (leg, health) => {
    expect(legHealthOf({ ...healthyLeg, ...leg })).toBe(health);
  });

  it('of a channel is that of its worst leg', () => {
    const [bad, good] = [{ ...healthyLeg, lastAudioAgeMs: 20_000 }, healthyLeg];
    const tick = { callId: 'c', atMs: 5_000, lastSeq: 0 };
    expect(callHealthOf({ ...tick, legs: [bad, good] })).toEqual({ atMs: 5_000, legs: { caller: 'unheard' } });
    expect(callHealthOf({ ...tick, legs: [good, bad, { ...good, channel: 'agent' }] })).toEqual({
      atMs: 5_000,
      legs: { caller: 'unheard', agent: 'heard' },
    });
    expect(callHealthOf({ ...tick, legs: [] }).legs).toEqual({});
  });
});
