/** Where people sign in, and where Cognito sends them when they have signed out. */
export const SIGN_IN_PATH = '/sign-in';

/** Where Cognito's own page sends people back to. */
export const RETURN_PATH = '/signed-in';
