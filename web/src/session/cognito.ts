import { z } from 'zod';
import type { SiteConfig } from '#core/contracts/site.ts';
import { ApiError } from './api-error.ts';

const tokensSchema = z.object({
  IdToken: z.string().min(1),
  RefreshToken: z.string().min(1).optional(),
  ExpiresIn: z.number().positive(),
});

const answerSchema = z.union([
  z.object({ AuthenticationResult: tokensSchema }),
  z.object({ ChallengeName: z.string(), Session: z.string().optional() }),
]);

const errorSchema = z.object({ __type: z.string(), message: z.string().optional() });

/** What a sign-in returns. */
export type SignIn =
  | {
      readonly kind: 'signed-in';
      readonly idToken: string;
      readonly refreshToken: string;
      readonly expiresInMs: number;
    }
  | { readonly kind: 'new-password'; readonly username: string; readonly challenge: string };

/** Cognito's refusal; `code` is the name of its exception. */
export class CognitoError extends Error {
  override readonly name = 'CognitoError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The user pool's password sign-in. Every method throws {@link CognitoError} or {@link ApiError}. */
export interface Cognito {
  signIn(username: string, password: string): Promise<SignIn>;
  setNewPassword(pending: Extract<SignIn, { kind: 'new-password' }>, password: string): Promise<SignIn>;
  refresh(refreshToken: string): Promise<SignIn>;
  /** Makes a refresh token, and all that came of it, worthless. */
  revoke(refreshToken: string): Promise<void>;
}

export function createCognito(
  { cognitoUrl, userPoolClientId: ClientId }: Pick<SiteConfig, 'cognitoUrl' | 'userPoolClientId'>,
  fetch: typeof globalThis.fetch,
): Cognito {
  async function call(operation: string, body: object): Promise<unknown> {
    const response = await fetch(cognitoUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify({ ClientId, ...body }),
    }).catch((cause: unknown) => {
      throw new ApiError('network', 'No answer', { cause });
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const error = errorSchema.safeParse(answer);
    if (!error.success) throw new ApiError('failed', 'Sign-in failed', { status: response.status });
    // The type may come with its namespace: `com.amazonaws…#NotAuthorizedException`.
    throw new CognitoError(error.data.__type.split('#').at(-1) ?? '', error.data.message ?? '');
  }

  /** @param knownRefreshToken what stays valid where the answer brings no other */
  function signInOf(answer: unknown, username: string, knownRefreshToken?: string): SignIn {
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw new ApiError('misunderstood', 'Cognito', { cause: parsed.error });
    if ('ChallengeName' in parsed.data) {
      const { ChallengeName, Session } = parsed.data;
      if (ChallengeName !== 'NEW_PASSWORD_REQUIRED' || !Session) throw new CognitoError(ChallengeName, '');
      return { kind: 'new-password', username, challenge: Session };
    }
    const { IdToken, RefreshToken, ExpiresIn } = parsed.data.AuthenticationResult;
    const refreshToken = RefreshToken ?? knownRefreshToken;
    if (!refreshToken) throw new ApiError('misunderstood', 'Cognito: no refresh token');
    return { kind: 'signed-in', idToken: IdToken, refreshToken, expiresInMs: ExpiresIn * 1000 };
  }

  return {
    async signIn(username, password) {
      const AuthParameters = { USERNAME: username, PASSWORD: password };
      return signInOf(await call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }), username);
    },
    async setNewPassword({ username, challenge }, password) {
      const ChallengeResponses = { USERNAME: username, NEW_PASSWORD: password };
      const body = { ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: challenge, ChallengeResponses };
      return signInOf(await call('RespondToAuthChallenge', body), username);
    },
    async refresh(refreshToken) {
      const body = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: refreshToken } };
      return signInOf(await call('InitiateAuth', body), '', refreshToken);
    },
    async revoke(refreshToken) {
      await call('RevokeToken', { Token: refreshToken });
    },
  };
}
