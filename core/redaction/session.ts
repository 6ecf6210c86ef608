import type { Cell, Edge, SaidText } from './cells.ts';
import type { Subject } from './languages/language.ts';

/** A cell of one of several texts that one side said; `to` of its edges is an index into all of them. */
export interface SaidCell extends Cell {
  /** Which of the texts it is in. */
  readonly text: number;
  /** What its digits are by the last word that says so, in this text or another. */
  readonly effectiveSubject: Subject | undefined;
}

export interface SaidBefore {
  readonly said: SaidText;
  /** What was said before it that its digits would be. */
  readonly inherited: Subject | undefined;
}

const isPlain = (subject: Subject | undefined) => subject === 'harmless' || subject === 'list';

/** The cells of all texts, one after the other. */
export function joinedCells(texts: readonly SaidBefore[]): SaidCell[] {
  const cells: SaidCell[] = [];
  let isBegun = false;
  texts.forEach(({ said, inherited }, text) => {
    const offset = cells.length;
    const moved = (edges: readonly Edge[]) => edges.map((edge) => ({ ...edge, to: edge.to + offset }));
    // "4111… is my card number": what is said after digits counts where nothing was said before.
    const outside = inherited ?? (isPlain(said.subject) ? undefined : said.subject);
    for (const cell of said.cells) {
      const effectiveSubject = cell.subject ?? outside;
      const isListed = cell.isListed && !isBegun && (effectiveSubject === undefined || isPlain(effectiveSubject));
      cells.push({
        ...cell,
        text,
        digits: isListed ? [] : moved(cell.digits),
        letters: isListed ? [] : moved(cell.letters),
        effectiveSubject,
      });
    }
    isBegun ||= said.cells.some(({ isListed, digits, doubt }) => !isListed && digits.length > 0 && doubt === undefined);
  });
  return cells;
}

/** Which cells a walk goes over, and which ways it takes. */
export interface Walk {
  readonly isPassed: (cell: SaidCell) => boolean;
  readonly withLetters: boolean;
  readonly ways: 'first' | 'likely' | 'all';
}

export interface Step {
  readonly cell: number;
  readonly edge: Edge;
}

/** How many steps are tried from one cell. */
const MAX_STEPS = 400;

/**
 * Visits all ways to read characters from the cell `from` on, up to `maxLength`. `visit` returns whether to go on along
 * this way; what it is given is only valid while it runs.
 */
export function walk(
  cells: readonly SaidCell[],
  from: number,
  maxLength: number,
  { isPassed, withLetters, ways }: Walk,
  visit: (characters: string, steps: readonly Step[]) => boolean,
): void {
  const steps: Step[] = [];
  let left = MAX_STEPS;
  const go = (at: number, characters: string) => {
    let next = at;
    while (next < cells.length && isPassed(cells[next] as SaidCell)) next++;
    const cell = cells[next];
    if (!cell) return;
    for (const edge of edgesOf(cell, withLetters, ways)) {
      const longer = characters + edge.characters;
      if (longer.length > maxLength) continue;
      if (left-- <= 0) return;
      steps.push({ cell: next, edge });
      if (visit(longer, steps)) go(edge.to, longer);
      steps.pop();
    }
  };
  go(from, '');
}

function edgesOf({ digits, letters }: SaidCell, withLetters: boolean, ways: Walk['ways']): readonly Edge[] {
  const likely =
    ways === 'all' ? digits : ways === 'first' ? digits.slice(0, 1) : digits.filter((edge) => edge.isLikely);
  return withLetters ? [...likely, ...letters] : likely;
}

/** Whether digits that end before the cell `at` end with a group. */
export function isGroupEnd(cells: readonly SaidCell[], at: number): boolean {
  return cells[at]?.startsGroup !== false;
}
