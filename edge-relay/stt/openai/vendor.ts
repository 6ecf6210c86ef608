import { z } from 'zod';
import { setting, text } from '../../setting.ts';
import { whisperLanguages } from '../languages.ts';
import { sttVendor } from '../vendor.ts';

export const openai = sttVendor({
  title: 'OpenAI and compatible servers',
  about:
    'sends each piece of speech, cut at the pauses, to any server with `POST /v1/audio/transcriptions` (OpenAI, faster-whisper servers, …). It has no partials, and silence is never sent. A field that the server refuses by name is left out from then on, which `doctor` and `/readyz` report in the server’s own words; a piece that fails twice is a gap.',
  settings: {
    OPENAI_API_KEY: setting({
      schema: text.optional(),
      secret: true,
      about: 'the key; many servers of your own need none',
      example: '',
      isOptional: true,
    }),
    EARSHOT_OPENAI_URL: setting({
      schema: z.url().default('https://api.openai.com/v1'),
      secret: false,
      about: 'any server with that API, with its `/v1`',
    }),
    EARSHOT_OPENAI_MODEL: setting({ schema: text.default('whisper-1'), secret: false, about: 'the model' }),
  },
  required: [],
  needs: { network: ({ EARSHOT_OPENAI_URL }) => EARSHOT_OPENAI_URL },
  open: async (settings) => {
    const { openOpenAi } = await import('./openai.ts');
    return openOpenAi({
      url: settings.EARSHOT_OPENAI_URL,
      apiKey: settings.OPENAI_API_KEY,
      model: settings.EARSHOT_OPENAI_MODEL,
      language: settings.EARSHOT_LANGUAGE === 'multi' ? undefined : whisperLanguages.require(settings.EARSHOT_LANGUAGE),
      vocabulary: settings.EARSHOT_VOCABULARY,
    });
  },
});
