import type { LanguageCode } from '@aws-sdk/client-comprehend';
import type { SentimentEngine } from '#core/sentiment/engine.ts';
import type { Scorer } from '#core/sentiment/vader/scorer.ts';
import { z } from 'zod';

/** Which engine scores utterances, and how. */
export const sentimentConfigSchema = z.discriminatedUnion('engine', [
  z.object({
    engine: z.literal('vader'),
    /** Off: VADER as published, without the words and phrases of telephone calls. */
    telephone: z.boolean().default(true),
  }),
  z.object({ engine: z.literal('textblob') }),
  z.object({
    engine: z.literal('transformer'),
    /** Holds `model.onnx`, `vocab.txt` and `config.json`. */
    modelFolder: z.string().min(1),
    /** The languages that it was trained on, without regions. */
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .min(1)
      .default(['en']),
  }),
  z.object({
    engine: z.literal('comprehend'),
    languageCode: z.enum(['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh', 'zh-TW']).default('en'),
  }),
]);
export type SentimentConfig = z.infer<typeof sentimentConfigSchema>;

/**
 * Opens the configured engine. What only one engine needs is loaded for that one alone.
 * @throws SentimentEngineError when its model cannot be used
 */
export async function openSentiment(config: SentimentConfig): Promise<SentimentEngine> {
  switch (config.engine) {
    case 'vader':
      return vaderEngine(await vaderScorer(config.telephone));
    case 'textblob':
      return (await import('#core/sentiment/textblob/textblob.ts')).textblob;
    case 'transformer':
      return (await import('./sentiment-transformer.ts')).openTransformer(config.modelFolder, config.languages);
    case 'comprehend':
      return openComprehend(config.languageCode);
  }
}

async function openComprehend(languageCode: LanguageCode): Promise<SentimentEngine> {
  const [{ comprehendEngine }, { Comprehend }] = await Promise.all([
    import('./sentiment-comprehend.ts'),
    import('@aws-sdk/client-comprehend'),
  ]);
  return comprehendEngine(languageCode, new Comprehend());
}

function vaderEngine({ score }: Scorer): SentimentEngine {
  return { name: 'vader', languages: ['en'], score: (text) => score(text) };
}

async function vaderScorer(withTelephone: boolean): Promise<Scorer> {
  return withTelephone
    ? (await import('#core/sentiment/telephone/telephone.ts')).telephone
    : (await import('#core/sentiment/vader/vader.ts')).vader;
}
