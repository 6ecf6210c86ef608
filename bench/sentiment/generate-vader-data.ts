/**
 * Writes `core/sentiment/vader/vader-{words,emoji}.ts` from the published lexicons.
 *
 * Words come from the `vader-sentiment` package plus the entries its file lacks, emoji names from the Python
 * reference. Run with `npx tsx bench/sentiment/generate-vader-data.ts` when either changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'prettier';
import { pythonReference } from '../python-reference.ts';

const DATA = 'core/sentiment/vader';
const PRETTIER = { parser: 'typescript', singleQuote: true, printWidth: 120 } as const;

/** What the package's file lacks or has otherwise than the reference. */
const SUPPLEMENT = { heart: 3.2, hearts: 3.3, flawed: -2.1, badass: 1.4 };

const python = pythonReference();
const words = new Map(columns(createRequire(import.meta.url).resolve('vader-sentiment/vader_lexicon.txt')).map(toWord));
for (const [word, valence] of Object.entries(SUPPLEMENT)) words.set(word, valence);

const reference = new Map(columns(join(python.packages, 'vaderSentiment/vader_lexicon.txt')).map(toWord));
const odd = [...new Set([...words.keys(), ...reference.keys()])].filter(
  (word) => words.get(word) !== reference.get(word),
);
if (odd.length > 0) throw new Error(`The lexicon differs from the reference at: ${odd.join(' ')}`);

const byValence = new Map<number, string[]>();
for (const [word, valence] of words) {
  if (!isReachable(word)) continue;
  byValence.set(valence, [...(byValence.get(valence) ?? []), word]);
}
const groups = [...byValence]
  .sort(([a], [b]) => a - b)
  .map(([valence, group]) => `  [${valence}, ${JSON.stringify(group.sort().join(' '))}],`);
await write(
  'vader-words.ts',
  '/** Words and emoticons by valence, −4 to 4 (see ../NOTICE.md). Generated; do not edit. */',
  `export const VADER_WORDS: readonly (readonly [valence: number, words: string])[] = [\n${groups.join('\n')}\n];`,
);

const emoji = columns(join(python.packages, 'vaderSentiment/emoji_utf8_lexicon.txt'))
  .filter(([symbol]) => Array.from(symbol).length === 1)
  .map(([symbol, name]) => `  ${JSON.stringify(symbol)}: ${JSON.stringify(name)},`);
await write(
  'vader-emoji.ts',
  '/** What each emoji of one code point is read as (see ../NOTICE.md). Generated; do not edit. */',
  `export const VADER_EMOJI: Readonly<Record<string, string>> = {\n${emoji.join('\n')}\n};`,
);

function columns(file: string): [string, string][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split('\t'))
    .flatMap(([key, value]) => (key && value ? [[key, value] satisfies [string, string]] : []));
}

function toWord([word, valence]: [string, string]): [string, number] {
  return [word, Number(valence)];
}

/** Tokens are looked up in lower case and hold no space, and long ones lose their outer punctuation. */
function isReachable(word: string): boolean {
  const bare = word.replace(/^[!-/:-@[-`{-~]+|[!-/:-@[-`{-~]+$/g, '');
  return word === word.toLowerCase() && !word.includes(' ') && (bare === word || bare.length <= 2);
}

async function write(name: string, comment: string, code: string): Promise<void> {
  writeFileSync(join(DATA, name), await format(`${comment}\n${code}\n`, PRETTIER));
}
