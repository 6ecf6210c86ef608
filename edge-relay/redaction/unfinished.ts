import { ibanLength } from './numbers.ts';
import { type Place, spansOf } from './redact.ts';
import { isFilling, type SpokenRun, spokenRuns } from './spoken.ts';

/** Fewer digits in a row reveal nothing of a number. */
const DIGITS_IN_A_ROW = 3;
const IN_PLACE = '…';

/**
 * Replaces numbers by `…` in words that may still change: those that are redacted in a whole text, and
 * what may turn out to be part of one, which are three or more digits in a row, and whatever digits or beginning of an
 * IBAN the text ends with. What they are is only known when all of them have been said.
 */
export function redactUnfinished(text: string): string {
  const runs = spokenRuns(text);
  const places = runs
    .flatMap((run) => {
      const isAtEnd = run === runs.at(-1) && isOpen(run, text);
      return [...spansOf(run), ...digits(run, isAtEnd), ...(isAtEnd ? openIban(run, text) : [])];
    })
    .sort((a, b) => a.start - b.start);
  let [redacted, at] = ['', 0];
  for (const { start, end } of places) {
    if (start >= at) redacted += text.slice(at, start) + IN_PLACE;
    at = Math.max(at, end);
  }
  return redacted + text.slice(at);
}

/** More of the number may follow. */
function isOpen({ units }: SpokenRun, text: string): boolean {
  return isFilling(text.slice(units.at(-1)?.end ?? 0));
}

function digits(run: SpokenRun, isAtEnd: boolean): Place[] {
  return [...run.characters.matchAll(/\d+/g)].flatMap(({ 0: row, index }) => {
    const last = run.unitOf[index + row.length - 1] ?? 0;
    // The last word may be cut off, and be another digit when it is whole.
    const isLast = isAtEnd && last >= run.units.length - 2;
    return row.length >= DIGITS_IN_A_ROW || isLast ? [placeOf(run, run.unitOf[index] ?? 0, last)] : [];
  });
}

/** "It" and "at" are words, "IT" and "AT" countries. */
const WORD = /^[A-Za-z][a-z]$/;

function openIban(run: SpokenRun, text: string): Place[] {
  const first = run.units.findIndex(({ start, end }, unit) => {
    const characters = run.characters.slice(run.unitOf.indexOf(unit));
    if (!/^[A-Z]{2}\d{2}/.test(characters) || WORD.test(text.slice(start, end))) return false;
    return characters.length <= (ibanLength(characters.slice(0, 2)) ?? 0);
  });
  return first === -1 ? [] : [placeOf(run, first, run.units.length - 1)];
}

function placeOf({ units }: SpokenRun, first: number, last: number): Place {
  return { start: units[first]?.start ?? 0, end: units[last]?.end ?? 0 };
}
