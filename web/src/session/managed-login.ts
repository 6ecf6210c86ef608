import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { SiteConfig } from '#core/contracts/site.ts';
import { ApiError } from './api-error.ts';
import { CognitoError, type SignIn } from './cognito.ts';
import { RETURN_PATH, SIGN_IN_PATH } from './sign-in-paths.ts';

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

const KEY = 'earshot.sign-in';

/** A desk's clock may be wrong, and the API judges by its own whether a token still holds. */
const CLOCK_TOLERANCE_S = 24 * 60 * 60;

/**
 * @param loginUrl the managed login's root
 * @param siteUrl this page's origin
 * @param storage keeps a sign-in that began until the person comes back
 */
export function createManagedLogin(
  { cognitoUrl, userPoolId, userPoolClientId }: Pick<SiteConfig, 'cognitoUrl' | 'userPoolId' | 'userPoolClientId'>,
  { loginUrl, siteUrl }: { loginUrl: string; siteUrl: string },
  storage: Storage,
  fetch: typeof globalThis.fetch,
): ManagedLogin {
  const redirectUri = new URL(RETURN_PATH, siteUrl).href;
  const server: oauth.AuthorizationServer = {
    issuer: new URL(userPoolId, cognitoUrl).href,
    token_endpoint: new URL('/oauth2/token', loginUrl).href,
    revocation_endpoint: new URL('/oauth2/revoke', loginUrl).href,
  };
  const client: oauth.Client = { client_id: userPoolClientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_S };
  const clientAuthentication = oauth.None();
  const options = { [oauth.customFetch]: send };

  async function send(url: string, request: RequestInit): Promise<Response> {
    const response = await fetch(url, request).catch((cause: unknown) => {
      throw new ApiError('network', 'No answer', { cause });
    });
    if (response.status >= 500) throw new ApiError('failed', 'Sign-in failed', { status: response.status });
    return response;
  }

  async function signInOf(
    response: Response,
    knownRefreshToken?: string,
  ): Promise<Extract<SignIn, { kind: 'signed-in' }>> {
    const tokens = await oauth.processGenericTokenEndpointResponse(server, client, response).catch((error: unknown) => {
      throw refusalOf(error, response);
    });
    const { id_token: idToken, refresh_token: refreshToken = knownRefreshToken, expires_in: seconds } = tokens;
    if (!idToken || !refreshToken || !seconds) throw new ApiError('misunderstood', 'Cognito: tokens are missing');
    return { kind: 'signed-in', idToken, refreshToken, expiresInMs: seconds * 1000 };
  }

  /** The parameters that Cognito sent the person back with, where they belong to the sign-in of this state. */
  function parametersOf(returned: URL, state: string): URLSearchParams {
    try {
      const parameters = oauth.validateAuthResponse(server, client, returned, state);
      if (parameters.has('code')) return parameters;
    } catch (error) {
      if (error instanceof oauth.AuthorizationResponseError)
        throw new CognitoError(error.error, error.error_description ?? '');
    }
    throw notBegunHere();
  }

  return {
    async begin(next) {
      const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
      storage.setItem(KEY, JSON.stringify({ state, verifier, next }));
      const address = new URL('/oauth2/authorize', loginUrl);
      address.search = new URLSearchParams({
        response_type: 'code',
        client_id: userPoolClientId,
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        code_challenge_method: 'S256',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      }).toString();
      return address.href;
    },

    async finish(returned) {
      const begun = begunSchema.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'));
      storage.removeItem(KEY);
      if (!begun.success) throw notBegunHere();
      const { state, verifier, next } = begun.data;
      const parameters = parametersOf(returned, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        clientAuthentication,
        parameters,
        redirectUri,
        verifier,
        options,
      );
      return { signIn: await signInOf(response), next };
    },

    async refresh(refreshToken) {
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        clientAuthentication,
        refreshToken,
        options,
      );
      return signInOf(response, refreshToken);
    },

    async revoke(refreshToken) {
      const response = await oauth.revocationRequest(server, client, clientAuthentication, refreshToken, options);
      await oauth.processRevocationResponse(response).catch((error: unknown) => {
        throw refusalOf(error, response);
      });
    },

    signOutUrl() {
      const address = new URL('/logout', loginUrl);
      address.search = new URLSearchParams({
        client_id: userPoolClientId,
        logout_uri: new URL(SIGN_IN_PATH, siteUrl).href,
      }).toString();
      return address.href;
    },
  };
}

function notBegunHere(): CognitoError {
  return new CognitoError('invalid_state', 'This sign-in was not begun here.');
}

/** What an answer that brings no tokens stands for. */
function refusalOf(error: unknown, { status }: Response): CognitoError | ApiError {
  if (error instanceof oauth.ResponseBodyError) return new CognitoError(error.error, error.error_description ?? '');
  if (status >= 400) return new CognitoError('invalid_request', '');
  return new ApiError('misunderstood', 'Cognito', { status, cause: error });
}
