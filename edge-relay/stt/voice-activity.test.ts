import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { demoLegs } from '../sim/demo/demo.ts';
import { VoiceActivity } from './voice-activity.ts';

const FRAME = 160;

function voicedMs(samples: Int16Array): number {
  const activity = new VoiceActivity();
  let ms = 0;
  for (let at = 0; at + FRAME <= samples.length; at += FRAME)
    if (activity.detects(samples.subarray(at, at + FRAME), 20)) ms += 20;
  return ms;
}

describe('VoiceActivity', () => {
  const noise = (level: number, ms: number, seed = 1) => {
    const random = xoroshiro128plus(seed);
    return Int16Array.from({ length: ms * 8 }, () => uniformInt(random, -level, level));
  };

  it('finds no voice in silence and in the noise of a line', () => {
    expect(voicedMs(new Int16Array(80_000))).toBe(0);
    expect(voicedMs(noise(150, 10_000))).toBe(0);
  });

  it('takes a steady loud noise for a voice only until it knows it', () => {
    expect(voicedMs(noise(2_000, 60_000))).toBeLessThan(20_000);
  });

  it('finds the voices of the demo call, and the silence between them', async () => {
    const [agent, caller] = await demoLegs();
    const both = [agent, caller].map((leg) => voicedMs(leg?.samples ?? new Int16Array()));
    const lengthMs = (agent?.samples.length ?? 0) / 8;
    const shares = both.map((ms) => ms / lengthMs);
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.6);
    }
  });
});
