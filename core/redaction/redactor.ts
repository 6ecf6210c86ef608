import { readText, type SaidText } from './cells.ts';
import { hasLetters } from './announced.ts';
import { type Found, NumberFinder } from './find.ts';
import { english } from './languages/english.ts';
import { type Kind, kinds, type Language } from './languages/language.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { joinedCells, type SaidBefore, type SaidCell } from './session.ts';

/** A part of a text and what is put in its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** What several texts of one side hold together. */
export interface Findings {
  /** By text, in order. */
  readonly replacements: readonly (readonly Replacement[])[];
  /** Digits of each text, beyond numbers that are complete, to which more may come. */
  readonly openDigits: readonly number[];
}

/** How sure it must be that digits which nothing names begin a card number, for them to be replaced. */
export type Doubt = 'none' | 'long' | 'any';

const LEAST_OPEN: Readonly<Record<Doubt, number>> = { none: Infinity, long: 12, any: 4 };
const IN_PLACE = '…';

/** Finds and replaces numbers that identify people, in texts of some languages. Pure: it remembers nothing. */
export class Redactor {
  readonly #lexicon: Lexicon;
  readonly #kinds: ReadonlySet<Kind>;

  constructor(languages: readonly Language[] = [english]) {
    this.#lexicon = lexiconOf(languages);
    this.#kinds = new Set(kinds.filter((kind) => languages.some(({ subjects }) => subjects[kind] !== undefined)));
  }

  read(text: string): SaidText {
    return readText(text, this.#lexicon);
  }

  /** Replaces numbers of a text that stands for itself. Everything else stays as it is, to the letter. */
  redact(text: string): string {
    const said = this.read(text);
    if (said.cells.length === 0) return text;
    return replaced(text, this.find([{ said, inherited: undefined }], 'none').replacements[0] ?? []);
  }

  /** `doubt`: for digits at the end, after which nothing more will come. */
  find(texts: readonly SaidBefore[], doubt: Doubt): Findings {
    const cells = joinedCells(texts);
    const found = new NumberFinder(cells, this.#kinds).find();
    const isComplete = new Array<boolean>(cells.length).fill(false);
    const isFound = new Array<boolean>(cells.length).fill(false);
    for (const { steps, isComplete: isWhole } of found)
      for (const { cell, edge } of steps) {
        isFound.fill(true, cell, edge.to);
        if (isWhole) isComplete.fill(true, cell, edge.to);
      }
    const openDigits = texts.map(() => 0);
    const open: Found['steps'][number][] = [];
    for (let at = 0; at < cells.length;) {
      const cell = cells[at] as SaidCell;
      const [edge] = cell.digits;
      if (edge && !isComplete[at] && cell.doubt !== 'word') {
        openDigits[cell.text] = (openDigits[cell.text] ?? 0) + edge.characters.length;
        if (!isFound[at] && cell.effectiveSubject !== 'harmless' && cell.effectiveSubject !== 'list')
          open.push({ cell: at, edge });
      }
      at = edge?.to ?? at + 1;
    }
    const digits = open.map(({ edge }) => edge.characters).join('');
    const inDoubt: Found[] =
      digits.length >= LEAST_OPEN[doubt] && /^[2-6]/.test(digits)
        ? [{ kind: 'CARD_NUMBER', steps: open, isComplete: false }]
        : [];
    return { replacements: replacementsOf(cells, [...found, ...inDoubt], texts.length), openDigits };
  }

  /**
   * Replaces by `…` what may be part of a number, in words that may still change and grow: all digits but those of
   * quantities, and letters between them.
   * @param before what the same side said before.
   */
  redactUnfinished(text: string, before: readonly SaidBefore[] = [], inherited?: SaidBefore['inherited']): string {
    const said = this.read(text);
    if (said.cells.length === 0) return text;
    const texts = [...before, { said, inherited }];
    const sure = this.find(texts, 'none').replacements.at(-1) ?? [];
    return replaced(
      text,
      joined([...sure, ...this.#digitsOf(said, inherited)].map((each) => ({ ...each, by: IN_PLACE }))),
    );
  }

  #digitsOf({ cells }: SaidText, inherited: SaidBefore['inherited']): Replacement[] {
    const places: Replacement[] = [];
    let [last, isClose] = [-1, false];
    for (let at = 0; at < cells.length;) {
      const cell = cells[at] as (typeof cells)[number];
      const isBeside = isClose && cell.followsClosely;
      const isLetters = cell.letters[0]?.isLikely === true;
      const edge =
        cell.digits[0] ??
        (isLetters && (isBeside || hasLetters(cell.subject ?? inherited) || leadsToDigits(cells, at))
          ? cell.letters[0]
          : undefined);
      isClose = edge !== undefined;
      if (edge) {
        const previous = places.at(-1);
        if (isBeside && last === at && previous) places[places.length - 1] = { ...previous, end: edge.end };
        else places.push({ start: cell.start, end: edge.end, by: IN_PLACE });
      }
      at = last = edge?.to ?? at + 1;
    }
    return places;
  }
}

/** Letters right before digits: "GB 29". */
function leadsToDigits(cells: SaidText['cells'], from: number): boolean {
  for (let at = from + 1; at < Math.min(cells.length, from + 8); at++) {
    const cell = cells[at];
    if (!cell || cell.wordsBefore > 0) return false;
    if (cell.digits.length > 0) return true;
  }
  return false;
}

function replacementsOf(cells: readonly SaidCell[], found: readonly Found[], textCount: number): Replacement[][] {
  const byText: Replacement[][] = Array.from({ length: textCount }, () => []);
  for (const { kind, steps } of found) {
    let next = -1;
    for (const { cell: at, edge } of steps) {
      const cell = cells[at] as SaidCell;
      const list = byText[cell.text] ?? [];
      const last = list.at(-1);
      if (next === at && last && cell.followsClosely) list[list.length - 1] = { ...last, end: edge.end };
      else list.push({ start: cell.start, end: edge.end, by: `[${kind}]` });
      next = edge.to;
    }
  }
  return byText.map((list) => joined(list));
}

/** In order; of two that overlap the first one is kept, and made longer. */
function joined(list: readonly Replacement[]): Replacement[] {
  const sorted = list.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Replacement[] = [];
  for (const each of sorted) {
    const last = kept.at(-1);
    if (last && each.start < last.end) kept[kept.length - 1] = { ...last, end: Math.max(last.end, each.end) };
    else kept.push(each);
  }
  return kept;
}

export function replaced(text: string, replacements: readonly Replacement[]): string {
  let [result, at] = ['', 0];
  for (const { start, end, by } of replacements) {
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
}
