import { z } from 'zod';

/** A BCP 47 tag, such as `en`, `es-US` or `zh-Hans-CN`. */
export const languageTagSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'wants a language tag such as en-GB')
  .overwrite(respelled);

/** In the one spelling that a language has: `en-US` for `EN-us`, `en` for `eng`. Some tags have no other. */
function respelled(tag: string): string {
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return tag;
  }
}

/** Who said what language it is: the speech engine, the dialplan or dialler, a person who listens, or the settings. */
export const languageSourceSchema = z.enum(['engine', 'dialplan', 'person', 'default']);
export type LanguageSource = z.infer<typeof languageSourceSchema>;

/** A language, and who said that it is this one. */
export const spokenLanguageSchema = z.object({ tag: languageTagSchema, from: languageSourceSchema });
export type SpokenLanguage = z.infer<typeof spokenLanguageSchema>;

/** The tag in its usual spelling: `en-US` for `en_us`. Undefined for what is none. */
export function canonicalTag(tag: string): string | undefined {
  return languageTagSchema.safeParse(tag.trim().replaceAll('_', '-')).data;
}

/** The language without its region: `es` of `es-US`. */
export function baseLanguage(tag: string): string {
  return (tag.split('-')[0] ?? '').toLowerCase();
}

/** Whether two tags are of one language, whatever their regions. */
export function isSameLanguage(one: string, other: string): boolean {
  return baseLanguage(one) === baseLanguage(other);
}

const englishNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** Its name in English, without the region: `German`. */
export function languageName(tag: string): string {
  return englishNames.of(baseLanguage(tag)) ?? tag;
}
