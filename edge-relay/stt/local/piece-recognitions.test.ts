import { codedSpeech, silence } from '../coded-speech.fake.ts';
import type { SpeechCut } from '../speech-cutter.ts';
import { PieceRecognitions } from './piece-recognitions.ts';

const format = { sampleRate: 8_000, channelCount: 1 } as const;

/** Streams over a recogniser that takes so long for each piece, on a clock of the test's own. */
function setUp(decodeMs = 100) {
  let [now, isDue] = [0, false];
  let run: () => void = () => undefined;
  const log: string[] = [];
  const recognitions = new PieceRecognitions(
    {
      recognize: ({ startMs, endMs }: SpeechCut) => {
        now += decodeMs;
        return { channelIndex: 0, text: `${endMs - startMs} ms`, words: [], startMs, endMs };
      },
    },
    {
      now: () => now,
      soon: (action) => {
        isDue = true;
        run = action;
      },
    },
  );
  return {
    log,
    late: () => recognitions.lateMs,
    wait: (durationMs: number) => (now += durationMs),
    open: (name: string) =>
      recognitions.open(8_000, {
        partial: ({ text }) => log.push(`${name} partial ${text}`),
        final: ({ text }, isEndpoint) => log.push(`${name} final ${text}${isEndpoint ? ', pause' : ''}`),
      }),
    /** What the child process does when it has read its messages, until nothing is left. */
    work: () => {
      recognitions.decodeSoon();
      while (isDue) {
        isDue = false;
        run();
      }
    },
  };
}

const sentence = codedSpeech(['hello my line is down'], format);
const words = sentence.subarray(0, 16 * 1_200);

describe('PieceRecognitions', () => {
  it('emits a final at each pause, and says when all is done', () => {
    const { open, log, work } = setUp();
    const stream = open('a');
    stream.push(Buffer.concat([sentence, sentence]), false);
    stream.end(() => log.push('a ended'));
    work();
    expect(log).toEqual([
      expect.stringMatching(/^a final \d+ ms, pause$/),
      expect.stringMatching(/^a final \d+ ms, pause$/),
      'a ended',
    ]);
  });

  it('shows what is being said to who watches, and spends nothing on it otherwise', () => {
    const { open, log, work } = setUp();
    const [watched, other] = [open('watched'), open('other')];
    other.push(words, false);
    watched.push(words, true);
    work();
    expect(log).toEqual(['watched partial 1200 ms']);
    work();
    expect(log).toHaveLength(1);
  });

  it('decodes what is being said anew only when half a second more has come, and in half of the time at most', () => {
    const { open, log, work, wait } = setUp(300);
    const stream = open('a');
    stream.push(words, true);
    work();
    stream.push(silence(200, format), true);
    wait(1_000);
    work();
    expect(log).toHaveLength(1);
    stream.push(words.subarray(3_200), true);
    work();
    expect(log).toHaveLength(2);
    stream.push(words.subarray(3_200), true);
    wait(299);
    work();
    expect(log).toHaveLength(2);
    wait(1);
    work();
    expect(log).toHaveLength(3);
  });

  it('gives finals first, and of what is being said the newest', () => {
    const { open, log, work, wait } = setUp();
    const [old, fresh, done] = [open('old'), open('fresh'), open('done')];
    old.push(Buffer.concat([words, words]), true);
    fresh.push(words, true);
    done.push(sentence, true);
    work();
    wait(1_000);
    work();
    expect(log.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'done final',
      'fresh partial',
      'old partial',
    ]);
  });

  it('emits no endpoint where speech that never pauses is cut', () => {
    const { open, log, work } = setUp();
    const stream = open('a');
    for (let i = 0; i < 9; i++) stream.push(words.subarray(3_200), false);
    work();
    expect(log).toEqual([expect.stringMatching(/^a final [678]\d\d\d ms$/)]);
  });

  it('knows how long a piece has been waiting for its turn', () => {
    const { open, late, work, wait } = setUp();
    const [one, other] = [open('one'), open('other')];
    expect(late()).toBe(0);
    one.push(sentence, false);
    wait(2_000);
    other.push(sentence, false);
    wait(1_000);
    expect(late()).toBe(3_000);
    work();
    expect(late()).toBe(0);
  });

  it('emits nothing of a stream that was abandoned', () => {
    const { open, log, work } = setUp();
    const stream = open('a');
    stream.push(sentence, true);
    stream.abandon();
    work();
    expect(log).toEqual([]);
  });
});
