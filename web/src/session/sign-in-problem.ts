import { CognitoError } from './cognito.ts';
import { sessionMessages } from './messages.ts';

const byCode: Readonly<Record<string, (message: string) => string>> = {
  NotAuthorizedException: () => sessionMessages.signIn.wrong,
  UserNotFoundException: () => sessionMessages.signIn.wrong,
  PasswordResetRequiredException: () => sessionMessages.signIn.reset,
  InvalidPasswordException: sessionMessages.signIn.policy,
  TooManyRequestsException: () => sessionMessages.signIn.tooMany,
  LimitExceededException: () => sessionMessages.signIn.tooMany,
};

/** What a person is told when a sign-in fails. */
export function signInProblem(error: unknown): string {
  if (!(error instanceof CognitoError)) return sessionMessages.signIn.unreachable;
  return (byCode[error.code] ?? sessionMessages.signIn.refused)(error.message || error.code);
}
