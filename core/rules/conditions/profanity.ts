import { z } from 'zod';
import type { Match } from '../../alert.ts';
import { conditionKind } from './condition.ts';
import { phrasesSchema } from './wording.ts';

/** Words that are profane in any context; their inflections ("fucking") match too. */
const SWEAR_WORDS = `fuck fucker motherfucker motherfucking fuckwit fuckhead clusterfuck shit shitty shitshow shithead
  shithole bullshit horseshit dipshit bitch bitchy bastard asshole arsehole arse dickhead prick cunt twat wanker wank
  bollocks bugger slut whore piss pissed crap crappy goddamn goddamned dumbass jackass smartass douchebag tosser
  knobhead scumbag wtf stfu`.split(/\s+/);

const SWEAR_PHRASES = [
  'son of a bitch',
  'kiss my ass',
  'pain in the ass',
  'my ass',
  'your ass',
  'screw you',
  'damn you',
];

/** What speech engines write when they mask profanity: "f***", "****". */
const MASKED = /(?<![\p{L}\p{N}*])(?:\p{L}\*{2,}\p{L}?|\*{3,})(?![\p{L}\p{N}*])/gu;

/** Profanity, also where the speech engine masked it. */
export const profanity = conditionKind({
  schema: z.object({
    type: z.literal('profanity'),
    /** Further words or phrases that count. */
    also: phrasesSchema.optional(),
    /** Words or phrases that do not count, although they are on the list or contain a word of it. */
    except: phrasesSchema.optional(),
  }),
  judgesAlone: true,

  compile({ also = [], except }, context) {
    const group = context.phrases.add([...SWEAR_WORDS, ...SWEAR_PHRASES, ...also], except);
    return {
      judge({ reading, utterance }) {
        const matches = [...reading.matchesOf(group), ...maskedWords(utterance.text)].sort((a, b) => a.start - b.start);
        if (matches.length === 0) return undefined;
        return { explanation: matches.length === 1 ? 'swore' : `swore ${matches.length} times`, matches };
      },
    };
  },
});

function maskedWords(text: string): Match[] {
  return Array.from(text.matchAll(MASKED), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
}
