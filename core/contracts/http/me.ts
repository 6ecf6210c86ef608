import { z } from 'zod';
import { personSchema, restrictionSchema, roleSchema } from '../../people.ts';

/** `GET /me`: the token's owner, and which calls they may see. */
export const meSchema = z.object({
  person: personSchema,
  role: roleSchema,
  /** Absent if they may see every call. */
  restriction: restrictionSchema.optional(),
});
export type Me = z.infer<typeof meSchema>;
