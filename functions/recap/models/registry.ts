import { z } from 'zod';
import { bedrock } from './bedrock.ts';
import type { LanguageModel, ModelDependencies } from './model.ts';
import { openai } from './openai.ts';

/** How recaps are written: by extraction, or by a model; a new kind of model is a file and a line here and below. */
export const recapConfigSchema = z.discriminatedUnion('engine', [
  z.object({ engine: z.literal('extract') }),
  z.object({ engine: z.literal('bedrock'), ...bedrock.settings.shape }),
  z.object({ engine: z.literal('openai'), ...openai.settings.shape }),
]);
export type RecapConfig = z.infer<typeof recapConfigSchema>;

/** The configured model; undefined where recaps are extracted. */
export async function openModel(
  config: RecapConfig,
  dependencies: ModelDependencies,
): Promise<LanguageModel | undefined> {
  switch (config.engine) {
    case 'extract':
      return undefined;
    case 'bedrock':
      return bedrock.open(config, dependencies);
    case 'openai':
      return openai.open(config, dependencies);
  }
}
