import type { RelayCommand } from '#core/contracts/control.ts';
import type { ApiDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';

/**
 * Sends a command to a relay, for a person who waits for it.
 * @throws ProblemError if the relay is offline, or did not get the command
 */
export async function commandRelay(
  relayId: string,
  command: RelayCommand,
  { sendToRelay }: Pick<ApiDependencies, 'sendToRelay'>,
): Promise<void> {
  const delivery = await sendToRelay(relayId, command);
  if (delivery === 'sent') return;
  const problem = {
    gone: 'The relay is offline: look at the System page, then try again.',
    failed: 'The relay did not receive this. Try again.',
  };
  throw new ProblemError(409, problem[delivery]);
}
