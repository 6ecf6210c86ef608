/** A cell of a table; undefined is an empty cell. */
export type Cell = string | number | undefined;

/**
 * A table as CSV (RFC 4180), beginning with the byte order mark by which spreadsheets recognise UTF-8. A cell that a
 * spreadsheet would run as a formula gets a leading apostrophe: callers may say anything.
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
