import { ibanLength, isCard, isIban, isNhsNumber, isNino, isSsn } from './numbers.ts';
import { type SpokenRun, spokenRuns } from './spoken.ts';

/** What a redacted number is replaced with. */
export type Redacted = 'CARD_NUMBER' | 'IBAN' | 'NINO' | 'SSN' | 'NHS_NUMBER';

/** A part of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

interface Span extends Place {
  readonly what: Redacted;
}

interface Finder {
  readonly what: Redacted;
  /** Lengths a match may have, longest first, given how it begins. */
  readonly lengths: (characters: string) => readonly number[];
  readonly matches: (characters: string) => boolean;
  /** The digits around it must not go on: nine digits of a longer number are no identity number. */
  readonly isWhole?: boolean;
}

const CARD_LENGTHS = [19, 18, 17, 16, 15, 14, 13];

/** In the order in which they claim a place. */
const finders: readonly Finder[] = [
  { what: 'IBAN', lengths: (from) => [ibanLength(from.slice(0, 2)) ?? 0], matches: isIban },
  { what: 'CARD_NUMBER', lengths: () => CARD_LENGTHS, matches: isCard },
  { what: 'NINO', lengths: () => [9], matches: isNino },
  { what: 'NHS_NUMBER', lengths: () => [10], matches: isNhsNumber, isWhole: true },
  { what: 'SSN', lengths: () => [9], matches: isSsn, isWhole: true },
];

/**
 * Puts `[CARD_NUMBER]`, `[IBAN]`, `[NINO]`, `[SSN]` or `[NHS_NUMBER]` in the place of such numbers, written or read
 * out. Everything else stays as it is, to the letter.
 */
export function redact(text: string): string {
  const spans = spokenRuns(text)
    .flatMap(spansOf)
    .sort((a, b) => a.start - b.start);
  let [redacted, at] = ['', 0];
  for (const { start, end, what } of spans) {
    redacted += `${text.slice(at, start)}[${what}]`;
    at = end;
  }
  return redacted + text.slice(at);
}

/** Digits, or the beginning of an IBAN: what follows may make one of the numbers above of it. */
const BEGINNING = /\d{3}$|([A-Z]{2})\d{2}[A-Z]{0,4}$/;

/** Whether a text ends in the middle of a number, so that what follows belongs to it. */
export function breaksOff(text: string): boolean {
  const last = spokenRuns(text).at(-1);
  const end = last?.units.at(-1)?.end ?? 0;
  if (!last || /[a-z0-9]/i.test(text.slice(end))) return false;
  const beginning = BEGINNING.exec(last.characters);
  if (!beginning || (beginning[1] !== undefined && ibanLength(beginning[1]) === undefined)) return false;
  const isComplete = spansOf(last).some((span) => span.end === end && span.what !== 'SSN');
  return !isComplete;
}

/** Where the numbers to redact stand in a text's run. */
export function spansOf(run: SpokenRun): Span[] {
  const spans: Span[] = [];
  const isTaken = new Array<boolean>(run.characters.length).fill(false);
  for (const finder of finders)
    for (let from = 0; from < run.characters.length; from++) {
      const to = isTaken[from] ? undefined : endOf(run, from, finder);
      if (to === undefined || isTaken.slice(from, to).includes(true)) continue;
      isTaken.fill(true, from, to);
      const [first, last] = [run.unitOf[from] ?? 0, run.unitOf[to - 1] ?? 0];
      spans.push({ start: run.units[first]?.start ?? 0, end: run.units[last]?.end ?? 0, what: finder.what });
    }
  return spans;
}

/** Where a match that begins with the character `from` ends; matches begin and end with a unit. */
function endOf(run: SpokenRun, from: number, { lengths, matches, isWhole = false }: Finder): number | undefined {
  const { characters } = run;
  if (!isUnitEdge(run, from)) return undefined;
  return lengths(characters.slice(from))
    .map((length) => from + length)
    .find(
      (to) =>
        to > from &&
        to <= characters.length &&
        isUnitEdge(run, to) &&
        matches(characters.slice(from, to)) &&
        !(isWhole && (/\d/.test(characters[from - 1] ?? '') || /\d/.test(characters[to] ?? ''))),
    );
}

function isUnitEdge({ unitOf, characters }: SpokenRun, at: number): boolean {
  return at === 0 || at === characters.length || unitOf[at] !== unitOf[at - 1];
}
