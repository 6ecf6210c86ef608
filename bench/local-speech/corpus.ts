import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readWav } from '../../edge-relay/audio/wav.ts';
import { comparableWords } from '../../edge-relay/sim/demo/word-errors.ts';

/** A recording of one voice at 8 or 16 kHz, and what is said in it. */
export interface Spoken {
  readonly name: string;
  readonly sampleRate: 8_000 | 16_000;
  readonly samples: Int16Array;
  readonly said: readonly string[];
}

/** Shorter prompts say little of a recogniser. */
const MIN_WORDS = 4;

/**
 * The recordings of a folder whose text is known: `NAME.wav` with `NAME.txt` beside it, or with a line `NAME: text` in
 * a file of its own, as Asterisk's prompts have it. Texts in brackets describe sounds, and are left out.
 */
export function readCorpus(folder: string, textsFile: string | undefined): Spoken[] {
  const texts = textsFile === undefined ? undefined : textsOf(textsFile);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.wav'))
    .map((file) => file.slice(0, -'.wav'.length))
    .sort();
  return names.flatMap((name) => {
    const text = texts ? texts.get(name) : readFileSync(join(folder, `${name}.txt`), 'utf8');
    const said = comparableWords(text ?? '');
    if (text === undefined || text.includes('[') || said.length < MIN_WORDS) return [];
    const { sampleRate, channels } = readWav(readFileSync(join(folder, `${name}.wav`)));
    const [samples] = channels;
    if ((sampleRate !== 8_000 && sampleRate !== 16_000) || !samples) return [];
    return [{ name, sampleRate, samples, said }];
  });
}

function textsOf(file: string): Map<string, string> {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const match = /^([^;:\s][^:]*):\s*(.+)$/.exec(line);
      return match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const];
    }),
  );
}

/** Every n-th, so that all groups of a folder are in a part of it. */
export function sample<T>(all: readonly T[], count: number): T[] {
  if (count >= all.length) return [...all];
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T);
}
