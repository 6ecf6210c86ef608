import { bytesOf } from '../../audio/samples.ts';
import type { SpeechCut } from '../speech-cutter.ts';
import type { OfflineRecognizer, Vad } from './library.ts';
import { PieceRecognizer } from './piece-recognizer.ts';

/** A recogniser that answers by the length of the audio, in milliseconds, and remembers what it was given. */
function recognizer(answer: (durationMs: number, call: number) => string) {
  const given: number[] = [];
  let text = '';
  const self: OfflineRecognizer = {
    createStream: () => ({
      acceptWaveform: ({ samples, sampleRate }) => {
        const durationMs = samples.length / (sampleRate / 1_000);
        text = answer(durationMs, given.push(durationMs));
      },
    }),
    decode: () => undefined,
    getResult: () => ({ text }),
  };
  return { self, given };
}

/** Finds a voice in a share of whatever it is given. */
function detector(share: number): Vad {
  let windows = 0;
  return {
    acceptWaveform: () => windows++,
    isDetected: () => windows % 10 < share * 10,
    isEmpty: () => true,
    pop: () => undefined,
    reset: () => (windows = 0),
  };
}

function cutOf(durationMs: number, more: Partial<SpeechCut> = {}): SpeechCut {
  const samples = Int16Array.from({ length: durationMs * 8 }, (_, i) => Math.round(Math.sin(i) * 3_000));
  const [startMs, endMs] = [5_000, 5_000 + durationMs];
  return {
    startMs,
    endMs,
    audio: bytesOf(samples),
    voiceStartMs: startMs,
    voiceEndMs: endMs,
    isUnfinished: false,
    ...more,
  };
}

const recognizeCut = (answer: (durationMs: number, call: number) => string, cut: SpeechCut, voice = 1) => {
  const { self, given } = recognizer(answer);
  return { ...new PieceRecognizer(self, detector(voice)).recognize(cut, 8_000), given };
};

describe('PieceRecognizer', () => {
  it('spreads the words over the time of the voice, and covers the whole piece', () => {
    const cut = cutOf(2_000, { voiceStartMs: 5_200, voiceEndMs: 6_200 });
    const { text, words, startMs, endMs } = recognizeCut(() => 'Cancel it', cut);
    expect({ text, startMs, endMs }).toEqual({ text: 'Cancel it', startMs: 5_000, endMs: 7_000 });
    expect(words).toMatchObject([
      { startMs: 5_200, endMs: 5_700 },
      { startMs: 5_700, endMs: 6_200 },
    ]);
  });

  it('asks the model nothing where nobody speaks', () => {
    expect(recognizeCut(() => 'Thank you for watching!', cutOf(2_000), 0)).toMatchObject({ text: '', given: [] });
  });

  it('believes what a caller may have said, if a voice was there for long enough', () => {
    const answer = () => 'Thank you very much for watching my shop';
    expect(recognizeCut(answer, cutOf(1_500)).text).toBe(answer());
    expect(recognizeCut(answer, cutOf(1_500), 0.3).text).toBe('');
  });

  it.each(['♪', '[BLANK_AUDIO]', '(music)', 'you you you you you you you you'])('drops %s', (text) => {
    expect(recognizeCut(() => text, cutOf(8_000)).text).toBe('');
  });

  it('gives a model that goes round in circles halves of the piece', () => {
    const answer = (durationMs: number, call: number) =>
      durationMs > 5_000 ? 'Dial two to to to to to to to' : call === 2 ? 'Dial two to reach' : 'the desk.';
    const { text, words, given } = recognizeCut(answer, cutOf(8_000));
    expect(text).toBe('Dial two to reach the desk.');
    expect(words).toHaveLength(6);
    expect(given).toHaveLength(3);
    expect((given[1] ?? 0) + (given[2] ?? 0)).toBeCloseTo(given[0] ?? NaN, 0);
    expect(Math.min(...given.slice(1))).toBeGreaterThan(8_000 / 3 - 100);
  });

  it('ends when it goes round in circles whatever it is given, with the phrase said once', () => {
    const { text, given } = recognizeCut(() => 'We talked and so on and so on and so on and so on.', cutOf(2_800));
    expect(text.match(/so on/g)).toHaveLength(1);
    expect(given).toHaveLength(1);
    expect(recognizeCut(() => 'Dial to to to to to to to to to to', cutOf(9_000)).given.length).toBeLessThan(12);
  });

  it('keeps what a person says several times', () => {
    const answer = (durationMs: number) => (durationMs > 3_500 ? 'No no no no no no.' : 'No no no.');
    expect(recognizeCut(answer, cutOf(4_000)).text).toBe('No no no No no no.');
    expect(recognizeCut(() => 'No no no no no.', cutOf(2_000)).text).toBe('No no no no no.');
  });

  it('puts no full stop where speech goes on', () => {
    expect(recognizeCut(() => 'Please press the.', cutOf(2_000, { isUnfinished: true })).text).toBe('Please press the');
  });

  it('makes a short answer long enough for the model', () => {
    expect(recognizeCut(() => 'Yes.', cutOf(300)).given[0]).toBeGreaterThan(1_090);
  });
});
