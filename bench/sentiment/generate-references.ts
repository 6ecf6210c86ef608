/**
 * Writes what the reference packages make of the fixture sentences to
 * `core/sentiment/{vader,textblob}/fixtures/`.
 *
 * Run with `npx tsx bench/sentiment/generate-references.ts` when sentences change.
 */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { runReference } from '../python-reference.ts';
import { fixtureSentences } from './sentences.ts';

const sentences = fixtureSentences();
for (const engine of ['vader', 'textblob'] as const) {
  const { scores } = runReference(engine, sentences);
  const rows = sentences.map((sentence, i) => `  ${JSON.stringify([sentence, ...(scores[i] ?? [])])}`);
  const json = await format(`[\n${rows.join(',\n')}\n]\n`, { parser: 'json', printWidth: 120 });
  writeFileSync(`core/sentiment/${engine}/fixtures/${engine}-reference.json`, json);
}
