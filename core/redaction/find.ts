import { announced, isHarmless } from './announced.ts';
import type { Kind, Subject } from './languages/language.ts';
import {
  isCard,
  isCnpj,
  isCodiceFiscale,
  isCpf,
  isDni,
  isIban,
  isNie,
  isNino,
  isNir,
  isSsn,
  isUsualCard,
} from './numbers.ts';
import { isGroupEnd, type SaidCell, type Step, walk, type Walk } from './session.ts';

/** A number among the cells: `steps` are its parts, in order. */
export interface Found {
  readonly kind: Kind;
  readonly steps: readonly Step[];
  /** No more of it is to be expected. */
  readonly isComplete: boolean;
}

const hasSureLetters = ({ letters }: SaidCell) => letters[0]?.isLikely === true;
const hasNoDigits = (cell: SaidCell) => cell.digits.length === 0;

/** Numbers that are sure by themselves, whatever was said before them. */
interface Shape {
  readonly kind: Kind;
  readonly maxLength: number;
  readonly withLetters: boolean;
  /** Whether more characters can make one of these. */
  readonly mayGrow: (characters: string) => boolean;
  readonly matches: (characters: string) => boolean;
  /** How its digits must be grouped to be sure without a word that names it. */
  readonly groups?: readonly number[];
}

const like = (pattern: RegExp) => (characters: string) => pattern.test(characters);

const iban: Shape = {
  kind: 'IBAN',
  maxLength: 34,
  withLetters: true,
  mayGrow: like(/^[A-Z]{1,2}$|^[A-Z]{2}\d(?:\d|$)/),
  matches: isIban,
};

/** In the order in which they claim a place, after IBANs and cards. */
const otherShapes: readonly Shape[] = [
  {
    kind: 'CODICE_FISCALE',
    maxLength: 16,
    withLetters: true,
    mayGrow: like(/^[A-Z]{1,6}$|^[A-Z]{6}[0-9A-Z]/),
    matches: isCodiceFiscale,
  },
  { kind: 'NINO', maxLength: 9, withLetters: true, mayGrow: like(/^[A-Z]$|^[A-Z]{2}\d{0,6}$/), matches: isNino },
  { kind: 'DNI', maxLength: 9, withLetters: true, mayGrow: like(/^\d{1,8}$/), matches: isDni },
  { kind: 'DNI', maxLength: 9, withLetters: true, mayGrow: like(/^[XYZ]\d{0,7}$/), matches: isNie },
  { kind: 'CNPJ', maxLength: 14, withLetters: false, mayGrow: () => true, matches: isCnpj, groups: [2, 3, 3, 4, 2] },
  { kind: 'CPF', maxLength: 11, withLetters: false, mayGrow: () => true, matches: isCpf, groups: [3, 3, 3, 2] },
  { kind: 'NIR', maxLength: 15, withLetters: false, mayGrow: like(/^[12]/), matches: isNir },
  { kind: 'SSN', maxLength: 9, withLetters: false, mayGrow: () => true, matches: isSsn, groups: [3, 2, 4] },
];

/** Digits that a word says are a number of another kind are no card. */
function mayBeCard(subject: Subject | undefined): boolean {
  return subject === undefined || subject === 'harmless' || CARD_SUBJECTS.has(subject);
}

const CARD_SUBJECTS = new Set<Subject>(['CARD_NUMBER', 'SECURITY_CODE', 'EXPIRY']);
const MAX_CARD_LENGTH = 19;
const LEAST_CARD_LENGTH = 13;
/** What is said right after a card number: security code, month and year. */
const MAX_DETAIL_LENGTH = 4;
const MAX_DETAILS_LENGTH = 14;
const DETAIL_REACH_WORDS = 12;
const DETAIL_REACH_CELLS = 40;
const ANNOUNCED_REACH_WORDS = 15;
const MAX_ENDING_LENGTH = 5;
/** So many characters of an announced number are no quantities. */
const MOST_LENGTH = 8;

