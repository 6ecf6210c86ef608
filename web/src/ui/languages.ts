const COMMON_LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pt'];

/** The languages to choose from, by tag without regions: the common ones, and one that is chosen already. */
export function languagesWith(chosen: string | undefined): string[] {
  return [...new Set([...COMMON_LANGUAGES, ...(chosen === undefined ? [] : [chosen])])].sort();
}
