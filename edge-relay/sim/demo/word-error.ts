import { phraseFinder } from '#core/text/phrases.ts';
import { bytesOf } from '../../audio/samples.ts';
import { readSettings } from '../../config.ts';
import type { SttEngine } from '../../stt/engine.ts';
import { openEngine } from '../../stt/engines.ts';
import type { SimulatedLeg } from '../simulator.ts';
import { demoLegs, demoTurns } from './demo.ts';
import { comparableWords, wordErrors } from './word-errors.ts';

/**
 * How well the engine of the settings transcribes the demo call, as fast as it can:
 * `EARSHOT_ENGINE=pocketsphinx tsx edge-relay/sim/demo/word-error.ts`
 */
async function transcribe(engine: SttEngine, { sampleRate, samples, channel }: SimulatedLeg): Promise<string[]> {
  const recognized: string[] = [];
  const rate = sampleRate === 8_000 ? 8_000 : 16_000;
  await new Promise<void>((resolve, reject) => {
    const listener = {
      partial: () => undefined,
      final: ({ text }: { text: string }) => void recognized.push(text),
      endpoint: () => undefined,
      lost: () => undefined,
      closed: (error?: Error) => {
        if (error) reject(error);
        else resolve();
      },
    };
    engine.open({ sampleRate: rate, channelCount: 1 }, { channels: [channel] }, listener).then((connection) => {
      const audio = bytesOf(samples);
      for (let at = 0; at < audio.length; at += 320) connection.send(audio.subarray(at, at + 320));
      connection.finish();
    }, reject);
  });
  return recognized;
}

const settings = readSettings();
const engine = await openEngine(settings, settings.EARSHOT_ENGINE);
let [phrases, phrasesRecognized] = [0, 0];
for (const leg of await demoLegs()) {
  const turns = demoTurns.filter(({ channel }) => channel === leg.channel);
  const recognized = await transcribe(engine, leg);
  console.log(`\n${leg.channel}:\n  ${recognized.join('\n  ')}`);

  const said = comparableWords(turns.flatMap(({ says }) => says).join(' '));
  const errors = wordErrors(said, comparableWords(recognized.join(' ')));
  console.log(`word error: ${((100 * errors) / said.length).toFixed(1)} % (${errors} of ${said.length} words)`);

  const marked = turns.flatMap(({ alertPhrases }) => alertPhrases);
  const missed = marked.filter((phrase) => !recognized.some((text) => phraseFinder([phrase])(text).length > 0));
  phrases += marked.length;
  phrasesRecognized += marked.length - missed.length;
  if (marked.length > 0) console.log(`alert phrases: ${marked.join(', ')}; missed: ${missed.join(', ') || 'none'}`);
}
console.log(`\nalert phrases recognized: ${phrasesRecognized} of ${phrases}`);
await engine.close();
