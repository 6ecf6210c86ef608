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

/** An attribute of a person that holds several names, separated by commas; empty says nothing. */
const namesSchema = z.string().transform((list) => {
  const names = list.split(',').map((name) => name.trim());
  const given = names.filter(Boolean);
  return given.length > 0 ? given : undefined;
});

const claimsSchema = z.object({
  // An access token is signed by the same pool, but carries no attributes: with it a restriction would be lost.
  token_use: z.literal('id'),
  sub: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  'cognito:groups': groupsSchema.default([]),
  'custom:campaigns': namesSchema.optional(),
  'custom:teams': namesSchema.optional(),
});

/**
 * Who sent a request, from the claims of the ID token that API Gateway has checked; undefined for anyone without a
 * role. Admins see every call.
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

/** What is known of somebody's own telephone: its extension, or the address by which an admin may have entered it. */
export interface Telephone {
  readonly extension?: string;
  readonly email?: string;
}

const telephoneSchema = z.object({
  'custom:extension': extensionSchema.optional().catch(undefined),
  email: z.string().toLowerCase().optional(),
  // People may change their address, and Cognito's list claims are strings.
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
});

/** Whose telephone rings for whoever sent a request. An address counts only when it is verified to be theirs. */
export function telephoneOf(claims: unknown): Telephone {
  const { 'custom:extension': extension, email, email_verified: isTheirs } = telephoneSchema.parse(claims);
  return { ...(extension && { extension }), ...(email && isTheirs && { email }) };
}

function roleOf(groups: readonly string[]): Role | undefined {
  if (groups.includes('admin')) return 'admin';
  return groups.includes('supervisor') ? 'supervisor' : undefined;
}
