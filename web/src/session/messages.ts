import type { ApiError } from './api-error.ts';

const error = {
  network: 'The server does not answer. Check your connection.',
  'signed-out': 'Your session has ended.',
  refused: 'The server refused the request.',
  failed: 'The server failed to answer.',
  misunderstood: 'The answer of the server was not understood. Reload the page.',
} as const;

/** Words for signing in, and for what goes wrong between the page and its server. */
export const sessionMessages = {
  signIn: {
    title: 'Sign in',
    lead: 'Live calls as text, for supervisors.',
    username: 'User name or e-mail',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in…',
    newPasswordTitle: 'Choose a new password',
    newPasswordLead: 'Your first password was for one use. Choose your own to go on.',
    newPassword: 'New password',
    setPassword: 'Set password',
    ended: 'Your session has ended. Sign in again to go on.',
    wrong: 'The user name or the password is wrong.',
    reset: 'Your password must be reset. Ask your administrator.',
    tooMany: 'Too many tries. Wait a minute and try again.',
    policy: (why: string) => `The password is not accepted. ${why}`,
    refused: (why: string) => `Sign-in was refused. ${why}`,
    unreachable: 'The sign-in service does not answer. Check your connection and try again.',
  },

  error: {
    ...error,
    of: ({ kind, message }: ApiError): string => (kind === 'refused' && message ? message : error[kind]),
  },
} as const;
