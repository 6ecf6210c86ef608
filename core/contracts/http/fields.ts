import { z } from 'zod';

/** Returned with each page but the last; passed back to get the next page. */
export const cursorSchema = z.string().min(1).max(2048);

/** A day: in UTC, where nothing else is said. */
export const daySchema = z.iso.date();

/** A time zone by its name: `Europe/Berlin`. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Give a time zone by its name, such as Europe/Berlin.');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How many rows a page holds at most, as a query parameter. */
export const pageSizeSchema = (most: number, usual: number) =>
  z.coerce.number<number>().int().min(1).max(most).default(usual);
