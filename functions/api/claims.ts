import { z } from 'zod';
import type { Person } from '../adapters/viewers.ts';

/** The two roles of people: groups of the user pool. */
export const roles = ['supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

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

const claimsSchema = z.object({ sub: z.string().min(1), 'cognito:groups': groupsSchema.default([]) });

/** Who sent a request, from the claims of the token that API Gateway has checked. */
export function personOf(claims: unknown): Person | undefined {
  const parsed = claimsSchema.safeParse(claims);
  return parsed.success ? { sub: parsed.data.sub, groups: parsed.data['cognito:groups'] } : undefined;
}

export function hasRole({ groups }: Person, role: Role): boolean {
  return groups.includes(role) || (role === 'supervisor' && groups.includes('admin'));
}
