import type { Kind, Subject } from './languages/language.ts';

/** How many characters a number has that was announced by a word. */
interface Announced {
  /** Fewer are nothing yet. */
  readonly least: number;
  /** No more need follow. */
  readonly enough: number;
  readonly most: number;
  readonly withLetters?: boolean;
}

export const announced: Readonly<Record<Kind, Announced>> = {
  CARD_NUMBER: { least: 4, enough: 24, most: 24 },
  SECURITY_CODE: { least: 3, enough: 3, most: 4 },
  EXPIRY: { least: 2, enough: 4, most: 6 },
  IBAN: { least: 6, enough: 34, most: 34, withLetters: true },
  SORT_CODE: { least: 4, enough: 6, most: 9 },
  ACCOUNT_NUMBER: { least: 5, enough: 8, most: 14 },
  PASSPORT: { least: 5, enough: 9, most: 9, withLetters: true },
  DRIVING_LICENCE: { least: 5, enough: 16, most: 18, withLetters: true },
  SSN: { least: 4, enough: 9, most: 9 },
  NINO: { least: 4, enough: 9, most: 9, withLetters: true },
  NHS_NUMBER: { least: 5, enough: 10, most: 10 },
  DNI: { least: 5, enough: 9, most: 9, withLetters: true },
  NIF: { least: 5, enough: 9, most: 9 },
  CPF: { least: 5, enough: 11, most: 11 },
  CNPJ: { least: 5, enough: 14, most: 14 },
  NIR: { least: 5, enough: 15, most: 15 },
  STEUER_ID: { least: 5, enough: 11, most: 11 },
  CODICE_FISCALE: { least: 5, enough: 16, most: 16, withLetters: true },
  BSN: { least: 5, enough: 9, most: 9 },
};

/** Whether digits are said to be no number of a person. */
export function isHarmless(subject: Subject | undefined): subject is 'harmless' | 'list' {
  return subject === 'harmless' || subject === 'list';
}

/** Whether a number of this kind has letters. */
export function hasLetters(subject: Subject | undefined): boolean {
  return subject !== undefined && !isHarmless(subject) && announced[subject].withLetters === true;
}
