import type { z } from 'zod';
import { problemResponse } from './problem.ts';

/** For the description of a route. */
export const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { 'application/json': { schema } },
});

/** What every route may answer. */
export const refusals = {
  400: problemResponse('The input is malformed; `field` names where'),
  401: problemResponse('No token, or one that is not good here'),
  403: problemResponse('The token’s owner has no role here, or not the one that it takes'),
} as const;

export const notFound = { 404: problemResponse('Not stored, or not to be seen by the token’s owner') } as const;
export const conflict = {
  409: problemResponse('Somebody else changed it in between: fetch it and ask again'),
} as const;
