import { z } from 'zod';
import { list, setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';
import { requireDeepgramLanguage } from './languages.ts';

export const deepgram = sttVendor({
  title: 'Deepgram',
  about:
    'streams to the vendor, or to a Deepgram server of your own; agent and caller share one stream of two channels. Profanity is never filtered: rules need the words.',
  settings: {
    DEEPGRAM_API_KEY: setting({
      schema: text.optional(),
      secret: true,
      about: 'the key of your project',
      example: '',
    }),
    EARSHOT_DEEPGRAM_URL: setting({
      schema: z.url().default('wss://api.deepgram.com'),
      secret: false,
      about: 'the vendor, or a server of your own',
    }),
    EARSHOT_DEEPGRAM_MODEL: setting({ schema: text.default('nova-3'), secret: false, about: 'the model' }),
    EARSHOT_DEEPGRAM_REDACT: setting({
      schema: list,
      secret: false,
      about: 'what Deepgram itself redacts: `pci,ssn,numbers`',
    }),
  },
  required: ['DEEPGRAM_API_KEY'],
  needs: { network: ({ EARSHOT_DEEPGRAM_URL }) => EARSHOT_DEEPGRAM_URL },
  open: async (settings) => {
    const { openDeepgram } = await import('./deepgram.ts');
    return openDeepgram({
      apiKey: settings.DEEPGRAM_API_KEY ?? '',
      url: settings.EARSHOT_DEEPGRAM_URL,
      model: settings.EARSHOT_DEEPGRAM_MODEL,
      language: requireDeepgramLanguage(settings.EARSHOT_DEEPGRAM_MODEL, settings.EARSHOT_LANGUAGE),
      vocabulary: settings.EARSHOT_VOCABULARY,
      redact: settings.EARSHOT_DEEPGRAM_REDACT,
    });
  },
});