/** Finds the numbers that several texts of one side hold together. */
export class NumberFinder {
  readonly #cells: readonly SaidCell[];
  readonly #kinds: ReadonlySet<Kind>;
  readonly #isTaken: boolean[];
  /** Whether a card number may begin with a cell. */
  readonly #mayBegin: readonly boolean[];
  readonly #digitWays: readonly Walk['isPassed'][];
  readonly #letterWays: readonly Walk['isPassed'][];
  readonly #found: Found[] = [];
  #hasCard = false;

  /** `kinds`: those that are known in the languages spoken. */
  constructor(cells: readonly SaidCell[], kinds: ReadonlySet<Kind>) {
    this.#cells = cells;
    this.#kinds = kinds;
    this.#isTaken = new Array<boolean>(cells.length).fill(false);
    this.#mayBegin = beginnings(cells);
    this.#digitWays = waysThrough(cells, false);
    this.#letterWays = waysThrough(cells, true);
  }

  find(): readonly Found[] {
    this.#findShape(iban);
    this.#findCards();
    for (const shape of otherShapes) if (this.#kinds.has(shape.kind)) this.#findShape(shape);
    this.#findDetails();
    this.#findAnnounced();
    return this.#found;
  }

  isTaken(cell: number): boolean {
    return this.#isTaken[cell] === true;
  }

  #findShape(shape: Shape): void {
    const { withLetters } = shape;
    this.#cells.forEach((cell, from) => {
      if (cell.isGlued || !cell.startsGroup || isHarmless(cell.effectiveSubject)) return;
      // What is announced is taken whole, also where a part of it would pass by chance.
      if (cell.effectiveSubject === shape.kind && !withLetters) return;
      for (const isPassed of withLetters ? this.#letterWays : this.#digitWays) {
        if (isPassed(cell)) continue;
        const steps = this.#match(from, shape, { withLetters, isPassed, ways: 'likely' });
        if (steps) this.#take(shape.kind, steps, !mayBeginCard(steps));
      }
    });
  }

  #match(from: number, { maxLength, mayGrow, matches, groups }: Shape, way: Walk): Step[] | undefined {
    let found: Step[] | undefined;
    walk(this.#cells, from, maxLength, way, (characters, steps) => {
      const last = steps.at(-1) as Step;
      if (found || this.#isTaken[last.cell]) return false;
      const end = this.#cells[last.edge.to];
      const isWhole = isGroupEnd(this.#cells, last.edge.to) && end?.isGlued !== true;
      if (isWhole && matches(characters) && (!groups || this.#isGrouped(steps, groups))) found = [...steps];
      return !found && mayGrow(characters);
    });
    return found;
  }

  #isGrouped(steps: readonly Step[], groups: readonly number[]): boolean {
    const lengths: number[] = [];
    for (const { cell, edge } of steps) {
      if (lengths.length === 0 || this.#cells[cell]?.startsGroup) lengths.push(0);
      lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + edge.characters.length;
    }
    // Written with its own separators it is one group.
    return lengths.length === 1 ? this.#isPunctuated(steps) : lengths.join() === groups.join();
  }

  #isPunctuated(steps: readonly Step[]): boolean {
    const [step] = steps;
    if (!step || steps.length > 1) return false;
    const cell = this.#cells[step.cell];
    return cell !== undefined && step.edge.end - cell.start > step.edge.characters.length;
  }

  #findCards(): void {
    for (const isPassed of this.#digitWays)
      for (let from = 0; from < this.#cells.length; from++) {
        const cell = this.#cells[from] as SaidCell;
        if (isPassed(cell) || this.#isTaken[from] || !this.#mayBegin[from]) continue;
        const steps = this.#cardFrom(from, isPassed);
        if (!steps) continue;
        const digits = steps.map(({ edge }) => edge.characters).join('');
        this.#take('CARD_NUMBER', steps, isUsualCard(digits));
      }
  }

  #cardFrom(from: number, isPassed: Walk['isPassed']): Step[] | undefined {
    const subject = this.#cells[from]?.effectiveSubject;
    if (!mayBeCard(subject)) return undefined;
    const way: Walk = {
      isPassed,
      withLetters: false,
      ways: subject === 'CARD_NUMBER' ? 'all' : subject === 'harmless' ? 'first' : 'likely',
    };
    let found: { steps: Step[]; rank: number } | undefined;
    walk(this.#cells, from, MAX_CARD_LENGTH, way, (characters, steps) => {
      const last = steps.at(-1) as Step;
      if (!/^[2-6]/.test(characters) || this.#isTaken[last.cell]) return false;
      if (!mayBeCard(this.#cells[last.cell]?.effectiveSubject)) return false;
      const mayEnd = isGroupEnd(this.#cells, last.edge.to) || this.#isDetailBefore(last.edge.to);
      if (!mayEnd || !isCard(characters)) return true;
      if (subject === 'harmless' && !isUsualCard(characters)) return true;
      const rank = (isUsualCard(characters) ? 100 : 0) + characters.length;
      if (rank > (found?.rank ?? 0)) found = { steps: [...steps], rank };
      return true;
    });
    return found?.steps;
  }

  /** Digits right after a card, in one go, are its security code or date. */
  #isDetailBefore(at: number): boolean {
    let length = 0;
    let next = at;
    do {
      const edge = this.#cells[next]?.digits[0];
      if (!edge) break;
      length += edge.characters.length;
      next = edge.to;
    } while (length <= MAX_DETAILS_LENGTH && !isGroupEnd(this.#cells, next));
    return [3, 4, 7, 8].includes(length);
  }

  /** The security code and the date that are said after a card number, whether they are named or not. */
  #findDetails(): void {
    for (const card of this.#found.filter(({ kind }) => kind === 'CARD_NUMBER')) {
      const details: { kind: Kind; steps: Step[] }[] = [];
      for (const { kind, steps } of this.#detailsFrom(card.steps.at(-1)?.edge.to ?? 0)) {
        const last = details.at(-1);
        const isSame = last?.kind === kind && last.steps.at(-1)?.edge.to === steps[0]?.cell;
        if (isSame) last.steps.push(...steps);
        else details.push({ kind, steps: [...steps] });
      }
      for (const { kind, steps } of details) this.#take(kind, steps, true);
    }
  }

  *#detailsFrom(from: number): Generator<{ kind: Kind; steps: readonly Step[] }> {
    let length = 0;
    for (let at = from; at < Math.min(this.#cells.length, from + DETAIL_REACH_CELLS);) {
      const cell = this.#cells[at] as SaidCell;
      const steps = this.#groupAt(at);
      const size = lengthOf(steps);
      const subject = cell.effectiveSubject;
      const isNamed = subject === 'SECURITY_CODE' || subject === 'EXPIRY';
      const isOther = subject !== undefined && subject !== 'CARD_NUMBER' && !isNamed;
      if (isOther || this.#isTaken[at] || cell.wordsBefore > DETAIL_REACH_WORDS) return;
      const isBoth = size === 7 || size === 8;
      if ((length += size) > MAX_DETAILS_LENGTH || (size > MAX_DETAIL_LENGTH && !isNamed && !isBoth)) return;
      if (size > 0 && (cell.doubt === undefined || isNamed))
        yield { kind: isNamed ? subject : size === 3 ? 'SECURITY_CODE' : 'EXPIRY', steps };
      at = steps.at(-1)?.edge.to ?? at + 1;
    }
  }

  /** The digits from a cell to the end of its group. */
  #groupAt(from: number): Step[] {
    const steps: Step[] = [];
    for (let at = from; at < this.#cells.length;) {
      const [edge] = this.#cells[at]?.digits ?? [];
      if (!edge || (at > from && this.#cells[at]?.startsGroup)) break;
      steps.push({ cell: at, edge });
      at = edge.to;
    }
    return steps;
  }

  /** Digits after a word that says what they are, whether they prove it or not: something may have been misheard. */
  #findAnnounced(): void {
    this.#hasCard =
      this.#found.some(({ kind }) => kind === 'CARD_NUMBER') ||
      this.#cells.some(({ effectiveSubject }) => effectiveSubject === 'CARD_NUMBER');
    let subject: Subject | undefined;
    let steps: Step[] = [];
    const close = () => {
      if (subject !== undefined && !isHarmless(subject)) this.#takeAnnounced(subject, steps);
      steps = [];
    };
    for (let at = 0; at < this.#cells.length;) {
      const cell = this.#cells[at] as SaidCell;
      const { effectiveSubject } = cell;
      if (effectiveSubject !== subject || (cell.wordsBefore > ANNOUNCED_REACH_WORDS && steps.length === 0)) close();
      subject = effectiveSubject;
      const withLetters =
        subject === undefined || isHarmless(subject) ? undefined : announced[subject].withLetters === true;
      const edge = cell.digits[0] ?? (withLetters ? cell.letters.find(({ isLikely }) => isLikely) : undefined);
      const isNear = cell.wordsBefore <= ANNOUNCED_REACH_WORDS;
      if (edge && !this.#isTaken[at] && isNear && cell.doubt !== 'word') steps.push({ cell: at, edge });
      at = edge?.to ?? at + 1;
      const isEnd = isGroupEnd(this.#cells, at);
      if (isEnd && withLetters !== undefined && lengthOf(steps) >= announced[subject as Kind].most) close();
    }
    close();
  }

  #takeAnnounced(kind: Kind, steps: readonly Step[]): void {
    const { least, enough } = announced[kind];
    const said = steps.filter((step) => this.#cells[step.cell]?.doubt !== 'word');
    const isMostOfIt = lengthOf(said) >= Math.min(MOST_LENGTH, Math.max(least, Math.ceil(0.6 * enough)));
    const sure = isMostOfIt ? said : said.filter((step) => this.#cells[step.cell]?.doubt === undefined);
    const length = lengthOf(sure);
    const digitCount = sure.reduce((sum, { edge }) => sum + edge.characters.replace(/\D/g, '').length, 0);
    if (length < least || (digitCount < 3 && kind !== 'EXPIRY')) return;
    const first = this.#cells[sure[0]?.cell ?? 0];
    if (first?.isEnding && length <= MAX_ENDING_LENGTH) return;
    if (kind === 'EXPIRY' && !this.#hasCard) return;
    this.#take(kind, sure, length >= enough);
  }

  #take(kind: Kind, steps: readonly Step[], isComplete: boolean): void {
    for (const { cell, edge } of steps) this.#isTaken.fill(true, cell, edge.to);
    this.#found.push({ kind, steps, isComplete });
  }
}

/** Digits that pass for another number may still be the first groups of a card. */
function mayBeginCard(steps: readonly Step[]): boolean {
  const characters = steps.map(({ edge }) => edge.characters).join('');
  return characters.length < LEAST_CARD_LENGTH && /^[2-6]\d*$/.test(characters);
}

function lengthOf(steps: readonly Step[]): number {
  return steps.reduce((sum, { edge }) => sum + edge.characters.length, 0);
}

/** At the beginning of a group; an "oh" before it is no digit. */
function beginnings(cells: readonly SaidCell[]): boolean[] {
  const mayBegin: boolean[] = [];
  for (const [at, cell] of cells.entries()) {
    const isAfterZeros = mayBegin[at - 1] === true && cells[at - 1]?.digits[0]?.characters === '0';
    mayBegin.push(cell.startsGroup || isAfterZeros);
  }
  return mayBegin;
}

/** Which cells are no part of a number, in each way to understand the texts. */
function waysThrough(cells: readonly SaidCell[], withLetters: boolean): Walk['isPassed'][] {
  const none = (cell: SaidCell) => !withLetters && hasNoDigits(cell);
  const words = (cell: SaidCell) => none(cell) || cell.doubt === 'word' || (hasNoDigits(cell) && !hasSureLetters(cell));
  const lone = (cell: SaidCell) => none(cell) || cell.doubt === 'lone';
  const both = (cell: SaidCell) => words(cell) || lone(cell);
  const passes = (pass: Walk['isPassed']) => cells.some((cell) => pass(cell) && !none(cell));
  const [passesWords, passesLone] = [passes(words), passes(lone)];
  // Words that are mostly something else are left out first.
  return [
    ...(passesWords ? [words] : []),
    none,
    ...(passesWords && passesLone ? [both] : []),
    ...(passesLone ? [lone] : []),
  ];
}
