import { z } from 'zod';

/** Returned with each page but the last; passed back to get the next page. */
export const cursorSchema = z.string().min(1).max(2048);

/** A day in UTC. */
export const daySchema = z.iso.date();

/** How many rows a page holds at most, as a query parameter. */
export const pageSizeSchema = (most: number, usual: number) =>
  z.coerce.number<number>().int().min(1).max(most).default(usual);
