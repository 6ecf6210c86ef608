/**
 * Writes `core/sentiment/textblob/textblob-data.ts` from the data of TextBlob's default analyser.
 *
 * Run with `npx tsx bench/sentiment/generate-textblob-data.ts` when the reference changes.
 */
import { execaSync } from 'execa';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { pythonReference } from '../python-reference.ts';

interface TextblobData {
  words: [word: string, polarity: number, subjectivity: number, intensity: number, isModifier: boolean][];
  abbreviations: string[];
  emoticons: [polarity: number, faces: string[]][];
}

const script = join(import.meta.dirname, 'textblob_data.py');
const data = JSON.parse(execaSync(pythonReference().python, [script]).stdout) as TextblobData;

const groups = new Map<string, { words: string[]; modifiers: string[] }>();
for (const [word, polarity, subjectivity, intensity, isModifier] of data.words) {
  // No token holds a space or an apostrophe.
  if (/[ ']/.test(word)) continue;
  const rating = `${polarity}, ${subjectivity}, ${intensity}`;
  const group = groups.get(rating) ?? { words: [], modifiers: [] };
  groups.set(rating, group);
  (isModifier ? group.modifiers : group.words).push(word);
}
const list = (words: string[]) => JSON.stringify(words.sort().join(' '));
const rows = [...groups].map(([rating, group]) => `[${rating}, ${list(group.words)}, ${list(group.modifiers)}],`);

const code = `/**
 * The lexicon of TextBlob's default analyser (see ../NOTICE.md): groups of words with one rating, the words that may
 * modify the next one apart. Generated; do not edit.
 */
export const TEXTBLOB_WORDS: readonly (readonly [
  polarity: number, subjectivity: number, intensity: number, words: string, modifiers: string,
])[] = [${rows.join('\n')}];

/** Abbreviations whose full stop does not end a sentence. */
export const TEXTBLOB_ABBREVIATIONS = ${list(data.abbreviations)};

/** Emoticons by polarity. */
export const TEXTBLOB_EMOTICONS: readonly (readonly [polarity: number, faces: readonly string[]])[] =
  ${JSON.stringify(data.emoticons)};
`;
writeFileSync(
  'core/sentiment/textblob/textblob-data.ts',
  await format(code, { parser: 'typescript', singleQuote: true, printWidth: 120 }),
);
