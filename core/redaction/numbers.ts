import { validate as validateCnpj } from 'stdnum/lib/cjs/br/cnpj.js';
import { validate as validateCpf } from 'stdnum/lib/cjs/br/cpf.js';
import { validate as validateDni } from 'stdnum/lib/cjs/es/dni.js';
import { validate as validateNie } from 'stdnum/lib/cjs/es/nie.js';
import { validate as validateNir } from 'stdnum/lib/cjs/fr/nir.js';
import { validate as validateNino } from 'stdnum/lib/cjs/gb/nino.js';
import { validate as validateCodiceFiscale } from 'stdnum/lib/cjs/it/codicefiscale.js';
import validator from 'validator';

/** Lengths of bank cards by how their numbers begin (ISO/IEC 7812 issuer ranges in use). */
const CARDS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|3[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6[0-9])/, [13, 14, 15, 16, 17, 18, 19]],
];
/** Lengths of the cards that most people have. */
const USUAL_CARDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:4|5[0-9]|2[2-7]|6[0-9]|35)/, 16],
  [/^3[47]/, 15],
  [/^(?:30[0-5]|3[689])/, 14],
];

export function isCard(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits)) return false;
  const hasLength = CARDS.some(([begins, lengths]) => begins.test(digits) && lengths.includes(digits.length));
  return hasLength && validator.isLuhnNumber(digits);
}

/** A card number after which no more digits are to be expected. */
export function isUsualCard(digits: string): boolean {
  return isCard(digits) && USUAL_CARDS.some(([begins, length]) => begins.test(digits) && digits.length === length);
}

/** @see ISO 13616-1 and ISO 7064 MOD 97-10 */
export function isIban(characters: string): boolean {
  return /^[A-Z]{2}\d{2}/.test(characters) && validator.isIBAN(characters);
}

/** A US social security number as it may be issued: no area 000, 666 or 9xx, no group 00, no serial 0000. */
export function isSsn(digits: string): boolean {
  return /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
}

/** A UK national insurance number with its last letter. */
export function isNino(characters: string): boolean {
  return characters.length === 9 && validateNino(characters).isValid;
}

/** A Spanish identity number. */
export function isDni(characters: string): boolean {
  return /^\d{8}[A-Z]$/.test(characters) && validateDni(characters).isValid;
}

/** A Spanish number of a foreigner. */
export function isNie(characters: string): boolean {
  return /^[XYZ]\d{7}[A-Z]$/.test(characters) && validateNie(characters).isValid;
}

/** A French social security number: sex, year and month of birth, place, order, and a key modulo 97. */
export function isNir(digits: string): boolean {
  return /^[12]\d\d(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)\d{10}$/.test(digits) && validateNir(digits).isValid;
}

export function isCpf(digits: string): boolean {
  return /^\d{11}$/.test(digits) && validateCpf(digits).isValid;
}

export function isCnpj(digits: string): boolean {
  return /^\d{14}$/.test(digits) && validateCnpj(digits).isValid;
}

export function isCodiceFiscale(characters: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{10}$/.test(characters) && validateCodiceFiscale(characters).isValid;
}
