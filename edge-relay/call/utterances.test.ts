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
  let published: SpokenUtterance[];
  let assembler: UtteranceAssembler;
  const receive = (result: SttResult, gapBeforeMs = 0, engine = 'hand') => {
    assembler.final(result, gapBeforeMs, engine);
  };
  beforeEach(() => {
    published = [];
    assembler = new UtteranceAssembler({
      onUtterance: (utterance) => published.push(utterance),
    });
  });

  it('joins finals up to the endpoint', () => {
    receive(final('hello', 100, 600));
    receive(final('there', 700, 1_200));
    expect(published).toEqual([]);
    assembler.flush();
    expect(published).toMatchObject([{ text: 'hello there', startMs: 100, endMs: 1_200, gapBeforeMs: 0 }]);
  });

  it('publishes nothing at an endpoint without words', () => {
    assembler.flush();
    expect(published).toEqual([]);
  });

  it('does not wait for an endpoint beyond eight seconds of speech', () => {
    receive(final('one', 0, 5_000));
    receive(final('two', 20_000, 22_999));
    expect(published).toEqual([]);
    receive(final('three', 23_000, 23_001));
    expect(published.map(({ text }) => text)).toEqual(['one two three']);
  });

  it('does not join words across a gap, and says how long it was', () => {
    receive(final('before', 0, 500));
    receive(final('after', 9_000, 9_500), 7_000);
    assembler.flush();
    expect(published.map(({ text, gapBeforeMs }) => [text, gapBeforeMs])).toEqual([
      ['before', 0],
      ['after', 7_000],
    ]);
  });

  it('does not join the words of two engines', () => {
    receive(final('before', 0, 500));
    receive(final('after', 600, 900), 0, 'fallback');
    assembler.flush();
    expect(published.map(({ text, engine }) => [text, engine])).toEqual([
      ['before', 'hand'],
      ['after', 'fallback'],
    ]);
  });

  it('is as confident as its words are on average', () => {
    receive({ ...final('a', 0, 100, 0.5), words: [1, 2, 3].map((i) => ({ text: 'a', startMs: i, endMs: i })) });
    receive(final('b', 100, 200, 0.9));
    receive(final('c', 200, 300));
    assembler.flush();
    expect(published[0]?.confidence).toBeCloseTo(0.6);
  });

  it('tells each word once, in order, and no utterance that could have been told before', () => {
    const step = fc.oneof(fc.constant('endpoint' as const), fc.integer({ min: 1, max: 9_000 }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        published = [];
        let now = 0;
        let count = 0;
        for (const each of steps) {
          if (each === 'endpoint') assembler.flush();
          else receive(final(String(count++), now, (now += each)));
        }
        assembler.flush();
        expect(published.flatMap(({ text }) => text.split(' ')).join(' ')).toBe(
          Array.from({ length: count }, (_, i) => i).join(' '),
        );
        for (const { words } of published) {
          const speechMs = words.slice(0, -1).reduce((sum, word) => sum + word.endMs - word.startMs, 0);
          expect(speechMs).toBeLessThan(MAX_SPEECH_MS);
        }
      }),
    );
  });
});
