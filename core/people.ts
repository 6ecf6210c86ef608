import { z } from 'zod';

/** The two roles, which are groups of the user pool. An admin may do everything that a supervisor may. */
export const roleSchema = z.enum(['supervisor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** A person: their id in the user pool, and the name to show. */
export const personSchema = z.object({ sub: z.string().min(1).max(128), name: z.string().min(1).max(256) });
export type Person = z.infer<typeof personSchema>;

/** The calls that a supervisor may see: those of these campaigns or teams (in-groups or queues). */
export const restrictionSchema = z.object({
  campaigns: z.array(z.string()).optional(),
  teams: z.array(z.string()).optional(),
});
export type Restriction = z.infer<typeof restrictionSchema>;

/** The digits of a telephone extension. */
export const extensionSchema = z.string().regex(/^\d{2,8}$/, 'Give an extension of 2 to 8 digits.');
