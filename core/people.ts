import { z } from 'zod';
import { nameSchema } from './fields.ts';

/** The two roles, which are groups of the user pool. An admin may do everything that a supervisor may. */
export const roleSchema = z.enum(['supervisor', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** A person: their id in the user pool, and the name to show. */
export const personSchema = z.object({ sub: z.string().min(1).max(128), name: nameSchema });
export type Person = z.infer<typeof personSchema>;

/** As many names as an attribute of the user pool holds, whose length is 2,048. */
const namesSchema = z.array(z.string().max(2048)).max(1024);

/** The calls that a supervisor may see: those of these campaigns or teams (in-groups or queues). */
export const restrictionSchema = z.object({
  campaigns: namesSchema.optional(),
  teams: namesSchema.optional(),
});
export type Restriction = z.infer<typeof restrictionSchema>;

/** The digits of a telephone extension. */
export const extensionSchema = z.string().regex(/^\d{2,8}$/, 'Give an extension of 2 to 8 digits.');

/** A person's role, and which calls they may see: all without a restriction. */
export const accessSchema = z.object({ role: roleSchema, restriction: restrictionSchema.optional() });
export type Access = z.infer<typeof accessSchema>;

/** What was known of a person's access, and when. */
export interface KnownAccess {
  /** Undefined: they have none. */
  readonly access: Access | undefined;
  /** Epoch milliseconds. */
  readonly asOf: number;
}
