import { CognitoError } from './cognito.ts';
import { messages } from '../messages.ts';

const byCode: Readonly<Record<string, (message: string) => string>> = {
  NotAuthorizedException: () => messages.signIn.wrong,
  UserNotFoundException: () => messages.signIn.wrong,
  PasswordResetRequiredException: () => messages.signIn.reset,
  InvalidPasswordException: messages.signIn.policy,
  TooManyRequestsException: () => messages.signIn.tooMany,
  LimitExceededException: () => messages.signIn.tooMany,
};

/** What a person is told when a sign-in fails. */
export function signInProblem(error: unknown): string {
  if (!(error instanceof CognitoError)) return messages.signIn.unreachable;
  return (byCode[error.code] ?? messages.signIn.refused)(error.message || error.code);
}
