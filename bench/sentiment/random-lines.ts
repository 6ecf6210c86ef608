import { VADER_EMOJI } from '#core/sentiment/vader/vader-emoji.ts';
import { vaderVocabulary } from '#core/sentiment/vader/vocabulary.ts';
import { randomFrom } from '../../functions/ingest/example-traffic.fake.ts';

const COMMON = 'the is was and it I you a an that they bill phone call today good bad great problem love hate'.split(
  ' ',
);
const SPECIAL = `no or nor but never so this without doubt least at very kind of sort just enough the shit bomb bad ass
  bus stop yeah right kiss death to die for beating heart isn't n't can’t ß İ K ΣΑΣ ÉTÉ Dž 𝐀𝐁 日本 3 10 !!! ??`.split(
  /\s+/,
);
const SPACES = [
  ' ',
  ' ',
  ' ',
  ' ',
  ' ',
  ' ',
  '  ',
  '\t',
  '\r',
  '\v',
  '\x1c',
  '\x85',
  '\xa0',
  '\u2003',
  '\u3000',
  '\u200b',
];
const PUNCTUATION = Array.from('!!!???...,,\'"-:;()[]*_~@#%&/\\^`{|}<=>+$’…');

/** Lines made to be hard: rated words, modifiers, idioms, capitals, marks, emoji and odd spaces in any order. */
export function randomLines(count: number, seed = 1): string[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const known = [...vaderVocabulary().values()];
  const rated = known.filter((word) => word.rated).map((word) => word.text);
  const modifiers = known.filter((word) => !word.rated).map((word) => word.text);
  const emoji = Object.keys(VADER_EMOJI);
  const sources = [COMMON, COMMON, SPECIAL, SPECIAL, modifiers, modifiers, rated, rated, rated, emoji];
  const token = () => {
    const plain = pick(pick(sources));
    const cased =
      random() < 0.2 ? plain.toUpperCase() : random() < 0.1 ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
    const before = random() < 0.08 ? pick(PUNCTUATION) : '';
    const after = random() < 0.2 ? pick(PUNCTUATION) : random() < 0.05 ? pick(emoji) : '';
    return before + cased + after + pick(SPACES);
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + Math.floor(random() * 20) }, token).join(''));
}
