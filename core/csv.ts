/** A cell of a table: empty where there is nothing. */
export type Cell = string | number | undefined;

/**
 * A table as RFC 4180 writes it, in UTF-8 with the mark by which spreadsheets know it. What a spreadsheet would take
 * for a formula is made text by a leading apostrophe: callers say what they like.
 */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
