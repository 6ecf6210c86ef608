import { pino } from 'pino';
import { ManualClock } from '../edge-relay/clock.fake.ts';
import { type SttEngine, SttError, type SttListener } from '../edge-relay/stt/engine.ts';
import { EngineStatus } from '../edge-relay/stt/engine-status.ts';
import { codedSpeech, VOCABULARY } from '../edge-relay/stt/coded-speech.fake.ts';
import { openCodedEngine } from '../edge-relay/stt/engine.fake.ts';
import { SttSession } from '../edge-relay/stt/session.ts';
import type { Benchmark } from './benchmark.ts';
import { randomFrom } from '../functions/ingest/example-traffic.fake.ts';

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;
const FRAME_BYTES = 320;
const CALLS = 200;
const SENTENCES = 40;
const settle = () => new Promise((resolve) => setImmediate(resolve));

export default {
  about: 'The speech session: words lost and doubled over many drops, replayed audio, microseconds a frame',
  async run() {
    const random = randomFrom(1);
    let [lost, doubled, words, drops, sentMs, spokenMs, frames] = [0, 0, 0, 0, 0, 0, 0];
    const startedAt = performance.now();
    for (let call = 0; call < CALLS; call++) {
      const said = Array.from({ length: SENTENCES }, () =>
        Array.from(
          { length: 1 + Math.floor(random() * 6) },
          () => VOCABULARY[Math.floor(random() * VOCABULARY.length)] ?? 'hello',
        ).join(' '),
      );
      const audio = codedSpeech(said, FORMAT);
      const clock = new ManualClock();
      const recognized: string[] = [];
      const running: { drop: () => void }[] = [];
      const coded = openCodedEngine();
      const engine: SttEngine = {
        ...coded,
        replayRate: 1.25,
        open: async (format, context, listener: SttListener) => {
          const connection = await coded.open(format, context, listener);
          running.push({
            drop: () => {
              listener.closed(new SttError('dropped by the benchmark', { retryable: true }));
            },
          });
          return {
            ...connection,
            send: (chunk) => {
              sentMs += chunk.length / 16;
              connection.send(chunk);
            },
          };
        },
      };
      const session = new SttSession(FORMAT, {
        engines: [engine],
        status: new EngineStatus(),
        clock,
        log: pino({ level: 'silent' }),
        listener: {
          partial: () => undefined,
          final: ({ text }) => recognized.push(text),
          endpoint: () => undefined,
        },
      });
      session.start({ channels: ['caller'] });
      await settle();
      for (let at = 0; at < audio.length; at += FRAME_BYTES) {
        session.push(audio.subarray(at, at + FRAME_BYTES), 1);
        clock.advance(20);
        frames++;
        // Once in ten seconds on average.
        if (random() < 0.002) {
          running.at(-1)?.drop();
          drops++;
        }
        await Promise.resolve();
      }
      for (let i = 0; i < 600; i++) {
        clock.advance(100);
        await settle();
      }
      await session.finish();
      spokenMs += audio.length / 16;
      const [expected, got] = [said.join(' ').split(' '), recognized.join(' ').split(' ')];
      words += expected.length;
      lost += Math.max(0, expected.length - got.length);
      doubled += Math.max(0, got.length - expected.length);
      if (expected.join(' ') !== got.join(' ') && expected.length === got.length) lost++;
    }
    const figures = {
      words,
      drops,
      lostWords: lost,
      doubledWords: doubled,
      replayedPercent: Number((100 * (sentMs / spokenMs - 1)).toFixed(1)),
      // With the recogniser of coded speech, which is most of it.
      microsecondsPerFrame: Number((((performance.now() - startedAt) * 1_000) / frames).toFixed(1)),
    };
    console.table(figures);
    return { figures, peers: {} };
  },
} satisfies Benchmark;
