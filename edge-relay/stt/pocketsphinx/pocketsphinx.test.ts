import { bytesOf } from '../../audio/samples.ts';
import { parseSettings } from '../../config.ts';
import { demoLegs } from '../../sim/demo/demo.ts';
import { comparableWords, wordErrors } from '../../sim/demo/word-errors.ts';
import type { SttEngine, SttError, SttListener, SttResult } from '../engine.ts';
import { openEngine } from '../engines.ts';
import { openPocketSphinx } from './pocketsphinx.ts';

const format = { sampleRate: 8_000, channelCount: 1 } as const;
const NEEDED = 'needs libpocketsphinx3 and pocketsphinx-en-us, which `npm start` installs';

describe(`engine pocketsphinx (${NEEDED})`, () => {
  let engine: SttEngine;
  let speech: Buffer;
  beforeAll(async () => {
    engine = await openEngine(parseSettings({}), 'pocketsphinx');
    // The caller's first turn: 7 s to 13 s of the demo call.
    const caller = (await demoLegs())[1];
    if (!caller) throw new Error('the demo has no caller');
    speech = bytesOf(caller.samples.subarray(7 * 8_000, 13.5 * 8_000));
  });
  afterAll(() => engine.close());

  async function transcribe(audio: Buffer, cut = audio.length) {
    const finals: SttResult[] = [];
    const log: string[] = [];
    const closed = new Promise<SttError | undefined>((resolve) => {
      const listener: SttListener = {
        partial: (result) => log.push(`partial ${result.text}`),
        final: (result) => {
          finals.push(result);
          log.push('final');
        },
        endpoint: () => log.push('endpoint'),
        lost: () => log.push('lost'),
        closed: (error) => {
          log.push('closed');
          resolve(error);
        },
      };
      void engine.open(format, { channels: ['caller'] }, listener).then((connection) => {
        for (let at = 0; at < cut; at += 320) connection.send(audio.subarray(at, Math.min(at + 320, cut)));
        connection.finish();
      });
    });
    return { error: await closed, finals, log };
  }

  it('recognizes what was said, and reports partials, the final, the endpoint and the end in this order', async () => {
    const { error, finals, log } = await transcribe(speech);
    expect(error).toBeUndefined();
    const said = comparableWords('Hello, my internet has been down since Monday and nobody called me back.');
    const recognized = comparableWords(finals.map(({ text }) => text).join(' '));
    expect(wordErrors(said, recognized) / said.length).toBeLessThan(0.2);
    expect(log[0]).toMatch(/^partial hello/);
    expect(log.indexOf('endpoint')).toBe(log.indexOf('final') + 1);
    expect(log.at(-1)).toBe('closed');
  }, 60_000);

  it('gives words their time since the first sample, also in a second utterance', async () => {
    const { finals } = await transcribe(Buffer.concat([speech, speech]));
    const [first, second] = finals.map(({ words }) => words[0]?.startMs ?? 0);
    const lengthMs = speech.length / 16;
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(lengthMs - 100);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(lengthMs + 100);
  }, 60_000);

  it('reports the words it has when the stream ends in the middle of speech', async () => {
    const { finals } = await transcribe(speech, 3 * 16_000);
    expect(finals.map(({ text }) => text).join(' ')).toContain('internet');
  }, 60_000);

  it('says what is missing and what to install', async () => {
    const options = { library: 'libpocketsphinx.so.3', acousticModel: '/nowhere', dictionary: '/nowhere/words.dict' };
    await expect(openPocketSphinx({ ...options, languageModel: undefined })).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('apt-get install libpocketsphinx3 pocketsphinx-en-us') as string,
    });
  });
});
