import { z } from 'zod';

/** The two roles of people: groups of the user pool. An admin may do all that a supervisor may. */
export const roleSchema = z.enum(['supervisor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Someone who did something: the user pool's id of them, and how they are shown. */
export const personSchema = z.object({ sub: z.string().min(1).max(128), name: z.string().min(1).max(256) });
export type Person = z.infer<typeof personSchema>;

/** Which calls a supervisor may see: those of a campaign or of a team (in-group or queue) that is named here. */
export const restrictionSchema = z.object({
  campaigns: z.array(z.string()).optional(),
  teams: z.array(z.string()).optional(),
});
export type Restriction = z.infer<typeof restrictionSchema>;

/** Digits of a telephone extension: what a supervisor's own telephone is dialled by. */
export const extensionSchema = z.string().regex(/^\d{2,8}$/, 'Give an extension of 2 to 8 digits.');
