import { ZodError, prettifyError } from 'zod';

/** Something that the person at the keyboard can mend; shown as one line, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Runs a command line's main function; a problem is printed as a person needs it, and the status is not zero. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UserError) console.error(`\n${error.message}`);
    else if (error instanceof ZodError) console.error(`\nA setting is wrong:\n${prettifyError(error)}`);
    else throw error;
  }
}
