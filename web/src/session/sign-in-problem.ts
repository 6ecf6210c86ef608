import { CognitoError } from './cognito.ts';
import { sessionMessages } from './messages.ts';

const { signIn } = sessionMessages;

const byCode: ReadonlyMap<string, (message: string) => string> = new Map([
  ['NotAuthorizedException', () => signIn.wrong],
  ['UserNotFoundException', () => signIn.wrong],
  ['PasswordResetRequiredException', () => signIn.reset],
  ['InvalidPasswordException', signIn.policy],
  ['TooManyRequestsException', () => signIn.tooMany],
  ['LimitExceededException', () => signIn.tooMany],
]);

/** Explains a failed sign-in to a person. */
export function signInProblem(error: unknown): string {
  if (!(error instanceof CognitoError)) return signIn.unreachable;
  return (byCode.get(error.code) ?? signIn.refused)(error.message || error.code);
}
