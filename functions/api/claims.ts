import { z } from 'zod';
import type { Me } from '#core/contracts/http/me.ts';
import { extensionSchema, type Role } from '#core/people.ts';

/** API Gateway writes a list claim as `[a b]`; a local endpoint may leave it a list. */
const groupsSchema = z.union([
  z.array(z.string()),
  z.string().transform((list) =>
    list
      .replace(/^\[|\]$/g, '')
      .split(/[ ,]+/)
      .filter(Boolean),
  ),
]);

/** An attribute of a person with several names, separated by commas; undefined if there are none. */
const namesSchema = z.string().transform((list) => {
  const names = list.split(',').map((name) => name.trim());
  const given = names.filter(Boolean);
  return given.length > 0 ? given : undefined;
});

const claimsSchema = z.object({
  // Not an access token: it carries no attributes, so that a restriction would be lost.
  token_use: z.literal('id'),
  sub: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  'cognito:groups': groupsSchema.default([]),
  'custom:campaigns': namesSchema.optional(),
  'custom:teams': namesSchema.optional(),
});

/**
 * The person who sent a request, from the claims of the ID token that API Gateway has checked; undefined without a role.
 * Admins see every call.
 */
export function meOf(claims: unknown): Me | undefined {
  const parsed = claimsSchema.safeParse(claims);
  const role = roleOf(parsed.data?.['cognito:groups'] ?? []);
  if (!parsed.success || !role) return undefined;
  const { sub, name, email, 'custom:campaigns': campaigns, 'custom:teams': teams } = parsed.data;
  const isRestricted = role === 'supervisor' && (campaigns !== undefined || teams !== undefined);
  return {
    person: { sub, name: name ?? email ?? sub },
    role,
    ...(isRestricted && { restriction: { ...(campaigns && { campaigns }), ...(teams && { teams }) } }),
  };
}

/** A person's own telephone: its extension, or the verified address under which an admin may have entered one. */
export interface Telephone {
  readonly extension?: string;
  readonly email?: string;
}

const telephoneSchema = z.object({
  'custom:extension': extensionSchema.optional().catch(undefined),
  email: z.string().toLowerCase().optional(),
  // People can change their address themselves; API Gateway passes claims as strings.
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
});

/** The telephone of the person who sent a request. An address counts only if it is verified. */
export function telephoneOf(claims: unknown): Telephone {
  const { 'custom:extension': extension, email, email_verified: isVerified } = telephoneSchema.parse(claims);
  return { ...(extension && { extension }), ...(email && isVerified && { email }) };
}

function roleOf(groups: readonly string[]): Role | undefined {
  if (groups.includes('admin')) return 'admin';
  return groups.includes('supervisor') ? 'supervisor' : undefined;
}
