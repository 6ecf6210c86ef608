import { z } from 'zod';
import { CognitoError, type SignIn } from './cognito.ts';
import { ApiError } from './api-error.ts';

const storedSchema = z.object({ idToken: z.string(), refreshToken: z.string(), expiresAt: z.number() });
type Stored = z.infer<typeof storedSchema>;

const claimsSchema = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  'cognito:username': z.string().optional(),
  'cognito:groups': z.array(z.string()).default([]),
});

/** Who is signed in, as the page greets them; what they may do is the API's to decide. */
export interface SignedInPerson {
  readonly name: string;
  readonly groups: readonly string[];
}

/**
 * A signed-in session. It lives in the tab's session storage: a reload keeps it, closing the tab ends it, and no
 * other tab or later person at a shared desk finds it.
 */
export interface Session {
  person(): SignedInPerson | undefined;
  start(signIn: Extract<SignIn, { kind: 'signed-in' }>): void;
  /**
   * A token that is good for at least a minute, renewed where needed.
   * @throws {ApiError} `signed-out` when there is none to be had, `network` when Cognito does not answer
   */
  idToken(options: { renew: boolean }): Promise<string>;
  end(): Promise<void>;
}

const KEY = 'earshot.session';
const RENEW_BEFORE_MS = 60_000;

/** Issues tokens: renews them, and revokes them. */
export interface TokenIssuer {
  refresh(refreshToken: string): Promise<SignIn>;
  revoke(refreshToken: string): Promise<void>;
}

export function createSession(issuer: TokenIssuer, storage: Storage, now: () => number): Session {
  let stored = load(storage);
  let renewal: Promise<Stored> | undefined;

  function keep(next: Stored | undefined): void {
    stored = next;
    if (next) storage.setItem(KEY, JSON.stringify(next));
    else storage.removeItem(KEY);
  }

  function start(signIn: Extract<SignIn, { kind: 'signed-in' }>): Stored {
    const { idToken, refreshToken, expiresInMs } = signIn;
    const next = { idToken, refreshToken, expiresAt: now() + expiresInMs };
    keep(next);
    return next;
  }

  async function renew({ refreshToken }: Stored): Promise<Stored> {
    try {
      const answer = await issuer.refresh(refreshToken);
      if (answer.kind === 'signed-in') return start(answer);
    } catch (error) {
      if (!(error instanceof CognitoError) || error.code === 'TooManyRequestsException') throw error;
    }
    keep(undefined);
    throw new ApiError('signed-out', 'The session has ended');
  }

  return {
    person: () => (stored ? personOf(stored.idToken) : undefined),
    start,
    async idToken({ renew: isRefused }) {
      if (!stored) throw new ApiError('signed-out', 'Not signed in');
      if (!isRefused && stored.expiresAt - now() > RENEW_BEFORE_MS) return stored.idToken;
      renewal ??= renew(stored).finally(() => (renewal = undefined));
      return (await renewal).idToken;
    },
    async end() {
      const ended = stored;
      keep(undefined);
      // The tab forgets its tokens even where Cognito cannot be reached to revoke them.
      if (ended) await issuer.revoke(ended.refreshToken).catch(() => undefined);
    },
  };
}

function load(storage: Storage): Stored | undefined {
  const text = storage.getItem(KEY);
  if (text === null) return undefined;
  const parsed = z.preprocess(parseJson, storedSchema).safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

function personOf(idToken: string): SignedInPerson {
  const claims = claimsSchema.safeParse(parseJson(decodeSegment(idToken.split('.')[1] ?? '')));
  if (!claims.success) return { name: '', groups: [] };
  const { name, email, 'cognito:username': username, 'cognito:groups': groups } = claims.data;
  return { name: name ?? email ?? username ?? '', groups };
}

function decodeSegment(segment: string): string {
  try {
    const bytes = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}
