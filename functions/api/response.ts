import type { z } from 'zod';
import { problemResponse } from './problem.ts';

/** A JSON response in a route's description. */
export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

/** The errors that every route may return. */
export const refusals = {
  400: problemResponse('The input is malformed; `field` names where'),
  401: problemResponse('No token, or an invalid one'),
  403: problemResponse('The token’s owner has no role, or not the required one'),
} as const;

export const notFound = { 404: problemResponse('Not stored, or not visible to the token’s owner') } as const;
export const conflict = {
  409: problemResponse('Somebody else changed it in between: fetch it and try again'),
} as const;
