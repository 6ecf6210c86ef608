import type { Channel } from '../ids.ts';
import fc from 'fast-check';
import { foldTalk, RECENT_INTERRUPTIONS, silenceMsOf, initialTalk, talkSchema } from './talk.ts';

type Spoken = [channel: Channel, startMs: number, endMs: number, words?: number];
const talkOf = (...spoken: Spoken[]) =>
  spoken.reduce(
    (talk, [channel, startMs, endMs, words = 5]) => foldTalk(talk, { channel, startMs, endMs }, words),
    initialTalk,
  );
const interruptions = (...spoken: Spoken[]) => {
  const { agent, caller } = talkOf(...spoken).interruptions;
  return { agent: agent?.count ?? 0, caller: caller?.count ?? 0 };
};

describe('silence', () => {
  it('is the time in which nobody speaks, up to the end of the last utterance', () => {
    expect(silenceMsOf(talkOf(['agent', 1_000, 3_000], ['caller', 5_000, 6_000]))).toBe(3_000);
  });

  it('is not counted twice where both speak', () => {
    expect(silenceMsOf(talkOf(['agent', 0, 3_000], ['caller', 2_000, 5_000], ['agent', 5_000, 6_000]))).toBe(0);
  });

  it('is the same when a long utterance ends after a short one within it', () => {
    const long: Spoken = ['caller', 2_000, 9_000];
    const short: Spoken = ['agent', 4_000, 5_000];
    const next: Spoken = ['agent', 12_000, 13_000];
    expect(silenceMsOf(talkOf(short, long, next))).toBe(5_000);
    expect(silenceMsOf(talkOf(long, short, next))).toBe(5_000);
  });
});

describe('the talk of a call', () => {
  const timeMs = fc.oneof(fc.constantFrom(0, 1, 172_800_000), fc.integer({ min: 0, max: 60_000 }));
  const spoken = fc.tuple(fc.constantFrom<Channel>('agent', 'caller', 'mixed'), timeMs, timeMs, fc.nat(9));

  it('can be stored, whenever utterances say they began and ended', () => {
    fc.assert(
      fc.property(fc.array(spoken, { maxLength: 40 }), (all) => {
        const talk = talkOf(...all);
        expect(talkSchema.parse(talk)).toEqual(talk);
        for (const [start, end] of talk.stretches) expect(start).toBeLessThanOrEqual(end);
      }),
    );
  });
});

describe('interruptions', () => {
  it('are counted for the side that interrupts the other', () => {
    expect(interruptions(['caller', 0, 5_000], ['agent', 4_000, 8_000])).toEqual({ agent: 1, caller: 0 });
    expect(interruptions(['agent', 0, 5_000], ['caller', 4_000, 8_000])).toEqual({ agent: 0, caller: 1 });
  });

  it('are found although the interrupted utterance ends later', () => {
    expect(interruptions(['agent', 4_000, 5_000], ['caller', 0, 8_000])).toEqual({ agent: 1, caller: 0 });
  });

  it('are not every overlap', () => {
    const none = { agent: 0, caller: 0 };
    expect(interruptions(['caller', 0, 5_000], ['agent', 4_600, 8_000])).toEqual(none);
    expect(interruptions(['caller', 0, 5_000], ['agent', 400, 3_000])).toEqual(none);
    expect(interruptions(['caller', 0, 5_000], ['agent', 2_000, 3_000, 2])).toEqual(none);
    expect(interruptions(['mixed', 0, 5_000], ['mixed', 2_000, 3_000])).toEqual(none);
  });

  it('are counted once, however long they last', () => {
    const agent: Spoken[] = [
      ['agent', 4_000, 8_000],
      ['agent', 8_200, 12_000],
    ];
    expect(interruptions(['caller', 0, 7_000], ...agent, ['caller', 7_100, 14_000])).toEqual({ agent: 1, caller: 0 });
  });

  it('are counted between turns, however these were cut into utterances', () => {
    const caller: Spoken[] = [
      ['caller', 0, 8_000],
      ['caller', 8_200, 11_000],
    ];
    const agent: Spoken = ['agent', 7_900, 12_000];
    expect(interruptions(...caller, agent)).toEqual({ agent: 1, caller: 0 });
    expect(interruptions(agent, ...caller)).toEqual({ agent: 1, caller: 0 });
  });

  it('keep the times of the latest ones only', () => {
    const rounds = Array.from({ length: 30 }, (_, at): Spoken[] => [
      ['caller', at * 10_000, at * 10_000 + 5_000],
      ['agent', at * 10_000 + 2_000, at * 10_000 + 4_000],
    ]);
    const { agent } = talkOf(...rounds.flat()).interruptions;
    expect(agent?.count).toBe(30);
    expect(agent?.recentMs).toHaveLength(RECENT_INTERRUPTIONS);
    expect(agent?.recentMs.at(-1)).toBe(292_000);
  });
});
