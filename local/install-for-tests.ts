import { join } from 'node:path';
import { readLocalConfig } from './config.ts';
import { installEndpoint } from './endpoint.ts';
import { findPython } from './machine.ts';
import { ensurePackages } from './packages.ts';

/** Installs what the tests use before any of them runs: they run side by side, and each would install it. */
export default async function install(): Promise<void> {
  const config = readLocalConfig();
  const logFile = join(config.runFolder, 'logs/install.log');
  const installed = await ensurePackages(['python', 'pocketsphinx', 'tests'], { ...config, logFile });
  if (installed.length > 0) console.log(`\nInstalled for the tests: ${installed.join(', ')}`);
  await installEndpoint(await findPython(), config);
}
