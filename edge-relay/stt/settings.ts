import { canonicalTag } from '#core/language.ts';
import { z } from 'zod';
import { list, setting, text } from '../setting.ts';
import { vendorNames } from './vendors.ts';

/** `SALES_ES=es-US`, … as a map; what is not of that form is left out. */
export function languagesByName(pairs: readonly string[]): Map<string, string> {
  const languages = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const tag = canonicalTag(pair.slice(at + 1));
    if (at > 0 && tag !== undefined) languages.set(pair.slice(0, at).trim(), tag);
  }
  return languages;
}

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
      about:
        'the language of calls whose own is not known; `multi` (Deepgram, OpenAI): the engine finds it out, utterance by utterance',
      example: 'en-US',
    }),
    EARSHOT_LANGUAGES: setting({
      schema: list.refine((pairs) => languagesByName(pairs).size === pairs.length, {
        error: 'wants NAME=language, as in SALES_ES=es-US',
      }),
      secret: false,
      about:
        'languages of calls by their in-group, campaign or queue, whichever is known, for calls of which `POST /legs` names none',
      example: 'SALES_ES=es-US,SUPPORT_DE=de-DE',
      isOptional: true,
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
