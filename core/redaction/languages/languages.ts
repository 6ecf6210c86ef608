import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { italian } from './italian.ts';
import type { Language } from './language.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

/** Every language whose numbers are redacted. */
const languages: readonly Language[] = [english, spanish, portuguese, french, german, italian, dutch];

export const languageTags = languages.map(({ tag }) => tag);

/** @param tag a BCP 47 tag; only its first part counts. */
export function languageOf(tag: string): Language | undefined {
  const [first] = tag.toLowerCase().split('-');
  return languages.find((language) => language.tag === first);
}
