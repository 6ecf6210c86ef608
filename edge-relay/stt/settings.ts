import { z } from 'zod';
import { list, setting, text } from '../setting.ts';
import { vendorNames } from './vendors.ts';

/** Which engines transcribe, and what all of them have to know. */
export const speechSettings = {
  title: 'Speech engines',
  about: `One of ${vendorNames.map((name) => `\`${name}\``).join(', ')} transcribes, another one while that one fails; each has [settings of its own](#engines).`,
  settings: {
    EARSHOT_ENGINE: setting({
      schema: z.enum(vendorNames).default('pocketsphinx'),
      about: 'the engine that transcribes',
      example: 'deepgram',
    }),
    EARSHOT_FALLBACK_ENGINE: setting({
      schema: z.enum(vendorNames).optional(),
      about: 'the one that transcribes while that one fails',
      example: 'transcribe',
      isOptional: true,
    }),
    EARSHOT_LANGUAGE: setting({
      schema: text.default('en-US'),
      secret: false,
      about: 'the language of calls whose own is not known',
      example: 'en-US',
    }),
    EARSHOT_VOCABULARY: setting({
      schema: list,
      secret: false,
      about: 'words and names of your trade, separated by commas (Deepgram, OpenAI)',
      example: 'Meridian,Northgate Mobile',
      isOptional: true,
    }),
  },
};
