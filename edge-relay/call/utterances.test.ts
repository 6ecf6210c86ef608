import fc from 'fast-check';
import type { SttResult } from '../stt/engine.ts';
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
  let assembler: UtteranceAssembler;
  beforeEach(() => {
    told = [];
    assembler = new UtteranceAssembler((utterance) => told.push(utterance));
  });

  it('joins finals up to the endpoint', () => {
    assembler.final(final('hello', 100, 600));
    assembler.final(final('there', 700, 1_200));
    expect(told).toEqual([]);
    assembler.endpoint();
    expect(told).toMatchObject([{ text: 'hello there', startMs: 100, endMs: 1_200, gapBeforeMs: 0 }]);
  });

  it('tells nothing at an endpoint without words', () => {
    assembler.endpoint();
    expect(told).toEqual([]);
  });

  it('does not wait for an endpoint beyond eight seconds of speech', () => {
    assembler.final(final('one', 0, 5_000));
    assembler.final(final('two', 20_000, 22_999));
    expect(told).toEqual([]);
    assembler.final(final('three', 23_000, 23_001));
    expect(told.map(({ text }) => text)).toEqual(['one two three']);
  });

  it('does not join words across a gap, and says how long it was', () => {
    assembler.final(final('before', 0, 500));
    assembler.final(final('after', 9_000, 9_500), 7_000);
    assembler.endpoint();
    expect(told.map(({ text, gapBeforeMs }) => [text, gapBeforeMs])).toEqual([
      ['before', 0],
      ['after', 7_000],
    ]);
  });

  it('is as confident as its words are on average', () => {
    assembler.final({ ...final('a', 0, 100, 0.5), words: [1, 2, 3].map((i) => ({ text: 'a', startMs: i, endMs: i })) });
    assembler.final(final('b', 100, 200, 0.9));
    assembler.final(final('c', 200, 300));
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
          else assembler.final(final(String(count++), now, (now += each)));
        }
        assembler.endpoint();
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
