import { z } from 'zod';

/** Where a list goes on: given with each page but the last, and handed back to get the next. */
export const cursorSchema = z.string().min(1).max(2048);

/** A day in UTC. */
export const daySchema = z.iso.date();

/** How many rows a page holds at most, as a query parameter. */
export const pageSizeSchema = (most: number, usual: number) =>
  z.coerce.number<number>().int().min(1).max(most).default(usual);
