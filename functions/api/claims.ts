import { z } from 'zod';
import { accessOf } from '#core/access.ts';
import { shortened } from '#core/kept.ts';
import { MAX_NAME_LENGTH } from '#core/fields.ts';
import { plainName } from '#core/text/plain-name.ts';
import { extensionSchema, type KnownAccess, type Person, personSchema } from '#core/people.ts';
import { ProblemError } from './problem.ts';

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

/** The length of an attribute in Cognito. */
const MAX_ATTRIBUTE_LENGTH = 2048;

const claimsSchema = z.object({
  // Not an access token: it carries no attributes, so that a restriction would be lost.
  token_use: z.literal('id'),
  sub: personSchema.shape.sub,
  name: z.string().optional(),
  email: z.string().optional(),
  // People can change their address themselves; API Gateway passes claims as strings.
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  'cognito:groups': groupsSchema.default([]),
  'custom:campaigns': z.string().optional(),
  'custom:teams': z.string().optional(),
  // API Gateway passes claims as strings. Absent: whatever is known otherwise is newer.
  iat: z.coerce.number().nonnegative().default(0),
});

/** Who sent a request, and the access that they had when their token was issued. */
export interface Claimant extends KnownAccess {
  readonly person: Person;
}

/**
 * Who sent a request, from the claims of the ID token that API Gateway has checked; undefined for any other token.
 * @throws ProblemError 403 where the names of campaigns or teams are longer than an attribute of the user pool
 */
export function claimantOf(claims: unknown): Claimant | undefined {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const { sub, iat, 'cognito:groups': groups, 'custom:campaigns': campaigns, 'custom:teams': teams } = parsed.data;
  requireShort(campaigns);
  requireShort(teams);
  return {
    person: { sub, name: nameOf(parsed.data) },
    access: accessOf({ groups, campaigns, teams }),
    // The end of the second: a list of that second may be from before somebody got their role.
    asOf: iat === 0 ? 0 : iat * 1000 + 999,
  };
}

/** The name that admins gave, else the address if it is verified: nobody can choose the name under which they act. */
function nameOf({ sub, name, email, email_verified: isVerified }: z.infer<typeof claimsSchema>): string {
  return shortened(plainName(name ?? '') || (isVerified && plainName(email ?? '')) || sub, MAX_NAME_LENGTH);
}

/** Every connection and subscription of a person keeps these names. */
function requireShort(names: string | undefined): void {
  if (names === undefined || names.length <= MAX_ATTRIBUTE_LENGTH) return;
  throw new ProblemError(403, 'Your account names too many campaigns or teams. Ask an administrator to name fewer.');
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
