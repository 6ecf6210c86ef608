import { execa } from 'execa';
import { join } from 'node:path';
import { projectFolder, type LocalConfig } from './config.ts';
import { UserError } from './user-error.ts';

/**
 * Places calls from recordings through the relay's simulator, with its output shown.
 * @param args of the relay's `place-call`
 * @throws {UserError} when a call could not be played to its end
 */
export async function placeCall(
  config: LocalConfig,
  relay: { audioSocket: string; httpUrl: string },
  args: readonly string[],
): Promise<void> {
  const bundle = join(projectFolder, 'build/earshot-relay.mjs');
  const { exitCode, signal } = await execa(
    process.execPath,
    [bundle, 'place-call', '--relay', relay.audioSocket, '--http', relay.httpUrl, ...args],
    {
      cwd: projectFolder,
      env: config.environment as Record<string, string>,
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
    },
  );
  if (exitCode !== 0)
    throw new UserError(`The call was not played to its end (status ${exitCode ?? signal ?? 'none'}).`);
}
