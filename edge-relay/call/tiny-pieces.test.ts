import fc from 'fast-check';
import { pino } from 'pino';
import { LevelNormalizer } from '../audio/level.ts';
import { Resampler } from '../audio/resampler.ts';
import { bytesOf, samplesOf } from '../audio/samples.ts';
import { ManualClock } from '../clock.fake.ts';
import { codedSpeech } from '../stt/coded-speech.fake.ts';
import { openCodedEngine } from '../stt/engine.fake.ts';
import { EngineStatus } from '../stt/engine-status.ts';
import { SpeechCutter } from '../stt/speech-cutter.ts';
import { VoiceActivity } from '../stt/voice-activity.ts';
import type { UnsentEvent } from './call.ts';
import { Calls } from './calls.ts';

/** A recorder or a network may cut audio anywhere: what is kept from piece to piece must survive pieces of no length. */
const format = { sampleRate: 8_000, channelCount: 1 } as const;
const speech = samplesOf(codedSpeech(['hello my line is down', 'thank you'], format));
const SAMPLES_PER_MS = 8;
const EDGES = 14;

/** Lengths of the first pieces in samples; the rest follows in frames of 20 ms. */
const tinyPieces = fc.array(fc.nat(7), { minLength: 1, maxLength: 400 });

function piecesOf(samples: Int16Array, lengths: readonly number[]): Int16Array[] {
  const pieces: Int16Array[] = [];
  let at = 0;
  for (const length of lengths) pieces.push(samples.subarray(at, (at += length)));
  for (; at < samples.length; at += 160) pieces.push(samples.subarray(at, at + 160));
  return pieces;
}

const runs = { numRuns: 25 };

describe('audio in pieces of 0 to 7 samples', () => {
  it('is as loud after levelling as in frames', () => {
    const levelled = (lengths: readonly number[]) => {
      const level = new LevelNormalizer(-20);
      return piecesOf(speech, lengths).map((piece) => level.push(piece, 8_000));
    };
    const energyOf = (pieces: readonly Int16Array[]) =>
      pieces.reduce((sum, piece) => piece.reduce((total, sample) => total + sample * sample, sum), 0);
    const inFrames = energyOf(levelled([]));
    fc.assert(
      fc.property(tinyPieces, (lengths) => {
        expect(Math.abs(10 * Math.log10(energyOf(levelled(lengths)) / inFrames))).toBeLessThan(1);
      }),
      runs,
    );
  });

  it('has the voices that it has in frames', () => {
    const voicedMs = (lengths: readonly number[]) => {
      const activity = new VoiceActivity();
      return piecesOf(speech, lengths).reduce((ms, piece) => {
        const durationMs = piece.length / SAMPLES_PER_MS;
        return activity.detects(piece, durationMs) ? ms + durationMs : ms;
      }, 0);
    };
    const inFrames = voicedMs([]);
    expect(inFrames).toBeGreaterThan(1_000);
    fc.assert(
      fc.property(tinyPieces, (lengths) => {
        // Each edge of a word may fall into a neighbouring frame.
        expect(Math.abs(voicedMs(lengths) - inFrames)).toBeLessThan(EDGES * 20);
      }),
      runs,
    );
  });

  it('is resampled to the same samples', () => {
    const resampled = (lengths: readonly number[]) => {
      const resampler = new Resampler(8_000, 16_000);
      return Buffer.concat(piecesOf(speech, lengths).map((piece) => Buffer.from(bytesOf(resampler.push(piece)))));
    };
    const inFrames = resampled([]);
    fc.assert(
      fc.property(tinyPieces, (lengths) => {
        expect(resampled(lengths).equals(inFrames)).toBe(true);
      }),
      runs,
    );
  });

  it('is cut at the same pauses', () => {
    const cuts = (lengths: readonly number[]) => {
      const found: [number, number][] = [];
      const cutter = new SpeechCutter(format, { onCut: ({ startMs, endMs }) => found.push([startMs, endMs]) });
      for (const piece of piecesOf(speech, lengths)) cutter.push(Buffer.from(bytesOf(piece)));
      cutter.end();
      return found;
    };
    const inFrames = cuts([]);
    expect(inFrames).toHaveLength(2);
    fc.assert(
      fc.property(tinyPieces, (lengths) => {
        expect(cuts(lengths)).toEqual(inFrames);
      }),
      runs,
    );
  });

  it('is transcribed to the same words, and reported with numbers that are numbers', async () => {
    await fc.assert(
      fc.asyncProperty(tinyPieces, fc.boolean(), async (lengths, hasHalfSample) => {
        const clock = new ManualClock();
        const events: UnsentEvent[] = [];
        const log = pino({ level: 'silent' });
        const calls = new Calls({
          relayId: 'berlin-1',
          pbx: 'berlin',
          speech: { engines: [openCodedEngine()], status: new EngineStatus(), clock, log },
          redactor: undefined,
          levelTargetDbfs: undefined,
          sendPartial: () => true,
          clock,
          log,
          publish: (event) => events.push(event),
          onCallStarted: () => undefined,
        });
        calls.start();
        const leg = calls.openLeg({ uuid: '11111111-1111-4111-8111-111111111111', source: 'test' });
        calls.describe({ uuid: '11111111-1111-4111-8111-111111111111', linkedid: '1.1', channel: 'caller' });
        const settle = () => new Promise((resolve) => setImmediate(resolve));
        await settle();
        if (hasHalfSample) leg?.audio(Buffer.alloc(1), 8_000);
        for (const piece of piecesOf(speech, lengths)) {
          clock.advance(piece.length / SAMPLES_PER_MS);
          leg?.audio(Buffer.from(bytesOf(piece)), 8_000);
        }
        for (const legTick of calls.ticks().flatMap(({ legs }) => legs))
          for (const value of Object.values(legTick)) if (typeof value === 'number') expect(value).not.toBeNaN();
        leg?.end();
        await settle();
        await calls.drain();
        const texts = events.flatMap((event) => (event.type === 'UtteranceTranscribed' ? [event.text] : []));
        expect(texts).toEqual(['hello my line is down', 'thank you']);
      }),
      runs,
    );
  });
});
