import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './config.ts';
import { run } from './processes.ts';

/**
 * Makes a virtual environment with exactly the pinned packages, once for each set of pins.
 * @param folder of the virtual environment
 * @param requirements file of pins
 * @returns whether anything had to be installed
 * @throws {UserError} when the Python index cannot be reached
 */
export async function ensureVirtualEnvironment(
  python: string,
  folder: string,
  requirements: string,
  options: { readonly logFile: string; readonly environment: NodeJS.ProcessEnv },
): Promise<boolean> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = join(folder, 'installed-pins');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pins) return false;
  rmSync(folder, { recursive: true, force: true });
  const command = { ...options, folder: projectFolder };
  await run(python, ['-m', 'venv', folder], command);
  await run(join(folder, 'bin/pip'), ['install', '--quiet', '--requirement', requirements], command);
  writeFileSync(stamp, pins);
  return true;
}
