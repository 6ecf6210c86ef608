import { z } from 'zod';
import { CognitoError, type SignIn } from './cognito.ts';
import { ApiError } from './api-error.ts';

/** Cognito's managed login: the authorization code grant with PKCE (RFC 7636). */
export interface ManagedLogin {
  /** The address to leave for; `next` is the path to go on with afterwards. */
  begin(next: string): Promise<string>;
  /**
   * Turns the address that Cognito sent the person back to into a sign-in.
   * @throws {CognitoError} where Cognito refused, or the answer belongs to no sign-in that this tab began
   * @throws {ApiError} where Cognito does not answer
   */
  finish(returned: URL): Promise<{ signIn: Extract<SignIn, { kind: 'signed-in' }>; next: string }>;
  /** @throws {CognitoError | ApiError} as above */
  refresh(refreshToken: string): Promise<SignIn>;
  revoke(refreshToken: string): Promise<void>;
  /** The address that ends Cognito's own session too. */
  signOutUrl(): string;
}

const begunSchema = z.object({ state: z.string(), verifier: z.string(), next: z.string() });

const tokensSchema = z.object({
  id_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
});

const KEY = 'earshot.sign-in';

/** The paths of the page that Cognito may send people to. */
export const RETURN_PATH = '/signed-in';
const SIGNED_OUT_PATH = '/sign-in';

/**
 * @param loginUrl the managed login's root
 * @param siteUrl this page's origin
 * @param storage where a sign-in that began is kept until the person comes back
 */
export function createManagedLogin(
  { loginUrl, clientId, siteUrl }: { loginUrl: string; clientId: string; siteUrl: string },
  storage: Storage,
  fetch: typeof globalThis.fetch,
): ManagedLogin {
  const redirectUri = new URL(RETURN_PATH, siteUrl).href;

  async function ask(path: string, fields: Record<string, string>): Promise<unknown> {
    const response = await fetch(new URL(path, loginUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: clientId, ...fields }),
    }).catch((cause: unknown) => {
      throw new ApiError('network', 'No answer', { cause });
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    if (response.status >= 500) throw new ApiError('failed', 'Sign-in failed', { status: response.status });
    const refusal = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(answer);
    throw new CognitoError(refusal.data?.error ?? 'invalid_request', refusal.data?.error_description ?? '');
  }

  function signInOf(answer: unknown, knownRefreshToken?: string): Extract<SignIn, { kind: 'signed-in' }> {
    const tokens = tokensSchema.safeParse(answer);
    const refreshToken = tokens.data?.refresh_token ?? knownRefreshToken;
    if (!tokens.success || !refreshToken) throw new ApiError('misunderstood', 'Cognito', { cause: tokens.error });
    const { id_token: idToken, expires_in: seconds } = tokens.data;
    return { kind: 'signed-in', idToken, refreshToken, expiresInMs: seconds * 1000 };
  }

  return {
    async begin(next) {
      const [state, verifier] = [secret(), secret()];
      storage.setItem(KEY, JSON.stringify({ state, verifier, next }));
      const address = new URL('/oauth2/authorize', loginUrl);
      address.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        code_challenge_method: 'S256',
        code_challenge: await challengeOf(verifier),
      }).toString();
      return address.href;
    },

    async finish({ searchParams }) {
      const begun = begunSchema.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'));
      storage.removeItem(KEY);
      const refusal = searchParams.get('error');
      if (refusal) throw new CognitoError(refusal, searchParams.get('error_description') ?? '');
      const code = searchParams.get('code');
      if (!begun.success || !code || searchParams.get('state') !== begun.data.state)
        throw new CognitoError('invalid_state', 'This sign-in was not begun here.');
      const { verifier, next } = begun.data;
      const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
      return { signIn: signInOf(await ask('/oauth2/token', fields)), next };
    },

    async refresh(refreshToken) {
      const fields = { grant_type: 'refresh_token', refresh_token: refreshToken };
      return signInOf(await ask('/oauth2/token', fields), refreshToken);
    },

    async revoke(refreshToken) {
      await ask('/oauth2/revoke', { token: refreshToken });
    },

    signOutUrl() {
      const address = new URL('/logout', loginUrl);
      address.search = new URLSearchParams({
        client_id: clientId,
        logout_uri: new URL(SIGNED_OUT_PATH, siteUrl).href,
      }).toString();
      return address.href;
    },
  };
}

function secret(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
