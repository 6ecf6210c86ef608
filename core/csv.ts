/** A cell of a table; undefined is an empty cell. */
export type Cell = string | number | undefined;

/** What a spreadsheet takes for the beginning of a formula, also in the widths of East Asian scripts. */
const FORMULA = '[=+\\-@＝＋－＠﹦﹢﹣﹫]';
/** What some of them skip before it. */
const SKIPPED = '[\\s\\p{C}"]*';
/**
 * Where a cell may begin: also after what separates cells and rows for a spreadsheet that expects semicolons or tabs,
 * for it does not see that the cell is quoted.
 */
const FORMULA_START = new RegExp(`((?:^|[;\\t\\r\\n])${SKIPPED})(?=${FORMULA})`, 'gu');

/**
 * A table as CSV (RFC 4180), beginning with the byte order mark by which spreadsheets recognise UTF-8. Whatever a
 * spreadsheet would run as a formula gets a leading apostrophe: callers may say anything.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = escapeFormulae(cell);
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function escapeFormulae(cell: string): string {
  const escaped = cell.replace(FORMULA_START, "$1'");
  return /^[\t\r\n]/.test(escaped) ? `'${escaped}` : escaped;
}
