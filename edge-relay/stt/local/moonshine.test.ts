import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lineSounds } from '../../audio/line-sounds.fake.ts';
import { bytesOf } from '../../audio/samples.ts';
import { demoLegs, demoTurns } from '../../sim/demo/demo.ts';
import { comparableWords, wordErrors } from '../../sim/demo/word-errors.ts';
import type { SttEngine, SttResult } from '../engine.ts';
import { openLocal } from './local.ts';

/** Where `npm start` puts it. */
const MODEL = join(__dirname, '../../../.local/models/moonshine-tiny-en');
const isThere = existsSync(join(MODEL, 'tokens.txt'));
if (!isThere)
  process.stdout.write(`The local engine was not tried with Moonshine itself: npm start fetches it to ${MODEL}\n`);

/** The fakes try all but the model: this is for machines that have it. */
(isThere ? describe : describe.skip)('the local engine with Moonshine', () => {
  let engine: SttEngine;
  beforeAll(async () => {
    engine = await openLocal({ folder: MODEL, threads: 1, language: 'en-US' });
  });
  afterAll(() => engine.close());

  async function transcribe(samples: Int16Array): Promise<SttResult[]> {
    const finals: SttResult[] = [];
    await new Promise<void>((resolve, reject) => {
      const listener = {
        partial: () => undefined,
        final: (result: SttResult) => {
          if (result.text !== '') finals.push(result);
        },
        endpoint: () => undefined,
        lost: () => undefined,
        closed: (error?: Error) => {
          if (error) reject(error);
          else resolve();
        },
      };
      engine.open({ sampleRate: 8_000, channelCount: 1 }, { channels: ['caller'] }, listener).then((connection) => {
        connection.send(Buffer.from(bytesOf(samples)));
        connection.finish();
      }, reject);
    });
    return finals;
  }
  const textOf = (finals: readonly SttResult[]) => finals.map(({ text }) => text).join(' ');

  it('recognizes the demo’s caller', async () => {
    const caller = (await demoLegs()).find(({ channel }) => channel === 'caller');
    const turns = demoTurns.filter(({ channel }) => channel === 'caller');
    const said = comparableWords(turns.flatMap(({ says }) => says).join(' '));
    const recognized = comparableWords(textOf(await transcribe(caller?.samples ?? new Int16Array())));
    expect(wordErrors(said, recognized) / said.length).toBeLessThan(0.15);
  }, 120_000);

  it.each(lineSounds(30))(
    'makes no words of 30 s of %s',
    async (_name, samples) => {
      expect(textOf(await transcribe(samples))).toBe('');
    },
    60_000,
  );
});
