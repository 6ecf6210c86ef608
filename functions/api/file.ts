import { z } from 'zod';
import { csvOf, type Cell } from '#core/csv.ts';

/** A file in a route's description. */
export const file = (description: string) => ({
  description,
  content: { 'text/csv': { schema: z.string() }, 'application/json': { schema: z.string() } },
});

/** The columns of a table by their heads, in order. */
export type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

/** Rows as CSV. */
export function csvFrom<T>(columns: Columns<T>, rows: readonly T[]): string {
  return csvOf(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((column) => column(row))),
  );
}

/** The headers with which a browser saves an answer as a file. */
export function fileHeaders(name: string, format: 'csv' | 'json'): Record<string, string> {
  return {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.${format}"`,
  };
}
