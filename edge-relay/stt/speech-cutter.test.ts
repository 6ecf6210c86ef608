import fc from 'fast-check';
import { bytesOf } from '../audio/samples.ts';
import { codedSpeech, silence } from './coded-speech.fake.ts';
import { type SpeechCut, SpeechCutter } from './speech-cutter.ts';

const format = { sampleRate: 8_000, channelCount: 1 } as const;
const LOUD = 6_000;

function cutsOf(audio: Buffer, { maxCutMs = 9_000, pieceBytes = 320 } = {}): SpeechCut[] {
  const cuts: SpeechCut[] = [];
  const cutter = new SpeechCutter(format, { maxCutMs, onCut: (cut) => cuts.push(cut) });
  for (let at = 0; at < audio.length; at += pieceBytes) cutter.push(audio.subarray(at, at + pieceBytes));
  cutter.end();
  return cuts;
}

/** A voice that never pauses, with a dip of 60 ms at each of these times. */
function unbroken(durationMs: number, dipsMs: readonly number[] = []): Buffer {
  const samples = Int16Array.from({ length: durationMs * 8 }, (_, i) => {
    const isDip = dipsMs.some((dipMs) => Math.abs(i / 8 - dipMs) < 30);
    return Math.round(Math.sin(i / 3) * (isDip ? LOUD / 20 : LOUD));
  });
  return Buffer.concat([silence(1_000, format), bytesOf(samples)]);
}

describe('SpeechCutter', () => {
  it('cuts at pauses, and says where the voice is', () => {
    const [first, second, ...more] = cutsOf(codedSpeech(['hello my line is down', 'thank you'], format));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ startMs: 0, voiceStartMs: 200, voiceEndMs: 1_360, isUnfinished: false });
    expect(second).toMatchObject({ voiceStartMs: 2_000, voiceEndMs: 2_440 });
  });

  it('cuts unbroken speech at the quietest place of the last seconds, and goes on there', () => {
    const [first, second, third] = cutsOf(unbroken(20_000, [3_000, 7_500, 8_100 + 4_000]));
    // Times count from the first sample, a second before the voice.
    expect(first?.isUnfinished).toBe(true);
    expect(Math.abs((first?.endMs ?? 0) - 8_500)).toBeLessThanOrEqual(20);
    expect(second?.startMs).toBe(first?.endMs);
    expect(third?.startMs).toBe(second?.endMs);
  });

  it('loses and doubles no audio of unbroken speech, and no piece is longer than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 25_000 }),
        fc.array(fc.integer({ min: 0, max: 25_000 }), { maxLength: 8 }),
        fc.integer({ min: 20, max: 500 }),
        (durationMs, dipsMs, pieceSamples) => {
          const audio = unbroken(durationMs, dipsMs);
          const cuts = cutsOf(audio, { pieceBytes: 2 * pieceSamples });
          for (const { startMs, endMs, audio: cut } of cuts) {
            expect(endMs - startMs).toBeLessThanOrEqual(9_000);
            expect(cut.length).toBe((endMs - startMs) * 16);
          }
          const joined = Buffer.concat(cuts.map((cut) => cut.audio));
          const from = (cuts[0]?.startMs ?? 0) * 16;
          expect(from).toBeLessThanOrEqual(16_000);
          expect(joined.subarray(0, audio.length - from).equals(audio.subarray(from))).toBe(true);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('shows what is being said, until it is cut', () => {
    const cutter = new SpeechCutter(format, { onCut: () => undefined });
    expect(cutter.open).toBeUndefined();
    cutter.push(unbroken(500));
    expect(cutter.open).toMatchObject({ startMs: 800, endMs: 1_500, voiceStartMs: 1_000 });
    cutter.push(silence(600, format));
    expect(cutter.open).toBeUndefined();
  });
});
