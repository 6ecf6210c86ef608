import fc from 'fast-check';
import type { SttResult } from '../stt/engine.ts';
import { ManualClock } from '../clock.fake.ts';
import { breaksOff } from '../redaction/redact.ts';
import { MAX_SPEECH_MS, type SpokenUtterance, UtteranceAssembler } from './utterances.ts';

const final = (text: string, startMs: number, endMs: number, confidence?: number): SttResult => ({
  channelIndex: 0,
  text,
  startMs,
  endMs,
  words: [{ text, startMs, endMs }],
  ...(confidence !== undefined && { confidence }),
});

describe('UtteranceAssembler', () => {
  let told: SpokenUtterance[];
  let clock: ManualClock;
  let assembler: UtteranceAssembler;
  const hear = (result: SttResult, gapBeforeMs = 0, engine = 'hand') => {
    assembler.final(result, gapBeforeMs, engine);
  };
  beforeEach(() => {
    told = [];
    clock = new ManualClock();
    assembler = new UtteranceAssembler({
      clock,
      breaksOff: (text) => text.startsWith('my card') && breaksOff(text),
      onUtterance: (utterance) => told.push(utterance),
    });
  });

  it('joins finals up to the endpoint', () => {
    hear(final('hello', 100, 600));
    hear(final('there', 700, 1_200));
    expect(told).toEqual([]);
    assembler.endpoint();
    expect(told).toMatchObject([{ text: 'hello there', startMs: 100, endMs: 1_200, gapBeforeMs: 0 }]);
  });

  it('tells nothing at an endpoint without words', () => {
    assembler.endpoint();
    expect(told).toEqual([]);
  });

  it('does not wait for an endpoint beyond eight seconds of speech', () => {
    hear(final('one', 0, 5_000));
    hear(final('two', 20_000, 22_999));
    expect(told).toEqual([]);
    hear(final('three', 23_000, 23_001));
    expect(told.map(({ text }) => text)).toEqual(['one two three']);
  });

  it('does not join words across a gap, and says how long it was', () => {
    hear(final('before', 0, 500));
    hear(final('after', 9_000, 9_500), 7_000);
    assembler.endpoint();
    expect(told.map(({ text, gapBeforeMs }) => [text, gapBeforeMs])).toEqual([
      ['before', 0],
      ['after', 7_000],
    ]);
  });

  it('waits for the rest of a number that is read out in pieces, but not for ever', () => {
    hear(final('my card is four one one one', 0, 2_000));
    assembler.endpoint();
    clock.advance(2_900);
    hear(final('one one one one', 4_000, 5_000));
    assembler.endpoint();
    expect(told).toEqual([]);
    clock.advance(3_000);
    expect(told.map(({ text }) => text)).toEqual(['my card is four one one one one one one one']);
    hear(final('thanks', 9_000, 9_500));
    assembler.endpoint();
    expect(told).toHaveLength(2);
  });

  it('does not join the words of two engines', () => {
    hear(final('before', 0, 500));
    hear(final('after', 600, 900), 0, 'fallback');
    assembler.flush();
    expect(told.map(({ text, engine }) => [text, engine])).toEqual([
      ['before', 'hand'],
      ['after', 'fallback'],
    ]);
  });

  it('is as confident as its words are on average', () => {
    hear({ ...final('a', 0, 100, 0.5), words: [1, 2, 3].map((i) => ({ text: 'a', startMs: i, endMs: i })) });
    hear(final('b', 100, 200, 0.9));
    hear(final('c', 200, 300));
    assembler.endpoint();
    expect(told[0]?.confidence).toBeCloseTo(0.6);
  });

  it('tells each word once, in order, and no utterance that could have been told before', () => {
    const step = fc.oneof(fc.constant('endpoint' as const), fc.integer({ min: 1, max: 9_000 }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        told = [];
        let now = 0;
        let count = 0;
        for (const each of steps) {
          if (each === 'endpoint') assembler.endpoint();
          else hear(final(String(count++), now, (now += each)));
        }
        assembler.flush();
        expect(told.flatMap(({ text }) => text.split(' ')).join(' ')).toBe(
          Array.from({ length: count }, (_, i) => i).join(' '),
        );
        for (const { words } of told) {
          const speechMs = words.slice(0, -1).reduce((sum, word) => sum + word.endMs - word.startMs, 0);
          expect(speechMs).toBeLessThan(MAX_SPEECH_MS);
        }
      }),
    );
  });
});
