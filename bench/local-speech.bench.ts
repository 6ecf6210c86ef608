import { parseArgs } from 'node:util';
import { parseSettings } from '../edge-relay/config.ts';
import { comparableWords, wordErrors } from '../edge-relay/sim/demo/word-errors.ts';
import { openEngine } from '../edge-relay/stt/engines.ts';
import { modelsFolder } from '../local/speech.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { readCorpus, sample, type Spoken } from './local-speech/corpus.ts';
import { coreSeconds, transcribe, memoryMegabytes, play } from './local-speech/transcribe.ts';

const options = {
  audio: { type: 'string' },
  texts: { type: 'string' },
  model: { type: 'string', default: `${modelsFolder}/moonshine-tiny-en` },
  prompts: { type: 'string', default: '80' },
  legs: { type: 'string', default: '25' },
  seconds: { type: 'string', default: '60' },
} as const;

type Settings = ReturnType<typeof parseSettings>;

export default {
  about: 'The local engine on recordings (--audio DIR, --texts FILE): word error, processor time, latency, memory',
  async run(args) {
    const { values } = parseArgs({ args, options });
    if (values.audio === undefined) throw new Error('--audio DIR names a folder with WAV files and their texts');
    const corpus = sample(readCorpus(values.audio, values.texts), Number(values.prompts));
    const settings = parseSettings({ EARSHOT_ENGINE: 'local', EARSHOT_LOCAL_MODEL: values.model });
    const load = { legs: Number(values.legs), seconds: Number(values.seconds) };
    const figures = { ...(await accuracy(settings, 'local', corpus)), ...(await underLoad(settings, corpus, load)) };
    const pocketsphinx = await accuracy(settings, 'pocketsphinx', corpus);
    console.table({ local: figures, pocketsphinx });
    return { figures, peers: { pocketsphinx } };
  },
} satisfies Benchmark;

/** Each recording by itself, as fast as it goes. */
async function accuracy(
  settings: Settings,
  name: 'local' | 'pocketsphinx',
  corpus: readonly Spoken[],
): Promise<Figures> {
  const engine = await openEngine(settings, name);
  const before = coreSeconds();
  let [errors, words, seconds] = [0, 0, 0];
  for (const spoken of corpus) {
    errors += wordErrors(
      numbersAsWords(spoken.said),
      numbersAsWords(comparableWords(await transcribe(engine, spoken))),
    );
    words += spoken.said.length;
    seconds += spoken.samples.length / spoken.sampleRate;
  }
  const perSecond = (coreSeconds() - before) / seconds;
  await engine.close();
  return {
    prompts: corpus.length,
    words,
    wordErrorPercent: rounded((100 * errors) / words, 1),
    coreSecondsPerAudioSecond: rounded(perSecond, 4),
    legsPerCore: Math.floor(1 / perSecond),
  };
}

/** Many legs in real time: first unwatched, then with somebody who watches each of them. */
async function underLoad(
  settings: Settings,
  corpus: readonly Spoken[],
  load: { legs: number; seconds: number },
): Promise<Figures> {
  const engine = await openEngine(settings, 'local');
  const finals = await play(engine, corpus, { ...load, isWatched: false });
  const megabytes = memoryMegabytes();
  const watched = await play(engine, corpus, { ...load, isWatched: true });
  await engine.close();
  return {
    loadedLegs: load.legs,
    loadCores: rounded(finals.coreSeconds / (finals.audioSeconds / load.legs), 2),
    finalP50Ms: percentile(finals.latenciesMs, 0.5),
    finalP95Ms: percentile(finals.latenciesMs, 0.95),
    memoryMb: Math.round(megabytes),
    watchedFinalP50Ms: percentile(watched.latenciesMs, 0.5),
    watchedFinalP95Ms: percentile(watched.latenciesMs, 0.95),
    watchedPartialsPerLegAndSecond: rounded(watched.partials / watched.audioSeconds, 2),
    watchedLoadCores: rounded(watched.coreSeconds / (watched.audioSeconds / load.legs), 2),
  };
}

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "Press 1" is what "press one" is. */
function numbersAsWords(words: readonly string[]): string[] {
  return words.map((word) => DIGITS[/^\d+$/.test(word) ? Number(word) : -1] ?? word);
}

function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
