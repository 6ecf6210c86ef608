/** What a number can be: each is replaced by its name, as `[CARD_NUMBER]`. */
export const kinds = [
  'CARD_NUMBER',
  'SECURITY_CODE',
  'EXPIRY',
  'IBAN',
  'SORT_CODE',
  'ACCOUNT_NUMBER',
  'PASSPORT',
  'DRIVING_LICENCE',
  'SSN',
  'NINO',
  'NHS_NUMBER',
  'DNI',
  'NIF',
  'CPF',
  'CNPJ',
  'NIR',
  'STEUER_ID',
  'CODICE_FISCALE',
  'BSN',
] as const;

export type Kind = (typeof kinds)[number];

/**
 * What a phrase says of the digits that come next: what they are, `harmless` for those that stay (orders, telephones),
 * `list` for sizes and the like, which are no number together.
 */
export type Subject = Kind | 'harmless' | 'list';

/**
 * How people of one language read numbers out: data alone, one file a language. Words are separated by spaces,
 * spellings of one word by `/`, phrases by commas; all without accents and in lower case, as texts are compared.
 */
export interface Language {
  /** The first part of its BCP 47 tag. */
  readonly tag: string;
  readonly zero: string;
  /** 1 to 9. */
  readonly ones: string;
  /** 10 to 19. */
  readonly teens: string;
  /** 20 to 90. */
  readonly tens: string;
  /** Further words for tens, by value, such as those of one region. */
  readonly otherTens?: Readonly<Record<string, number>>;
  /** 100 to 900, where each is one word. */
  readonly hundreds?: string;
  readonly hundred?: string;
  readonly thousand: string;
  /** "Hundred" and "thousand" need no "one" before them. */
  readonly isOneImplied: boolean;
  /** Between the parts of one number: "forty *and* one". */
  readonly and: string;
  /** Ones come before tens: "one and forty". */
  readonly areOnesFirst?: boolean;
  /** Sixty and eighty go on to nineteen, and eighty is four times twenty. */
  readonly isVigesimal?: boolean;
  /** 1 to 9,999 as one word each, in every spelling, where they are written so. */
  readonly inOneWord?: (value: number) => readonly string[];
  /** Phrases before a digit that is said so many times. */
  readonly repeats: Readonly<Record<number, string>>;
  /** 1 to 9, 0 last, in the plural: "three ones". */
  readonly plurals?: string;
  /** Words for letters. */
  readonly letters: Readonly<Record<string, string>>;
  /** Words for letters that are mostly other words. */
  readonly doubtfulLetters?: Readonly<Record<string, string>>;
  /** Words of people who read a number out or confirm it, and words such as "number", which say nothing of it. */
  readonly fillers: string;
  /** What is counted or measured: a number before one of them is a quantity. */
  readonly units: string;
  /** Before the number of how many digits follow: "the *next* four". */
  readonly ordinals: string;
  readonly months: string;
  /** Before a year. */
  readonly beforeYears: string;
  /** Before digits that are only the end of a number, which may be said: "ending in 4242". */
  readonly endings: string;
  readonly subjects: Readonly<Partial<Record<Subject, string>>>;
}
