import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SentimentEngine } from '#core/sentiment/engine.ts';
import { transformerEngine, type TokenBatch } from '#core/sentiment/transformer/transformer.ts';
import { pieceVocabulary } from '#core/sentiment/transformer/word-piece.ts';
import { z } from 'zod';
import { openOnnxSession } from './onnx-session.ts';
import { SentimentEngineError } from './sentiment-error.ts';

/** An engine that holds a thread until it is closed. */
export interface TransformerEngine extends SentimentEngine {
  close(): Promise<void>;
}

/** What is needed of a model's `config.json`: the labels of the classes. */
const configSchema = z.object({ id2label: z.record(z.string(), z.string()) });

/**
 * Opens a two-class model exported to ONNX, such as DistilBERT fine-tuned on SST-2. The folder holds `model.onnx`,
 * `vocab.txt` (uncased) and `config.json`, as the usual exporters write them.
 * @param languages that it was trained on, without regions
 * @throws SentimentEngineError naming the file that is missing or wrong
 */
export async function openTransformer(folder: string, languages: readonly string[]): Promise<TransformerEngine> {
  const vocabulary = await readAs(join(folder, 'vocab.txt'), pieceVocabulary);
  const classes = await readAs(join(folder, 'config.json'), classesOf);
  const session = await openOnnxSession(join(folder, 'model.onnx'));
  const run = ({ ids, rows, columns }: TokenBatch) => {
    const inputs: Record<string, BigInt64Array> = {};
    for (const name of session.inputNames) {
      // Token types, where a model has them, are 0 for a single text.
      if (name === 'input_ids') inputs[name] = BigInt64Array.from(ids, BigInt);
      else inputs[name] = new BigInt64Array(ids.length).fill(name === 'attention_mask' ? 1n : 0n);
    }
    return session.run(inputs, [rows, columns], 'logits');
  };
  return { ...transformerEngine({ vocabulary, classes, languages, run }), close: session.close };
}

async function readAs<T>(file: string, read: (text: string) => T): Promise<T> {
  try {
    return read(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SentimentEngineError(`The sentiment model's ${file} cannot be used: ${reason}`, false, { cause: error });
  }
}

function classesOf(configText: string): { negative: number; positive: number } {
  const labels = Object.entries(configSchema.parse(JSON.parse(configText)).id2label);
  const indexOf = (label: string): number => {
    const entry = labels.find(([, name]) => name.toUpperCase() === label);
    if (!entry || labels.length !== 2) throw new Error(`id2label must name POSITIVE and NEGATIVE, and nothing else.`);
    return Number(entry[0]);
  };
  return { negative: indexOf('NEGATIVE'), positive: indexOf('POSITIVE') };
}
