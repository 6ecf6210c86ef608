import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { UserError } from '../local/user-error.ts';

/** Where a person is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks before something is done that cannot be undone.
 * @param isConfirmed by an option: nobody is asked
 * @throws {UserError} where the answer is not yes, or nobody can be asked
 */
export async function confirm(question: string, isConfirmed: boolean, { input, output }: Terminal): Promise<void> {
  if (isConfirmed) return;
  if (input.isTTY !== true) {
    throw new UserError('Nothing was changed: there is no terminal to ask at. Add --yes to do it.');
  }
  const terminal = createInterface({ input, output });
  const closed = once(terminal, 'close').then(() => '');
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was changed.');
}
