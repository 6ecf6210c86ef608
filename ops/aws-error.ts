import { UserError } from '../local/user-error.ts';

/** What a person does about an error of AWS's clients, by its name. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'Set AWS_PROFILE or sign in with "aws sso login".',
  TokenProviderError: 'Sign in with "aws sso login".',
  ExpiredToken: 'The credentials are too old: sign in anew.',
  ExpiredTokenException: 'The credentials are too old: sign in anew.',
  UnrecognizedClientException: 'The credentials do not belong to this endpoint or region.',
  InvalidClientTokenId: 'The credentials do not belong to this endpoint or region.',
  AccessDenied: 'Allow this action to the credentials that are used here.',
  AccessDeniedException: 'Allow this action to the credentials that are used here.',
  NotAuthorizedException: 'Allow this action to the credentials that are used here.',
  ResourceNotFoundException: 'Name the deployment with --stage and --region, or the table or user pool itself.',
};

/** An error of AWS's clients, or of the way to them, as a problem; undefined where it is another, a fault of ours. */
export function awsUserError(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'Region is missing')
    return new UserError('No AWS region. Name it with --region, or set AWS_REGION.');
  const advice = ADVICE[error.name];
  if (advice !== undefined)
    return new UserError(`AWS refuses: ${error.message.replace(/\.$/, '')}. ${advice}`, { cause: error });
  const reason = reasonOfConnection(error);
  return reason === undefined
    ? undefined
    : new UserError(`AWS cannot be reached: ${reason}. Check --region, --endpoint and the network.`, { cause: error });
}

/** Node's code stands in the error of a client; what `fetch` throws has the reason in its cause. */
function reasonOfConnection(error: Error): string | undefined {
  if (error.name === 'TimeoutError') return 'no answer in time';
  if (error.message === 'fetch failed' && error.cause instanceof Error) return connectionMessage(error.cause);
  return 'code' in error && /^E[A-Z]+$/.test(String(error.code)) ? connectionMessage(error) : undefined;
}

/** When several addresses were tried, the message is empty and only the code is set. */
function connectionMessage(error: Error & { code?: unknown }): string {
  return error.message === '' ? String(error.code) : error.message;
}
